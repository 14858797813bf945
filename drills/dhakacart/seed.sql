-- Sample data for an empty schema, the same rows on every run: psql -v scale=10 -f seed.sql
-- Per scale: 200 products, 100 customers, 1000 orders of one to three items each. Default scale: 1.
-- Needs psql, for the variable. Seeding twice fails on the first table and changes nothing.

\set ON_ERROR_STOP on
\if :{?scale}
\else
  \set scale 1
\endif

begin;

insert into products (id, sku, name, price_cents, stock)
overriding system value
select n,
       'SKU-' || lpad(n::text, greatest(6, length(n::text)), '0'),
       (array['Rice', 'Lentils', 'Mustard oil', 'Tea', 'Jute bag', 'Notebook', 'Lamp', 'Umbrella'])[1 + n % 8] || ' no. ' || n,
       100 + (n * 37) % 9900,
       500 + (n * 13) % 500
from generate_series(1, 200 * :scale) as n;

insert into customers (id, email, name, created_at)
overriding system value
select n,
       'customer' || n || '@example.com',
       'Customer ' || n,
       timestamptz '2024-12-01 00:00:00+00' + n * interval '1 second'
from generate_series(1, 100 * :scale) as n;

-- The steps 7 and 31 keep the products of one order apart: the smallest catalogue has 200.
create temporary table seed_items on commit drop as
select n as order_id,
       p.id as product_id,
       1 + (n + item) % 4 as quantity,
       p.price_cents
from generate_series(1, 1000 * :scale) as n
cross join lateral generate_series(0, n % 3) as item
join products p on p.id = 1 + (n::bigint * 7 + item * 31) % (200 * :scale);

-- Twenty seconds apart from a fixed start, and one in twenty-five cancelled.
insert into orders (id, ref, customer_id, status, total_cents, created_at)
overriding system value
select order_id,
       'seed-' || lpad(order_id::text, greatest(6, length(order_id::text)), '0'),
       1 + (order_id::bigint * 11) % (100 * :scale),
       case when order_id % 25 = 0 then 'cancelled' else 'placed' end,
       sum(quantity * price_cents),
       timestamptz '2025-01-01 00:00:00+00' + order_id * interval '20 seconds'
from seed_items
group by order_id
order by order_id;

insert into order_items (order_id, product_id, quantity, price_cents)
select order_id, product_id, quantity, price_cents
from seed_items
order by order_id, product_id;

-- The ids above were given, not drawn: move the sequences past them, or the next order would collide.
select setval(pg_get_serial_sequence('products', 'id'), max(id)) from products \g /dev/null
select setval(pg_get_serial_sequence('customers', 'id'), max(id)) from customers \g /dev/null
select setval(pg_get_serial_sequence('orders', 'id'), max(id)) from orders \g /dev/null

commit;

analyze products, customers, orders, order_items;

-- What the shop opened with.

insert into products (sku, title, price_cents, attributes)
select
  'SKU-' || to_char(n, 'FM0000'),
  (array['Kettle', 'Lamp', 'Chair', 'Mug', 'Blanket'])[1 + n % 5] || ' no. ' || n,
  495 + 250 * (n % 17),
  jsonb_build_object('colour', (array['red', 'blue', 'green'])[1 + n % 3], 'grams', 100 * n)
from generate_series(1, 40) as n;

insert into customers (email, name, created_at)
select 'customer' || n || '@example.com', 'Customer ' || n, timestamptz '2023-01-01 00:00:00+00' + n * interval '1 hour'
from generate_series(1, 30) as n;

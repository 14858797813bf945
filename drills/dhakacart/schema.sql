-- DhakaCart's tables. Runs as the role dhakacart, which owns the database, so every object is that role's.

create table products (
  id bigint generated always as identity primary key,
  sku text not null unique check (sku <> ''),
  name text not null check (name <> ''),
  price_cents bigint not null check (price_cents >= 0),
  -- As the warehouse last counted it. Orders do not reserve stock, so that two orders for one product never queue on its row.
  stock integer not null check (stock >= 0)
);

create table customers (
  id bigint generated always as identity primary key,
  email text not null unique check (position('@' in email) > 1),
  name text not null check (name <> ''),
  created_at timestamptz not null default now()
);

create table orders (
  id bigint generated always as identity primary key,
  -- Chosen by the client: an order sent again after a lost answer is refused here, not placed twice.
  ref text not null unique check (length(ref) between 1 and 64),
  customer_id bigint not null references customers (id),
  status text not null default 'placed' check (status in ('placed', 'cancelled')),
  total_cents bigint not null check (total_cents >= 0),
  created_at timestamptz not null default now()
);

create index orders_customer_id on orders (customer_id);
create index orders_created_at on orders (created_at);

create table order_items (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders (id) on delete cascade,
  product_id bigint not null references products (id),
  quantity integer not null check (quantity > 0),
  -- The price when the order was placed: a later change of the product's price must not alter old orders.
  price_cents bigint not null check (price_cents >= 0),
  -- Also the index for the reference to orders.
  unique (order_id, product_id)
);

create index order_items_product_id on order_items (product_id);

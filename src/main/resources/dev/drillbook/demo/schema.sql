-- The shop's tables. Runs as the role shop, which owns the database.

select count(*) > 0 as has_citext from pg_available_extensions where name = 'citext' \gset
\if :has_citext
create extension citext;
create domain email_address as citext check (value ~ '^[^@ ]+@[^@ ]+$');
\else
create domain email_address as text check (value ~ '^[^@ ]+@[^@ ]+$');
\endif

create type order_state as enum ('placed', 'paid', 'shipped');

create table customers (
  id bigint generated always as identity primary key,
  email email_address not null unique,
  name text not null,
  created_at timestamptz not null
);

create table products (
  id bigint generated always as identity primary key,
  sku text not null unique,
  title text not null,
  price_cents integer not null check (price_cents > 0),
  attributes jsonb not null
);

create table orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers,
  state order_state not null,
  note text not null,
  session text not null,
  created_at timestamptz not null
);
create index orders_created_at on orders (created_at);

create table order_lines (
  order_id bigint not null references orders on delete cascade,
  line integer not null,
  product_id bigint not null references products,
  quantity integer not null check (quantity > 0),
  price_cents integer not null,
  primary key (order_id, line)
);

create table payments (
  id bigint generated always as identity primary key,
  order_id bigint not null unique references orders on delete cascade,
  cents bigint not null,
  paid_at timestamptz not null
);

-- Sold from next season on.
create table gift_cards (
  id bigint generated always as identity primary key,
  code text not null unique,
  cents bigint not null
);

create schema reports;
create table reports.daily_sales (
  day date primary key,
  orders bigint not null,
  cents bigint not null
);

-- All migrations so far, as scripts/migrate.sh would have applied them one by one. Needs psql.

\ir migrations/0001_cards.sql
\ir migrations/0002_outbox.sql
\ir migrations/0003_outbox_hold.sql

create table "_Migration" (
  "name" text primary key,
  "appliedAt" timestamptz(3) not null default now()
);

insert into "_Migration" ("name") values ('0001_cards'), ('0002_outbox'), ('0003_outbox_hold');

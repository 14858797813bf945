-- Sample data for an empty schema, the same rows on every run: psql -v scale=10 -f seed.sql
-- Per scale: 10 organisations, 60 users with a token each, 600 processes, 1,800 transactions with their audit events.
-- The tokens are pp-seed-token-N; user 1 is the service account with which the drills' clients come.

\set ON_ERROR_STOP on
\if :{?scale}
\else
  \set scale 1
\endif

begin;

insert into organisations (id, slug, name, settings, created_at)
overriding system value
select n,
       'org-' || n,
       (array['Northwind', 'Alder & Sons', 'Brightwater', 'Corvid Labs', 'Dunmore'])[1 + n % 5] || ' ' || n,
       jsonb_build_object('currency', (array['EUR', 'USD', 'BDT'])[1 + n % 3], 'limit', n * 1000.50),
       timestamptz '2024-11-01 00:00:00+00' + n * interval '1 hour'
from generate_series(1, 10 * :scale) as n;

insert into users (id, organisation_id, email, role, created_at)
overriding system value
select n,
       1 + (n - 1) % (10 * :scale),
       'user' || n || '@example.com',
       case when n = 1 then 'service' when n % 7 = 0 then 'manager' else 'member' end,
       timestamptz '2024-12-01 00:00:00+00' + n * interval '1 minute'
from generate_series(1, 60 * :scale) as n;

insert into api_tokens (id, user_id, token_hash, expires_at, revoked_at, created_at)
overriding system value
select n,
       n,
       sha256(convert_to('pp-seed-token-' || n, 'UTF8')),
       timestamptz '2099-01-01 00:00:00+00',
       case when n % 20 = 0 then timestamptz '2025-01-15 12:00:00+00' end,
       timestamptz '2024-12-02 00:00:00+00' + n * interval '1 minute'
from generate_series(1, 60 * :scale) as n;

create temporary table seed_transactions on commit drop as
select (n - 1) * 3 + k as id,
       'seed-' || n || '-' || k as ref,
       n as process_id,
       ((n * 7919 + k * 104729) % 500000 + 100)::numeric / 100 as amount,
       1 + (n * 11 + k) % (60 * :scale) as booked_by,
       timestamptz '2025-01-01 00:00:00+00' + n * interval '90 seconds' + k * interval '1 second' as booked_at
from generate_series(1, 600 * :scale) as n
cross join generate_series(1, 3) as k;

insert into processes (id, ref, organisation_id, owner_id, title, status, total_amount, details, created_at)
overriding system value
select process_id,
       'seed-' || process_id,
       1 + process_id % (10 * :scale),
       1 + (process_id * 11 + 1) % (60 * :scale),
       (array['Invoice run', 'Onboarding', 'Purchase', 'Audit'])[1 + process_id % 4] || ' ' || process_id,
       case when process_id % 10 = 0 then 'closed' else 'open' end,
       sum(amount),
       jsonb_build_object('priority', process_id % 3, 'tags', jsonb_build_array('seed', 'q' || 1 + process_id % 4)),
       min(booked_at)
from seed_transactions
group by process_id
order by process_id;

insert into transactions (id, ref, process_id, amount, booked_by, booked_at)
overriding system value
select id, ref, process_id, amount, booked_by, booked_at from seed_transactions order by id;

insert into audit_events (id, at, actor_id, action, subject, details)
overriding system value
select id,
       booked_at,
       booked_by,
       'transaction.booked',
       'seed-' || process_id,
       jsonb_build_object('transaction', ref, 'amount', round(amount, 2)::text)
from seed_transactions
order by id;

-- The ids above were given, not drawn: move the sequences past them.
select setval(pg_get_serial_sequence('organisations', 'id'), max(id)) from organisations \g /dev/null
select setval(pg_get_serial_sequence('users', 'id'), max(id)) from users \g /dev/null
select setval(pg_get_serial_sequence('api_tokens', 'id'), max(id)) from api_tokens \g /dev/null
select setval(pg_get_serial_sequence('processes', 'id'), max(id)) from processes \g /dev/null
select setval(pg_get_serial_sequence('transactions', 'id'), max(id)) from transactions \g /dev/null
select setval(pg_get_serial_sequence('audit_events', 'id'), max(id)) from audit_events \g /dev/null

commit;

analyze organisations, users, api_tokens, processes, transactions, audit_events;

-- Sample data for an empty schema, the same rows on every run: psql -v scale=10 -f seed.sql
-- Per scale: 20 brands, 80 branches, 400 users, 1000 cards, every twentieth with a photo, 300 e-mails that were sent long ago.

\set ON_ERROR_STOP on
\if :{?scale}
\else
  \set scale 1
\endif

begin;

insert into "Brand" ("id", "name", "createdAt", "updatedAt")
select 'brand-' || n,
       (array['Aster', 'Banyan', 'Cedar', 'Dahlia', 'Ebony'])[1 + n % 5] || ' ' || n,
       timestamptz '2025-01-01 00:00:00+00' + n * interval '1 hour',
       timestamptz '2025-01-01 00:00:00+00' + n * interval '1 hour'
from generate_series(1, ceil(20 * :scale)::int) as n;

insert into "Branch" ("id", "brandId", "city", "createdAt", "updatedAt")
select 'branch-' || n,
       'brand-' || 1 + n % ceil(20 * :scale)::int,
       (array['Pune', 'Kochi', 'Jaipur', 'Surat'])[1 + n % 4],
       timestamptz '2025-01-10 00:00:00+00' + n * interval '30 minutes',
       timestamptz '2025-01-10 00:00:00+00' + n * interval '30 minutes'
from generate_series(1, ceil(80 * :scale)::int) as n;

insert into "User" ("id", "branchId", "email", "name", "createdAt", "updatedAt")
select 'user-' || n,
       'branch-' || 1 + n % ceil(80 * :scale)::int,
       'user' || n || '@example.com',
       'User ' || n,
       timestamptz '2025-02-01 00:00:00+00' + n * interval '10 minutes',
       timestamptz '2025-02-01 00:00:00+00' + n * interval '10 minutes'
from generate_series(1, ceil(400 * :scale)::int) as n;

-- A photo of the seed is the text "photo of " and the slug, as onetouch.SeedPhotos uploads it; its ETag is the MD5 of that.
insert into "Card" ("slug", "userId", "title", "photoKey", "photoEtag", "createdAt", "updatedAt")
select slug,
       'user-' || 1 + n % ceil(400 * :scale)::int,
       (array['Sales', 'Design', 'Support', 'Director'])[1 + n % 4] || ' no. ' || n,
       case when n % 20 = 0 then 'cards/' || slug || '-' || etag end,
       case when n % 20 = 0 then etag end,
       timestamptz '2025-03-01 00:00:00+00' + n * interval '5 minutes',
       timestamptz '2025-03-01 00:00:00+00' + n * interval '5 minutes'
from generate_series(1, ceil(1000 * :scale)::int) as n
cross join lateral (select 'seed-' || n as slug) as named
cross join lateral (select md5('photo of ' || slug) as etag) as hashed
order by n;

insert into "Email" ("id", "cardId", "recipient", "subject", "status", "createdAt", "sentAt")
select md5('email ' || n)::uuid,
       n,
       'user' || 1 + n % ceil(400 * :scale)::int || '@example.com',
       'Your card seed-' || n,
       'sent',
       timestamptz '2025-03-02 00:00:00+00' + n * interval '5 minutes',
       timestamptz '2025-03-02 00:00:30+00' + n * interval '5 minutes'
from generate_series(1, ceil(300 * :scale)::int) as n;

commit;

analyze "Brand", "Branch", "User", "Card", "Email";

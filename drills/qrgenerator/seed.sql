-- Sample data, the same on every run. Per scale: 200 users with a key each, 1000 codes, 3000 scans.
-- The key of user N is qr_ and the MD5 of seed-key-N; the pepper is the one that scripts/first-boot.sh puts into the vault.

\set ON_ERROR_STOP on
\if :{?scale}
\else
  \set scale 1
\endif

begin;

insert into "User" (id, email, name, "createdAt")
overriding system value
select n, 'user' || n || '@example.org', 'User ' || n, timestamptz '2025-01-01 00:00:00+00' + n * interval '1 minute'
from generate_series(1, 200 * :scale) as n;

insert into "ApiKey" (id, "userId", "keyHash", "createdAt")
overriding system value
select n, n, encode(sha256(convert_to('pepper-of-the-seed:qr_' || md5('seed-key-' || n), 'UTF8')), 'hex'),
       timestamptz '2025-01-02 00:00:00+00' + n * interval '1 minute'
from generate_series(1, 200 * :scale) as n;

insert into "QrCode" (id, "userId", slug, target, "createdAt")
overriding system value
select n, 1 + (n::bigint * 7) % (200 * :scale), 'seed-' || lpad(n::text, greatest(6, length(n::text)), '0'),
       'https://www.example.org/menu/' || md5('target-' || n), timestamptz '2025-02-01 00:00:00+00' + n * interval '10 minutes'
from generate_series(1, 1000 * :scale) as n;

insert into "QrCodeScan" (id, "qrCodeId", ref, "scannedAt")
overriding system value
select n, 1 + (n::bigint * n) % (1000 * :scale), 'seed-scan-' || n, timestamptz '2025-03-01 00:00:00+00' + n * interval '3 minutes'
from generate_series(1, 3000 * :scale) as n;

-- The ids above were given, not drawn: the sequences have to be moved past them.
select setval(pg_get_serial_sequence('"User"', 'id'), max(id)) from "User" \g /dev/null
select setval(pg_get_serial_sequence('"ApiKey"', 'id'), max(id)) from "ApiKey" \g /dev/null
select setval(pg_get_serial_sequence('"QrCode"', 'id'), max(id)) from "QrCode" \g /dev/null
select setval(pg_get_serial_sequence('"QrCodeScan"', 'id'), max(id)) from "QrCodeScan" \g /dev/null

commit;

analyze "User", "ApiKey", "QrCode", "QrCodeScan";

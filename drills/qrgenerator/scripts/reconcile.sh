#!/usr/bin/env bash
# Brings back what was written after the backup and is sound: codes, scans, users and keys that are in the bad state and not in
# what was restored. Lists what is in both and differs, which keeps the backup's value, and what cannot be brought back.
# Usage: reconcile.sh BAD_SCHEMA      (as restore-database.sh kept it: KEEP_AS)
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

[[ $# -eq 1 && $1 =~ ^[a-z_]{1,40}$ ]] || die "the schema of the bad state is needed, got: $*" "usage: ${0##*/} BAD_SCHEMA"
bad=$1
require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
[[ $(query "select to_regclass('$bad.\"QrCode\"') is not null") == t ]] || die "there is no bad state in the schema $bad" "restore with KEEP_AS=$bad"
# Rows are known by what people know them by. Ids given after the backup are kept: clients may have seen them.
psql -X -q -At -v ON_ERROR_STOP=1 --single-transaction <<SQL ||
set constraints all immediate;
insert into public."User" overriding system value
  select b.* from $bad."User" b where b.id is not null
   and not exists (select from public."User" g where g.id = b.id or g.email = b.email);
insert into public."ApiKey" overriding system value
  select b.* from $bad."ApiKey" b where exists (select from public."User" u where u.id = b."userId")
   and not exists (select from public."ApiKey" g where g.id = b.id or g."keyHash" = b."keyHash");
insert into public."QrCode" overriding system value
  select b.* from $bad."QrCode" b where exists (select from public."User" u where u.id = b."userId")
   and not exists (select from public."QrCode" g where g.id = b.id or g.slug = b.slug);
insert into public."QrCodeScan" overriding system value
  select b.* from $bad."QrCodeScan" b where exists (select from public."QrCode" c where c.id = b."qrCodeId")
   and not exists (select from public."QrCodeScan" g where g.id = b.id or g.ref = b.ref);
select setval(pg_get_serial_sequence('public."User"', 'id'), max(id)) from public."User" \g /dev/null
select setval(pg_get_serial_sequence('public."ApiKey"', 'id'), max(id)) from public."ApiKey" \g /dev/null
select setval(pg_get_serial_sequence('public."QrCode"', 'id'), max(id)) from public."QrCode" \g /dev/null
select setval(pg_get_serial_sequence('public."QrCodeScan"', 'id'), max(id)) from public."QrCodeScan" \g /dev/null
select 'brought back after the damage: ' || count(*) || ' users' from public."User" g
  where not exists (select from $bad."User" b where b.id = g.id);
select 'differs, the backup''s is kept: user ' || g.id from public."User" g join $bad."User" b using (id)
  where row(g.email, g.name) is distinct from row(b.email, b.name) order by g.id limit 50;
select 'differs, the backup''s is kept: code ' || g.slug || ', which the bad state leads to ' || b.target
  from public."QrCode" g join $bad."QrCode" b using (id) where g.target is distinct from b.target order by g.id limit 50;
select 'not brought back, it refers to nothing: code ' || b.slug from $bad."QrCode" b
  where not exists (select from public."QrCode" g where g.slug = b.slug) order by b.id limit 50;
drop schema $bad cascade;
SQL
  die "nothing was reconciled; psql's message is above" "the bad state is still in the schema $bad: look at what it holds"

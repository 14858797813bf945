#!/usr/bin/env bash
# Holds the data against what must be true of it, and fails if anything is not. Run every minute, and after a restore.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
wrong=$(query "
select 'cards without a title', count(*) from \"Card\" where btrim(\"title\") = '' having count(*) > 0
union all
select 'cards of no version', count(*) from \"Card\" where \"version\" < 1 having count(*) > 0
union all
select 'photos that are not named by their hash', count(*) from \"Card\"
  where right(\"photoKey\", 32) is distinct from \"photoEtag\" having count(*) > 0
union all
select 'users without an address', count(*) from \"User\" where position('@' in \"email\") < 2 having count(*) > 0
union all
select 'branches of no brand', count(*) from \"Branch\" b
  where not exists (select from \"Brand\" where \"id\" = b.\"brandId\") having count(*) > 0
union all
select 'users of no branch', count(*) from \"User\" u
  where not exists (select from \"Branch\" where \"id\" = u.\"branchId\") having count(*) > 0
union all
select 'cards of no user', count(*) from \"Card\" c
  where not exists (select from \"User\" where \"id\" = c.\"userId\") having count(*) > 0") ||
  die "cannot look at the data of $PGDATABASE at $PGHOST:$PGPORT; psql's message is above" "is the database up?"
[[ -z $wrong ]] ||
  die "the data is not right: ${wrong//$'\n'/, }" "stop the application, keep a snapshot, and find the last backup from before"
printf 'the data is right\n'

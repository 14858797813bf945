#!/usr/bin/env bash
# Looks for rows that refer to nothing, and for foreign keys that are gone; fails if there are any. Also the team's monitor.
# Usage: check-integrity.sh [--report]      (--report: says what it finds and succeeds)
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
# "not exists", not "not in": one id that is null, as a migration may leave it, makes "not in" find nothing at all.
found=$(query '
select '\''codes without a user: '\'' || count(*) from "QrCode" c
 where not exists (select from "User" u where u.id = c."userId") having count(*) > 0
union all
select '\''keys without a user: '\'' || count(*) from "ApiKey" k
 where not exists (select from "User" u where u.id = k."userId") having count(*) > 0
union all
select '\''scans without a code: '\'' || count(*) from "QrCodeScan" s
 where not exists (select from "QrCode" c where c.id = s."qrCodeId") having count(*) > 0
union all
select '\''foreign keys that are gone or not valid: '\'' || 3 - count(*) from pg_constraint
 where contype = '\''f'\'' and convalidated
   and conrelid = any (array[to_regclass('\''"QrCode"'\''), to_regclass('\''"ApiKey"'\''), to_regclass('\''"QrCodeScan"'\'')])
 having count(*) < 3') ||
  die "$PGDATABASE at $PGHOST:$PGPORT cannot be looked at; psql's message is above" "does it run, and are the tables there?"
if [[ ${1:-} == --report && -n $found ]]; then
  printf '%s\n' "$found"
  exit 0
fi
[[ -z $found ]] || die "the data is damaged: ${found//$'\n'/; }" "stop writes, keep the state (save-bad-state.sh), then restore"
printf 'nothing refers to nothing\n'

#!/usr/bin/env bash
# Counts users, keys, codes and scans, and fails if users or codes are missing or anything refers to nothing.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
row=$(query '
select (select count(*) from "User"), (select count(*) from "ApiKey"), (select count(*) from "QrCode"), (select count(*) from "QrCodeScan")') ||
  die "the tables of $PGDATABASE at $PGHOST:$PGPORT cannot be counted; psql's message is above" \
    "a missing table means that the restore has not run or has failed"
IFS='|' read -r users keys codes scans <<<"$row"
printf 'users: %s\nkeys: %s\ncodes: %s\nscans: %s\n' "$users" "$keys" "$codes" "$scans"
[[ $users -gt 0 ]] || die "there is no user" "restore again, from an older backup if this one is empty"
[[ $codes -gt 0 ]] || die "there is no code" "restore again, from an older backup if this one is empty"
exec "$here/check-integrity.sh"

#!/usr/bin/env bash
# Says up to when there is data, so that users can be told what is missing.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
newest=$(query '
select coalesce(to_char(max(at) at time zone '\''UTC'\'', '\''YYYY-MM-DD HH24:MI:SS.MS'\''), '\'''\'') from (
  select max("createdAt") as at from "QrCode" union all select max("scannedAt") from "QrCodeScan") newest') ||
  die "the newest rows of $PGDATABASE cannot be found; psql's message is above" "has the restore run?"
[[ -n $newest ]] || die "there is neither a code nor a scan" "restore again"
printf 'newest data: %s UTC\nnow: %s UTC\nwhat users did in between is lost\n' "$newest" "$(date -u '+%F %T')"

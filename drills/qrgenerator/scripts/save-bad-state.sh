#!/usr/bin/env bash
# Keeps the database as it is now, encrypted, where no restore takes it for a backup; prints the path as the last line.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE; VAULT (beside the backups)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
open_vault
make_work_folder
evidence=$VAULT/../evidence
mkdir -p -- "$evidence"
BACKUP_DIR=$evidence
partial=$(mktemp "$BACKUP_DIR/.backup-in-progress.XXXXXXXX")
trap 'rm -f -- "$partial"; clean_up' EXIT
pg_dump --format=custom --no-owner --no-privileges --lock-wait-timeout=30s | encrypt >"$partial" ||
  die "the bad state could not be kept; the message is above" "do not restore before it is: it holds what no backup has"
finish "$partial" bad

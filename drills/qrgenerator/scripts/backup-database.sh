#!/usr/bin/env bash
# Takes a full backup into BACKUP_DIR, encrypted, ships it off the site, and prints its path as the last line.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE BACKUP_DIR; VAULT (beside the backups)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE BACKUP_DIR
[[ -d $BACKUP_DIR && -w $BACKUP_DIR ]] ||
  die "BACKUP_DIR is not a directory that can be written to: $BACKUP_DIR" "create or mount it, or point BACKUP_DIR elsewhere"
open_vault
make_work_folder

# Nothing unencrypted ever lies on a disk. The custom form is compressed by itself, and is what pg_restore reads.
# No owners and grants: all objects are of the role that restores them. Roles are the platform's to make, not a dump's.
partial=$(mktemp "$BACKUP_DIR/.backup-in-progress.XXXXXXXX")
trap 'rm -f -- "$partial"; clean_up' EXIT
pg_dump --format=custom --compress=1 --no-owner --no-privileges --lock-wait-timeout=30s | encrypt >"$partial" ||
  die "pg_dump of $PGDATABASE at $PGHOST:$PGPORT, or its encryption, failed; the message is above" \
    "check that the database answers and the disk is not full: df -h $BACKUP_DIR"
final=$(finish "$partial" dump)
ship "$final" "$final.sha256"
note "$(du -h -- "$final" | cut -f 1) in $final"
printf '%s\n' "$final"

#!/usr/bin/env bash
# Takes a copy of the server's files into BACKUP_DIR, encrypted, and ships it off the site. Unlike a dump, archived WAL
# can be applied to it. Prints its path as the last line.
# Environment: PGHOST PGPORT REPLICATION_USER REPLICATION_PASSWORD BACKUP_DIR; VAULT (beside the backups)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT REPLICATION_USER REPLICATION_PASSWORD BACKUP_DIR
[[ -d $BACKUP_DIR && -w $BACKUP_DIR ]] ||
  die "BACKUP_DIR is not a directory that can be written to: $BACKUP_DIR" "create or mount it, or point BACKUP_DIR elsewhere"
open_vault
make_work_folder
partial=$(mktemp "$BACKUP_DIR/.backup-in-progress.XXXXXXXX")
trap 'rm -f -- "$partial"; clean_up' EXIT

# With the WAL that the copy itself needs, so that it can be restored even if the archive is lost.
PGUSER=$REPLICATION_USER PGPASSWORD=$REPLICATION_PASSWORD \
  pg_basebackup --pgdata=- --format=tar --wal-method=fetch --checkpoint=fast --no-sync | gzip -1 | encrypt >"$partial" ||
  die "the copy of $PGHOST:$PGPORT, or its encryption, failed; the message is above" \
    "check that the server answers, that $REPLICATION_USER may replicate, and the disk: df -h $BACKUP_DIR"
final=$(finish "$partial" base)
ship "$final" "$final.sha256"
printf '%s\n' "$final"

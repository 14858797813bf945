#!/usr/bin/env bash
# Takes a base backup of the whole server into BACKUP_DIR and prints its path. With the WAL that is archived from then
# on, the server can be recovered to any moment after it; a dump cannot be.
# Environment: PGHOST PGPORT REPLICATION_USER REPLICATION_PASSWORD BACKUP_DIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env PGHOST PGPORT REPLICATION_USER REPLICATION_PASSWORD BACKUP_DIR
export PGUSER=$REPLICATION_USER PGPASSWORD=$REPLICATION_PASSWORD
partial_file
pg_basebackup --pgdata=- --format=tar --wal-method=none --checkpoint=fast --no-password | gzip -1 >"$partial" ||
  die "pg_basebackup of $PGHOST:$PGPORT failed; its message is above" \
    "check that $PGUSER may replicate, that WAL is archived, and that the disk is not full: df -h $BACKUP_DIR"
gzip -t "$partial"
publish "$partial" "$base_prefix" .tar.gz

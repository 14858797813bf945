#!/usr/bin/env bash
# Takes a backup of the database into BACKUP_DIR and prints its path as the last line.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE BACKUP_DIR
#
# What is in BACKUP_DIR under a final name has been checked and is on disk; a run that fails leaves nothing behind.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE BACKUP_DIR
require_backup_dir
begin_backup

# No owners and no grants in the dump: every object belongs to the one role that also restores it, and a grant to a role
# that a fresh server does not have yet would stop a restore that is otherwise good.
# Waiting for a lock is bounded: a backup that hangs behind a forgotten migration is a backup that nobody misses.
pg_dump --format=plain --no-owner --no-privileges --lock-wait-timeout=30s | gzip >"$partial" ||
  die "pg_dump of $PGDATABASE at $PGHOST:$PGPORT failed; its message is above" \
    "check that the database answers and the disk is not full: df -h $BACKUP_DIR"

verify_complete "$partial"
publish_backup

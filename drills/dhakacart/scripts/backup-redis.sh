#!/usr/bin/env bash
# Takes a backup of Redis into BACKUP_DIR, a file of all its keys as they are now, and prints its path as the last line.
# Environment: REDIS_HOST REDIS_PORT REDISCLI_AUTH BACKUP_DIR
#
# What is in BACKUP_DIR under a final name has been checked and is on disk; a run that fails leaves nothing behind.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"
of_redis

require_env REDIS_HOST REDIS_PORT REDISCLI_AUTH BACKUP_DIR
require_backup_dir
begin_backup

# From the server itself, as a replica gets it: the file in its folder is as old as its last save.
rdb=$partial.rdb
trap 'rm -f -- "$rdb"; remove_leftovers' EXIT
redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" --rdb "$rdb" >&2 ||
  die "redis-cli could not fetch the keys of $REDIS_HOST:$REDIS_PORT; its message is above" \
    "check that Redis answers and the disk is not full: df -h $BACKUP_DIR"
verify_rdb "$rdb"
gzip -c -- "$rdb" >"$partial"
publish_backup

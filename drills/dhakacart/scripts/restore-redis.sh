#!/usr/bin/env bash
# Puts a backup into the folder of a Redis server that is stopped; it holds the backup's keys once it is started.
# Usage: restore-redis.sh [BACKUP_FILE]      (default: the newest in BACKUP_DIR)
# Environment: REDIS_HOST REDIS_PORT REDISCLI_AUTH REDIS_DIR, and BACKUP_DIR if no file is named
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"
of_redis

[[ $# -le 1 ]] || die "one backup file at most, got: $*" "usage: ${0##*/} [BACKUP_FILE]"
require_env REDIS_HOST REDIS_PORT REDISCLI_AUTH REDIS_DIR
if [[ $# -eq 1 ]]; then
  backup=$1
  verify_checksum "$backup"
else
  backup=$(newest_backup)
fi
[[ -d $REDIS_DIR && -w $REDIS_DIR ]] ||
  die "REDIS_DIR is not a directory that can be written to: $REDIS_DIR" "provision Redis first, then stop it"
# A running server reads its file only when it starts, and overwrites it when it stops.
if redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" ping >/dev/null 2>&1; then
  die "Redis runs at $REDIS_HOST:$REDIS_PORT, and would overwrite what is restored" "stop it, then run this again"
fi
# With a log of writes in the folder it would read that alone.
[[ ! -e $REDIS_DIR/appendonlydir ]] ||
  die "$REDIS_DIR has an append-only log, which Redis prefers to any RDB file" \
    "move $REDIS_DIR/appendonlydir away and start Redis once with appendonly no"

umask 077
unpacked=$REDIS_DIR/dump.rdb.restoring
trap 'rm -f -- "$unpacked"' EXIT
gzip -dc -- "$backup" >"$unpacked" ||
  die "$backup does not unpack: it is damaged, or the disk is full" "df -h $REDIS_DIR; else name an older backup"
verify_rdb "$unpacked"
# Whoever owns the folder runs the server.
chown --reference="$REDIS_DIR" -- "$unpacked"
sync -- "$unpacked"
mv -- "$unpacked" "$REDIS_DIR/dump.rdb"
note "restored $backup into $REDIS_DIR; start Redis now"

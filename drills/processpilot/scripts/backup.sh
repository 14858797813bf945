#!/usr/bin/env bash
# Dumps the database into BACKUP_DIR and prints the dump's path, or lists the backups that are there.
# Usage: backup.sh [postgresql]
#        backup.sh --list postgresql
# Environment: BACKUP_DIR, and PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE for a dump
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env BACKUP_DIR
case "$*" in
'' | postgresql) ;;
'--list postgresql')
  shopt -s nullglob
  found=0
  for backup in "$BACKUP_DIR/$dump_prefix"*.dump "$BACKUP_DIR/$base_prefix"*.tar.gz; do
    state='no checksum'
    if [[ -f $backup.sha256 ]]; then
      state=damaged
      [[ $(checksum_of "$backup") != $(cut -d ' ' -f 1 <"$backup.sha256") ]] || state=verified
    fi
    printf '%-12s %10s  %s\n' "$state" "$(stat -c %s -- "$backup")" "$backup"
    found=1
  done
  ((found)) || die "no backup in $BACKUP_DIR" "check that this is the right place and that it is mounted"
  exit
  ;;
*) die "cannot do: $*" "usage: ${0##*/} [--list] postgresql" ;;
esac

require_postgres
partial_file
# No owners and no grants: every object belongs to the one role that also restores it. Waiting for a lock is bounded: a
# backup that hangs behind a forgotten migration is one that nobody misses.
pg_dump --format=custom --no-owner --no-privileges --lock-wait-timeout=30s --file="$partial" ||
  die "pg_dump of $PGDATABASE at $PGHOST:$PGPORT failed; its message is above" \
    "check that the database answers and the disk is not full: df -h $BACKUP_DIR"
verify_dump "$partial"
publish "$partial" "$dump_prefix" .dump

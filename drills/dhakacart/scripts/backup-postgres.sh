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
[[ -d $BACKUP_DIR && -w $BACKUP_DIR ]] ||
  die "BACKUP_DIR is not a directory that can be written to: $BACKUP_DIR" "create or mount it, or point BACKUP_DIR elsewhere"
# Customers' data: for nobody but the owner of the backups.
umask 077

partial=$(mktemp "$BACKUP_DIR/.backup-in-progress.XXXXXXXX")
claimed=
remove_leftovers() {
  rm -f -- "$partial" ${claimed:+"$claimed"}
}
trap remove_leftovers EXIT
# Without these a signal would end the script and skip the trap above.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# No owners and no grants in the dump: every object belongs to the one role that also restores it, and a grant to a role
# that a fresh server does not have yet would stop a restore that is otherwise good.
# Waiting for a lock is bounded: a backup that hangs behind a forgotten migration is a backup that nobody misses.
pg_dump --format=plain --no-owner --no-privileges --lock-wait-timeout=30s | gzip >"$partial" ||
  die "pg_dump of $PGDATABASE at $PGHOST:$PGPORT failed; its message is above" \
    "check that the database answers and the disk is not full: df -h $BACKUP_DIR"

verify_complete "$partial"
checksum=$(checksum_of "$partial")
sync -- "$partial"

# The checksum file is created first, with noclobber: that claims the name, so that two backups within one second get
# two names and neither overwrites the other. "_01" sorts after ".sql.gz" and so stays in order of time.
stem=$BACKUP_DIR/$backup_prefix$(date -u +%Y%m%d_%H%M%S)
for suffix in '' _{01..99}; do
  final=$stem$suffix.sql.gz
  if (set -o noclobber && printf '%s  %s\n' "$checksum" "${final##*/}" >"$final.sha256") 2>/dev/null; then
    claimed=$final.sha256
    break
  fi
  [[ -e $final.sha256 ]] || die "cannot write $final.sha256" "check the disk and the permissions: df -h $BACKUP_DIR"
done
[[ -n $claimed ]] || die "a hundred backups named $stem already" "find out what starts them"
sync -- "$claimed"

# From this rename on the backup exists. It is atomic: nobody ever lists half a backup.
mv -n -- "$partial" "$final" || true
[[ ! -e $partial ]] ||
  die "cannot rename the finished backup to $final" "if a file of that name is there, look at it; then run this again"
claimed=
sync -- "$BACKUP_DIR"

note "$(du -h -- "$final" | cut -f 1) in $final"
printf '%s\n' "$final"

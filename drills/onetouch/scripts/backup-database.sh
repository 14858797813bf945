#!/usr/bin/env bash
# Dumps the database and prints the path of the backup as the last line.
# Usage: backup-database.sh [FOLDER]      (default: BACKUP_DIR)
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE BACKUP_DIR
#
# What has a final name has been checked and is on disk; a run that fails leaves nothing behind.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE BACKUP_DIR
folder=${1:-$BACKUP_DIR}
# Customers' data: for nobody but the owner of the backups.
umask 077
mkdir -p -- "$folder"
require_folder "$folder"

partial=$(mktemp "$folder/.backup-in-progress.XXXXXXXX")
claimed=
trap 'rm -f -- "$partial" ${claimed:+"$claimed"}' EXIT
# Without these a signal would end the script and skip the trap above.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# No owners and no grants: every object belongs to the one role that also restores it, and a grant to a role that a new
# server does not have would stop a restore that is otherwise good.
pg_dump --format=plain --no-owner --no-privileges --lock-wait-timeout=30s | gzip >"$partial" ||
  die "pg_dump of $PGDATABASE at $PGHOST:$PGPORT failed; its message is above" \
    "check that the database answers and that the disk has room: df -h $folder"
verify_complete "$partial"
sync -- "$partial"

# The checksum file first, with noclobber: that claims the name, so that two backups within one second get two names.
# "_01" sorts after ".sql.gz" and so stays in order of time.
stem=$folder/$backup_prefix$(date -u +%Y%m%d_%H%M%S)
for suffix in '' _{01..99}; do
  final=$stem$suffix.sql.gz
  if (set -o noclobber && printf '%s  %s\n' "$(checksum_of "$partial")" "${final##*/}" >"$final.sha256") 2>/dev/null; then
    claimed=$final.sha256
    break
  fi
  [[ -e $final.sha256 ]] || die "cannot write $final.sha256" "check the disk and the permissions: df -h $folder"
done
[[ -n $claimed ]] || die "a hundred backups named $stem already" "find out what starts them"
sync -- "$claimed"

# From this rename on the backup exists: nobody ever lists half of one.
mv -n -- "$partial" "$final" || true
[[ ! -e $partial ]] || die "cannot rename the finished backup to $final" "look at what is there; then run this again"
claimed=
sync -- "$folder"
note "$(du -h -- "$final" | cut -f 1) in $final"
printf '%s\n' "$final"

#!/usr/bin/env bash
# Takes a backup of the database into BACKUP_DIR and prints its path as the last line.
# Environment: MONGO_URI MONGO_DATABASE BACKUP_DIR
#
# A dump of a server that is written to is no snapshot: each collection is of another moment. Events and the audit trail
# are dumped before the campaigns that they refer to, so that each reference in the backup leads somewhere; a campaign
# may lack the last entries of its trail. What is in BACKUP_DIR under a final name is complete and on disk.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env MONGO_URI MONGO_DATABASE BACKUP_DIR
[[ -d $BACKUP_DIR && -w $BACKUP_DIR ]] ||
  die "BACKUP_DIR is not a directory that can be written to: $BACKUP_DIR" "create or mount it, or point BACKUP_DIR elsewhere"
# Customers' data: for nobody but the owner of the backups.
umask 077

work=$(mktemp -d "$BACKUP_DIR/.backup-in-progress.XXXXXXXX")
trap 'rm -rf -- "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# dump COLLECTION_TO_LEAVE_OUT...
dump() {
  mongodump --uri="$MONGO_URI" --out="$work/dump" "${@/#/--excludeCollection=}" ||
    die "mongodump of $MONGO_DATABASE failed; its message is above" \
      "check that the database answers and the disk is not full: df -h $BACKUP_DIR"
}

dump campaigns users
dump events audit
verify_dump "$work/dump" "$MONGO_DATABASE"

tar -czf "$work/backup.tar.gz" -C "$work/dump" "$MONGO_DATABASE"
checksum=$(checksum_of "$work/backup.tar.gz")
sync -- "$work/backup.tar.gz"

# The checksum comes first, with noclobber: that claims the name, so that two backups within a second get two names.
stem=$BACKUP_DIR/backup-$(date -u +%Y-%m-%dT%H%M%SZ)
final=
for suffix in '' _{01..99}; do
  if (set -o noclobber && printf '%s  %s\n' "$checksum" "${stem##*/}$suffix.tar.gz" >"$stem$suffix.tar.gz.sha256") 2>/dev/null; then
    final=$stem$suffix.tar.gz
    break
  fi
done
[[ -n $final ]] || die "cannot write $stem.tar.gz.sha256" "check the disk and the permissions: df -h $BACKUP_DIR"
sync -- "$final.sha256"
# From this rename on the backup exists. It is atomic: nobody ever lists half a backup.
mv -n -- "$work/backup.tar.gz" "$final"
sync -- "$BACKUP_DIR"

note "$(du -h -- "$final" | cut -f 1) in $final"
printf '%s\n' "$final"

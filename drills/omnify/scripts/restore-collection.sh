#!/usr/bin/env bash
# Brings back the documents of one collection that are missing from it; those that are there stay as they are.
# Usage: restore-collection.sh COLLECTION [BACKUP_FILE]      (default: the newest in BACKUP_DIR)
# Environment: MONGO_URI MONGO_DATABASE, and BACKUP_DIR if no file is named
#
# For documents that were deleted. Damaged ones are "there", and stay damaged: delete those first.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

[[ $# -ge 1 && $# -le 2 ]] || die "a collection, and one backup file at most, got: $*" "usage: ${0##*/} COLLECTION [BACKUP_FILE]"
require_env MONGO_URI MONGO_DATABASE
collection=$1
[[ " ${collections[*]} " == *" $collection "* ]] ||
  die "there is no collection $collection" "choose one of: ${collections[*]}"
if [[ $# -eq 2 ]]; then
  backup=$2
  verify_checksum "$backup"
else
  backup=$("$here/latest-backup.sh")
fi
unpack "$backup"
verify_dump "$unpacked" "$MONGO_DATABASE"
before=$(count "$collection") ||
  die "cannot count $collection in $MONGO_DATABASE; mongosh's message is above" "is MongoDB running?"
note "restoring what is missing from $collection ($before documents) from $backup"

# The server refuses each document that is still there (E11000, a duplicate key), which is what keeps the newer ones.
# Some versions of mongorestore end with 1 for that, so its words decide and not its exit code.
log=$unpacked/log
mongorestore --uri="$MONGO_URI" --db="$MONGO_DATABASE" --collection="$collection" \
  "$unpacked/$MONGO_DATABASE/$collection.bson" >"$log" 2>&1 || true
restored=$(sed -n 's/.*[^0-9]*\b\([0-9][0-9]*\) document(s) restored successfully.*/\1/p' "$log")
others=$(grep -F 'continuing through error' "$log" | grep -vcF E11000 || true)
[[ -n $restored && $others -eq 0 ]] || {
  cat -- "$log" >&2
  die "mongorestore failed; its words are above" "is MongoDB running, and has its disk room? then run this again"
}
after=$(count "$collection")
[[ $after -eq $((before + restored)) ]] ||
  die "$collection had $before documents, $restored were restored, and it has $after" \
    "somebody writes to it: stop the application, then run this again"
note "$restored documents came back, $before were there"

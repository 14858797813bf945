#!/usr/bin/env bash
# Restores a backup into the database: every collection of the backup replaces the one that is there.
# Usage: restore-mongodb.sh [BACKUP_FILE]      (default: the newest in BACKUP_DIR)
# Environment: MONGO_URI MONGO_DATABASE, and BACKUP_DIR if no file is named
#
# The application must be stopped, MongoDB must run. The backup is checked as a whole before the database is touched.
# It can be run again after any failure.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

[[ $# -le 1 ]] || die "one backup file at most, got: $*" "usage: ${0##*/} [BACKUP_FILE]"
require_env MONGO_URI MONGO_DATABASE
if [[ $# -eq 1 ]]; then
  backup=$1
  verify_checksum "$backup"
else
  backup=$("$here/latest-backup.sh")
fi
unpack "$backup"
verify_dump "$unpacked" "$MONGO_DATABASE"
note "restoring $backup into $MONGO_DATABASE"

# mongorestore ends with 0 even where the server refused documents, unless it is told to stop at the first.
mongorestore --uri="$MONGO_URI" --db="$MONGO_DATABASE" --drop --stopOnError --dir="$unpacked/$MONGO_DATABASE" ||
  die "mongorestore failed half-way; its message is above" \
    "is MongoDB running, and has its disk room? $MONGO_DATABASE is not whole until this was run again and ended well"
note "restored"

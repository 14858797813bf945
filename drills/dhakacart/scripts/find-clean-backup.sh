#!/usr/bin/env bash
# Prints the path of the newest backup that was not damaged by an attack: it is what was written, it is complete, and
# its texts are plain. Says of each newer one why it was passed over.
# Environment: BACKUP_DIR
#
# The time of an attack is rarely known, and backups that were taken after it are as well-formed as any. What tells them
# apart is what is in them.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env BACKUP_DIR
all=$(backups_newest_first)
while IFS= read -r backup; do
  [[ -n $backup ]] || continue
  # In a shell of its own, since what these find ends the shell; what they say is no error here.
  if ! reason=$( (verify_checksum "$backup" && verify_complete "$backup" && verify_plain "$backup") 2>&1); then
    reason=${reason##*ERROR: }
    note "passed over: ${reason%%$'\n'*}"
    continue
  fi
  printf '%s\n' "$backup"
  exit 0
done <<<"$all"
die "no clean backup in $BACKUP_DIR" "fetch older ones from off-site, from a copy that the attack could not reach"

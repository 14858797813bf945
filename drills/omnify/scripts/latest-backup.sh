#!/usr/bin/env bash
# Prints the path of the newest complete backup in BACKUP_DIR, after checking that it is what was written.
# Environment: BACKUP_DIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env BACKUP_DIR
[[ -d $BACKUP_DIR ]] || die "no such directory: BACKUP_DIR=$BACKUP_DIR" "mount it, or point BACKUP_DIR at the backups"

shopt -s nullglob
newest=
for backup in "$BACKUP_DIR"/backup-[0-9]*.tar.gz; do
  if [[ -f $backup.sha256 ]]; then
    newest=$backup
  else
    note "left out, no checksum beside it: $backup"
  fi
done
[[ -n $newest ]] ||
  die "no backup in $BACKUP_DIR (looked for backup-YYYY-MM-DDTHHMMSSZ.tar.gz with its .sha256)" \
    "check that this is the right place and that it is mounted; else fetch the backups from off-site"

# A bad newest backup is an error and not a reason to take an older one: how much may be lost is for a person to say.
verify_checksum "$newest"
printf '%s\n' "$newest"

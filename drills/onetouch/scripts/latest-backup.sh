#!/usr/bin/env bash
# Prints the path of the newest complete backup in a folder, after checking that it is what was written.
# Usage: latest-backup.sh [FOLDER]      (default: BACKUP_DIR)
#
# Newest by the time in its name: a file's own time changes when it is copied back from elsewhere.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env BACKUP_DIR
folder=${1:-$BACKUP_DIR}
newest=$(backups_in "$folder" | tail -n 1)
[[ -n $newest ]] ||
  die "no backup in $folder (looked for ${backup_prefix}YYYYMMDD_HHMMSS.sql.gz with its .sha256)" \
    "fetch one from off-site: download-backup.sh"

# A bad newest backup is an error and no reason to take an older one: how much may be lost is for a person to say.
verify_checksum "$newest"
printf '%s\n' "$newest"

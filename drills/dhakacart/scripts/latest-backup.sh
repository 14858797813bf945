#!/usr/bin/env bash
# Prints the path of the newest complete backup in BACKUP_DIR, after checking that it is what was written.
# Environment: BACKUP_DIR
#
# Newest by the time in its name: the time of a file changes when it is copied back from elsewhere.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env BACKUP_DIR
newest_backup

#!/usr/bin/env bash
# Keeps the database as it is now, damaged, for those who will look into it.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE BACKUP_DIR
#
# In a folder of its own: among the backups it would be the newest one, and the next restore would bring the damage back.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env BACKUP_DIR
exec "$here/backup-database.sh" "$BACKUP_DIR/damaged"

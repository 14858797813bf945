#!/usr/bin/env bash
# Restores the newest backup that an attack has not damaged, as find-clean-backup.sh finds it.
# Environment: as for restore-postgres.sh, and BACKUP_DIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
backup=$("$here/find-clean-backup.sh")
exec "$here/restore-postgres.sh" "$backup"

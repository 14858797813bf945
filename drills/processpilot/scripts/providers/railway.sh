#!/usr/bin/env bash
# Restores a Railway database to a moment, into a new service beside it. Versions of railway that cannot do that leave
# it to the dashboard: then this says what to do there and ends with 3.
# Environment: RAILWAY_TOKEN, a token of the project, read by railway itself; RAILWAY_DATABASE_SERVICE, its name;
#   RECOVERY_TARGET_TIME with its offset, e.g. 2025-01-15T14:30:00Z
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../common.sh
source "$here/../common.sh"

require_env RAILWAY_TOKEN RAILWAY_DATABASE_SERVICE RECOVERY_TARGET_TIME
target=$(date -u -d "$RECOVERY_TARGET_TIME" +%Y-%m-%dT%H:%M:%SZ) ||
  die "RECOVERY_TARGET_TIME is no time: $RECOVERY_TARGET_TIME" "write it as 2025-01-15T14:30:00Z"
if ! command -v railway >/dev/null || ! railway postgres pitr --help >/dev/null 2>&1; then
  note "this machine has no railway that restores databases; in the dashboard, as somebody who may:"
  cat <<TEXT
  1. Open the project at https://railway.com and its service $RAILWAY_DATABASE_SERVICE.
  2. Backups: choose the newest one from before $target, then Restore.
  3. Review the staged change and deploy it; wait until the service runs.
  4. Check it: verify-integrity.sh, then restart the backend.
TEXT
  exit 3
fi
railway postgres pitr restore --service "$RAILWAY_DATABASE_SERVICE" --at "$target" --yes
note "the new service archives no WAL before pitr is enabled on it; give the backend its address once it was looked at"

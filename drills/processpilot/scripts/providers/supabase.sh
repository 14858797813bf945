#!/usr/bin/env bash
# Takes a Supabase project back to a moment, in place; its point-in-time recovery must have been switched on before.
# Environment: SUPABASE_ACCESS_TOKEN, read by supabase itself; SUPABASE_PROJECT_REF;
#   RECOVERY_TARGET_TIME with its offset, e.g. 2025-01-15T14:30:00Z
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../common.sh
source "$here/../common.sh"

require_env SUPABASE_ACCESS_TOKEN SUPABASE_PROJECT_REF RECOVERY_TARGET_TIME
require_tool supabase "https://supabase.com/docs/guides/local-development/cli/getting-started"
seconds=$(date -u -d "$RECOVERY_TARGET_TIME" +%s) ||
  die "RECOVERY_TARGET_TIME is no time: $RECOVERY_TARGET_TIME" "write it as 2025-01-15T14:30:00Z"
supabase backups list --project-ref "$SUPABASE_PROJECT_REF"
supabase backups restore --project-ref "$SUPABASE_PROJECT_REF" --timestamp "$seconds"
note "the project is down until the restore is done: watch Database > Backups in the dashboard"

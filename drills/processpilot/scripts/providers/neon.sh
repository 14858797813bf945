#!/usr/bin/env bash
# Takes a Neon branch back to a moment, in place; what it held until now is kept as another branch.
# Environment: NEON_API_KEY, read by neon itself; NEON_PROJECT_ID; NEON_BRANCH (main);
#   RECOVERY_TARGET_TIME with its offset, e.g. 2025-01-15T14:30:00Z
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../common.sh
source "$here/../common.sh"

require_env NEON_API_KEY NEON_PROJECT_ID RECOVERY_TARGET_TIME
require_tool neon "https://neon.com/docs/reference/neon-cli"
branch=${NEON_BRANCH:-main}
target=$(date -u -d "$RECOVERY_TARGET_TIME" +%Y-%m-%dT%H:%M:%SZ) ||
  die "RECOVERY_TARGET_TIME is no time: $RECOVERY_TARGET_TIME" "write it as 2025-01-15T14:30:00Z"
neon branches restore "$branch" "^self@$target" \
  --preserve-under-name "$branch-before-restore-$(date -u +%Y%m%d-%H%M%S)" --project-id "$NEON_PROJECT_ID"
neon branches list --project-id "$NEON_PROJECT_ID"

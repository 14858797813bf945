#!/usr/bin/env bash
# Goes back to the release that was deployed before the present one; instances run it from their next start on.
# Environment: REDIS_HOST REDIS_PORT REDISCLI_AUTH of the registry
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env REDIS_HOST REDIS_PORT REDISCLI_AUTH
registry() {
  redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" "$@"
}
undone=$(registry lpop deployed/shop) || die "the registry at $REDIS_HOST:$REDIS_PORT does not answer" "is it running?"
[[ -n $undone ]] || die "no release was deployed since the image's own" "there is nothing to go back to: look at the configuration"
now=$(registry lindex deployed/shop 0)
printf 'rolled back: %s\nnow: %s\n' "$undone" "${now:-the release of the image itself}"

#!/usr/bin/env bash
# Prints which instances of the shop the gateway holds for healthy.
# Environment: GATEWAY_URL
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env GATEWAY_URL
curl --silent --show-error --fail --max-time 5 -- "$GATEWAY_URL/instances" ||
  die "the gateway at $GATEWAY_URL does not answer" "is it running?"
printf '\n'

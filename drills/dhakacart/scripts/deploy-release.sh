#!/usr/bin/env bash
# Makes a release the one that instances of the shop run from their next start on.
# Usage: deploy-release.sh RELEASE
# Environment: REDIS_HOST REDIS_PORT REDISCLI_AUTH of the registry
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

[[ $# -eq 1 && $1 =~ ^[0-9]+(\.[0-9]+)*$ ]] || die "not a release: $*" "usage: ${0##*/} RELEASE, e.g. ${0##*/} 1.4.1"
require_env REDIS_HOST REDIS_PORT REDISCLI_AUTH
redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" lpush deployed/shop "$1" >/dev/null ||
  die "the registry at $REDIS_HOST:$REDIS_PORT does not take it" "is it running?"
printf 'deployed: %s\n' "$1"

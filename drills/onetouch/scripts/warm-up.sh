#!/usr/bin/env bash
# Fills the cache with the cards that were changed last.
# Environment: SERVER_URL, or SERVER_2_URL of the server that took its place; WAIT_SECONDS (60)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

url=${SERVER_2_URL:-${SERVER_URL:-}}
[[ -n $url ]] || die "SERVER_URL is not set" "export SERVER_URL and run this again"
deadline=$((SECONDS + ${WAIT_SECONDS:-60}))
# A server that has lost its cache looks for it again after a moment.
until answer=$(curl --silent --show-error --fail --max-time 5 -- "$url/api/cache/warmup"); do
  ((SECONDS < deadline)) || die "$url/api/cache/warmup does not answer 200" "is the cache up? test-redis.sh tells"
  sleep 0.2
done
printf 'cards in the cache: %s\n' "$answer"

#!/usr/bin/env bash
# Asks the running server for its health and for a card, as a user's browser would.
# Environment: SERVER_URL, or SERVER_2_URL of the server that took its place; WAIT_SECONDS (60)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

url=${SERVER_2_URL:-${SERVER_URL:-}}
[[ -n $url ]] || die "SERVER_URL is not set" "export SERVER_URL and run this again"
deadline=$((SECONDS + ${WAIT_SECONDS:-60}))
# --fail: without it curl ends with 0 on a 503 too.
until health=$(curl --silent --show-error --fail --max-time 5 -- "$url/api/health"); do
  ((SECONDS < deadline)) || die "$url/api/health does not answer 200" "look at the server's log; does it reach its database?"
  sleep 0.2
done
[[ $health == *ok* ]] || die "unexpected answer from $url/api/health: $health" "is this really the server?"
# A server that has more to do than it can for a moment says so with a 503, which is worth asking again.
card=$(curl --silent --show-error --fail --max-time 5 --retry 3 --retry-delay 1 -- "$url/api/cards/seed-1") ||
  die "the server is well and does not find the card seed-1" "run verify-data.sh: the restored database may be empty"
printf 'health: %s\ncard: %s\n' "$health" "$card"

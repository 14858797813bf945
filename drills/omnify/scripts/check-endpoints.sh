#!/usr/bin/env bash
# Asks the running server for its health, a campaign and the state of its data, as its users and monitors do.
# Environment: SERVER_URL; WAIT_SECONDS (10) for a server that is still starting
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env SERVER_URL
deadline=$((SECONDS + ${WAIT_SECONDS:-10}))
# A server that has more to do than it can for a moment says so with a 503, which is worth asking again.
fetch() {
  curl --silent --show-error --fail --max-time 5 --retry 3 --retry-delay 1 -- "$SERVER_URL$1"
}
until fetch /health; do
  ((SECONDS < deadline)) ||
    die "$SERVER_URL/health does not answer 200" "look at the server's log; does it reach its database?"
  sleep 0.2
done
printf '\n'
[[ $(fetch /api/campaigns/seed-000001) == *'"ref":"seed-000001"'* ]] ||
  die "the first campaign there ever was is not found" "is this the right database? run verify-restore.sh"
fetch /api/consistency ||
  die "the data is not consistent" "run validate-data.sh for what is wrong"
printf '\n'

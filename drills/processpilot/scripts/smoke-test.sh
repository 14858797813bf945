#!/usr/bin/env bash
# Asks the running backend what a user would: is it well, does it know its users, does it refuse strangers?
# Environment: API_URL (else BACKEND_URL), API_TOKEN; WAIT_SECONDS (10) for a backend that is still starting
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

API_URL=${API_URL:-${BACKEND_URL:-}}
require_env API_URL API_TOKEN
require_tool curl "apt-get install curl"
deadline=$((SECONDS + ${WAIT_SECONDS:-10}))

# get PATH [TOKEN]: prints the status; the body is in $body. The token goes through a file, not an argument.
body=$(mktemp)
trap 'rm -f -- "$body"' EXIT
get() {
  curl --silent --max-time 5 --output "$body" --write-out '%{http_code}' \
    --config <([[ -z ${2:-} ]] || printf 'header = "Authorization: Bearer %s"\n' "$2") -- "$API_URL$1" || true
}

until status=$(get /health/detailed) && [[ $status == 200 ]]; do
  ((SECONDS < deadline)) ||
    die "$API_URL/health/detailed answers $status, not 200: $(head -c 300 "$body")" \
      "look at the backend's log; is it started, does it reach its database?"
  sleep 0.2
done
[[ $(get /api/health) == 200 ]] || die "$API_URL/api/health does not answer 200" "look at the backend's log"
status=$(get /api/auth/status "$API_TOKEN")
[[ $status == 200 ]] || die "a valid token gets $status, not 200" "were tokens revoked and not given out again?"
status=$(get /api/auth/status)
[[ $status == 401 ]] || die "a request without a token gets $status, not 401" "do not let users in: everybody would be"
printf 'health, authentication: ok\n'

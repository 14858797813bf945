#!/usr/bin/env bash
# Asks the running backend what a user would: is it well, does it know its users, does it refuse strangers?
# Environment: API_URL (else BACKEND_URL), API_TOKEN; WAIT_SECONDS (30) for a backend that is still starting
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

API_URL=${API_URL:-${BACKEND_URL:-}}
require_env API_URL API_TOKEN
require_tool curl "apt-get install curl"
deadline=$((SECONDS + ${WAIT_SECONDS:-30}))

# get PATH [TOKEN]: prints the status; the body is in $body. The token goes through a file, not an argument.
body=$(mktemp)
trap 'rm -f -- "$body"' EXIT
get() {
  : >"$body"
  curl --silent --max-time 5 --output "$body" --write-out '%{http_code}' \
    --config <([[ -z ${2:-} ]] || printf 'header = "Authorization: Bearer %s"\n' "$2") -- "$API_URL$1" || true
}

# expect STATUS PATH TOKEN WHY NEXT_STEP: asks again until it is answered so or the time is up.
expect() {
  local status
  until status=$(get "$2" "$3") && [[ $status == "$1" ]]; do
    ((SECONDS < deadline)) || die "$4: $API_URL$2 answers $status, not $1: $(head -c 300 "$body")" "$5"
    sleep 0.2
  done
}

expect 200 /health/detailed '' "the backend is not well" "look at its log; is it started, does it reach its database?"
expect 200 /api/health '' "the backend is not well" "look at its log"
expect 200 /api/auth/status "$API_TOKEN" "a valid token is refused" "were tokens revoked and not given out again?"
expect 401 /api/auth/status '' "a request without a token is not refused" "keep users out: everybody would be let in"
printf 'health, authentication: ok\n'

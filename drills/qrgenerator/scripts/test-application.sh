#!/usr/bin/env bash
# Asks the service as the team's monitoring does: is it well, does it know our key, and does it refuse a wrong one?
# Environment: SERVICE_URL, or the URL of a server (SERVER_URL, SERVER_2_URL); VAULT, or APP_FOLDER to find it by;
#   WAIT_SECONDS (30) for a service that is still starting
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

url=${SERVICE_URL:-${SERVER_2_URL:-${SERVER_URL:-}}}
[[ -n $url ]] || die "SERVICE_URL is not set" "export it and run this again"
open_vault
make_work_folder

deadline=$((SECONDS + ${WAIT_SECONDS:-30}))

# ask PATH KEY: prints the status, the first that is neither silence nor an error of the service's until the deadline.
# The key goes through a file: arguments are everybody's to read.
ask() {
  local status
  printf 'header = "Authorization: Bearer %s"\n' "$2" >"$work/curl"
  while true; do
    status=$(curl --silent --max-time 5 --output "$work/answer" --write-out '%{http_code}' --config "$work/curl" "$url$1") || true
    if [[ $status != 000 && $status != 5* ]] || ((SECONDS >= deadline)); then
      printf '%s\n' "$status"
      return
    fi
    sleep 0.2
  done
}

status=$(ask /health none)
[[ $status == 200 ]] || die "$url/health answers $status: $(cat -- "$work/answer" 2>/dev/null)" "see the service's log; does it reach its database?"
status=$(ask /api/qrcodes/seed-000001 "$(cat -- "$VAULT/keys/2")")
[[ $status == 200 ]] || die "a known code with our key answers $status" "401: was the production configuration deployed? 404: is the data restored?"
status=$(ask /api/qrcodes/seed-000001 qr_wrong)
[[ $status == 401 ]] || die "a wrong key is answered with $status" "cut the service off at once: it lets anybody in"
printf 'healthy; our key is known, a wrong one is not\n'

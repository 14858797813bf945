#!/usr/bin/env bash
# Asks the service as the team's monitoring does: is it well, does it know our key, and does it refuse a wrong one?
# Environment: SERVICE_URL, or the URL of a server (SERVER_URL, SERVER_2_URL); VAULT, or APP_FOLDER to find it by
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

url=${SERVICE_URL:-${SERVER_2_URL:-${SERVER_URL:-}}}
[[ -n $url ]] || die "SERVICE_URL is not set" "export it and run this again"
open_vault
make_work_folder

# ask PATH KEY: prints the status. The key goes through a file: arguments are everybody's to read.
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$2" >"$work/curl"
  curl --silent --max-time 5 --output "$work/answer" --write-out '%{http_code}' --config "$work/curl" "$url$1" || true
}

status=$(ask /health none)
[[ $status == 200 ]] || die "$url/health answers $status: $(cat -- "$work/answer" 2>/dev/null)" "see the service's log; does it reach its database?"
status=$(ask /api/qrcodes/seed-000001 "$(cat -- "$VAULT/keys/2")")
[[ $status == 200 ]] || die "a known code with our key answers $status" "401: was the production configuration deployed? 404: is the data restored?"
status=$(ask /api/qrcodes/seed-000001 qr_wrong)
[[ $status == 401 ]] || die "a wrong key is answered with $status" "cut the service off at once: it lets anybody in"
printf 'healthy; our key is known, a wrong one is not\n'

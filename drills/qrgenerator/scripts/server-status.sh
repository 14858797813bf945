#!/usr/bin/env bash
# Says how an application server is. Finding it down is this script's work, not a failure of it.
# Environment: SERVER_URL; APP_FOLDER (the server's folder)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env SERVER_URL APP_FOLDER
if answer=$(curl --silent --show-error --max-time 5 "$SERVER_URL/health" 2>&1); then
  printf 'the server answers: %s\n' "$answer"
else
  printf 'the server does not answer: %s\n' "$answer"
fi
if [[ -x $APP_FOLDER/release/bin/start && -s $APP_FOLDER/.env ]]; then
  printf 'release and configuration are there: restart it\n'
else
  printf 'its release or configuration is gone: a restart cannot help, deploy to another server\n'
fi

#!/usr/bin/env bash
# The team's own look at the data, through the server: fails if documents contradict each other or themselves.
# Environment: SERVER_URL
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env SERVER_URL
answer=$(curl --silent --show-error --max-time 5 -- "$SERVER_URL/api/consistency") ||
  die "$SERVER_URL does not answer" "is the server running?"
printf '%s\n' "$answer"
[[ $answer == *'"data":"consistent"'* ]] ||
  die "the data is not consistent: $answer" "find out since when, then restore a backup from before"

#!/usr/bin/env bash
# Says whether the database answers, with what it answers. Finding it down is this script's work, not a failure of it.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
if answer=$(query 'select 1' 2>&1); then
  printf 'the database answers: %s\n' "$answer"
else
  printf 'the database is down: %s\n' "${answer%%$'\n'*}"
fi

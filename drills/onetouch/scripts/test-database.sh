#!/usr/bin/env bash
# Says whether the database takes connections and has its tables.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
tables=$(query "select count(*) from pg_tables where schemaname = 'public'") ||
  die "$PGDATABASE at $PGHOST:$PGPORT does not answer" "is the server up? see its log"
printf '%s answers, with %s tables\n' "$PGDATABASE" "$tables"

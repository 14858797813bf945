#!/usr/bin/env bash
# Dumps a database whose state is about to be given up, so that reconcile.sh can bring back what was booked in it. Its
# name is not that of a backup: nothing must ever take it for one.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE BACKUP_DIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_postgres
require_env BACKUP_DIR
partial_file
pg_dump --format=custom --no-owner --no-privileges --lock-wait-timeout=30s --file="$partial" ||
  die "the database could not be dumped; pg_dump's message is above" "do not recover anything before its state is saved"
verify_dump "$partial"
publish "$partial" "$damaged_prefix" .dump

#!/usr/bin/env bash
# Applies the migrations that the database has not got yet, e.g. because it was restored from before one of them.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_postgres
applied=$(sql -c 'select version from schema_migrations') ||
  die "cannot read schema_migrations of $PGDATABASE at $PGHOST:$PGPORT; psql's message is above" "restore the database first"
count=0
for migration in "$here"/../migrations/[0-9]*_*.sql; do
  name=${migration##*/}
  version=$((10#${name%%_*}))
  if grep -qx -- "$version" <<<"$applied"; then
    continue
  fi
  # With its entry in one transaction: it is there as a whole or not at all.
  sql --single-transaction -f "$migration" \
    -c "insert into schema_migrations (version, name) values ($version, '$name')" ||
    die "$name failed and was rolled back; psql's message is above" "correct it, then run this again"
  note "applied $name"
  count=$((count + 1))
done
printf '%s migrations applied\n' "$count"

#!/usr/bin/env bash
# Applies the migrations that the database does not have yet, each in a transaction of its own.
# Usage: migrate.sh [FOLDER]      (default: migrations/ beside the scripts)
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
folder=${1:-$here/../migrations}
applied=$(query 'select "name" from "_Migration" order by 1') ||
  die "cannot tell which migrations $PGDATABASE has; psql's message is above" "restore a backup first"

# A database that knows more than this folder belongs to a newer application than the one that is about to be started.
while IFS= read -r name; do
  [[ -z $name || -f $folder/$name.sql ]] ||
    die "$PGDATABASE has the migration $name, which is not in $folder" "check out the release that brought it"
done <<<"$applied"

missing=0
for file in "$folder"/[0-9]*.sql; do
  name=$(basename -- "$file" .sql)
  grep -qxF -- "$name" <<<"$applied" && continue
  psql -X -q -v ON_ERROR_STOP=1 --single-transaction -f "$file" \
    -c "insert into \"_Migration\" (\"name\") values ('$name')" ||
    die "the migration $name failed and was rolled back; psql's message is above" "correct what it says, then run this again"
  note "applied $name"
  missing=$((missing + 1))
done
printf 'migrations applied: %d\n' "$missing"

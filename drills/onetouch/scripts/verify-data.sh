#!/usr/bin/env bash
# Prints how many rows the main tables have; fails if one of them is empty.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
# One statement, so that the counts belong to one moment.
rows=$(query '
select (select count(*) from "Brand"), (select count(*) from "Branch"), (select count(*) from "User"), (select count(*) from "Card")') ||
  die "cannot count the rows of $PGDATABASE at $PGHOST:$PGPORT; psql's message is above" \
    "a missing table means that the restore has not run or has failed"
read -r -a counts <<<"$rows"
tables=(Brand Branch User Card)
for i in "${!tables[@]}"; do
  printf '%s: %s\n' "${tables[i]}" "${counts[i]}"
  [[ ${counts[i]} -gt 0 ]] || die "${tables[i]} is empty" "restore again, from an older backup if this one is empty"
done

#!/usr/bin/env bash
# Prints how many products and orders there are and when the newest order was placed; fails if either is empty.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE

# One statement, so that the three belong to one moment.
row=$(PGTZ=UTC psql -X -q -At -F '|' -v ON_ERROR_STOP=1 -c "
select (select count(*) from products), count(*), coalesce(max(created_at)::text, 'none') from orders") ||
  die "cannot count products and orders in $PGDATABASE at $PGHOST:$PGPORT; psql's message is above" \
    "a missing table means that the restore has not run or has failed"
IFS='|' read -r products orders newest_order <<<"$row"

printf 'products: %s\norders: %s\nnewest order: %s\n' "$products" "$orders" "$newest_order"
[[ $products -gt 0 ]] || die "products is empty" "restore again, from an older backup if this one is empty"
[[ $orders -gt 0 ]] || die "orders is empty" "restore again, from an older backup if this one is empty"

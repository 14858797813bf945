#!/usr/bin/env bash
# The team's own look at the data: fails if orders are missing, do not add up, or if texts look encrypted.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
# Orders are cancelled and never deleted, so the first there ever was is still there.
row=$(psql -X -q -At -F ' ' -v ON_ERROR_STOP=1 -c "
select (select coalesce(min(id), 0) <> 1 from orders)::int,
  (select count(*) from orders o where total_cents is distinct from
    (select sum(quantity * price_cents) from order_items where order_id = o.id)),
  (select count(*) from orders where ref ~ '^$encrypted_text\$')
    + (select count(*) from products where name ~ '^$encrypted_text\$')
    + (select count(*) from customers where name ~ '^$encrypted_text\$')") ||
  die "cannot look at $PGDATABASE at $PGHOST:$PGPORT; psql's message is above" "is the database running?"
read -r first_is_gone wrong encrypted <<<"$row"
printf 'first order missing: %s\norders that do not add up: %s\nencrypted texts: %s\n' "$first_is_gone" "$wrong" "$encrypted"
[[ $row == '0 0 0' ]] || die "the data is damaged" "stop whatever may still damage it, and find out since when"

#!/usr/bin/env bash
# Do the books balance? Each process must be what its transactions add up to, and each transaction what the audit says
# was booked. For people after a restore, and for monitoring at any time.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_postgres
# One statement, so that all of it belongs to one moment.
wrong=$(sql -c "
with unbalanced as (
  select 'process ' || p.ref || ' is ' || p.total_amount || ', its transactions are ' || coalesce(sum(t.amount), 0) as what
  from processes p left join transactions t on t.process_id = p.id
  group by p.id having p.total_amount <> coalesce(sum(t.amount), 0)
), unaudited as (
  select 'transaction ' || t.ref || ' is ' || t.amount || ', audited is ' || coalesce(a.details ->> 'amount', 'nothing')
  from transactions t left join audit_events a on a.details ->> 'transaction' = t.ref
  where (a.details ->> 'amount')::numeric is distinct from t.amount
), lost as (
  select 'transaction ' || (a.details ->> 'transaction') || ' was audited and is not there'
  from audit_events a
  where a.action = 'transaction.booked'
    and not exists (select from transactions t where t.ref = a.details ->> 'transaction')
)
select what from unbalanced union all table unaudited union all table lost
union all select 'there is no transaction at all' where not exists (select from transactions)") ||
  die "cannot look at the books of $PGDATABASE at $PGHOST:$PGPORT; psql's message is above" \
    "a missing table means that something dropped it, or that the restore has not run"
[[ -z $wrong ]] || {
  head -n 5 <<<"$wrong"
  die "$(wc -l <<<"$wrong") things in the books are wrong, the first of them above" \
    "find out since when; then recover to the moment before: restore-pitr.sh"
}
printf 'the books balance\n'

#!/usr/bin/env bash
# Brings what was booked after a recovery's target back from a dump of the state that was given up.
# Usage: reconcile.sh SAVED_DUMP|latest         (what save-bad-state.sh made)
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE, and BACKUP_DIR for "latest"
#
# What the saved state says of amounts is not trusted: they are taken from its audit trail, which nobody can change, and
# must add up to the process's own total. All or nothing: if a single booking cannot be explained, nothing is changed
# and all of them are listed for people to decide.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

[[ $# -eq 1 ]] || die "one dump, got: $*" "usage: ${0##*/} SAVED_DUMP|latest"
require_postgres
saved=$1
if [[ $saved == latest ]]; then
  require_env BACKUP_DIR
  saved=$(newest "$damaged_prefix" .dump)
fi
verify_checksum "$saved"
verify_dump "$saved"

# pg_restore writes "COPY public.TABLE (columns) FROM stdin;". No line of data begins so: the first column is a number.
load() {
  local table
  for table in users processes transactions audit_events; do
    printf 'create table saved_state.%s (like public.%s);\n' "$table" "$table"
    pg_restore --data-only --table="$table" --file=- -- "$saved" |
      sed -n "s/^COPY public\.$table /COPY saved_state.$table /; /^COPY saved_state/,/^\\\\\\.\$/p"
  done
}

reconcile() {
  cat <<'SQL'
begin;
set client_min_messages = warning;
create schema saved_state;
SQL
  load
  cat <<'SQL'
create temporary table audited on commit drop as
select details ->> 'transaction' as ref, (details ->> 'amount')::numeric(12,2) as amount
from saved_state.audit_events where action = 'transaction.booked';

create temporary table lost on commit drop as
select t.*, a.amount as audited from saved_state.transactions t
left join audited a using (ref)
where t.ref not in (select ref from public.transactions);

insert into public.processes overriding system value
select * from saved_state.processes where ref not in (select ref from public.processes);

insert into public.transactions (id, ref, process_id, amount, booked_by, booked_at)
overriding system value
select id, ref, process_id, audited, booked_by, booked_at from lost where audited is not null;

insert into public.audit_events overriding system value
select * from saved_state.audit_events where id not in (select id from public.audit_events);

update public.processes p set total_amount = s.total_amount, status = s.status
from saved_state.processes s
where s.ref = p.ref and s.id in (select process_id from lost);

create temporary table unexplained on commit drop as
select 'transaction ' || ref || ': ' || amount || ', and nothing in the audit' as what from lost where audited is null
union all
select 'transaction ' || ref || ': audited, and not in the saved state' from audited
where ref not in (select ref from saved_state.transactions) and ref not in (select ref from public.transactions)
union all
select 'process ' || p.ref || ': total ' || p.total_amount || ', bookings ' || sum(t.amount)
from public.processes p join public.transactions t on t.process_id = p.id
group by p.id having p.total_amount <> sum(t.amount)
union all
select 'user ' || email || ': added since' from saved_state.users where email not in (select email from public.users);

select 'back: ' || count(*) || ' transactions, of which ' || count(*) filter (where audited <> amount)
       || ' had a wrong amount' from lost;
select 'for people: ' || what from unexplained order by what;
do $$ begin
  if exists (select from unexplained) then
    raise exception 'not everything can be explained; nothing was changed';
  end if;
end $$;

select setval(pg_get_serial_sequence('public.processes', 'id'), greatest(max(id), (select last_value from public.processes_id_seq))) from public.processes \g /dev/null
select setval(pg_get_serial_sequence('public.transactions', 'id'), greatest(max(id), (select last_value from public.transactions_id_seq))) from public.transactions \g /dev/null
select setval(pg_get_serial_sequence('public.audit_events', 'id'), greatest(max(id), (select last_value from public.audit_events_id_seq))) from public.audit_events \g /dev/null
drop schema saved_state cascade;
commit;
SQL
}

reconcile | sql -f - ||
  die "nothing was brought back; what cannot be explained, or psql's message, is above" \
    "decide about each with whoever booked it, book it again through the API, and leave it out of the dump's place"

#!/usr/bin/env bash
# Looks for what an intruder leaves behind to come back: roles that may log in or do anything that nobody declared,
# functions that run with their owner's rights, triggers that no migration made. For the audit, and for monitoring.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
#   KNOWN_ROLES (REPLICATION_USER)   roles besides PGUSER and the server's first superuser, divided by commas
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_postgres
known=$PGUSER,${KNOWN_ROLES:-${REPLICATION_USER:-}}
found=$(sql -v known="$known" -f - <<'SQL'
select 'role ' || rolname || case when rolsuper then ', a superuser' else '' end
from pg_roles
where (rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
  and oid <> 10 and rolname <> all (string_to_array(:'known', ','))
union all
select 'function ' || oid::regprocedure || ', runs with the rights of ' || proowner::regrole
from pg_proc
where prosecdef and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
union all
select 'trigger ' || tgname || ' on ' || tgrelid::regclass
from pg_trigger
where not tgisinternal and (tgrelid::regclass::text, tgname) <> ('audit_events', 'audit_events_append_only')
union all
select 'event trigger ' || evtname from pg_event_trigger
SQL
) || die "cannot look at $PGDATABASE at $PGHOST:$PGPORT; psql's message is above" "is it running?"
[[ -z $found ]] || {
  printf '%s\n' "$found"
  die "$(wc -l <<<"$found") things that nobody declared, see above" \
    "treat it as a breach: isolate the system, keep the evidence, rebuild on a new server from a backup of before"
}
printf 'no unknown role, function or trigger\n'

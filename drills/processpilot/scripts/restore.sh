#!/usr/bin/env bash
# Restores a dump into PGDATABASE, replacing everything in its schema "public".
# Usage: restore.sh postgresql FILE|latest
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE, and BACKUP_DIR for "latest"
#
# All or nothing: the dump is checked before the database is touched, and emptying the schema and loading the dump are
# one transaction. So a failed run leaves the database as it was, and running it again is always safe.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

[[ $# -eq 2 && $1 == postgresql ]] || die "cannot do: $*" "usage: ${0##*/} postgresql FILE|latest"
require_postgres
backup=$2
if [[ $backup == latest ]]; then
  require_env BACKUP_DIR
  backup=$(newest "$dump_prefix" .dump)
fi
case $backup in
*.tar.gz) die "$backup is a base backup, not a dump" "restore it with restore-pitr.sh" ;;
esac
verify_checksum "$backup"
verify_dump "$backup"
note "restoring $backup into $PGDATABASE at $PGHOST:$PGPORT"
tables=$(sql -c "select count(*) from pg_tables where schemaname = 'public'") ||
  die "cannot query $PGDATABASE at $PGHOST:$PGPORT as $PGUSER; psql's message is above" \
    "start the server, create role and database if it is a fresh one, then run this again"
[[ $tables -eq 0 ]] || note "replacing the $tables tables that $PGDATABASE has now"

# The new schema gets the owner, grant and comment that PostgreSQL gives a new database. An application that still runs
# holds locks: give up soon and say so. pg_restore's own --clean would leave what the dump does not know.
empty_schema="
set lock_timeout = '10s';
set client_min_messages = warning;
drop schema if exists public cascade;
create schema public authorization pg_database_owner;
grant usage on schema public to public;
comment on schema public is 'standard public schema';
"

# The commit is sent only after the dump was read to its end; without it the server rolls everything back.
script() {
  printf 'begin;\n%s\n' "$empty_schema"
  pg_restore --no-owner --no-privileges --file=- -- "$backup" && printf 'commit;\n'
}

script | sql -f - >/dev/null ||
  die "the restore failed and was rolled back; $PGDATABASE is as it was. psql's message is above" \
    "for a lock timeout stop the backend, for a full disk make room; then run this again"

# Without statistics the planner guesses badly. Below "error" it would warn of what only a superuser may analyse.
sql -c 'set client_min_messages = error' -c 'analyze'
note "restored: $(sql -c "
select count(*) || ' processes, ' || (select count(*) from transactions) || ' transactions' from processes")"

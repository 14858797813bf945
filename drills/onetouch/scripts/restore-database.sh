#!/usr/bin/env bash
# Restores a backup into PGDATABASE, replacing everything in its schema "public".
# Usage: restore-database.sh [BACKUP_FILE]      (default: the newest in BACKUP_DIR)
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE, and BACKUP_DIR if no file is named
#
# All or nothing. The backup is checked before the database is touched; emptying the schema and loading the dump are one
# transaction. So a run that fails leaves the database as it was, and running it again is always safe.
# Needs PostgreSQL 15 or later, and PGUSER to own PGDATABASE: that is what lets it replace the schema "public".
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

[[ $# -le 1 ]] || die "one backup file at most, got: $*" "usage: ${0##*/} [BACKUP_FILE]"
require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
if [[ $# -eq 1 ]]; then
  backup=$1
  verify_checksum "$backup"
else
  backup=$("$here/latest-backup.sh")
fi
verify_complete "$backup"
note "restoring $backup into $PGDATABASE at $PGHOST:$PGPORT"

query 'select 1' >/dev/null ||
  die "cannot query $PGDATABASE at $PGHOST:$PGPORT as $PGUSER; psql's message is above" \
    "start the server, create role and database if it is a new one, then run this again"

# The new schema gets the owner, grant and comment that PostgreSQL gives a new database. A running application holds
# locks on its tables: give up soon and say so.
empty_schema="
set lock_timeout = '10s';
set client_min_messages = warning;
drop schema if exists public cascade;
create schema public authorization pg_database_owner;
grant usage on schema public to public;
comment on schema public is 'standard public schema';
"

# Not psql's --single-transaction: that commits at the end of the input, and a reader that dies halfway ends the input
# too. Here the commit is sent only after the dump was read to its end.
restore_script() {
  printf 'begin;\n%s\n' "$empty_schema"
  gzip -dc -- "$backup" && printf 'commit;\n'
}
restore_script | psql -X -q -v ON_ERROR_STOP=1 -f - >/dev/null ||
  die "restore failed and was rolled back; $PGDATABASE is as it was before. psql's message is above" \
    "for a lock timeout stop the application, for a full disk make room; then run this again"

# A restored table has no statistics. Below "error" it would warn of each system table that only a superuser may analyse.
psql -X -q -v ON_ERROR_STOP=1 -c 'set client_min_messages = error' -c 'analyze'
note "restored $backup"

#!/usr/bin/env bash
# Restores a full backup into PGDATABASE, replacing everything in its schema "public".
# Usage: restore-database.sh [BACKUP_FILE]      (default: the newest in BACKUP_DIR)
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE, BACKUP_DIR, VAULT (beside the backups);
#   KEEP_AS: name of a schema that what is there now is kept as, instead of being dropped
#
# All or nothing: the backup is checked and decrypted as a whole before the database is touched, and everything happens
# in one transaction. A run that fails leaves the database as it was; running it again is always safe.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

[[ $# -le 1 ]] || die "one backup file at most, got: $*" "usage: ${0##*/} [BACKUP_FILE]"
require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
[[ ${KEEP_AS:-none} =~ ^[a-z_]{1,40}$ ]] || die "KEEP_AS is not a plain name: $KEEP_AS" "use letters and underscores"
open_vault
if [[ $# -eq 1 ]]; then
  backup=$1
else
  backup=$(newest_backup dump)
fi
verify_checksum "$backup"
make_work_folder

decrypt "$backup" >"$work/dump" ||
  die "$backup cannot be decrypted; gpg's message is above" "is this the vault that holds the key it was made for?"
pg_restore --list "$work/dump" >"$work/list" ||
  die "$backup is no dump that pg_restore can read" "name another backup"
grep -q 'TABLE DATA' "$work/list" || die "$backup holds no data" "name another backup"
# To its end, into a file: only now is it known to be whole.
pg_restore --no-owner --no-privileges --schema=public --file="$work/restore.sql" "$work/dump" ||
  die "$backup is damaged; nothing was changed" "fetch it again from the store off the site, or name an older backup"

note "restoring $backup into $PGDATABASE at $PGHOST:$PGPORT"
# The new schema gets the owner, grant and comment that PostgreSQL gives a new database.
make_room="drop schema if exists public cascade"
if [[ -n ${KEEP_AS:-} ]]; then
  make_room="alter schema public rename to $KEEP_AS"
fi
{
  printf '%s;\n' "set lock_timeout = '10s'" "set client_min_messages = warning" "$make_room" \
    'create schema public authorization pg_database_owner' 'grant usage on schema public to public' \
    "comment on schema public is 'standard public schema'"
  cat -- "$work/restore.sql"
} >"$work/all.sql"
psql -X -q -v ON_ERROR_STOP=1 --single-transaction -f "$work/all.sql" >/dev/null ||
  die "restore failed and was rolled back; $PGDATABASE is as it was. psql's message is above" \
    "for a lock timeout stop the application, for a full disk make room; then run this again"
# Below "error" it would warn of each system table that only a superuser may analyse.
psql -X -q -v ON_ERROR_STOP=1 -c 'set client_min_messages = error' -c 'analyze'

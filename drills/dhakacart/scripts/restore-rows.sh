#!/usr/bin/env bash
# Brings back the rows of tables that are missing from them; rows that are there stay as they are.
# Usage: restore-rows.sh TABLE...      (what is referred to before what refers to it: orders order_items)
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE BACKUP_DIR
#
# From the newest backup, and all or nothing: one transaction. Run again, it finds nothing missing and changes nothing.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

[[ $# -ge 1 ]] || die "no table was named" "usage: ${0##*/} TABLE..., e.g. ${0##*/} orders order_items"
require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE BACKUP_DIR
backup=$(newest_backup)
verify_complete "$backup"

# rows_of TABLE: the dump's own COPY of that table, into a temporary one. Only between a COPY and its end mark is a line
# data, so that no text in a row can be taken for a COPY.
rows_of() {
  gzip -dc -- "$backup" | awk -v table="$1" '
    !data && /^COPY / {
      data = 1
      wanted = index($0, "COPY public." table " (") == 1
      if (wanted) { found = 1; sub("public." table, "restored_" table) }
    }
    data && wanted { print }
    data && $0 == "\\." { data = 0; wanted = 0 }
    END { exit !found }'
}

restore_script() {
  local table
  printf "begin;\nset local lock_timeout = '10s';\n"
  for table in "$@"; do
    printf 'create temporary table restored_%s (like public.%s) on commit drop;\n' "$table" "$table"
    rows_of "$table" || {
      note "ERROR: $backup holds no table $table"
      return 1
    }
    printf "insert into public.%s overriding system value select * from restored_%s on conflict do nothing;\n" "$table" "$table"
    printf '\\echo %s: :ROW_COUNT rows came back\n' "$table"
  done
  printf 'commit;\n'
}

for table in "$@"; do
  [[ $table =~ ^[a-z_]+$ ]] || die "$table is no name of a table" "name tables as in the schema, e.g. orders"
done
note "restoring what is missing from $* from $backup"
# The commit is sent only after everything before it was written; without it, the server rolls everything back.
restore_script "$@" | psql -X -q -v ON_ERROR_STOP=1 -f - ||
  die "restoring rows failed and was rolled back; the message is above" \
    "for a lock timeout stop the application, for a violated reference name the table that is referred to first"

#!/usr/bin/env bash
# Ships the WAL segments that were archived since the last run off the site, encrypted.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE WAL_ARCHIVE BACKUP_DIR; VAULT (beside the backups)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE WAL_ARCHIVE BACKUP_DIR
open_vault
make_work_folder

# What was written last is in a segment that is not full, and no archive has that. Whoever may not end it here relies
# on the server's archive_timeout.
if [[ $(query "select has_function_privilege('pg_switch_wal()', 'execute')") == t ]]; then
  query 'select pg_switch_wal()' >/dev/null
fi
# The last one that is full. The archiver may be a moment behind.
last=$(query "select pg_walfile_name(l - (l - '0/0'::pg_lsn) % 16777216) from pg_current_wal_lsn() l")
for ((tries = 0; tries < 300; tries++)); do
  [[ ! -e $WAL_ARCHIVE/$last ]] || break
  sleep 0.1
done
[[ -e $WAL_ARCHIVE/$last ]] ||
  die "segment $last is full and not in the archive $WAL_ARCHIVE" "is the archive's disk full? see pg_stat_archiver"

shipped=$(cat -- "$BACKUP_DIR/.wal-shipped" 2>/dev/null || true)
segments=()
for segment in "$WAL_ARCHIVE"/[0-9A-F]*; do
  if [[ ${segment##*/} > $shipped ]]; then
    segments+=("${segment##*/}")
  fi
done
if [[ ${#segments[@]} -eq 0 ]]; then
  note "no segment is new since $shipped"
  exit 0
fi
partial=$(mktemp "$BACKUP_DIR/.backup-in-progress.XXXXXXXX")
trap 'rm -f -- "$partial"; clean_up' EXIT
tar --create --directory="$WAL_ARCHIVE" -- "${segments[@]}" | gzip -1 | encrypt >"$partial" ||
  die "the segments could not be packed; the message is above" "check the disk: df -h $BACKUP_DIR"
final=$(finish "$partial" wal)
ship "$final" "$final.sha256"
# Only now: what was not shipped is tried again.
printf '%s\n' "${segments[-1]}" >"$BACKUP_DIR/.wal-shipped.part"
mv -- "$BACKUP_DIR/.wal-shipped.part" "$BACKUP_DIR/.wal-shipped"
note "${#segments[@]} segments up to ${segments[-1]}"

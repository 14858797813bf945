#!/bin/sh
# Dumps the roles, and the database, into BACKUP_DIR, each under the time of the night that it is of.
# Usage: backup.sh [YYYYMMDD_HHMM]
set -eu
night=${1:-$(date -u +%Y%m%d_%H%M)}
dump=shop_$night.dump
cd "$BACKUP_DIR"
pg_dumpall --globals-only --no-role-passwords --database="$PGDATABASE" --file="globals_$night.sql"
pg_dump --format=custom --file="$dump.part"
mv "$dump.part" "$dump"
sha256sum "$dump" > "$dump.sha256"

#!/usr/bin/env bash
# What an engineer would type for DhakaCart's complete database loss, without Drillbook: bring the system up, take the
# backup, destroy the database, follow the runbook, take everything down again. No clients, no judgement.
# Usage: by-hand.sh POSTGRES_BIN CLASSPATH PREFIX...    (PREFIX runs the server as somebody else than root; may be empty)
set -euo pipefail
bin=$1 classpath=$2
shift 2
prefix=("$@")
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.." && pwd)
system=$here/drills/dhakacart
work=$(mktemp -d)
export PATH=$bin:$PATH
export PGHOST=127.0.0.1 PGPORT=14871 PGDATABASE=dhakacart_db PGUSER=dhakacart PGPASSWORD=by-hand
export BACKUP_DIR=$work/backups SHOP_URL=http://127.0.0.1:14872
mkdir "$BACKUP_DIR"
server='' shop=''

end() {
  [[ -z $shop ]] || kill -9 "$shop" 2>/dev/null || true
  [[ -z $server ]] || kill -9 "$server" 2>/dev/null || true
  wait || true
  rm -rf "$work"
}
trap end EXIT

empty_server() {
  printf '%s' "$PGPASSWORD" >"$work/password"
  "${prefix[@]}" initdb -D "$work/data" -U admin --pwfile="$work/password" -A scram-sha-256 -E UTF8 --no-locale -N >/dev/null
  printf "port = %s\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n" "$PGPORT" >>"$work/data/postgresql.conf"
  "${prefix[@]}" postgres -D "$work/data" >>"$work/server.log" 2>&1 &
  server=$!
  until psql -X -q -U admin -d postgres -c 'select 1' >/dev/null 2>&1; do sleep 0.02; done
  psql -X -q -U admin -d postgres -c "create role dhakacart login password '$PGPASSWORD'" \
    -c 'create database dhakacart_db owner dhakacart'
}

start_shop() {
  DB_HOST=$PGHOST DB_PORT=$PGPORT DB_DATABASE=$PGDATABASE DB_USER=$PGUSER DB_PASSWORD=$PGPASSWORD PORT=14872 \
    java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$classpath" dhakacart.Shop >>"$work/shop.log" 2>&1 &
  shop=$!
  until (exec 3<>/dev/tcp/127.0.0.1/14872) 2>/dev/null; do sleep 0.02; done
}

empty_server
psql -X -q -v ON_ERROR_STOP=1 -f "$system/schema.sql"
psql -X -q -v ON_ERROR_STOP=1 -v scale=1 -f "$system/seed.sql"
start_shop
"$system/scripts/backup-postgres.sh"

kill -9 "$server"
wait "$server" || true
rm -rf "$work/data"

kill "$shop"
wait "$shop" || true
"$system/scripts/latest-backup.sh"
empty_server
"$system/scripts/restore-postgres.sh"
"$system/scripts/verify-data.sh"
start_shop
"$system/scripts/test-application.sh"

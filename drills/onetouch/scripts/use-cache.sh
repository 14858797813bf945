#!/usr/bin/env bash
# Tells a server to use this cache, by CACHE_URL in its .env.production. The server takes it from there as soon as it has
# lost the cache that it used; it needs no restart.
# Environment: REDIS_HOST REDIS_PORT REDISCLI_AUTH of the cache; APP_FOLDER, the server's folder
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env REDIS_HOST REDIS_PORT REDISCLI_AUTH APP_FOLDER
file=$APP_FOLDER/.env.production
[[ -f $file ]] || die "no $file" "restore it first: restore-config.sh"
umask 077
partial=$(mktemp "$APP_FOLDER/.env.XXXXXXXX")
trap 'rm -f -- "$partial"' EXIT
grep -v '^CACHE_URL=' "$file" >"$partial" || true
printf 'CACHE_URL=redis://default:%s@%s:%s\n' "$REDISCLI_AUTH" "$REDIS_HOST" "$REDIS_PORT" >>"$partial"
sync -- "$partial"
# A server that reads it meanwhile sees the old file or the new one, never half of it.
mv -f -- "$partial" "$file"
note "$file names the cache at $REDIS_HOST:$REDIS_PORT"

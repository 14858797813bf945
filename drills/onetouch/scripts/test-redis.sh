#!/usr/bin/env bash
# Says whether the cache that the server is told to use takes and gives values.
# Environment: APP_FOLDER, the server's folder, whose .env.production names the cache in CACHE_URL
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env APP_FOLDER
url=$(sed -n 's/^CACHE_URL=//p' "$APP_FOLDER/.env.production" | tail -n 1)
[[ $url =~ ^redis://(default)?:([^@]*)@([^:/]+):([0-9]+)$ ]] ||
  die "no CACHE_URL of the form redis://default:password@host:port in $APP_FOLDER/.env.production" "correct it: use-cache.sh"
export REDISCLI_AUTH=${BASH_REMATCH[2]}
host=${BASH_REMATCH[3]} port=${BASH_REMATCH[4]}

answer=$(redis-cli -h "$host" -p "$port" SET test-redis "$$" EX 60) || true
[[ $answer == OK ]] || die "the cache at $host:$port takes no value: ${answer:-no answer}" "restart it, or use another: use-cache.sh"
printf 'the cache at %s:%s answers\n' "$host" "$port"

#!/usr/bin/env bash
# Empties the cache of cards. After a restore it holds cards that the database does not.
# Environment: REDIS_HOST REDIS_PORT REDISCLI_AUTH
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env REDIS_HOST REDIS_PORT REDISCLI_AUTH
redis=(redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT")
# Not by its exit code: some versions of redis-cli end with 0 although the server refused.
answer=$("${redis[@]}" FLUSHDB) || true
[[ $answer == OK ]] || die "the cache was not emptied: ${answer:-no answer}" "is it up? test-redis.sh tells"
left=$("${redis[@]}" DBSIZE)
[[ $left == 0 || $left == '(integer) 0' ]] ||
  die "the cache still holds $left keys" "stop the application before the cache is cleared"
printf 'the cache is empty\n'

#!/usr/bin/env bash
# Revokes every API token, and gives the service account a new one. To be run on the database that will serve users, so
# after a restore: the tokens of a backup are those that were valid when it was taken.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE; NEW_API_TOKEN, the new one (leave it out for none)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_postgres
renew=
if [[ -n ${NEW_API_TOKEN:-} ]]; then
  ((${#NEW_API_TOKEN} >= 32)) || die "NEW_API_TOKEN is shorter than 32 characters" "make one: openssl rand -hex 24"
  # Only its hash leaves this shell.
  hash=$(printf %s "$NEW_API_TOKEN" | sha256sum)
  renew="
update api_tokens set token_hash = decode('${hash%% *}', 'hex'), revoked_at = null
where id = (select min(t.id) from api_tokens t join users u on u.id = t.user_id where u.role = 'service');"
fi
sql --single-transaction -c "update api_tokens set revoked_at = now() where revoked_at is null;$renew" ||
  die "no token was revoked; psql's message is above" "keep users out until this has succeeded"
note "$(sql -c "select count(*) || ' tokens are valid, ' from api_tokens where revoked_at is null")everybody else asks for a new one"

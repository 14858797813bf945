#!/usr/bin/env bash
# Revokes every API key there is. Run it on the attacked database, and again after a restore: a backup brings keys back.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
revoked=$(query 'with revoked as (update "ApiKey" set "revokedAt" = now() where "revokedAt" is null returning 1) select count(*) from revoked') ||
  die "no key was revoked; psql's message is above" "keep the service cut off and run this again"
note "$revoked keys revoked"

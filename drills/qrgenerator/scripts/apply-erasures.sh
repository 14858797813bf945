#!/usr/bin/env bash
# Erases again everybody who ever asked to be forgotten: a backup from before the request still holds them.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE; VAULT (beside the backups)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
open_vault
if [[ ! -s $VAULT/erasures ]]; then
  note "nobody has asked to be forgotten"
  exit 0
fi
# By the foreign keys, codes, scans and keys go with their user.
psql -X -q -v ON_ERROR_STOP=1 --single-transaction <<SQL ||
create temporary table erasures (email text) on commit drop;
\\copy erasures from '$VAULT/erasures'
delete from "User" u using erasures e where u.email = e.email;
SQL
  die "nobody was erased; psql's message is above" "run this again before users are let in"
note "erased again: $(sort -u "$VAULT/erasures" | wc -l)"

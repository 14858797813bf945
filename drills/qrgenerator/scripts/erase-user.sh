#!/usr/bin/env bash
# Erases a user who asked to be forgotten, with codes, scans and keys, and notes it, so that a restore is followed by it.
# Usage: erase-user.sh EMAIL
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE; VAULT (beside the backups)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

[[ $# -eq 1 && $1 =~ ^[^[:space:]\']+@[^[:space:]\']+$ ]] || die "one address is needed, got: $*" "usage: ${0##*/} EMAIL"
require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
open_vault
# Noted first: a request that was noted and not carried out is done by the next run, the other way round it is forgotten.
umask 077
printf '%s\n' "$1" >>"$VAULT/erasures"
sync -- "$VAULT/erasures"
exec "$here/apply-erasures.sh"

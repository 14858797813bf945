#!/usr/bin/env bash
# Looks for roles and API keys that the team has not made; fails if there are any. The team's monitor.
# Usage: watch-for-intruders.sh [--learn]      (--learn: what is there now is the team's)
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE; VAULT (beside the backups)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
open_vault
found=$(query '
select '\''role '\'' || rolname from pg_roles where rolname !~ '\''^pg_'\''
union all
select '\''key '\'' || "keyHash" || '\'' of user '\'' || "userId" from "ApiKey" where "revokedAt" is null') ||
  die "$PGDATABASE at $PGHOST:$PGPORT cannot be looked at; psql's message is above" "does it run?"
if [[ ${1:-} == --learn ]]; then
  umask 077
  sort <<<"$found" >"$VAULT/.known.part"
  mv -- "$VAULT/.known.part" "$VAULT/known"
  exit 0
fi
[[ -s $VAULT/known ]] || die "the vault does not say which roles and keys are the team's" "run this once with --learn, while nobody is in doubt"
unknown=$(comm -13 "$VAULT/known" <(sort <<<"$found"))
[[ -z $unknown ]] || die "not ours: ${unknown//$'\n'/; }" "cut the service off, then keep the evidence (save-bad-state.sh)"
printf 'every role and key is ours\n'

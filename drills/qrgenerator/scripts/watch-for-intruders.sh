#!/usr/bin/env bash
# Looks for roles and API keys that the team has not made; fails if there are any. The team's monitor.
# Usage: watch-for-intruders.sh [--learn]      (--learn: what is there now is the team's; so is what the first run finds)
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
if [[ ${1:-} == --learn || ! -s $VAULT/known ]]; then
  umask 077
  sort <<<"$found" >"$VAULT/.known.part"
  mv -- "$VAULT/.known.part" "$VAULT/known"
  note "what is there now counts as ours: $(wc -l <"$VAULT/known") roles and keys"
  exit 0
fi
unknown=$(comm -13 "$VAULT/known" <(sort <<<"$found"))
[[ -z $unknown ]] || die "not ours: ${unknown//$'\n'/; }" "cut the service off, then keep the evidence (save-bad-state.sh)"
printf 'every role and key is ours\n'

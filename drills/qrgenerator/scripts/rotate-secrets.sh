#!/usr/bin/env bash
# Revokes every API key, makes a new pepper, without which no old key is known whatever a restore brings back, and issues
# a new key to every user. The new keys are in the vault, to be handed out. Deploy the configuration and start the
# service afterwards. The database's own password is the platform's to change.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE; VAULT (beside the backups)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
open_vault
make_work_folder
"$here/revoke-api-keys.sh"
pepper=$(openssl rand -hex 24)
query 'select id from "User" order by id' >"$work/users" || die "the users cannot be listed" "has the restore run?"
[[ -s $work/users ]] || die "there is no user to issue a key to" "has the restore run?"
count=$(wc -l <"$work/users")
openssl rand -hex $((count * 24)) | tr -d '\n' | fold -w 48 >"$work/random"
paste -d ' ' -- "$work/users" "$work/random" >"$work/issued"
{
  printf 'create temporary table issued (user_id bigint, key text) on commit drop;\ncopy issued from stdin (delimiter %s);\n' "' '"
  sed 's/ / qr_/' -- "$work/issued"
  printf '\\.\n'
  printf 'insert into "ApiKey" ("userId", "keyHash") select user_id, encode(sha256(convert_to('\''%s:'\'' || key, '\''UTF8'\'')), '\''hex'\'') from issued;\n' "$pepper"
} >"$work/issue.sql"
psql -X -q -v ON_ERROR_STOP=1 --single-transaction -f "$work/issue.sql" ||
  die "no key was issued; psql's message is above" "run this again; until then nobody gets in"
mkdir -- "$work/keys"
while read -r user random; do
  printf 'qr_%s\n' "$random" >"$work/keys/$user"
done <"$work/issued"
printf 'KEY_PEPPER=%s\n' "$pepper" >"$work/production.env"
cp -- "$work"/keys/* "$VAULT/keys/"
cp -- "$work/production.env" "$VAULT/.production.part"
mv -- "$VAULT/.production.part" "$VAULT/production.env"
# Not by exec, which would leave the new keys behind in the work folder.
"$here/watch-for-intruders.sh" --learn

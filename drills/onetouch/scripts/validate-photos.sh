#!/usr/bin/env bash
# Says whether every photo that a card names is there, with the content that the card names.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE, and what the AWS command line needs
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
photos='select "photoKey", "photoEtag" from "Card" where "photoKey" is not null order by "photoKey" collate "C"'
before=$(query "$photos") || die "cannot ask $PGDATABASE which photos there should be" "is the database up?"
listing=$(aws s3api list-objects-v2 --bucket assets --prefix cards/ --output text) ||
  die "cannot list $assets" "check the keys and the endpoint"
declare -A current=()
while IFS=$'\t' read -r -a field; do
  [[ ${field[0]:-} == CONTENTS ]] || continue
  etag='' key=''
  for value in "${field[@]}"; do
    [[ $value != \"*\" ]] || etag=${value//\"/}
    [[ $value != cards/* ]] || key=$value
  done
  current[$key]=$etag
done <<<"$listing"
# A photo is stored before its card names it, and deleted after its card has got another one: what was named before and
# after the listing must be in it.
named=$(comm -12 <(printf '%s\n' "$before") <(query "$photos"))
wrong=0
while IFS=$'\t' read -r key etag; do
  [[ -z $key || ${current[$key]:-} == "$etag" ]] && continue
  wrong=$((wrong + 1))
  ((wrong > 3)) || note "wanted with ETag $etag, found ${current[$key]:-nothing}: $key"
done <<<"$named"
((wrong == 0)) || die "$wrong photos are missing or not what their cards name" "restore-photos.sh brings them back"
printf 'all photos are right\n'

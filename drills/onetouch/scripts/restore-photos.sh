#!/usr/bin/env bash
# Brings every photo that a card names back to the version that it names: those that are deleted, and those that were
# overwritten. Photos that no card names are left alone.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE, and what the AWS command line needs
#
# Run it after every restore of the database, too: photos that were replaced since the backup are deleted by now.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
named=$(query 'select "photoKey", "photoEtag" from "Card" where "photoKey" is not null order by 1') ||
  die "cannot ask $PGDATABASE which photos there should be" "restore the database first"
listing=$(aws s3api list-object-versions --bucket assets --prefix cards/ --output text) ||
  die "cannot list the versions in $assets" "check the keys and the endpoint; is versioning on?"

# Columns of the listing differ between versions of the tool; what stands around IsLatest does not.
declare -A current=() kept=()
while IFS=$'\t' read -r -a field; do
  [[ ${field[0]:-} == VERSIONS ]] || continue
  for i in "${!field[@]}"; do
    [[ ${field[i]} == True || ${field[i]} == False ]] || continue
    etag=${field[i - 1]//\"/} key=${field[i + 1]} version=${field[-1]}
    [[ ${field[i]} == False ]] || current[$key]=$etag
    kept[$key $etag]=$version
    break
  done
done <<<"$listing"

right=0 restored=0 lost=0
while IFS=$'\t' read -r key etag; do
  [[ -n $key ]] || continue
  if [[ ${current[$key]:-} == "$etag" ]]; then
    right=$((right + 1))
  elif [[ -n ${kept[$key $etag]:-} ]]; then
    # A copy becomes the current version, whether the key was deleted or overwritten, and what was there stays below it.
    aws s3api copy-object --bucket assets --key "$key" --copy-source "assets/$key?versionId=${kept[$key $etag]}" >/dev/null ||
      die "cannot restore $key" "run this again: what is right already is left alone"
    restored=$((restored + 1))
  else
    note "ERROR: no version of $key has the ETag $etag"
    lost=$((lost + 1))
  fi
done <<<"$named"
printf 'photos: %d right, %d restored, %d lost\n' "$right" "$restored" "$lost"
((lost == 0)) || die "$lost photos are in no version in $assets" "look for them in another copy of the bucket"

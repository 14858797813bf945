#!/usr/bin/env bash
# Downloads the newest complete backup from off-site into a folder, checks it, and prints its path.
# Usage: download-backup.sh FOLDER
# Environment: what the AWS command line needs
#
# There is no "latest" in the bucket: the newest is the last name that has a checksum beside it.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

[[ $# -eq 1 ]] || die "one folder, got: $*" "usage: ${0##*/} FOLDER"
folder=$1
umask 077
mkdir -p -- "$folder"
require_folder "$folder"

listing=$(aws s3 ls "$offsite/") || die "cannot list $offsite/" "check the keys and the endpoint; then run this again"
checksum=$(printf '%s\n' "$listing" | awk '{print $NF}' | grep -E "^${backup_prefix}[0-9_]+\.sql\.gz\.sha256$" | sort | tail -n 1) ||
  die "no backup below $offsite/" "is this the right bucket? then look for one on the database's host"
name=${checksum%.sha256}

partial=$(mktemp "$folder/.download-in-progress.XXXXXXXX")
trap 'rm -f -- "$partial"' EXIT
aws s3 cp "$offsite/$checksum" "$folder/$checksum" >/dev/null
aws s3 cp "$offsite/$name" "$partial" >/dev/null
[[ $(checksum_of "$partial") == "$(cut -d ' ' -f 1 <"$folder/$checksum")" ]] ||
  die "$offsite/$name is truncated or altered" "run this again; if it stays so, take an older one"
mv -f -- "$partial" "$folder/$name"
printf '%s\n' "$folder/$name"

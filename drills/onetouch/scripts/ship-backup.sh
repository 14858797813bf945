#!/usr/bin/env bash
# Copies the newest backup of a folder off-site, with its checksum, and reads it back.
# Usage: ship-backup.sh FOLDER
# Environment: what the AWS command line needs
#
# The checksum goes last: off-site too, a backup without one does not count.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

[[ $# -eq 1 ]] || die "one folder, got: $*" "usage: ${0##*/} FOLDER"
export BACKUP_DIR=$1
backup=$("$here/latest-backup.sh")
name=${backup##*/}

aws s3 cp "$backup" "$offsite/$name" >/dev/null
aws s3 cp "$backup.sha256" "$offsite/$name.sha256" >/dev/null
there=$(aws s3 cp "$offsite/$name" - | sha256sum)
[[ ${there%% *} == "$(checksum_of "$backup")" ]] ||
  die "$offsite/$name does not hold what was sent" "run this again, and look at the bucket"
note "shipped to $offsite/$name"

#!/usr/bin/env bash
# Prints the path of the newest backup whose data is right: each is restored into a scratch database and validated,
# newest first.
# Usage: newest-valid-backup.sh FOLDER
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE of the scratch database, whose content is replaced
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

[[ $# -eq 1 ]] || die "one folder, got: $*" "usage: ${0##*/} FOLDER"
require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
[[ $PGDATABASE == *scratch* ]] || die "$PGDATABASE is no scratch database" "point PG* at one whose name says so"
mapfile -t newest_first < <(backups_in "$1" | tac)
for backup in "${newest_first[@]}"; do
  if "$here/restore-database.sh" "$backup" && "$here/validate-data.sh" >/dev/null; then
    printf '%s\n' "$backup" | tee -- "$1/valid"
    exit 0
  fi
  note "not taken: $backup"
done
die "none of the ${#newest_first[@]} backups in $1 is valid" "look for older ones off-site"

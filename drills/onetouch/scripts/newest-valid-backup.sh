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
  # That one is not valid is what this looks for, and no error of its own.
  if said=$({ "$here/restore-database.sh" "$backup" && "$here/validate-data.sh"; } 2>&1); then
    printf '%s\n' "$backup" | tee -- "$1/valid"
    exit 0
  fi
  note "not taken: $backup: $(sed -n 's/.*ERROR: //p' <<<"$said" | tail -n 1)"
done
die "none of the ${#newest_first[@]} backups in $1 is valid" "look for older ones off-site"

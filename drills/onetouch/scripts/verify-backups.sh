#!/usr/bin/env bash
# Says whether backups are made, whole, restorable, and kept: for the weekly look, and for whoever doubts one.
# Usage: verify-backups.sh FOLDER
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE of a scratch database, whose content is replaced;
#   MAX_AGE_MINUTES (40), MIN_BACKUPS (1), RETENTION_DAYS (30)
#
# All that is wrong is reported, not the first thing only.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

[[ $# -eq 1 ]] || die "one folder, got: $*" "usage: ${0##*/} FOLDER"
require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
[[ $PGDATABASE == *scratch* ]] || die "$PGDATABASE is no scratch database" "point PG* at one whose name says so"
folder=$1 wrong=0
complain() {
  note "ERROR: $1"
  wrong=$((wrong + 1))
}
# seconds_since NAME: how long ago the time in a backup's name was
seconds_since() {
  local stamp=${1##*/"$backup_prefix"}
  printf '%d\n' $(($(date -u +%s) - $(date -u -d "${stamp:0:4}-${stamp:4:2}-${stamp:6:2} ${stamp:9:2}:${stamp:11:2}:${stamp:13:2}" +%s)))
}

mapfile -t all < <(backups_in "$folder")
((${#all[@]} >= ${MIN_BACKUPS:-1})) || complain "${#all[@]} backups in $folder, at least ${MIN_BACKUPS:-1} should be there"
if ((${#all[@]} > 0)); then
  newest=${all[-1]}
  minutes=$(($(seconds_since "$newest") / 60))
  ((minutes <= ${MAX_AGE_MINUTES:-40})) ||
    complain "the newest backup is $minutes minutes old, at most ${MAX_AGE_MINUTES:-40} are allowed: $newest"
  days=$(($(seconds_since "${all[0]}") / 86400))
  ((days <= ${RETENTION_DAYS:-30})) || complain "${all[0]} is $days days old, and should be gone after ${RETENTION_DAYS:-30}"
  for backup in "${all[@]}"; do
    # In a subshell, since these end the script on the first that is wrong.
    (verify_checksum "$backup" && verify_complete "$backup") || complain "not whole: $backup"
  done
  if "$here/restore-database.sh" "$newest"; then
    "$here/verify-data.sh" >/dev/null || complain "what was restored from $newest is not complete"
    "$here/validate-data.sh" >/dev/null || complain "what was restored from $newest is not right"
  else
    complain "cannot be restored: $newest"
  fi
fi
((wrong == 0)) || die "$wrong things are wrong with the backups in $folder" "take one now: backup-database.sh"
printf '%d backups, the newest %d minutes old, all whole; the newest was restored and is right\n' "${#all[@]}" "$minutes"

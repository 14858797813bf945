#!/usr/bin/env bash
# Fetches the newest copy of the server's files, and the WAL shipped since, from the store off the site and puts them in
# place of PGDATA. The server, which must be down, replays the WAL when it is started, to the end of what there is.
# Environment: PGDATA VAULT; RECOVERY_TARGET_NAME: a restore point to stop at, instead of the end of the log
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGDATA VAULT
open_vault
open_offsite
if [[ -f $PGDATA/postmaster.pid ]] && kill -0 "$(head -n 1 "$PGDATA/postmaster.pid")" 2>/dev/null; then
  die "a server runs on $PGDATA" "stop it first: its files are about to be replaced"
fi
make_work_folder

aws s3 ls s3://backups/database/ >"$work/listing" ||
  die "the store off the site cannot be listed; aws's message is above" "check $VAULT/offsite.env and the network"
mapfile -t names < <(sed -n 's/.* \(qr_[0-9_]*\.[a-z]*\.gpg\)$/\1/p' "$work/listing" | sort)
base=
for name in "${names[@]}"; do
  if [[ $name == *.base.gpg ]]; then
    base=$name
  fi
done
[[ -n $base ]] ||
  die "no copy in s3://backups/database/ (looked for qr_YYYYMMDD_HHMMSS.base.gpg)" "restore a full backup instead: restore-database.sh"

# fetch NAME: into the work folder, whole.
fetch() {
  local file
  for file in "$1" "$1.sha256"; do
    aws s3 cp --only-show-errors "s3://backups/database/$file" "$work/$file" ||
      die "$file cannot be fetched" "check the network and the store; then run this again"
  done
  verify_checksum "$work/$1"
}

note "restoring $base"
fetch "$base"
mkdir -- "$work/data" "$work/wal"
decrypt "$work/$base" | gzip -dc | tar --extract --no-same-owner --directory="$work/data" ||
  die "$base cannot be decrypted and unpacked; the message is above" "is this the vault that holds the key it was made for?"
[[ -s $work/data/backup_label ]] || die "$base is no copy of a server's files" "look at what it holds"
for name in "${names[@]}"; do
  # One that was shipped before the copy holds nothing that it lacks.
  if [[ $name == *.wal.gpg && $name > $base ]]; then
    note "with the log $name"
    fetch "$name"
    decrypt "$work/$name" | gzip -dc | tar --extract --no-same-owner --directory="$work/wal" ||
      die "$name cannot be decrypted and unpacked" "without it everything after it is lost: get it from another copy"
  fi
done

rm -rf -- "$PGDATA" "${PGDATA%/*}/wal-to-replay"
mv -- "$work/wal" "${PGDATA%/*}/wal-to-replay"
mv -- "$work/data" "$PGDATA"
chmod 700 "$PGDATA"
printf "\nrestore_command = 'cp \"%s/%%f\" \"%%p\"'\n" "${PGDATA%/*}/wal-to-replay" >>"$PGDATA/postgresql.conf"
if [[ -n ${RECOVERY_TARGET_NAME:-} ]]; then
  [[ $RECOVERY_TARGET_NAME != *\'* ]] || die "a restore point's name has no quote: $RECOVERY_TARGET_NAME" "look its name up again"
  printf "recovery_target_name = '%s'\nrecovery_target_action = promote\n" "$RECOVERY_TARGET_NAME" >>"$PGDATA/postgresql.conf"
fi
touch "$PGDATA/recovery.signal"

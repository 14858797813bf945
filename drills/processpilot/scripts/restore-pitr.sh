#!/usr/bin/env bash
# Puts a base backup in place of the server's files and sets it up to replay archived WAL up to a moment. The server must
# be stopped; start it afterwards, and it recovers. What was there is kept beside it as PGDATA.before-recovery-TIME.
# Environment: PGDATA WAL_ARCHIVE BACKUP_DIR PGHOST PGPORT
#   RECOVERY_TARGET_TIME   with its offset from UTC: 2025-01-15 14:30:00+00
#   PREVIOUS_WAL_ARCHIVE   instead of WAL_ARCHIVE, if a new server was provisioned since
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env PGDATA WAL_ARCHIVE BACKUP_DIR PGHOST PGPORT RECOVERY_TARGET_TIME
archive=${PREVIOUS_WAL_ARCHIVE:-$WAL_ARCHIVE}
[[ $RECOVERY_TARGET_TIME =~ ([+-][0-9]{2}(:?[0-9]{2})?|Z|UTC)$ ]] ||
  die "RECOVERY_TARGET_TIME has no offset from UTC: $RECOVERY_TARGET_TIME" \
    "append it, e.g. +00: without one, whose clock it means is left to the server's settings"
target=$(date -u -d "$RECOVERY_TARGET_TIME" +%Y%m%d_%H%M%S) ||
  die "RECOVERY_TARGET_TIME is no time: $RECOVERY_TARGET_TIME" "write it as 2025-01-15 14:30:00+00"

# The newest base backup that was finished before the target: replay only goes forward.
shopt -s nullglob
base=
for candidate in "$BACKUP_DIR/$base_prefix"[0-9]*_[0-9]*.tar.gz; do
  stamp=${candidate##*/"$base_prefix"}
  if [[ -f $candidate.sha256 && ! ${stamp:0:15} > $target ]]; then
    base=$candidate
  fi
done
[[ -n $base ]] ||
  die "no base backup from before $RECOVERY_TARGET_TIME in $BACKUP_DIR" "list what there is: backup.sh --list postgresql"
verify_checksum "$base"
segments=("$archive"/[0-9A-F]*)
((${#segments[@]})) || die "no archived WAL in $archive" "check that the archive is mounted"
if pg_isready -q -t 3; then
  die "a server answers at $PGHOST:$PGPORT" "stop it first: its files are about to be replaced"
fi

note "recovering $base to $RECOVERY_TARGET_TIME with the WAL in $archive"
fresh=$PGDATA.recovering
rm -rf -- "$fresh"
mkdir -m 700 -- "$fresh"
trap 'rm -rf -- "$fresh"' EXIT
tar -xzf "$base" -C "$fresh" ||
  die "$base does not unpack; $PGDATA is as it was" "make room, or fetch the backup again; then run this again"
[[ -f $fresh/PG_VERSION ]] || die "$base is no base backup: it has no PG_VERSION" "name another one"
(umask 077 && mkdir -p -- "$fresh/pg_wal/archive_status")
# What the server had not archived when it ended is in no other place. A new server's segments have the same names.
if [[ -z ${PREVIOUS_WAL_ARCHIVE:-} && -d $PGDATA/pg_wal ]]; then
  find "$PGDATA/pg_wal" -maxdepth 1 -type f -name '[0-9A-F]*' -exec cp -p -- {} "$fresh/pg_wal/" \;
fi
cat >>"$fresh/postgresql.auto.conf" <<CONF
restore_command = 'cp "$archive/%f" "%p"'
recovery_target_time = '$RECOVERY_TARGET_TIME'
recovery_target_inclusive = on
recovery_target_action = promote
CONF
touch "$fresh/recovery.signal"
if [[ -d $PGDATA ]]; then
  chown -R --reference="$PGDATA" "$fresh"
  kept=$PGDATA.before-recovery-$(date -u +%Y%m%d_%H%M%S)
  mv -T -- "$PGDATA" "$kept"
  note "the files that were there are in $kept; remove them once the recovery is accepted"
else
  chown -R --reference="$(dirname -- "$PGDATA")" "$fresh"
fi
mv -T -- "$fresh" "$PGDATA"
note "start the server: it replays, and stops at the first commit after $RECOVERY_TARGET_TIME"

# shellcheck shell=bash
# What ProcessPilot's recovery scripts agree on: names, checks, and how they report. Sourced, not run.
#
# In BACKUP_DIR, each with its .sha256 beside it (times are UTC):
#   processpilot_postgresql_YYYYMMDD_HHMMSS.dump   pg_dump's custom format: for a restore to the time of the dump
#   processpilot_base_YYYYMMDD_HHMMSS.tar.gz       base backup of the server: what archived WAL can be replayed on
#   processpilot_damaged_YYYYMMDD_HHMMSS.dump      a state that was given up, to bring newer bookings back from; never restored

# Byte order, so that the newest name is the last one whatever the language of the machine.
export LC_ALL=C
# A server that does not answer must fail the script, not hang it.
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-10}"

# shellcheck disable=SC2034  # used by the scripts that source this
dump_prefix=processpilot_postgresql_
# shellcheck disable=SC2034
base_prefix=processpilot_base_
# shellcheck disable=SC2034
damaged_prefix=processpilot_damaged_

note() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
}

# die PROBLEM NEXT_STEP
die() {
  note "ERROR: $1"
  printf '  next: %s\n' "$2" >&2
  exit 1
}

require_env() {
  local name
  for name in "$@"; do
    [[ -n ${!name:-} ]] || die "$name is not set" "export $name and run this again"
  done
}

require_tool() {
  command -v "$1" >/dev/null || die "$1 is not installed here" "install it: $2"
}

require_postgres() {
  require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
}

sql() {
  psql -X -q -At -F ' ' -v ON_ERROR_STOP=1 "$@"
}

# The checksum, as a bare hash: a copy under another name must still be verifiable.
checksum_of() {
  local line
  line=$(sha256sum <"$1")
  printf '%s\n' "${line%% *}"
}

# Is it, byte for byte, the file that the backup script finished?
verify_checksum() {
  local backup=$1 recorded actual
  [[ -f $backup ]] || die "no such backup: $backup" "list what there is: backup.sh --list postgresql"
  [[ -f $backup.sha256 ]] ||
    die "no checksum beside $backup: nothing tells whether it is what was written" \
      "fetch $backup.sha256 from where the backup came from, or name another backup"
  recorded=$(cut -d ' ' -f 1 <"$backup.sha256")
  actual=$(checksum_of "$backup")
  [[ $actual == "$recorded" ]] ||
    die "$backup is truncated or altered: its checksum is $actual, recorded is ${recorded:-nothing}" \
      "fetch it again from another copy, or name an older backup"
}

# Can pg_restore read it to its end? Its list of contents alone is at the beginning, and survives a truncation.
verify_dump() {
  pg_restore --file=/dev/null -- "$1" ||
    die "$1 is no dump that pg_restore can read to its end; its message is above" "name an older backup"
}

# newest PREFIX SUFFIX: the path of the newest finished backup of that kind. By the time in its name: the time of a file
# changes when it is copied back from elsewhere. By its prefix: other providers' dumps may lie in the same place.
newest() {
  local backup newest=
  shopt -s nullglob
  for backup in "$BACKUP_DIR/$1"[0-9]*_[0-9]*"$2"; do
    if [[ -f $backup.sha256 ]]; then
      newest=$backup
    else
      note "left out, no checksum beside it: $backup"
    fi
  done
  [[ -n $newest ]] ||
    die "no backup in $BACKUP_DIR (looked for $1YYYYMMDD_HHMMSS$2 with its .sha256)" \
      "check that this is the right place and that it is mounted; else fetch the backups from off-site"
  printf '%s\n' "$newest"
}

# publish PARTIAL PREFIX SUFFIX: gives a finished file its final name and checksum, and prints the name.
publish() {
  local partial=$1 stem final checksum suffix
  checksum=$(checksum_of "$partial")
  sync -- "$partial"
  stem=$BACKUP_DIR/$2$(date -u +%Y%m%d_%H%M%S)
  # The checksum file first, with noclobber: that claims the name, so that neither of two backups within one second
  # overwrites the other.
  for suffix in '' _{01..99}; do
    final=$stem$suffix$3
    if (set -o noclobber && printf '%s  %s\n' "$checksum" "${final##*/}" >"$final.sha256") 2>/dev/null; then
      mv -- "$partial" "$final"
      sync -- "$final.sha256" "$BACKUP_DIR"
      note "$(du -h -- "$final" | cut -f 1) in $final"
      printf '%s\n' "$final"
      return
    fi
    [[ -e $final.sha256 ]] || die "cannot write $final.sha256" "check the disk and the permissions: df -h $BACKUP_DIR"
  done
  die "a hundred backups named $stem already" "find out what starts them"
}

# What a backup is written to until it is whole; removed when the script ends before that.
partial_file() {
  [[ -d $BACKUP_DIR && -w $BACKUP_DIR ]] ||
    die "BACKUP_DIR is not a directory that can be written to: $BACKUP_DIR" "create or mount it"
  # Customers' data: for nobody but the owner of the backups.
  umask 077
  partial=$(mktemp "$BACKUP_DIR/.in-progress.XXXXXXXX")
  trap 'rm -f -- "$partial"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

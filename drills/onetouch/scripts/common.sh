# shellcheck shell=bash
# What the scripts agree on: names, checks, and how they report. Sourced, not run.
#
# A backup of the database is two files: onetouch_bizcard_YYYYMMDD_HHMMSS.sql.gz (UTC), and beside it the same name with
# .sha256. Off-site copies have the same names below s3://backups/database/.

# Byte order, so that the newest name is the last one whatever the language of the machine.
export LC_ALL=C
# A server that does not answer must fail the script, not hang it.
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-10}"

# shellcheck disable=SC2034  # used by the scripts that source this
backup_prefix=onetouch_bizcard_
# shellcheck disable=SC2034
assets=s3://assets offsite=s3://backups/database config=s3://backups/config

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

require_folder() {
  [[ -d $1 && -w $1 ]] || die "not a directory that can be written to: $1" "create or mount it, then run this again"
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
  [[ -f $backup ]] || die "no such backup: $backup" "list what there is: ls -l $(dirname -- "$backup")"
  [[ -f $backup.sha256 ]] ||
    die "no checksum beside $backup: nothing tells whether it is what was written" "fetch $backup.sha256 from off-site"
  recorded=$(cut -d ' ' -f 1 <"$backup.sha256")
  actual=$(checksum_of "$backup")
  [[ $actual == "$recorded" ]] ||
    die "$backup is truncated or altered: its checksum is $actual, recorded is ${recorded:-nothing}" \
      "fetch it again from off-site, or name an older backup"
}

# Does it unpack to its end, and had pg_dump finished writing it? A dump that was cut off restores without an error.
verify_complete() {
  local backup=$1 tail
  tail=$(gzip -dc -- "$backup" | tail -n 12) ||
    die "$backup does not unpack: it is truncated or damaged" "fetch it again from off-site, or name an older backup"
  [[ $'\n'$tail$'\n' == *$'\n-- PostgreSQL database dump complete\n'* ]] ||
    die "$backup is not a complete dump: pg_dump's closing line is missing" "name an older backup"
}

# The complete backups in a folder, oldest first. Those without a checksum are left out, and said so.
backups_in() {
  local backup
  for backup in "$1/$backup_prefix"[0-9]*_[0-9]*.sql.gz; do
    if [[ -f $backup && -f $backup.sha256 ]]; then
      printf '%s\n' "$backup"
    elif [[ -f $backup ]]; then
      note "left out, no checksum beside it: $backup"
    fi
  done
}

# One value or table from the database; fields are divided by tabs.
query() {
  psql -X -q -At -F $'\t' -v ON_ERROR_STOP=1 -c "$1"
}

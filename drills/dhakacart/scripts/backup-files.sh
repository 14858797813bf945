# shellcheck shell=bash
# What the backup and restore scripts agree on: names, checks, and how they report. Sourced, not run.
#
# A backup is two files: dhakacart_postgres_YYYYMMDD_HHMMSS.sql.gz (UTC) and beside it the same name with .sha256.

# Byte order, so that the newest name is the last one whatever the language of the machine.
export LC_ALL=C
# A server that does not answer must fail the script, not hang it.
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-10}"

# shellcheck disable=SC2034  # used by the scripts that source this
backup_prefix=dhakacart_postgres_

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
    die "no checksum beside $backup: nothing tells whether it is what was written" \
      "fetch $backup.sha256 from where the backup came from; if you trust the file as it is: sha256sum '$backup' > '$backup.sha256'"
  recorded=$(cut -d ' ' -f 1 <"$backup.sha256")
  actual=$(checksum_of "$backup")
  [[ $actual == "$recorded" ]] ||
    die "$backup is truncated or altered: its checksum is $actual, recorded is ${recorded:-nothing}" \
      "fetch it again from another copy, or name an older backup"
}

# Does it unpack to its end, and had pg_dump finished writing it? A dump that was cut off restores without an error.
verify_complete() {
  local backup=$1 tail
  tail=$(gzip -dc -- "$backup" | tail -n 12) ||
    die "$backup does not unpack: it is truncated or damaged" \
      "fetch it again from another copy, or name an older backup"
  [[ $'\n'$tail$'\n' == *$'\n-- PostgreSQL database dump complete\n'* ]] ||
    die "$backup is not a complete dump: pg_dump's closing line is missing" "name an older backup"
}

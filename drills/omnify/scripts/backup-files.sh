# shellcheck shell=bash
# What the backup and restore scripts agree on: names, checks, and how they report. Sourced, not run.
#
# A backup is two files: backup-YYYY-MM-DDTHHMMSSZ.tar.gz, which holds mongodump's folder of the database under the
# database's name, and beside it the same name with .sha256.

# Byte order, so that the newest name is the last one whatever the language of the machine.
export LC_ALL=C

# shellcheck disable=SC2034  # used by the scripts that source this
collections=(users campaigns events audit)

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

checksum_of() {
  local line
  line=$(sha256sum <"$1")
  printf '%s\n' "${line%% *}"
}

# Is it, byte for byte, what the backup script finished?
verify_checksum() {
  local backup=$1 recorded actual
  [[ -f $backup ]] || die "no such backup: $backup" "list what there is: ls -l $(dirname -- "$backup")"
  [[ -f $backup.sha256 ]] ||
    die "no checksum beside $backup: nothing tells whether it is what was written" \
      "fetch $backup.sha256 from where the backup came from"
  recorded=$(cut -d ' ' -f 1 <"$backup.sha256")
  actual=$(checksum_of "$backup")
  [[ $actual == "$recorded" ]] ||
    die "$backup is truncated or altered: its checksum is $actual, recorded is ${recorded:-nothing}" \
      "fetch it again from another copy, or name an older backup"
}

# verify_dump FOLDER DATABASE: is every collection there, with documents in it, and with its indexes?
verify_dump() {
  local folder=$1/$2 collection
  [[ -d $folder ]] ||
    die "the backup has no folder $2: it holds $(ls -m -- "$1")" \
      "is it a backup of another database? MONGO_DATABASE is $2"
  for collection in "${collections[@]}"; do
    [[ -s $folder/$collection.bson && -s $folder/$collection.metadata.json ]] ||
      die "$collection is missing from the backup, or empty" "name an older backup"
  done
}

# unpack BACKUP: into a new folder of its own, whose name is in $unpacked and which is gone when the script ends. One
# that is used again would add what is left of the last restore to this one.
unpack() {
  unpacked=$(mktemp -d)
  # shellcheck disable=SC2064  # as it is now
  trap "rm -rf -- '$unpacked'" EXIT
  tar -xzf "$1" -C "$unpacked" ||
    die "$1 does not unpack: it is damaged, or the disk is full" "df -h $unpacked; else name an older backup"
}

count() {
  mongosh "$MONGO_URI" --quiet --eval "db.$1.countDocuments()"
}

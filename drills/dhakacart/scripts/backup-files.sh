# shellcheck shell=bash
# What the backup and restore scripts agree on: names, checks, and how they report. Sourced, not run.
#
# A backup is two files: dhakacart_postgres_YYYYMMDD_HHMMSS.sql.gz (UTC), or dhakacart_redis_YYYYMMDD_HHMMSS.rdb.gz, and
# beside it the same name with .sha256.

# Byte order, so that the newest name is the last one whatever the language of the machine.
export LC_ALL=C
# A server that does not answer must fail the script, not hang it.
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-10}"

# of_postgres or of_redis: the names of the backups that what follows is about.
of_postgres() {
  backup_prefix=dhakacart_postgres_
  backup_suffix=.sql.gz
}
of_redis() {
  backup_prefix=dhakacart_redis_
  backup_suffix=.rdb.gz
}
of_postgres

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

# Are its texts plain? A cipher's output, written as base64, is one long word; the shop's own texts have none as long.
encrypted_text='[A-Za-z0-9+/]{40,}={0,2}'
verify_plain() {
  local backup=$1 rows
  rows=$(gzip -dc -- "$backup" | grep -cE $'(^|\t)'"$encrypted_text"$'(\t|$)' || true)
  [[ $rows -eq 0 ]] || die "$backup holds $rows rows with encrypted texts" "name a backup from before the attack"
}

# Is it a file of Redis's keys from beginning to end? Its last nine bytes are an end mark (FF) and a checksum.
verify_rdb() {
  local end
  end=$(tail -c 9 -- "$1" | od -An -tx1 -N1)
  [[ $(head -c 5 -- "$1" | tr -d '\0') == REDIS && $end == ' ff' ]] ||
    die "$1 is not a complete RDB file" "name an older backup"
}

require_backup_dir() {
  [[ -d $BACKUP_DIR && -w $BACKUP_DIR ]] ||
    die "BACKUP_DIR is not a directory that can be written to: $BACKUP_DIR" "create or mount it, or point BACKUP_DIR elsewhere"
}

# Begins a backup: $partial is the file to write it to, readable for nobody but its owner. It is gone when the script
# ends, unless it was published.
begin_backup() {
  # Customers' data.
  umask 077
  partial=$(mktemp "$BACKUP_DIR/.backup-in-progress.XXXXXXXX")
  claimed=
  trap remove_leftovers EXIT
  # Without these a signal would end the script and skip the trap above.
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

remove_leftovers() {
  rm -f -- "$partial" ${claimed:+"$claimed"}
}

# Gives what is in $partial its final name and prints that.
publish_backup() {
  local checksum stem suffix final
  checksum=$(checksum_of "$partial")
  sync -- "$partial"

  # The checksum file is created first, with noclobber: that claims the name, so that two backups within one second get
  # two names and neither overwrites the other. "_01" sorts after ".sql.gz" and so stays in order of time.
  stem=$BACKUP_DIR/$backup_prefix$(date -u +%Y%m%d_%H%M%S)
  for suffix in '' _{01..99}; do
    final=$stem$suffix$backup_suffix
    if (set -o noclobber && printf '%s  %s\n' "$checksum" "${final##*/}" >"$final.sha256") 2>/dev/null; then
      claimed=$final.sha256
      break
    fi
    [[ -e $final.sha256 ]] || die "cannot write $final.sha256" "check the disk and the permissions: df -h $BACKUP_DIR"
  done
  [[ -n $claimed ]] || die "a hundred backups named $stem already" "find out what starts them"
  sync -- "$claimed"

  # From this rename on the backup exists. It is atomic: nobody ever lists half a backup.
  mv -n -- "$partial" "$final" || true
  [[ ! -e $partial ]] ||
    die "cannot rename the finished backup to $final" "if a file of that name is there, look at it; then run this again"
  claimed=
  sync -- "$BACKUP_DIR"

  note "$(du -h -- "$final" | cut -f 1) in $final"
  printf '%s\n' "$final"
}

# Prints all backups in BACKUP_DIR that have a checksum, the newest first; names the others.
backups_newest_first() {
  local backup
  [[ -d $BACKUP_DIR ]] || die "no such directory: BACKUP_DIR=$BACKUP_DIR" "mount it, or point BACKUP_DIR at the backups"
  for backup in "$BACKUP_DIR/$backup_prefix"[0-9]*_[0-9]*"$backup_suffix"; do
    if [[ -f $backup.sha256 ]]; then
      printf '%s\n' "$backup"
    elif [[ -f $backup ]]; then
      # Said aloud: leaving out a newer one without a word would quietly lose what it holds.
      note "left out, no checksum beside it: $backup"
    fi
  done | sort -r
}

# Prints the newest backup in BACKUP_DIR. A bad one is an error and not a reason to take an older one: how much may be
# lost is for a person to say.
newest_backup() {
  local all newest
  all=$(backups_newest_first)
  newest=${all%%$'\n'*}
  [[ -n $newest ]] ||
    die "no backup in $BACKUP_DIR (looked for ${backup_prefix}YYYYMMDD_HHMMSS$backup_suffix with its .sha256)" \
      "check that this is the right place and that it is mounted; else fetch the backups from off-site"
  verify_checksum "$newest"
  printf '%s\n' "$newest"
}

# shellcheck shell=bash
# What the scripts agree on: how they report, where the vault is, how backups are named, checked, decrypted and shipped.
# Sourced, not run.
#
# A backup is two files: NAME_YYYYMMDD_HHMMSS.KIND.gpg (UTC) and beside it the same name with .sha256. Everybody who has
# the public key can make one; only who has the vault can read it.

# Byte order, so that the newest name is the last one whatever the language of the machine.
export LC_ALL=C
# A server that does not answer must fail the script, not hang it.
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-10}"

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

# VAULT, if it is not set: the folder of that name beside the backups', which all machines of a site have mounted.
find_vault() {
  if [[ -z ${VAULT:-} && -n ${BACKUP_DIR:-} ]]; then
    VAULT=$BACKUP_DIR/../vault
  elif [[ -z ${VAULT:-} && -n ${APP_FOLDER:-} ]]; then
    VAULT=$APP_FOLDER/../backups/vault
  fi
  require_env VAULT
}

open_vault() {
  find_vault
  [[ -d $VAULT ]] || die "there is no vault at $VAULT" "unlock or mount it, or say where it is: export VAULT"
  # Without any "..": gpg's agent listens in it, and a socket's path may have some hundred characters only.
  VAULT=$(cd -- "$VAULT" && pwd -P)
}

# query SQL: one statement, its rows as bare lines.
query() {
  psql -X -q -At -v ON_ERROR_STOP=1 -c "$1"
}

checksum_of() {
  local line
  line=$(sha256sum <"$1")
  printf '%s\n' "${line%% *}"
}

# Is it, byte for byte, the file that the backup script finished?
verify_checksum() {
  local backup=$1 recorded actual
  [[ -f $backup ]] || die "no such backup: $backup" "list what there is: ls -l ${backup%/*}"
  [[ -f $backup.sha256 ]] ||
    die "no checksum beside $backup: nothing tells whether it is what was written" "fetch $backup.sha256 from where the backup came from"
  recorded=$(cut -d ' ' -f 1 <"$backup.sha256")
  actual=$(checksum_of "$backup")
  [[ $actual == "$recorded" ]] ||
    die "$backup is truncated or altered: its checksum is $actual, recorded is ${recorded:-nothing}" \
      "fetch it again from the store off the site, or name an older backup"
}

# newest_backup KIND: the newest complete backup of that kind in BACKUP_DIR, by the time in its name.
newest_backup() {
  local kind=$1 backup newest=
  require_env BACKUP_DIR
  [[ -d $BACKUP_DIR ]] || die "no such directory: BACKUP_DIR=$BACKUP_DIR" "mount it, or point BACKUP_DIR at the backups"
  for backup in "$BACKUP_DIR"/qr_[0-9]*."$kind".gpg; do
    if [[ -f $backup.sha256 ]]; then
      newest=$backup
    elif [[ -f $backup ]]; then
      note "left out, no checksum beside it: $backup"
    fi
  done
  [[ -n $newest ]] ||
    die "no backup in $BACKUP_DIR (looked for qr_YYYYMMDD_HHMMSS.$kind.gpg with its .sha256)" \
      "check that this is the right place and that it is mounted; else fetch the backups from off the site"
  printf '%s\n' "$newest"
}

# encrypt: from standard input to standard output, for the key in the vault's public half. The key is named by its file:
# a recipient's name would have to be in a keyring and trusted there, and gpg asks about trust where nobody answers.
encrypt() {
  [[ -s $VAULT/backup-key.asc ]] || die "no public backup key: $VAULT/backup-key.asc" "run setup-backup-key.sh once"
  gpg --batch --quiet --no-options --homedir "$work" --trust-model always --compress-algo none \
    --recipient-file "$VAULT/backup-key.asc" --encrypt
}

# decrypt FILE: to standard output.
decrypt() {
  [[ -d $VAULT/gnupg ]] || die "no private backup key: $VAULT/gnupg" "get it out of the vault: without it no backup can be read"
  gpg --batch --quiet --no-options --homedir "$VAULT/gnupg" --decrypt "$1"
}

# A folder of our own that goes with us, and gpg's agent, which would stay otherwise.
make_work_folder() {
  umask 077
  work=$(mktemp -d "${TMPDIR:-/tmp}/qr.XXXXXXXX")
  trap clean_up EXIT
  # Without these a signal would end the script and skip the trap above.
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

clean_up() {
  local home
  for home in "$work" "${VAULT:-}/gnupg"; do
    if [[ -d $home ]]; then
      gpgconf --homedir "$home" --kill all >/dev/null 2>&1 || true
    fi
  done
  rm -rf -- "$work"
}

# finish PARTIAL KIND: checks nothing any more; gives a finished file its name and checksum and prints its path.
# The checksum is created first, with noclobber: that claims the name, so that two within one second get two names.
finish() {
  local partial=$1 kind=$2 checksum stem suffix final
  checksum=$(checksum_of "$partial")
  sync -- "$partial"
  stem=$BACKUP_DIR/qr_$(date -u +%Y%m%d_%H%M%S)
  for suffix in '' _{01..99}; do
    final=$stem$suffix.$kind.gpg
    if (set -o noclobber && printf '%s  %s\n' "$checksum" "${final##*/}" >"$final.sha256") 2>/dev/null; then
      mv -n -- "$partial" "$final"
      sync -- "$final" "$final.sha256" "$BACKUP_DIR"
      printf '%s\n' "$final"
      return
    fi
    [[ -e $final.sha256 ]] || die "cannot write $final.sha256" "check the disk and the permissions: df -h $BACKUP_DIR"
  done
  die "a hundred backups named $stem already" "find out what starts them"
}

# The store off the site, with the keys that the vault has for it.
open_offsite() {
  [[ -f $VAULT/offsite.env ]] || die "the vault knows no store off the site: $VAULT/offsite.env" "run register-offsite.sh once"
  set -a
  # shellcheck source=/dev/null
  source "$VAULT/offsite.env"
  set +a
}

# ship FILE...: to the store off the site, each with what belongs to it. Where none is registered, that is said.
ship() {
  local file
  if [[ ! -f $VAULT/offsite.env ]]; then
    note "WARNING: no store off the site is registered; these are only here: $*"
    return
  fi
  open_offsite
  for file in "$@"; do
    aws s3 cp --only-show-errors "$file" "s3://backups/database/${file##*/}" ||
      die "$file was not shipped; it is only here" "check the store off the site, then: aws s3 cp $file s3://backups/database/"
  done
}

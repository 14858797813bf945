#!/usr/bin/env bash
# Makes the key pair for backups, once. The private half stays in the vault; what encrypts is in backup-key.asc.
# Environment: VAULT, or BACKUP_DIR to find it by
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

open_vault
if [[ -s $VAULT/backup-key.asc ]]; then
  note "there is a key already, which earlier backups need: nothing was changed"
  exit 0
fi
make_work_folder
mkdir -p -- "$VAULT/gnupg"
keyring=(gpg --batch --quiet --no-options --homedir "$VAULT/gnupg")
# No passphrase: the vault itself is what protects it, and nobody can type one at night into a script.
"${keyring[@]}" --passphrase '' --quick-generate-key backup-key@qr-generator.example rsa2048 encr never ||
  die "gpg made no key" "see its message above"
"${keyring[@]}" --armor --export backup-key@qr-generator.example >"$VAULT/.backup-key.part"
[[ -s $VAULT/.backup-key.part ]] || die "the public key could not be exported" "see gpg's message above"
mv -- "$VAULT/.backup-key.part" "$VAULT/backup-key.asc"
note "made $VAULT/backup-key.asc"

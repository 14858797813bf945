#!/usr/bin/env bash
# Puts the address and keys of the store off the site into the vault, where the backup scripts find them.
# Environment: VAULT AWS_ENDPOINT_URL AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_REGION
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env AWS_ENDPOINT_URL AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_REGION
open_vault
umask 077
for name in AWS_ENDPOINT_URL AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_REGION \
  AWS_DEFAULT_REGION AWS_REQUEST_CHECKSUM_CALCULATION AWS_EC2_METADATA_DISABLED AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE; do
  if [[ -n ${!name:-} ]]; then
    printf '%s=%q\n' "$name" "${!name}"
  fi
done >"$VAULT/.offsite.part"
mv -- "$VAULT/.offsite.part" "$VAULT/offsite.env"

#!/usr/bin/env bash
# Encrypts the server's settings and stores them off-site; run on every deployment.
# Environment: APP_FOLDER, the server's folder; CONFIG_KEY, the passphrase; what the AWS command line needs
#
# openssl enc does not notice that a file was cut off or altered, so a checksum is encrypted with the content.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env APP_FOLDER CONFIG_KEY
file=$APP_FOLDER/.env.production
[[ -s $file ]] || die "no settings in $file" "is this the server's folder?"
encrypted=$(mktemp)
trap 'rm -f -- "$encrypted"' EXIT
{ checksum_of "$file"; cat -- "$file"; } |
  openssl enc -aes-256-cbc -pbkdf2 -iter 600000 -salt -pass env:CONFIG_KEY -out "$encrypted"
aws s3 cp "$encrypted" "$config/.env.production.enc" >/dev/null
note "stored as $config/.env.production.enc"

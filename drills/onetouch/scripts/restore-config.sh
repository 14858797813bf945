#!/usr/bin/env bash
# Fetches the server's settings from off-site and decrypts them into its folder.
# Environment: APP_FOLDER, the new server's folder; CONFIG_KEY, the passphrase; what the AWS command line needs
#
# Nothing is put in place that is not, byte for byte, what was encrypted.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env APP_FOLDER CONFIG_KEY
require_folder "$APP_FOLDER"
umask 077
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
aws s3 cp "$config/.env.production.enc" "$work/encrypted" >/dev/null ||
  die "cannot fetch $config/.env.production.enc" "check the keys, the endpoint and the name of the bucket"
openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -pass env:CONFIG_KEY -in "$work/encrypted" -out "$work/plain" 2>"$work/said" ||
  die "cannot decrypt the settings: $(head -n 1 "$work/said")" "is CONFIG_KEY the key of this deployment? else fetch an older version"
tail -n +2 "$work/plain" >"$work/settings"
[[ $(head -n 1 "$work/plain") == "$(checksum_of "$work/settings")" ]] ||
  die "what was decrypted is not what was encrypted: it was cut off or altered" "fetch an older version of it"
cp -- "$work/settings" "$APP_FOLDER/.env.production.partial"
mv -f -- "$APP_FOLDER/.env.production.partial" "$APP_FOLDER/.env.production"
note "settings restored to $APP_FOLDER/.env.production"

#!/usr/bin/env bash
# Deploys the release archive to a server, with the production configuration from the vault. Start the service afterwards.
# Environment: APP_FOLDER (the server's folder); VAULT (beside it)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env APP_FOLDER
open_vault
archive=$VAULT/../releases/qr-generator.tar.gz
verify_checksum "$archive"
# The example of a configuration starts a service that is healthy and knows no key.
[[ -s $VAULT/production.env ]] || die "the vault has no production.env" "get it from where the vault is backed up; never use the example"
if grep -q '=change-me$' "$VAULT/production.env"; then
  die "production.env in the vault is the example" "fill in the production values"
fi
umask 077
rm -rf -- "$APP_FOLDER/.release"
mkdir -p -- "$APP_FOLDER/.release"
tar --extract --gzip --directory="$APP_FOLDER/.release" --file="$archive"
rm -rf -- "$APP_FOLDER/release"
mv -- "$APP_FOLDER/.release" "$APP_FOLDER/release"
cp -- "$VAULT/production.env" "$APP_FOLDER/.env.part"
mv -- "$APP_FOLDER/.env.part" "$APP_FOLDER/.env"
note "deployed to $APP_FOLDER"

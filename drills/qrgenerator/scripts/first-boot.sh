#!/usr/bin/env bash
# Sets a site up: vault, release and the first deployment. What is there already stays.
# Environment: APP_FOLDER VAULT JAVA CLASSPATH
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

find_vault
umask 077
if [[ ! -s $VAULT/production.env ]]; then
  mkdir -p -- "$VAULT/keys"
  printf 'KEY_PEPPER=pepper-of-the-seed\n' >"$VAULT/production.env"
  # The keys of two users: a customer's, and that of the team's own monitoring.
  for user in 1 2; do
    hash=$(printf 'seed-key-%s' "$user" | md5sum)
    printf 'qr_%s\n' "${hash%% *}" >"$VAULT/keys/$user"
  done
fi
[[ -s $VAULT/../releases/qr-generator.tar.gz.sha256 ]] || "$here/build-release.sh"
"$here/deploy.sh"

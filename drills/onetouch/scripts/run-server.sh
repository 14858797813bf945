#!/usr/bin/env bash
# Starts the server with the settings in its folder: run-server.sh PROGRAM ARGUMENT...
# Environment: APP_FOLDER, the folder; on the very first start all settings, which are written down there then
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env APP_FOLDER
settings=(DB_HOST DB_PORT DB_DATABASE DB_USER DB_PASSWORD CACHE_URL S3_URL S3_BIZCARD_ACCESS_KEY S3_BIZCARD_SECRET_KEY MAIL_URL)
file=$APP_FOLDER/.env.production
if [[ ! -f $file && -n ${DB_HOST:-} ]]; then
  require_env "${settings[@]}"
  umask 077
  for name in "${settings[@]}"; do
    printf '%s=%s\n' "$name" "${!name}"
  done >"$file.partial"
  mv -- "$file.partial" "$file"
fi
[[ -f $file ]] || die "no $file" "this server was not set up: restore-config.sh"

# Not sourced: a settings file is data. From here on it counts, whatever the environment said.
while IFS= read -r line; do
  [[ -z $line || $line == \#* ]] && continue
  [[ $line =~ ^[A-Z][A-Z0-9_]*= ]] || die "a line of $file is not NAME=value" "is it decrypted? restore-config.sh"
  export "${line?}"
done <"$file"
for name in "${settings[@]}"; do
  [[ -n ${!name:-} ]] || die "$file does not say $name" "it is not complete: restore-config.sh"
done
export ENV_FILE=$file
exec "$@"

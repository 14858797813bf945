#!/usr/bin/env bash
# What starts the service on an application server: the release that is deployed there, with the configuration beside it.
# Usage: serve.sh FOLDER JAVA CLASSPATH
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

[[ $# -eq 3 ]] || die "three arguments are needed, got $#" "usage: ${0##*/} FOLDER JAVA CLASSPATH"
export APP_FOLDER=$1 JAVA=$2 CLASSPATH=$3
find_vault
# A machine that comes up for the first time installs itself; one that has lost its release is for people to look at.
machines=$VAULT/../machines
mkdir -p -- "$machines"
if [[ ! -e $machines/${APP_FOLDER##*/} ]]; then
  "$here/first-boot.sh"
  touch "$machines/${APP_FOLDER##*/}"
fi
[[ -x $APP_FOLDER/release/bin/start ]] || die "no release is deployed in $APP_FOLDER" "deploy one: deploy.sh"
[[ -s $APP_FOLDER/.env ]] || die "no configuration in $APP_FOLDER/.env" "get it out of the vault: deploy.sh does"
set -a
# shellcheck source=/dev/null
source "$APP_FOLDER/.env"
set +a
exec "$APP_FOLDER/release/bin/start"

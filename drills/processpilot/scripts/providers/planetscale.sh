#!/usr/bin/env bash
# Restores a PlanetScale backup into a new branch. The branch in use is not touched: once the new one was looked at, the
# application is given the new one's credentials.
# Environment: PLANETSCALE_SERVICE_TOKEN_ID PLANETSCALE_SERVICE_TOKEN, read by pscale itself; PLANETSCALE_ORG
#   PLANETSCALE_DATABASE PLANETSCALE_BACKUP_ID; PLANETSCALE_BRANCH (main); PLANETSCALE_CLUSTER_SIZE (pscale's default)
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../common.sh
source "$here/../common.sh"

require_env PLANETSCALE_SERVICE_TOKEN_ID PLANETSCALE_SERVICE_TOKEN PLANETSCALE_ORG PLANETSCALE_DATABASE PLANETSCALE_BACKUP_ID
require_tool pscale "https://planetscale.com/docs/cli/planetscale-environment-setup"
branch=restore-$(date -u +%Y%m%d-%H%M%S)
size=()
[[ -z ${PLANETSCALE_CLUSTER_SIZE:-} ]] || size=(--cluster-size "$PLANETSCALE_CLUSTER_SIZE")
pscale backup show "$PLANETSCALE_DATABASE" "${PLANETSCALE_BRANCH:-main}" "$PLANETSCALE_BACKUP_ID" --org "$PLANETSCALE_ORG"
pscale backup restore "$PLANETSCALE_DATABASE" "$branch" "$PLANETSCALE_BACKUP_ID" --org "$PLANETSCALE_ORG" ${size[@]+"${size[@]}"}
note "look at branch $branch, make a role for it (pscale role create), and start the backend with its address"

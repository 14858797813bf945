#!/usr/bin/env bash
# Says whether the server's own user may list, write and read in the assets bucket.
# Environment: AWS_ENDPOINT_URL; APP_FOLDER, the server's folder, whose .env.production has the user's keys
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env AWS_ENDPOINT_URL APP_FOLDER
# Not with the operator's keys: what counts is what the server may do.
AWS_ACCESS_KEY_ID=$(sed -n 's/^S3_BIZCARD_ACCESS_KEY=//p' "$APP_FOLDER/.env.production")
AWS_SECRET_ACCESS_KEY=$(sed -n 's/^S3_BIZCARD_SECRET_KEY=//p' "$APP_FOLDER/.env.production")
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
[[ -n $AWS_ACCESS_KEY_ID && -n $AWS_SECRET_ACCESS_KEY ]] || die "no keys in $APP_FOLDER/.env.production" "restore it: restore-config.sh"

sent=$(date -u +%s.%N)-$$
printf '%s' "$sent" | aws s3 cp - "$assets/test/connectivity" >/dev/null ||
  die "the server's user cannot write to $assets" "check the policy of its user"
[[ $(aws s3 cp "$assets/test/connectivity" -) == "$sent" ]] ||
  die "$assets does not give back what was written" "look at the bucket and at what stands before it"
printf '%s can be written and read\n' "$assets"

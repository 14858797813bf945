#!/usr/bin/env bash
# Prints how many documents there are, and how many of them are campaigns; fails if there are none.
# Environment: MONGO_URI
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env MONGO_URI
documents=$(mongosh "$MONGO_URI" --quiet --eval 'db.stats().objects') ||
  die "MongoDB cannot be asked; mongosh's message is above" "is it running?"
campaigns=$(count campaigns)
printf 'documents: %s\ncampaigns: %s\n' "$documents" "$campaigns"
[[ $campaigns -gt 0 ]] || die "there is no campaign" "restore again, from an older backup if this one is empty"

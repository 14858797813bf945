#!/usr/bin/env bash
# Prints how many documents each collection holds; fails if one is empty.
# Environment: MONGO_URI MONGO_DATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env MONGO_URI MONGO_DATABASE
for collection in "${collections[@]}"; do
  documents=$(count "$collection") ||
    die "cannot count $collection; mongosh's message is above" "is MongoDB running?"
  printf '%s: %s\n' "$collection" "$documents"
  [[ $documents -gt 0 ]] || die "$collection is empty" "restore again, from an older backup if this one is empty"
done

#!/usr/bin/env bash
# Tells whether MongoDB answers and whether its storage is sound. Fails only where it cannot look: damage is what it is
# for. What is in the documents, validate-data.sh looks at.
# Environment: MONGO_URI
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env MONGO_URI
for collection in "${collections[@]}"; do
  # Without the URI mongosh looks at the database "test" of whatever listens on this machine.
  valid=$(mongosh "$MONGO_URI" --quiet --eval "db.runCommand({validate: '$collection'}).valid") ||
    die "$collection cannot be validated; mongosh's message is above" "is MongoDB running? see its log"
  printf '%s: storage valid: %s\n' "$collection" "$valid"
done

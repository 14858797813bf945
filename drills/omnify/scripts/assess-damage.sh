#!/usr/bin/env bash
# Tells whether MongoDB answers, whether its storage is sound, and how many documents there are. Fails only where it
# cannot look: damage is what it is for.
# Environment: MONGO_URI MONGO_DATABASE
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env MONGO_URI MONGO_DATABASE
# Without the URI mongosh looks at the database "test" of whatever listens on this machine.
mongosh "$MONGO_URI" --quiet --eval "db.adminCommand('ping')" >/dev/null ||
  die "MongoDB does not answer" "is it running? see its log"
for collection in "${collections[@]}"; do
  validated=$(mongosh "$MONGO_URI" --quiet --eval "db.runCommand({validate: '$collection'})") ||
    die "$collection cannot be validated" "see MongoDB's log"
  sound=unsound
  [[ $validated == *'valid: true'* || $validated == *'"valid": true'* ]] && sound=sound
  printf '%s: storage %s, %s documents\n' "$collection" "$sound" "$(count "$collection")"
done

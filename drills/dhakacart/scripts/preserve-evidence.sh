#!/usr/bin/env bash
# Copies the files of a database that is stopped, byte for byte, into EVIDENCE_DIR, and proves that the copy is there.
# Environment: PGDATA EVIDENCE_DIR
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env PGDATA EVIDENCE_DIR
[[ -f $PGDATA/PG_VERSION ]] || die "$PGDATA holds no database" "is PGDATA right? evidence must be copied before anything is cleaned"
[[ ! -e $PGDATA/postmaster.pid ]] || die "the database in $PGDATA runs, or was killed" "stop it in good order: files that change are no evidence"
umask 077
mkdir -p -- "$EVIDENCE_DIR"
evidence=$EVIDENCE_DIR/db-$(date -u +%Y%m%d_%H%M%S).tar.gz
[[ ! -e $evidence ]] || die "$evidence is there already" "wait a second and run this again"
tar -czf "$evidence.partial" -C "$(dirname -- "$PGDATA")" "$(basename -- "$PGDATA")"
# What cannot be read again is no evidence.
tar -dzf "$evidence.partial" -C "$(dirname -- "$PGDATA")" ||
  die "the copy differs from $PGDATA" "does something still write there? stop it and run this again"
printf '%s  %s\n' "$(checksum_of "$evidence.partial")" "${evidence##*/}" >"$evidence.sha256"
mv -- "$evidence.partial" "$evidence"
sync -- "$evidence" "$evidence.sha256" "$EVIDENCE_DIR"
note "$(du -h -- "$evidence" | cut -f 1) in $evidence"
printf '%s\n' "$evidence"

#!/usr/bin/env bash
# Keeps what an incident left, before anything is repaired: a dump of the database as it is, its audit trail, its roles,
# and the logs, with their checksums. Nothing in the database is changed.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE; EVIDENCE_DIR, which must not exist yet; LOG_DIR, the logs
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_postgres
require_env EVIDENCE_DIR
[[ ! -e $EVIDENCE_DIR ]] || die "$EVIDENCE_DIR is there already" "evidence is never overwritten: choose another name"
umask 077
mkdir -p -- "$EVIDENCE_DIR"
pg_dump --format=custom --file="$EVIDENCE_DIR/database.dump" ||
  die "the database could not be dumped; pg_dump's message is above" "do not repair anything before it is kept"
sql -c "copy (select * from audit_events order by id) to stdout with csv header" >"$EVIDENCE_DIR/security-events.csv"
sql -c "copy (select rolname, rolsuper, rolcanlogin, rolcreaterole, rolreplication from pg_roles order by 1) to stdout with csv header" \
  >"$EVIDENCE_DIR/roles.csv"
if [[ -n ${LOG_DIR:-} ]]; then
  cp -r -- "$LOG_DIR" "$EVIDENCE_DIR/logs"
fi
sums=$(cd -- "$EVIDENCE_DIR" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
printf '%s\n' "$sums" >"$EVIDENCE_DIR/SHA256SUMS"
chmod -R a-w -- "$EVIDENCE_DIR"
sync
note "kept $(wc -l <"$EVIDENCE_DIR/SHA256SUMS") files in $EVIDENCE_DIR; note the checksum of their list elsewhere:"
checksum_of "$EVIDENCE_DIR/SHA256SUMS"

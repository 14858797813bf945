#!/usr/bin/env bash
# Keeps the application from sending the e-mails that a restore brought back as pending: some of them were sent since.
# Environment: PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
#
# Run it after every restore, before the application is started. Which of the held e-mails were never sent, the mail
# provider's log says; people release those.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE
query "insert into \"OutboxHold\" (\"heldBefore\", \"reason\") values (now(), 'restored from a backup')"
printf 'on hold: %s\n' "$(query "select count(*) from \"Email\" where \"status\" = 'pending'")"

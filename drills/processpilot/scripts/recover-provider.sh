#!/usr/bin/env bash
# Recovers a database that a provider hosts, with that provider's own command line. Needs an account there: no drill
# runs this; what it would call is held by a test.
# Environment: DB_PROVIDER, one of supabase, planetscale, neon, railway; the rest is said in providers/PROVIDER.sh
# Exit status: 0 asked for and accepted by the provider; 1 not done, as said; 3 people have to do it in a dashboard
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$here/common.sh"

require_env DB_PROVIDER
case $DB_PROVIDER in
supabase | planetscale | neon | railway) exec "$here/providers/$DB_PROVIDER.sh" ;;
postgresql) die "a server of our own is not recovered by a provider" "use restore.sh or restore-pitr.sh" ;;
*) die "unknown DB_PROVIDER: $DB_PROVIDER" "one of supabase, planetscale, neon, railway" ;;
esac

#!/usr/bin/env bash
# Makes sure that a lost primary cannot come back beside the one that took over: its files are kept, where no start finds them.
# Environment: PGDATA
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env PGDATA
[[ -d $PGDATA ]] || die "no such directory: PGDATA=$PGDATA" "is this the old primary's machine?"
if [[ -f $PGDATA/postmaster.pid ]] && kill -0 "$(head -n 1 "$PGDATA/postmaster.pid")" 2>/dev/null; then
  die "the old primary still runs on $PGDATA" "stop it first: two primaries that both take writes cannot be merged"
fi
fenced=$PGDATA.fenced-$(date -u +%Y%m%d_%H%M%S)
mv -nT -- "$PGDATA" "$fenced"
[[ ! -e $PGDATA ]] || die "$PGDATA could not be moved to $fenced" "look at what is there"
note "what the old primary had and the new one has not is in $fenced"

#!/usr/bin/env bash
# Asks the running shop for its health and its products, as a user's browser would.
# Environment: SHOP_URL, for example http://localhost:5000; WAIT_SECONDS (10) for a shop that is still starting
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=backup-files.sh
source "$here/backup-files.sh"

require_env SHOP_URL
deadline=$((SECONDS + ${WAIT_SECONDS:-10}))

# fetch URL: prints the body; fails unless the answer is 200.
if command -v curl >/dev/null; then
  fetch() {
    curl --silent --show-error --fail --max-time 5 -- "$1"
  }
else
  # A machine that was set up minutes ago may have no curl. Bash itself can speak enough plain HTTP.
  [[ $SHOP_URL == http://* ]] || die "without curl only http:// can be tested, not $SHOP_URL" "install curl"
  fetch() {
    # shellcheck disable=SC2016  # expanded by the inner bash, which exists so that timeout can end it
    timeout 5 bash -c '
      set -euo pipefail
      rest=${1#http://} authority=${rest%%/*}
      host=${authority%%:*} port=80
      [[ $authority != *:* ]] || port=${authority##*:}
      exec 3<>"/dev/tcp/$host/$port"
      printf "GET /%s HTTP/1.0\r\nHost: %s\r\n\r\n" "${rest#*/}" "$authority" >&3
      IFS= read -r status <&3
      cat <&3
      [[ $status == "HTTP/1."?" 200 "* ]] || { printf "%s\n" "$status" >&2; exit 1; }
    ' fetch "$1"
  }
fi

until health=$(fetch "$SHOP_URL/health"); do
  ((SECONDS < deadline)) ||
    die "$SHOP_URL/health does not answer 200" "look at the shop's log; is it started, does it reach its database?"
  sleep 0.2
done
printf 'health: ok\n'
[[ $health == *ok* ]] || die "unexpected answer from $SHOP_URL/health: $health" "is this really the shop?"

until products=$(fetch "$SHOP_URL/api/products"); do
  ((SECONDS < deadline)) ||
    die "$SHOP_URL/api/products does not answer 200" "look at the shop's log"
  sleep 0.2
done
[[ $products == *'"sku"'* ]] ||
  die "the shop is up and lists no product" "run verify-data.sh: the restored database may be empty"
printf 'products: listed\n'

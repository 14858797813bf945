#!/usr/bin/env bash
# Builds the release archive: the service's own classes, how it is started, and an example of its configuration.
# Environment: CLASSPATH; VAULT or APP_FOLDER, beside which "releases" is
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=team.sh
source "$here/team.sh"

require_env CLASSPATH
find_vault
make_work_folder
umask 022
mkdir -p -- "$work/bin" "$work/classes"
IFS=: read -r -a entries <<<"$CLASSPATH"
for entry in "${entries[@]}"; do
  if [[ -f $entry/qrgenerator/QrGenerator.class ]]; then
    cp -r -- "$entry/qrgenerator" "$entry/web" "$work/classes/"
  fi
done
[[ -f $work/classes/qrgenerator/QrGenerator.class ]] || die "the service's classes are not on the class path" "compile them"
cat >"$work/bin/start" <<'START'
#!/usr/bin/env bash
# Starts the service. Environment: JAVA, CLASSPATH of its libraries, and what .env.example names
set -euo pipefail
release=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
libraries=
IFS=: read -r -a entries <<<"$CLASSPATH"
for entry in "${entries[@]}"; do
  # The classes are the release's, wherever else there may be some.
  [[ -f $entry/qrgenerator/QrGenerator.class ]] || libraries+=:$entry
done
exec "$JAVA" -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$release/classes$libraries" qrgenerator.QrGenerator
START
chmod +x "$work/bin/start"
printf 'KEY_PEPPER=change-me\n' >"$work/.env.example"
releases=$VAULT/../releases
mkdir -p -- "$releases"
tar --create --gzip --directory="$work" --file="$releases/.part" bin classes .env.example
printf '%s  qr-generator.tar.gz\n' "$(checksum_of "$releases/.part")" >"$releases/qr-generator.tar.gz.sha256"
mv -- "$releases/.part" "$releases/qr-generator.tar.gz"

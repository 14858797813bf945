# Ends what a site has left when the JVM that made it is gone, however that came about.
#
# Standard input is a pipe whose other end only that JVM has: the kernel closes it when the JVM
# dies. $1 is the site's folder. A JVM that takes its site down itself says "closed" first.
set -u
site=$1
case $site in
  */drillbook-site-*) ;;
  *) exit 64 ;;
esac
trap '' HUP INT QUIT TERM
while read -r word; do
  [ "$word" = closed ] && exit 0
done
[ -d "$site" ] || exit 0
[ -e "$site/kept" ] && exit 0

boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)

# Every process that runs: its number, its parent's, and how a site's notes have it (see proc(5)).
processes() {
  if [ -d /proc/self ]; then
    for stat in /proc/[0-9]*/stat; do
      { read -r line < "$stat"; } 2>/dev/null || continue
      number=${line%% *}
      set -- ${line##*") "}
      # A zombie whose threads still run is none yet.
      [ "$1" = Z ] && [ "${18}" -lt 2 ] || echo "process $number $2 $number ${20}@$boot"
    done
  else
    ps -A -o pid=,ppid= | while read -r number parent; do
      echo "process $number $parent $number"
    done
  fi
}

# The site's own processes, those that inherited its mark, and all that descend from either.
members() {
  {
    processes
    while read -r number start; do echo "noted $number $start"; done < "$site/children"
    grep -lasF "DRILLBOOK_SITE=$site" /proc/[0-9]*/environ | while IFS=/ read -r _ _ number _; do
      echo "marked $number"
    done
  } 2>/dev/null | awk -v self=$$ '
    $1 == "process" { parent[$2] = $3; note[$4 " " $5] = $2; runs[$2] = 1 }
    $1 == "noted" && ($2 " " $3) in note { in_site[note[$2 " " $3]] = 1 }
    $1 == "noted" && ($2 " ") in note { in_site[$2] = 1 }
    $1 == "marked" && $2 in runs { in_site[$2] = 1 }
    END {
      do {
        grown = 0
        for (p in parent) {
          if (!(p in in_site) && parent[p] in in_site) { in_site[p] = 1; grown = 1 }
        }
      } while (grown)
      for (p in in_site) if (p != self) print p
    }'
}

# Who is stopped starts nothing any more: once nobody new is found, all are known. One that ends
# while it is looked for, and has started another just before, can hide that from a single look.
stopped=
looks=0
while [ $looks -lt 3 ]; do
  looks=$((looks + 1))
  new=
  for number in $(members); do
    case "$stopped " in
      *" $number "*) ;;
      *) new="$new $number" ;;
    esac
  done
  if [ -n "$new" ]; then
    kill -STOP $new 2>/dev/null
    stopped="$stopped$new"
    looks=0
  fi
done
[ -z "$stopped" ] || kill -KILL $stopped 2>/dev/null
rounds=0
while [ -n "$(members)" ] && [ $rounds -lt 100 ]; do
  rounds=$((rounds + 1))
  sleep 0.1
done

ls -r "$site/undo" 2>/dev/null | while read -r undo; do
  case $undo in
    *.sh) sh "$site/undo/$undo" && rm -f "$site/undo/$undo" ;;
    *.request) ;;
    *) rm -f "$site/undo/$undo" ;;
  esac
done >/dev/null 2>&1
# An undo that is left, such as a call to a server elsewhere, is for the next run.
if [ -z "$(ls "$site/undo" 2>/dev/null)" ]; then
  rm -rf "$site"
fi

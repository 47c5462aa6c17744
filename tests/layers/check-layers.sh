#!/bin/bash
# Every #include of src goes in the direction that src/README.md draws, and no circle stands between files.
set -eu
cd "$1"
bad=0

# What each room may include of others; a file's own room is always allowed.
declare -A may=(
  [core]=""
  [engine]="core"
  [store]="core"
  [formats]="core"
  [jobs]="core store formats engine/hone-engine-protocol.h"
  [plot]="core"
  [reports]="core store formats plot"
  [cli]="core store formats jobs plot reports"
)
declare -A never=(
  [core]="sqlite3|libsoup|gtk|json-glib|archive|linear|cairo|pango"
  [engine]="sqlite3|libsoup|gtk|archive|cairo|pango"
  [store]="libsoup|gtk|json-glib|archive|linear|cairo|pango"
  [formats]="sqlite3|libsoup|gtk|linear|cairo|pango"
  [jobs]="sqlite3|gtk|linear|archive|cairo|pango"
  [plot]="sqlite3|libsoup|gtk|gdk|json-glib|archive|linear"
  [reports]="sqlite3|libsoup|gtk|linear|archive"
  [cli]="sqlite3|gtk|linear|archive"
)

edges=$(mktemp)
trap 'rm -f "$edges"' EXIT

for file in $(find src -name '*.[ch]' | sort); do
  room=$(echo "$file" | cut -d/ -f2)
  if [ -z "${may[$room]+set}" ]; then
    echo "$file: room “$room” is not known to this test"; bad=1; continue
  fi
  while read -r header; do
    if [[ $header == */* ]]; then
      other=${header%%/*}
      target=src/$header
      if [ "$other" != "$room" ]; then
        allowed=no
        for way in ${may[$room]}; do
          if [ "$way" = "$other" ] || [ "$way" = "$header" ]; then allowed=yes; fi
        done
        case $header in *-private.h) allowed=no ;; esac
        [ "$allowed" = yes ] || { echo "$file: room “$room” may not include “$header”"; bad=1; }
      fi
    else
      target=src/$room/$header
    fi
    if [ -e "$target" ]; then
      echo "$file $target" >>"$edges"
    elif [ "$header" != config.h ]; then
      echo "$file: “$header” is nowhere in this room"; bad=1
    fi
  done < <(sed -nE 's/^ *# *include *"([^"]+)".*/\1/p' "$file")
  if grep -nE "^ *# *include *<(${never[$room]})[^>]*>" "$file"; then
    echo "$file: a library that room “$room” may not use"; bad=1
  fi
done

awk '$1 != $2' "$edges" | sort -u >"$edges.pairs"
if ! tsort "$edges.pairs" >/dev/null 2>"$edges.loops"; then
  sed 's/^tsort: *//' "$edges.loops"; echo "circle between files"; bad=1
fi
rm -f "$edges.pairs" "$edges.loops"
[ -s "$edges" ] || { echo "no include was found: this test looks in the wrong place"; bad=1; }
exit $bad

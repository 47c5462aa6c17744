#!/bin/sh
# Every source with translatable text is listed in po/POTFILES, and every listed one is there.
cd "$1" || exit 1
bad=0
for file in $(grep -rlE '\b(_|N_|C_|ngettext|g_dngettext) ?\(' src ui --include='*.c' 2>/dev/null | sort); do
  grep -qxF "$file" po/POTFILES || { echo "$file is not listed in po/POTFILES"; bad=1; }
done
while read -r file; do
  case $file in ""|\#*) continue ;; esac
  [ -f "$file" ] || { echo "po/POTFILES lists $file, which is not there"; bad=1; }
done <po/POTFILES
exit $bad

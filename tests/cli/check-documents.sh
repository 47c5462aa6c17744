#!/bin/sh
# check-documents.sh HONE-CLI SOURCE: every command and option of the program stands in its man page and its completion, and nothing
# else does.
cli=$1
man=$2/data/man/hone-cli.1
completion=$2/data/completions/bash/hone-cli
bad=0

commands=$("$cli" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p')
[ "$(echo "$commands" | wc -w)" -ge 15 ] || { echo "the help lists too few commands: $commands"; bad=1; }
all=" --version "
for command in $commands; do
  grep -qx "\.Ss $command" "$man" || { echo "the man page has no section $command"; bad=1; }
  grep -q "local commands=.*[\" ]${command}[\" ]" "$completion" || { echo "the completion does not know $command"; bad=1; }
  for option in $("$cli" "$command" --help | grep -oE '^  (-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+'); do
    all="$all $option "
    grep -qE "Fl (q , Fl |h , Fl |o , Fl )?-${option#--}( |$)" "$man" || { echo "the man page does not know $option of $command"; bad=1; }
    sed -n "/^  if \[\[ \$current/,\$p" "$completion" | grep -qE -- "[\" ]$option([\" ]|$)" || [ "$option" = --quiet ] ||
      [ "$option" = --help ] || { echo "the completion does not know $option of $command"; bad=1; }
  done
done
for option in $(grep -oE 'Fl -[a-z-]+' "$man" | sed 's/Fl -/--/' | sort -u) $(grep -oE -- '--[a-z][a-z-]+' "$completion" | sort -u); do
  case $all in *" $option "*) ;; *) echo "$option is documented or completed, but no command has it"; bad=1 ;; esac
done

# What the formats are called stands in three places.
for format in $(sed -n '/^\.Sh FORMATS/,/^\.Sh SIGNALS/p' "$man" | grep -oE '^\.Li [a-z0-9-]+' | cut -c5-); do
  [ "$format" = raw ] || grep -qE "(^|[\" ])${format}([\" ]|\$)" "$completion" || { echo "the completion does not know the format $format"; bad=1; }
done

if command -v man >/dev/null; then
  warnings=$(LC_ALL=C.UTF-8 MANWIDTH=100 man --warnings -E UTF-8 -l "$man" 2>&1 >/dev/null)
  [ -z "$warnings" ] || { echo "$warnings"; bad=1; }
fi
exit $bad

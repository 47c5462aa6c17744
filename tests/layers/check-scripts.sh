#!/bin/sh
# Shell scripts are clean by shellcheck (skipped where it is not installed).
cd "$1" || exit 1
command -v shellcheck >/dev/null || { echo "shellcheck is not installed"; exit 77; }
# shellcheck disable=SC2046
exec shellcheck -x -S warning -e SC1111,SC2034,SC2154 start check packages.sh .ci/run $(find tests data -name '*.sh')

#!/bin/sh
# measures-peers.sh [CASES]: every measure against scikit-learn, SciPy and NumPy on random cases (default 300). Needs build/ and python3-venv;
# the peers are installed into build/measures-peers once.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$here/../../build" && pwd)
venv=$build/measures-peers
python3 -m venv --help >/dev/null 2>&1 || { echo "python3-venv is not installed"; exit 77; }
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import sklearn, scipy' 2>/dev/null || "$venv/bin/pip" install -q scikit-learn scipy || { echo "the peers cannot be installed"; exit 77; }
exec "$venv/bin/python" "$here/measures_peers.py" "$build/tests/bench/measures-of" "$@"

#!/bin/sh
# ngrams-peers.sh [PART…]: quality and time of the n-gram engine beside scikit-learn, on the news texts. Needs build/ and python3-venv; the
# peers go into the user's cache folder once. Parts: folds, files, self-training, time, large.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
engine=$(cd "$here/../.." && pwd)/build/src/engine/hone-engine
news=${HONE_SHARED_DIR:-$here/../../../shared}/data/news
venv=${XDG_CACHE_HOME:-$HOME/.cache}/hone-bench
[ -d "$news" ] || { echo "the news texts are not there: $news"; exit 77; }
[ -x "$engine" ] || { echo "build first: $engine is not there" >&2; exit 1; }
python3 -m venv --help >/dev/null 2>&1 || { echo "python3-venv is not installed"; exit 77; }
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import sklearn, scipy' 2>/dev/null || "$venv/bin/pip" install -q scikit-learn scipy \
  || { echo "the peers cannot be installed"; exit 77; }
# One thread each; the engine's job says so itself.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
exec "$venv/bin/python" "$here/ngrams_peers.py" "$engine" "$news" "$@"

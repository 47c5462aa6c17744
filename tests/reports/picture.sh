#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# picture.sh HONE-CLI FOLDER: a report of the sample project as chromium shows it, light and dark, into FOLDER. Fails where a page is
# blank or dark is not darker; 77 where there is no chromium.
set -eu
cli=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
here=$(cd "$(dirname "$0")/../.." && pwd)
command -v chromium >/dev/null || { echo "chromium is not installed"; exit 77; }
command -v pdftoppm >/dev/null || { echo "poppler-utils is not installed"; exit 77; }

HONE_ENGINE=${HONE_ENGINE:-$(dirname "$cli")/../engine/hone-engine}
export HONE_ENGINE
HOME=$(mktemp -d)
export HOME
trap 'rm -rf "$HOME"' EXIT
sh "$here/data/sample/walk.sh" "$cli" "$HOME/sample" >/dev/null

# shot NAME OPTION…
shot ()
{
  name=$1
  shift
  timeout 120 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,2600 "$@" \
    --screenshot="$folder/$name.png" "file://$HOME/sample/report.html" >/dev/null 2>&1
}
shot light
shot dark --blink-settings=preferredColorScheme=0
pdftoppm -r 60 -png "$HOME/sample/report.pdf" "$folder/page"

python3 - "$folder/light.png" "$folder/dark.png" <<'PYTHON'
import struct, sys, zlib

def brightness(path):
    """Mean of all samples, and how many different ones there are: enough to tell light from dark and written from blank."""
    data = open(path, "rb").read()
    at, raw = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            width, height, depth, color = struct.unpack(">IIBB", data[at + 8:at + 18])
        if kind == b"IDAT":
            raw += data[at + 8:at + 8 + length]
        at += 12 + length
    raw = zlib.decompress(raw)
    bytes_each = {2: 3, 6: 4}[color] * depth // 8
    stride, before, total = width * bytes_each, bytearray(width * bytes_each), 0
    seen = set()
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            a = line[x - bytes_each] if x >= bytes_each else 0
            b, c = before[x], before[x - bytes_each] if x >= bytes_each else 0
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line[x] = (line[x] + (0, a, b, (a + b) // 2, paeth)[kind]) & 255
        seen.update(line[0::bytes_each])
        total += sum(line[0::bytes_each])
        before = line
    return total / (width * height), len(seen)

(light, light_seen), (dark, dark_seen) = (brightness(path) for path in sys.argv[1:])
print(f"mean red: light {light:.0f}, dark {dark:.0f}")
sys.exit(0 if light > 200 and dark < 80 and light_seen > 30 and dark_seen > 30 else 1)
PYTHON

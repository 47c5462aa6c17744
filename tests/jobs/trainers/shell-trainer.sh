#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The least that a trainer can be: it knows of no lock, no signal, no checkpoint. Everything is the first category.
cd "$(dirname "$1")" || exit 1
key=$(sed -n 's/.*"categories":\[{"key":"\([^"]*\)".*/\1/p' job.json)
if grep -q '"kind":"train"' job.json; then
  sleep "${HONE_TEST_SLEEP:-0}"
  echo "$key" >model.txt
  printf '{"event":"done","model":"model.txt","sha256":"%s"}\n' "$(sha256sum model.txt | cut -d' ' -f1)"
else
  sed -n "s/^{\"id\":\"\([0-9]*\)\".*/{\"id\":\"\1\",\"outcome\":\"answered\",\"categories\":[\"$key\"]}/p" input.jsonl >predictions.jsonl
  # The last line has no end: programs forget that.
  printf '{"event":"done","predictions":"predictions.jsonl","sha256":"%s"}' "$(sha256sum predictions.jsonl | cut -d' ' -f1)"
fi

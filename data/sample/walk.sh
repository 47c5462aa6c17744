#!/bin/sh
# walk.sh HONE-CLI FOLDER: the whole loop on the sample project without a display.
# Makes FOLDER anew with the project and its report in HTML, PDF, Markdown, CSV and JSON.
set -eu
cli=$1
folder=$2
sample=$(dirname "$0")

rm -rf "$folder"
mkdir -p "$folder"
project=$folder/sample.hone

step () { printf '\n== %s\n' "$*"; }
hone () { printf '$ hone-cli %s\n' "$*"; "$cli" "$@"; }

step "A project with eight categories, 400 texts to learn from and 400 to validate on"
hone new "$project" --ontology "$sample/ontology.json" --seed 1
hone import "$project" "$sample/headlines.csv" --labels known

# Nothing is chosen by the score: every iteration is kept and shown, in order.
step "Iteration 0 (the baseline) and iteration 1: 40 labels"
hone label "$project" --simulate 40 --order balanced
hone tune "$project" --experiment n-grams --method ngrams --seed 1
for more in 60 100 200; do
  step "$more labels more, and the next iteration"
  hone label "$project" --simulate "$more" --order balanced
  hone tune "$project" --experiment n-grams --method ngrams --seed 1
done

step "What was reached, and is the last iteration better than the first?"
hone evaluate "$project" --experiment n-grams
hone compare "$project" n-grams@0 n-grams@1 n-grams@2 n-grams@3 n-grams@4
for kind in html pdf md csv json; do
  hone report "$project" --experiment n-grams@0 --experiment n-grams@1 --experiment n-grams@2 --experiment n-grams@3 \
    --experiment n-grams@4 --output "$folder/report.$kind"
done
hone verify "$folder/report.json" "$project"

step "Done"
echo "Project: $project"
echo "Report:  $folder/report.html, and the same as .pdf, .md, .csv and .json"

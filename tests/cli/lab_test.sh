#!/usr/bin/env bash
# The page that makes runs: what is written, or why it is not.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

run lab --help
expect_code 0
expect_text "$out" "[FILE]" "--seed N" "--output FILE" "default: lab.html"

run lab
if [[ $code != 0 ]]; then # a program without the engine says how to get it
  expect_code 2
  expect_text "$err" "scripts/lab" "release"
  expect_equal "$(ls ./*.html 2>/dev/null || true)" ""
  finish
  exit
fi
expect_text "$out" "lab.html"
page="$(head -c 4000 lab.html)"
expect_text "$page" "<title>indoubt lab</title>" "'wasm-unsafe-eval'" "default-src 'none'"
cp lab.html first.html
run lab
expect_equal "$(cmp first.html lab.html 2>&1)" "" # the same bytes again

# A file with a sweep and profiles becomes one text, with the seed that is asked for.
run lab "$library/published-sample-leaks.json" --cell 2 --seed 7 -o leaks.html
expect_code 0
expect_text "$(grep -o 'variant[^}]*hardened' leaks.html | head -n 1)" "hardened"
expect_text "$(grep -o 'first\\": 7' leaks.html | head -n 1)" "7"
expect_equal "$(grep -c '"extends\\"' leaks.html)" "0"

# A file that is whole stays as it was written, comments and all.
{
  echo "// mine"
  small_scenario
} >small.json
run lab small.json -o small.html
expect_code 0
expect_text "$(grep -o '// mine' small.html | head -n 1)" "// mine"

run lab small.json -o small.json
expect_code 2
expect_text "$(head -n 1 small.json)" "// mine"
run lab no-such-file.json -o x.html
expect_code 2
run lab small.json small.json
expect_code 2
expect_equal "$(ls x.html 2>/dev/null || true)" ""

finish

#!/usr/bin/env bash
# scripts/half_measures, with a table of its own: what is not as the table says makes it fail, and
# so does a page that says otherwise.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
script="$library/../../../scripts/half_measures"
if ! command -v python3 >/dev/null; then
  echo "half_measures_test: python3 is missing" >&2
  exit 77
fi
export INDOUBT="$program"

# plant FAMILY KNOWN ROW: a table of one row.
plant() {
  cat >table.json <<JSON
{ "shop": "small/blocking-retry", "deployments": [
  { "title": "A shop", "protocol": "$1", "known": [$2], "why_known": "so it is.", "rows": [$3] } ] }
JSON
}

# measure ARGUMENT... : runs the script; like `run`.
measure() {
  code=0
  "$script" --table table.json --page page.md --for 1s --jobs 1 "$@" >stdout 2>stderr || code=$?
  out="$(cat stdout)"
  err="$(cat stderr)"
  command="half_measures $*"
}

# What is found by the property that it is expected to violate.
lease='"what": "a lease", "options": { "claim": "none" }'
plant outbox "" "\"M-G04\", { $lease, \"instead\": \"copies\" }"
measure
expect_code 0
page="$(cat page.md)"
expect_text "$page" "small/blocking-retry.json" "It finds 1 of 2" \
  "The others violate nothing" "nothing is found in 1 s" \
  '| delete before confirm | mutant M-G04 | `no-loss` | ' " s | order 1: it was committed" \
  '| a lease | `claim: none` | nothing that is judged | nothing in 1s | copies |'
measure --check
expect_code 0
measure --only M-G04
expect_code 0
expect_text "$out" "It finds 1 of 1 half measures"
expect_equal "$(cat page.md)" "$page"
measure --only M-G99
expect_code 1
expect_text "$err" "there is no such row"

# Times are not compared, and what is found is.
sed -i 's/| [0-9.]* s |/| 59.9 s |/' page.md
measure --check --only M-G04
expect_code 0
sed -i 's/| 59.9 s |/| **not in 1s** |/' page.md
measure --check --only M-G04
expect_code 1
expect_text "$err" 'mutant M-G04 | `no-loss`: found, and the page says not found'
plant outbox "" '"M-G04"'
measure --rows
expect_code 1
expect_text "$err" '`claim: none` | nothing that is judged: on the page, and not in the table'

# What cannot be found is said, and is a failure whatever the page says.
plant outbox "" "{ $lease, \"property\": \"no-loss\" }"
measure
expect_code 1
expect_text "$(cat page.md)" "**not in 1s**"
measure --check
expect_code 1
expect_text "$err" 'a lease (`claim: none`): not found'

# So is what is found though nothing should be, and what is found by another property.
plant outbox "" '{ "mutant": "M-G04", "instead": "nothing" }'
measure
expect_code 1
expect_text "$err" "delete before confirm (mutant M-G04): order 1"
plant outbox "" '{ "mutant": "M-G04", "property": "exactly-once" }'
measure
expect_code 1
expect_text "$err" "delete before confirm (mutant M-G04): not found"

# Correct code that violates something must be expected to, and then it says nothing of a plant.
plant two-phase-commit '"non-blocking"' '"M-A02"'
measure
expect_code 1
expect_text "$err" "A shop: without a half measure: order 1"
plant two-phase-commit '"durability"' '"M-A02"'
measure
expect_code 1
expect_text "$err" "correct code violates durability as well"
plant outbox "" '"M-Z99"'
measure
expect_code 1
expect_text "$err" "there is no mutant M-Z99"

# The page of this repository has the rows of its table, whose mutants there are.
code=0
"$script" --rows >stdout 2>stderr || code=$?
err="$(cat stderr)"
command="half_measures --rows"
expect_code 0
expect_equal "$err" ""
finish

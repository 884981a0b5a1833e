#!/usr/bin/env bash
# Exit codes and their precedence: 2 before 1 before 3 before 0.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

small_scenario "" '{ "property": "atomicity", "verdict": "holds" }' >good.json
small_scenario "" '{ "property": "atomicity", "verdict": "violated" }' >failing.json
small_scenario "" '{ "property": "reservation-expiry", "verdict": "holds" }' >open.json
echo '{' >broken.json

run run good.json
expect_code 0
run run failing.json
expect_code 1
expect_text "$out" "not as expected" "indoubt trace failing.json --seed 1"
run run open.json
expect_code 3
expect_text "$out" "inconclusive"
run run broken.json
expect_code 2
run run missing.json
expect_code 2
expect_text "$err" "missing.json: error:"

run run good.json open.json
expect_code 3
run run open.json failing.json good.json
expect_code 1
run run failing.json broken.json open.json
expect_code 2
expect_text "$out" "not as expected"  # the others are still checked

# With fewer runs than the file asks for, what did not come may yet come.
run run failing.json --runs 19
expect_code 3
run run failing.json --seed 1
expect_code 3
run run failing.json --runs 21
expect_code 1
small_scenario "" '{ "sometimes": "refused" }' >never.json
run run never.json
expect_code 1
run run never.json --runs 5
expect_code 3
small_scenario "" '{ "metric": "messages", "max": 3 }' >dear.json
run run dear.json
expect_code 1
run run dear.json --runs 5
expect_code 1

# Nobody reads, or nothing can be written.
run run good.json
"$program" run good.json 2>stderr | head -n 1 >/dev/null || true
expect_equal "$(cat stderr)" ""
if [[ -w /dev/full ]]; then
  code=0
  "$program" run good.json >/dev/full 2>stderr || code=$?
  command="run >/dev/full"
  expect_code 2
  expect_text "$(cat stderr)" "cannot write to standard output"
fi
code=0
"$program" --version >&- 2>stderr || code=$?
command="--version >&-"
expect_code 2

# An interrupt shows what is finished.
"$program" run "$library/lossy-afternoon.json" --runs 100000000 --jobs 2 >stdout 2>stderr &
pid=$!
sleep 2
kill -INT "$pid"
code=0
wait "$pid" || code=$?
command="run, interrupted"
expect_code 130
expect_text "$(cat stdout)" "inconclusive (interrupted)" "cell"

# interrupt ARGUMENT... : starts the program and interrupts it once it is under way.
interrupt() {
  command="indoubt $*, interrupted"
  "$program" "$@" --jobs 2 >stdout 2>stderr &
  pid=$!
  sleep 2
  kill -INT "$pid"
  code=0
  wait "$pid" || code=$?
  expect_code 130
  out="$(cat stdout)"
}

# What is written then says that it is not all; a scenario that was not begun is told of, too.
both=("$library/lossy-afternoon.json" "$library/good-day.json")
interrupt run "${both[@]}" --runs 100000000 --format junit --out partial
expect_text "$out" '<property name="complete" value="false"/>' \
  'testsuite name="food-delivery/good-day"'
expect_text "$(cat partial/*.json)" '"complete":false}'
interrupt compare "${both[@]}" --runs 1000000 --json partial.json --csv partial.csv \
  --markdown partial.md
expect_text "$out" "Partial: not everything that was asked for was run."
expect_text "$(<partial.json)" '"complete":false}'
expect_text "$(<partial.csv)" ",,,partial,,,,,0"
expect_text "$(<partial.md)" "**Partial: not everything"
finish

#!/usr/bin/env bash
# What finds planted mistakes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
small="$library/../small"

run list mutants --detect "$small/one-order.json" --mutant M-A06
expect_code 0
expect_text "$out" "mutant" "violates" "schedules" "M-A06" "two-phase-commit" "small/one-order 1" \
  "agreement" "10/10" "1 of 1 mutant found: 1 by both strategies"

# A second file after WHAT: what the first does not show may show there.
run list mutants "$small/last-unit.json" --detect "$small/one-order.json" --mutant M-A08 \
  --format json
expect_code 0
expect_text "$out" '{"format":1,"mutants":[{"mutant":"M-A08","mistake":"locks_not_restored"' \
  '"found":true' '"scenario":"small/last-unit ' '"property":"exclusive-hold"' '"weak":false' \
  '"exhaustive":{"found":true,"faults":2,'

# Two families there have a coordinator that is told of work.
run list mutants --detect "$small/one-order.json" --mutant coordinator.skip-force.worked \
  --format markdown
expect_code 0
expect_text "$out" "| mutant | protocol |" "0 of 2 mutants found" \
  "2 behave as the correct code does" \
  "Equivalent as far as was tried"

# A known limit of the correct code is marked: there the mistake may only shift it.
run list mutants --detect "$small/one-order.json" --mutant X-2PC-04
expect_text "$out" "non-blocking (*)" "(*) The correct code violates this property as well"

# Several at once are one row, and those that cannot be made together say why.
run list mutants --detect "$small/one-order.json" --mutant M-A06,M-A02
expect_code 0
expect_text "$out" "M-A02,M-A06" "1 of 1 mutant found"

wrong() {
  local part="$1"
  shift
  run "$@"
  expect_code 2
  expect_text "$err" "$part"
  expect_equal "$out" ""
}
wrong "both replace the role of" list mutants --detect "$small/one-order.json" \
  --mutant M-A02,X-2PC-03
wrong "--detect is for mutants" list faults --detect "$small/one-order.json"
wrong "--mutant is for --detect" list mutants --mutant M-A02
wrong "--mutant: unknown mutant 'M-A0'" list mutants --detect "$small/one-order.json" --mutant M-A0
wrong "nowhere.json" list mutants --detect nowhere.json
wrong "--format markdown is for --detect" list mutants --format markdown

# Scenarios whose expectations are about searches: all that is found is expected.
run explore "$library/../../explore/one-order.json" --exhaustive 2 --one-order --format json
expect_code 0
expect_text "$out" '"strategy":"exhaustive"' '"max_faults":2,"complete":true' '"violations":[]'
run explore "$library/../../explore/three-services.json" --exhaustive 2 --one-order \
  --kinds crash,drop --format json
expect_code 0
expect_text "$out" '"menu":["crash","drop"]' '"complete":true' '"violations":[]'
finish

#!/usr/bin/env bash
# A failing run, made small.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# number KEY : the figure after "KEY a -> " in the summary.
left() { sed -n "s/^  $1 .* -> //p" stdout; }

# The published sample's defect is expected, and worth shrinking all the same.
run shrink "$library/published-sample-leaks.json" --property no-leak
expect_code 0
expect_text "$err" "seed 1 of cell 1 (variant=as-published): no-leak is violated, as expected"
name="food-delivery/published-sample-leaks/reservation-as-published/no-leak"
expect_text "$out" "\"name\": \"$name\"" \
  '"verdict": "violated"' '"variant": "as-published"' '"do": "drop"' \
  '"seeds": { "first": 1, "count": 1 }' "The hardened variant passes."
expect_no_text "$out" '"limits"'
expect_no_text "$out" '"orders": 1'
cp stdout small.json
run run small.json
expect_code 0
expect_text "$out" "as expected" "no-leak: violated in 1 of 1 run"
run validate small.json
expect_code 0
expect_equal "$err" ""
# The correct form passes on it: then the violation that is expected does not come.
sed 's/, "variant": "as-published"//' small.json >hardened.json
run run hardened.json
expect_code 1
expect_text "$out" "expected: no-leak violated" "found: holds"

# Without a property: what no expectation speaks of comes first.
run shrink "$library/published-sample-leaks.json"
expect_code 0
expect_no_text "$err" "as expected"

# A planted mistake among crashes, cuts, pauses and losses at random.
mkdir folder
run shrink "$library/lossy-afternoon.json" --mutant M-B01 -o folder/lost-commit.json
expect_code 0
expect_text "$out" \
  "Found with the planted mistake M-B01 (pa_forget_commit_early); the correct protocol passes." \
  "indoubt run folder/lost-commit.json" "indoubt trace folder/lost-commit.json" "runs tried"
expect_equal "$(left faults) faults of $(left orders) order" "1 faults of 1 order"
expect_equal "$(ls folder)" "lost-commit.json"
first="$(cat folder/lost-commit.json)"
expect_text "$first" '"mutant": "M-B01"' '"description": "The 1st commit is lost. Then: order 1: '
run run folder/lost-commit.json
expect_code 0
run trace folder/lost-commit.json
expect_code 0
expect_text "$out" "DROPPED" "✗ violated"
sed 's/, "mutant": "M-B01"//' folder/lost-commit.json >correct.json
run run correct.json
expect_code 1
expect_text "$out" "expected: atomicity violated"

# The same again is the same; over what is there already.
run shrink "$library/lossy-afternoon.json" --mutant M-B01 --output folder/lost-commit.json
expect_code 0
expect_equal "$(cat folder/lost-commit.json)" "$first"
# What is small already stays as it is.
run shrink folder/lost-commit.json -o again.json
expect_code 0
expect_text "$err" "is violated"
expect_equal "$(left faults) $(left orders)" "1 1"

# Choosing the run: by seed, by cell, by protocol.
run shrink "$library/lossy-afternoon.json" --mutant M-B01 --seed 4 --property agreement
expect_code 0
expect_text "$err" \
  "seed 4 of cell 1 (protocol=two-phase-commit): agreement is violated: deciders differ"
expect_text "$out" '"name": "food-delivery/lossy-afternoon/two-phase-commit+M-B01/agreement"'
run shrink "$library/lossy-afternoon.json" --mutant R-03 --protocol reservation
expect_code 0
expect_text "$err" "of cell 2 (protocol=reservation)"
run shrink "$library/published-sample-leaks.json" --cell 1 --seed 7 --property atomicity
expect_code 0
expect_text "$err" "seed 7 of cell 1"

# nothing PART ARGUMENT... : exit code 2, a message, nothing on standard output and no file.
nothing() {
  local part="$1"
  shift
  run shrink "$@"
  expect_code 2
  expect_text "$err" "$part"
  expect_equal "$out" ""
}

small_scenario >quiet.json
nothing "there is nothing to shrink: no run violates anything (seeds 1 to 20 of 1 cell)" quiet.json
nothing "no run violates atomicity (seed 5 of 1 cell)" quiet.json --seed 5 --property atomicity
nothing "unknown value 'order'" quiet.json --property order
nothing "did you mean 'no-leak'?" quiet.json --property noleak
nothing "cannot be opened" missing.json
nothing "cannot write nowhere/out.json: there is no folder 'nowhere'" quiet.json -o nowhere/out.json
nothing "cannot write folder: it is a folder; name a file in it" quiet.json -o folder
nothing "the same file is a scenario that is read" quiet.json -o ./quiet.json
nothing "no cell runs a protocol with the mutant 'R-03'" quiet.json --mutant R-03
echo '{' >broken.json
nothing "broken.json" broken.json
if ((EUID != 0)); then
  chmod a-w folder
  nothing "cannot write folder/out.json" "$library/published-sample-leaks.json" -o folder/out.json
fi
finish

#!/usr/bin/env bash
# Searching for counterexamples at random, and what is typed wrong.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
small="$library/../small"

# A mistake is found; what is found is a scenario that fails by itself, and whose correct form
# passes.
run explore "$small/one-order.json" --mutant M-B01 --property agreement --runs 20000 --save found
expect_code 1
expect_text "$out" "small/one-order  ✗" "Violated, and no expectation calls for it" \
  "✗ agreement" \
  "indoubt run found/" "indoubt trace found/" "Seen in what share of the runs" "drop" "sometimes"
expect_equal "$err" ""
checks=$((checks + 1))
if ! ls found/*.json >/dev/null; then fail "explore saved nothing"; fi
for file in found/*.json; do
  run run "$file"
  expect_code 0
  run trace "$file"
  expect_code 0
  sed 's/, "mutant": "[^"]*"//' "$file" >correct.json
  expect_no_text "$(cat correct.json)" "mutant"
  run run correct.json
  expect_code 1
done

# The correct protocols block when their coordinator is lost, which nothing expects here, and
# nothing else can be found.
run trace "$small/one-order.json"
cells=$(grep -c -- '--cell [0-9]' stderr)
run explore "$small/one-order.json" --runs 3000 --findings 0 --format json --save blocked
expect_code 1
expect_text "$out" '{"format":1,"strategy":"random","seed":1,"menu":["crash"' \
  '"scenario":"small/one-order",' \
  "\"runs\":$((cells * 3000))," '"seen":{"facts":{"voted":' '"faults":{"crash":' \
    '"violations":[{"property":"termination","faults":1,' \
    '"shape":"termination, must block, at service, and coordinator; crash of coordinator '
for property in atomicity agreement truthful-reply no-leak conservation durability; do
  expect_no_text "$out" "\"property\":\"$property\""
done
run explore "$small/one-order.json" --runs 3000 --property atomicity
expect_code 0
expect_text "$out" "nothing found"
checks=$((checks + 1))
if [[ -e counterexamples ]]; then fail "a folder for nothing"; fi

# What a scenario expects to be violated is no finding.
small_scenario '' '{ "property": "termination", "verdict": "violated" },
  { "property": "non-blocking", "verdict": "violated" }' >blocks.json
run explore blocks.json --runs 3000
expect_code 0

# Kinds of faults, and one that never takes place.
run explore blocks.json --runs 500 --kinds drop,delay --format json
expect_code 0
expect_text "$out" '"menu":["drop","delay"]' '"faults":{"crash":0,"pause":0,"partition":0,' \
  '"corrupt":0'
expect_no_text "$out" '"drop":0'
# What breaks every promise is drawn where it is named, and its kind with it.
run explore blocks.json --runs 300 --kinds wipe --property durability --format json --save gone
expect_code 1
expect_text "$out" '"menu":["crash","wipe"]' '"property":"durability"'
run explore blocks.json --exhaustive 1 --one-order --kinds wipe --property durability --save gone
expect_code 1
expect_text "$out" "(crash, wipe)" "loses its disk"
run explore blocks.json --exhaustive 1 --one-order --kinds crash --property durability
expect_code 0
run explore blocks.json --runs 1 --seed 1 --kinds clock
expect_text "$out" "never"

# The result is the same for any number of threads.
for mutant in M-A06 M-A02; do
  run explore blocks.json --mutant $mutant --runs 4000 --jobs 1 --format json --save same
  one="$out"
  run explore blocks.json --mutant $mutant --runs 4000 --jobs 4 --format json --save same
  expect_equal "$out" "$one"
done

# By time.
run explore blocks.json --for 2s
expect_code 0
expect_text "$out" "nothing found"

# A search that never saw what is expected at some time has said nothing of it.
small_scenario '' '{ "sometimes": "expired" }, { "sometimes": "placed" }' >unseen.json
small_scenario '' '{ "sometimes": "placed" }' >seen.json
for how in "--runs 20" "--exhaustive 1 --kinds pause --one-order"; do
  # shellcheck disable=SC2086  # several words
  run explore unseen.json --property conservation $how
  expect_code 3
  expect_text "$out" "inconclusive: something expected was never seen" \
    "expected: sometimes expired."
  expect_no_text "$out" "expected: sometimes placed"
  # shellcheck disable=SC2086
  run explore unseen.json --property conservation $how --format json
  expect_code 3
  expect_text "$out" '"inconclusive":true' '"unseen":[{"index":0,"id":"expired"}]'
  # shellcheck disable=SC2086
  run explore seen.json --property conservation $how --format json
  expect_code 0
  expect_text "$out" '"inconclusive":false' '"unseen":[]'
done

# wrong PART ARGUMENT... : exit code 2, and the part is in what standard error gets.
wrong() {
  local part="$1"
  shift
  run "$@"
  expect_code 2
  expect_text "$err" "$part"
  expect_equal "$out" ""
}
wrong "give one FILE" explore
wrong "give one FILE" explore blocks.json blocks.json
wrong "nowhere.json" explore nowhere.json
wrong "--kinds: unknown value 'crush'; did you mean 'crash'?" explore blocks.json --kinds crush
wrong "--kinds: unknown value ''" explore blocks.json --kinds crash,
wrong "--exhaustive takes a whole number from 0 to 8, not '9'" explore blocks.json --exhaustive 9
wrong "--runs is for random search" explore blocks.json --exhaustive 1 --runs 5
wrong "an exhaustive search has no corrupt" explore blocks.json --exhaustive 1 --kinds corrupt
wrong "only wipe" explore blocks.json --exhaustive 1 --kinds rot
wrong "--for takes a duration such as 60s, not '60'" explore blocks.json --for 60
wrong "--for takes a duration such as 60s, not '0s'" explore blocks.json --for 0s
wrong "--property: unknown value 'atomic'" explore blocks.json --property atomic
wrong "--seed takes a whole number" explore blocks.json --seed -1
wrong "--format: unknown value 'markdown'" explore blocks.json --format markdown
touch file
wrong "cannot write into the folder 'file'" explore "$small/one-order.json" --runs 2000 --save file
finish

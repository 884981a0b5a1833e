#!/usr/bin/env bash
# One run, told.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# A seed in which order 1 was placed, and everybody had voted for another when the coordinator was
# lost: then nobody can be told.
lost=(trace "$library/coordinator-lost.json" --protocol two-phase-commit)
for seed in {1..50}; do
  "$program" "${lost[@]}" --seed "$seed" >found.txt
  "$program" "${lost[@]}" --seed "$seed" --order 1 >order-1.txt
  if grep -q "must block" found.txt &&
    grep -q "that the order is placed" order-1.txt; then
    break
  fi
done
run "${lost[@]}" --seed "$seed"
expect_code 0
expect_text "$out" "two-phase-commit, seed $seed" "fault 'lost': orders crashes for good" \
  "the first that violates termination" "client   sends place_order to orders" \
  "sends vote (yes) to orders" "goes down for good" "on disk now: prepared" \
  "is down and does not get" "The properties, over all orders" "✗ violated  termination" \
    "must block" "events."
expect_equal "$err" ""

run "${lost[@]}" --seed "$seed" --order 1
expect_text "$out" "What happens to order 1 of 12 (as asked)" \
  "client   = learns that the order is placed"
run trace "$library/coordinator-lost.json" --seed 3
expect_text "$out" "seed 3"
cells=$(grep -c -- '--cell [0-9]' stderr)
expect_text "$err" "the first of $cells cells is told" "--cell 2  protocol=reservation"
# A row that the published sample has claimed is never given up.
run trace "$library/../claims/local-message-table.json" --cell 4
expect_text "$out" "writes rows_claimed (for ever)"
run trace "$library/coordinator-lost.json" --cell 2
expect_text "$out" "cell 2 of $cells: protocol=reservation"
expect_equal "$err" ""

# What takes two orders is told of both.
run trace "$library/../guarantees/scarce.json" --seed 1 --cell 17
expect_text "$out" "What happens to orders 5 and 3 of 6 (the first that violates isolation, and" \
  "[order 5] = refuses the order" "[order 3] = packet-" "on disk now: units_assigned of order 3"
run trace "$library/../guarantees/scarce.json" --seed 1 --cell 17 --order 2,6,4
expect_text "$out" "What happens to orders 2, 6 and 4 of 6 (as asked)" "[order 6] "
run trace "$library/../guarantees/scarce.json" --seed 1 --cell 17 --order 2,
expect_code 2
expect_text "$err" "--order takes a whole number from 1 to 4294967295, not ''"

# Fates of messages.
small_scenario '{ "id": "gone", "do": "drop", "match": { "kind": "vote", "from": "store",
  "nth": 1 } },
  { "id": "twice", "do": "duplicate", "match": { "kind": "prepare", "to": "store", "nth": 1 },
    "by": "100ms" },
  { "id": "slow", "do": "delay", "match": { "kind": "prepare", "to": "courier", "nth": 1 },
    "by": "70ms" },
  { "id": "gap", "do": "partition", "at": "125ms", "for": "500ms", "groups": [["orders"],
    ["courier"]] },
  { "id": "skew", "do": "clock", "at": "5ms", "node": "store", "offset": "800ms" },
  { "id": "never", "do": "crash", "node": "store", "when": { "fact": "held",
    "nth": 99 } }' >fates.json
run trace fates.json --as text
expect_text "$out" "DROPPED (fault 'gone': dropped)" "a COPY at" "(fault 'slow': delayed by 70ms)" \
  "CUT, no way there" "its clock now reads 0.805s" "(its clock: 0.8" \
  "fault 'never' did not take place in this run" "its timer resend_due fires"
small_scenario '{ "id": "cr", "do": "crash", "node": "store", "handling": { "kind": "prepare",
  "order": 1, "nth": 1 },
  "effect": 3, "restart_after": "1s" }' >crash.json
run trace crash.json
expect_text "$out" "loses prepared of this order: not on disk yet" "restarts and reads its log"
run trace crash.json --mutant M-A02
expect_text "$out" "mutant M-A02"

# Other forms; tests of the pages read them as other tools do.
for form in html mermaid shiviz perfetto json; do
  run trace fates.json --as "$form"
  expect_code 0
  expect_equal "$err" ""
done
expect_text "$out" '"format": 1' '"end":"dropped"' '"copy_of":' '"end":"cut"'
run trace fates.json --as json --order 2
expect_no_text "$out" '"order":1,"kind"'
run trace fates.json --as pdf
expect_code 2
expect_text "$err" "--as" "pdf"
run trace fates.json --as html --order all --beside crash.json
expect_code 0
expect_text "$out" "<!doctype html>" '"scenarios": ["{'
run trace fates.json --as json --beside crash.json
expect_code 2
expect_text "$err" "--beside: two runs are told --as html or --as shiviz"
run trace fates.json --as html --beside 2
expect_code 2
expect_text "$err" "--beside: the scenario has 1 cell"

# The command that a report gives shows the violation that it is about.
run run "$library/published-sample-leaks.json" --runs 50
replay="$(grep -o 'indoubt trace .*' stdout | head -n 1)"
read -ra words <<<"${replay#indoubt }"
run "${words[@]}"
expect_code 0
expect_text "$out" "✗ violated  atomicity"
finish

#!/usr/bin/env bash
# Several mistakes at once, and the search for the smallest sets of missing safeguards.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
payment="$library/../e-commerce/payment-page-outlives-hold.json"
page="$(<"$library/../../../docs/safeguards.md")"
small="$library/../small"

# Two safeguards cover for each other. Each file replays, and its name and description tell of both.
search=(explore "$payment" --mutants --property exclusive-hold --runs 1)
run "${search[@]}" --save found
expect_code 1
expect_text "$out" "for want of safeguards" "all sets of up to 3 missing safeguards" "298 sets" \
  "no faults but the scenario's own" "while any one of them is there kept" \
  "without M-F02 (expiry_not_checked) and M-F04 (sweeper_blind_write), in 1 of 1 run"
expect_no_text "$out" "without M-F02 (expiry_not_checked), in"
file="$(echo found/*M-F02-M-F04*.json)"
expect_text "$(cat "$file")" '"mutant": ["M-F02", "M-F04"]' '"verdict": "violated"' \
  "planted mistakes M-F02 (expiry_not_checked) and M-F04 (sweeper_blind_write); the correct"
for file in found/*.json; do
  run run "$file"
  expect_code 0
done
run trace "$file"
expect_text "$out" "mutant M-F0"

# Not before both are missing.
for one in M-F02 M-F04; do
  sed "s/\"mutant\": \[[^]]*\]/\"mutant\": \"$one\"/" found/*M-F02-M-F04*.json >one.json
  run run one.json
  expect_code 1
done

# The result does not depend on --jobs, and each set is in the table.
run "${search[@]}" --save again --format json --jobs 1
first="${out//again/found}"
expect_text "$out" '"max_missing":3' '"sets":298' '"missing":["M-F02","M-F04"]'
run "${search[@]}" --save again2 --format json --jobs 3
expect_equal "${out//again2/found}" "$first"
while read -r set; do
  expect_text "$page" "| $set ("
done < <(grep -o '"missing":\["[A-Z0-9-]*' <<<"$out" | sed 's/.*"//')
run "${search[@]}" --save found --format junit
expect_text "$out" "exclusive-hold" "without M-F02"

# What is typed wrong, and what does not go together.
for option in "--mutant M-F02" "--findings 3" "--journal file --exhaustive 1"; do
  read -ra words <<<"$option"
  run explore "$payment" --mutants "${words[@]}"
  expect_code 2
  expect_text "$err" "--mutants and ${words[0]} do not go together"
done
run explore "$payment" --mutants --cell 2
expect_code 2
expect_text "$err" "no cell runs correct code"

# Several mistakes by hand, in whatever order.
run run "$payment" --mutant M-F04,M-F02 --runs 1
expect_code 1
expect_text "$out" "--mutant M-F04,M-F02"
run trace "$payment" --cell 1 --mutant M-F04,M-F02 --seed 1
expect_text "$out" "mutant M-F02,M-F04"
run run "$small/one-order.json" --mutant M-A02,M-A02
expect_code 2
expect_text "$err" "--mutant: 'M-A02' is in the list twice"
run run "$small/one-order.json" --mutant M-A02,M-A99
expect_code 2
expect_text "$err" "--mutant: unknown mutant 'M-A99'"
run run "$small/one-order.json" --mutant M-A02,
expect_code 2
expect_text "$err" "--mutant: unknown mutant ''"
run run "$small/one-order.json" --mutant M-A02,X-2PC-03
expect_code 2
expect_text "$err" "'M-A02' and 'X-2PC-03' both replace the role of"
run run "$small/one-order.json" --mutant M-A02,M-F02
expect_code 2
expect_text "$err" "no cell runs a protocol with the mutants 'M-A02,M-F02'"
run run "$small/one-order.json" --mutant M-A02,coordinator.skip-force.vote --runs 1
expect_code 0
finish

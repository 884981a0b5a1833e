#!/usr/bin/env bash
# Pages about the names that a scenario or a report may have.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# explained PART NAME... : the page of this name has the part.
explained() {
  local part="$1"
  shift
  run explain "$@"
  expect_code 0
  expect_text "$out" "$part"
  expect_equal "$err" ""
}

explained "At rest every order has all of its effects or none." atomicity
expect_text "$out" "ways to violate it" "partly assigned" "planted mistakes that do" "M-A03" \
  "protocol: two-phase-commit"
explained "termination.must block: reason" "must block"
explained "does not apply to: blocking-retry" validity
expect_no_text "$out" "two-phase-commit, reservation"
explained "saga: protocol" saga
expect_text "$out" "variants: hardened, as-published" "supervisor_grace" "default: 2s" "M-E01" \
  "cannot violate: agreement"
# An option gives it somebody for whom an order can be lost.
explained "does not apply to: blocking-retry" no-loss
expect_no_text "$(grep -A 2 "does not apply" stdout)" "event-sourcing"
explained "values: active, passive" participants
text="$out"
explained "default: active" two-phase-commit.participants
expect_equal "$out" "$text"
explained "needs: node" crash
expect_text "$out" "restart_after" "Default: it is down for good."
explained "a kind of: disk" lying
explained "property: durability" M-A02
explained 'bounds: a duration, as "450ms"' commit_latency.p99
explained '"per": "run" bounds the mean' messages
explained "one of forced, some, all, torn" keep

# What several things are called is a list, and what it says to ask for is understood.
explained "Several things are called that" termination
mapfile -t asked < <(sed -n 's/^  [^ ]* explain //p' stdout)
expect_equal "${#asked[@]}" 3
for names in "${asked[@]}"; do
  read -r kind name <<<"$names"
  explained ": $kind" "$kind" "$name"
done
explained "explain option outbox.max_deliveries" max_deliveries
explained "explain mutant local-message-table.M-G03" M-G03

run explain
expect_code 0
for kind in properties reasons protocols options mutants faults facts metrics \
  "keys of scenarios"; do
  expect_equal "$(grep -cx "$kind" stdout)" 1
done
expect_no_text "$out" "skip-force"
checks=$((checks + 1))
if (($(wc -L <stdout) > 100)); then fail "lines of more than 100 columns"; fi

run explain participants --format json
expect_code 0
expect_text "$out" '{"format":1,"pages":[{"kind":"option"' \
  '"full_name":"two-phase-commit.participants"'
expect_equal "$(wc -l <stdout)" 1

# unknown PART ARGUMENT...
unknown() {
  local part="$1"
  shift
  run explain "$@"
  expect_code 2
  expect_text "$err" "$part"
  expect_equal "$out" ""
}
unknown "nothing is called 'atomicty'; did you mean 'atomicity'?" atomicty
unknown "did you mean 'two-phase-commit.participants'?" two-phase-commit.participant
unknown "no fault is called 'crush'; did you mean 'crash'?" fault crush
unknown "no fault is called 'saga'" fault saga
unknown "explain: unknown value 'faults'; did you mean 'fault'?" faults crash
unknown "'run' is a command: 'indoubt help run' explains it" run
unknown "one name at a time" fault crash pause
finish

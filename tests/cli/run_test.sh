#!/usr/bin/env bash
# What run prints: text, JSON, JUnit and files; seeds, protocols and mutants.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

small_scenario "" '{ "property": "atomicity", "verdict": "holds" }' >small.json

run run small.json
expect_code 0
expect_text "$out" "small  ✓ as expected" "seeds 1 to 20" "indoubt 0." "✓ hold: atomicity"
expect_equal "$err" ""
run run small.json --seed 7
expect_text "$out" "1 run, seed 7;"
run run small.json --seed 7 --runs 3
expect_text "$out" "3 runs, seeds 7 to 9"
run run small.json --runs 5
expect_text "$out" "5 runs, seeds 1 to 5"

# Looks: no colours in a pipe, colours on a terminal unless NO_COLOR or a dumb one; ASCII fallback.
expect_no_text "$(cat stdout)" $'\x1b'
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then  # where there are terminals
  on_terminal() { script -qec "$* $program run small.json" /dev/null </dev/null | tr -d '\r'; }
  expect_text "$(on_terminal TERM=xterm)" $'\x1b[32m'
  expect_no_text "$(on_terminal TERM=xterm NO_COLOR=1)" $'\x1b[32m'
  expect_no_text "$(on_terminal TERM=dumb)" $'\x1b'
fi
ascii="$(LC_ALL=C "$program" run small.json)"
command="run with LC_ALL=C"
expect_text "$ascii" "+ as expected"
if LC_ALL=C grep -q '[^ -~]' <<<"$ascii"; then fail "LC_ALL=C: bytes that are not ASCII"; fi

# The same bytes whatever the number of jobs, and from run to run.
many=("$library/lossy-afternoon.json" "$library/coordinator-crash-each-effect.json")
"$program" run "${many[@]}" --runs 700 --format json --jobs 1 >one.json 2>/dev/null
"$program" run "${many[@]}" --runs 700 --format json --jobs 4 >four.json 2>/dev/null
checks=$((checks + 1))
cmp -s one.json four.json || fail "--jobs 1 and --jobs 4 give different JSON"
expect_equal "$(wc -l <one.json | tr -d ' ')" 2

# The seeds of a campaign are those of its parts.
run run small.json --seed 5 --format json
expect_text "$out" '"first_seed":5,"runs":1,'

# Other protocols and planted mistakes.
run run small.json --protocol reservation
expect_code 0
expect_text "$out" "reservation"
run run "$library/good-day.json" --protocol two-phase-commit --runs 5 --format json
expect_no_text "$out" '"protocol":"reservation"'
run run "$library/published-sample-leaks.json" --runs 5 --protocol two-phase-commit
expect_text "$out" "variant 'as-published' is left out"
run run "$library/clock-ahead.json" --protocol two-phase-commit --runs 5
expect_text "$out" "option 'reservation_ttl' is left out"
small_scenario '{ "do": "crash", "at": "30ms", "node": "store", "restart_after": "1s" }' \
  '{ "property": "durability", "verdict": "holds" }' >crash.json
run run crash.json --mutant M-A02
expect_text "$out" "--mutant M-A02"
run run small.json --protocol reservation --mutant M-A02
expect_code 2
expect_text "$err" "no cell runs a protocol with the mutant 'M-A02'"

# A generic mutant acts, from the command line as in a file.
small_scenario '{ "do": "crash", "node": "store", "effect": 1, "restart_after": "1s",
                  "handling": { "kind": "commit", "order": 1 } }' \
  '{ "property": "durability", "verdict": "holds" }' >in-doubt.json
run run in-doubt.json
expect_code 0
run run in-doubt.json --mutant participant.skip-force.prepare
expect_code 1
expect_text "$out" "but its crash" \
  "--mutant participant.skip-force.prepare"
sed 's/"name": "two-phase-commit"/&, "mutant": "participant.skip-force.prepare"/' in-doubt.json \
  >with-mutant.json
run run with-mutant.json
expect_code 1
run trace with-mutant.json
expect_text "$out" "mutant participant.skip-force.prepare"

# Files: complete, one pair for each scenario, names that do not clash.
run run small.json small.json "$library/clock-ahead.json" --runs 5 --out results/deep
expect_code 0
wanted=""
for name in food-delivery-clock-ahead small-2 small; do wanted+="$name.json $name.txt "; done
expect_equal "$(ls results/deep | tr '\n' ' ')" "$wanted"
run run small.json --runs 5 --format json
expect_equal "$(cat results/deep/small.json)" "$out"

# JUnit.
echo '{' >broken.json
run run small.json broken.json --format junit
expect_code 2
expect_text "$out" '<testsuites name="indoubt" tests="2" failures="0" errors="1"' "</testsuites>"
if command -v xmllint >/dev/null; then xmllint --noout stdout || fail "JUnit is not XML"; fi

# Faults that never take place, or have no place here, are told.
small_scenario '{ "id": "late", "do": "crash", "node": "store",
                  "when": { "fact": "held", "nth": 999 } }' >late.json
run run late.json
expect_text "$out" "fault 'late' never took place"

# No report takes the place of a scenario that is read.
mkdir -p own
cp small.json own/small.json
run run own/small.json --runs 2 --out own
expect_code 2
expect_text "$err" "cannot write --out: own/small.json: the same file is a scenario that is read"
expect_equal "$out" ""
cmp -s small.json own/small.json || fail "the scenario is gone"
ln -s ../small.json own/other.json
small_scenario | sed 's/"small"/"other"/' >other.json
run run other.json small.json --runs 2 --out own
expect_code 2
expect_text "$err" "own/other.json: the same file is a scenario that is read"
run run small.json --runs 2 --out -
expect_code 2
expect_text "$err" "does not stand for standard output"
finish

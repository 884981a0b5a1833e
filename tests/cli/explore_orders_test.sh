#!/usr/bin/env bash
# Trying every order of events: what is found says in which order it takes place and replays, and a
# search that is ended goes on from its journal and comes to the same, whatever the threads.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
small="$library/../small"

two two-phase-commit >two.json
two three-phase-commit >three.json

# All orders, all kinds: only what is known is found.
run explore two.json --exhaustive 1
expect_code 1
expect_text "$out" "all orders of events, with all sets of up to 1 fault" \
  "termination, with 1 fault"
run explore two.json --exhaustive 1 --property atomicity --format json
expect_code 0
expect_text "$out" '"strategy":"orders"' '"complete":true' '"complete_faults":1' '"violations":[]'
expect_no_text "$out" '"done":false'

# Threads change nothing, nor does a journal, nor an interruption.
search=(three.json --exhaustive 1 --format json --save found)
run explore "${search[@]}" --jobs 1
expect_code 1
expect_text "$out" '"property":"atomicity","faults":1,'
one="$out"
run explore "${search[@]}" --jobs 4
expect_equal "$out" "$one"
run explore "${search[@]}" --jobs 2 --journal journal
expect_equal "$out" "$one"
run explore "${search[@]}" --journal journal
expect_equal "$out" "$one"
# The head and the first stages are whole.
head -c 2000 journal >part
run explore "${search[@]}" --journal part
expect_equal "$out" "$one"
run explore two.json --exhaustive 1 --journal journal
expect_code 2
expect_text "$err" "belongs to another search"
run explore "${search[@]}" --kinds drop --journal journal
expect_code 2
expect_text "$err" "belongs to another search"

# What was found replays, and says in which order.
found=0
for file in found/*.json; do
  run run "$file"
  expect_code 0
  if grep -q '"order": \[' "$file"; then
    found=1
    run trace "$file"
    expect_text "$out" "these come in this order" "1. "
  fi
done
checks=$((checks + 1))
if ((found == 0)); then fail "no counterexample needs an order"; fi

# Bounds: a stage ends where it has met so many states, and the report says how far it came.
run explore three.json --exhaustive 1 --states 20000 --property durability
expect_code 3
expect_text "$out" "stopped before the end" \
  "complete with up to 0 faults; with 1 fault the orders in"
run explore three.json --exhaustive 8 --for 1s --property durability
expect_code 3
# Ballots grow without end.
sed 's/two-phase-commit/paxos-commit/' two.json >paxos.json
run explore paxos.json --exhaustive 1 --rounds 1 --kinds delay --property durability
expect_code 0
expect_text "$(tr -s ' \n' '  ' <<<"$out")" "go on (--rounds)" \
  "nothing found as far as 1 instant after the last fault"

# Wrong input.
wrong() {
  local part="$1"
  shift
  run explore two.json "$@"
  expect_code 2
  expect_text "$err" "$part"
}
wrong "--one-order is for --exhaustive" --one-order
wrong "--rounds is for --exhaustive over all orders" --exhaustive 1 --one-order --rounds 3
wrong "--states is for --exhaustive over all orders" --runs 10 --states 3
wrong "--rounds takes a whole number from 1 to 200, not '0'" --exhaustive 1 --rounds 0
wrong "--journal is for --exhaustive" --runs 10 --journal journal2

finish

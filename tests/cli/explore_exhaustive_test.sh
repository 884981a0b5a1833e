#!/usr/bin/env bash
# Trying every set of faults: what is found replays, and a search that is interrupted or killed
# goes on from its journal as if nothing had been.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
small="$library/../small"
three=("$small/three-services.json" --cell 1 --one-order)

# Everything that one fault can do to the blocking protocol, each kind once; and all of it replays.
run explore "${three[@]}" --exhaustive 1 --findings 0 --save found --format json
expect_code 1
expect_text "$out" '"strategy":"exhaustive"' \
  '"max_faults":1,"complete":true,"injection_points":71,' \
  '"property":"termination","faults":1,' '"property":"non-blocking","faults":1,'
one="$out"
for file in found/*.json; do
  run run "$file"
  expect_code 0
  expect_text "$(cat "$file")" '"seeds": { "first": 1, "count": 1 }'
done
grep -q '"handling"' found/*.json || fail "no crash is saved by its handling"
run explore "${three[@]}" --exhaustive 1 --findings 0 --save found --format json --jobs 1
expect_equal "$out" "$one"

# It ends after some kinds, always the same, and says that it did not try everything.
for jobs in 1 4; do
  rm -r found
  run explore "${three[@]}" --exhaustive 2 --findings 2 --save found --format json --jobs $jobs
  expect_code 1
  expect_text "$out" '"complete":false'
  checks=$((checks + 1))
  if [[ $(ls found | wc -l) != 2 ]]; then fail "not 2 counterexamples"; fi
  if [[ $jobs == 1 ]]; then first="$out"; else expect_equal "$out" "$first"; fi
done

# Nothing is found: 0. Stopped before the end: 3.
run explore "${three[@]}" --exhaustive 1 --property atomicity
expect_code 0
expect_text "$out" "nothing found" "all sets of up to 1 fault"
run explore "${three[@]}" --exhaustive 8 --property atomicity --for 100ms
expect_code 3
expect_text "$out" "stopped before the end" "some of the sets"

# Where runs end before they can be judged, silence is none: how many, by what, and what to change.
supervised() { # FAMILY, NODES, LIMITS, FAULTS
  cat <<JSON
{ "format": 1, "name": "supervised",
  "nodes": { "orders": { "role": "coordinator" }, "store": { "stock": { "packet": 5 } },
             "courier": { "stock": { "agent": 5 } }$2 },
  "limits": { $3 },
  "workload": { "orders": 1, "takes": { "store": { "packet": 1 }, "courier": { "agent": 1 } } },
  "protocol": { "name": "$1", "variant": "as-published",
                "options": { "supervisor": true, "supervisor_grace": "20s" } },
  "faults": [$4] }
JSON
}
supervised local-message-table "" '"sim_time": "1s", "drain": "40s"' "" >short.json
why="They were still busy 40s after sim_time (limits.drain), or had 2000000 events (limits.events)."
run explore short.json --exhaustive 1 --one-order --property no-loss
expect_code 0
expect_text "$out" "✓ nothing found in the runs that could be judged" \
  "Not judged: 6 of 71 runs by no-loss."
expect_text "$(tr -s ' \n' '  ' <stdout)" "$why"
run explore short.json --exhaustive 1 --one-order --property no-loss --format json
expect_text "$out" \
  '"inconclusive":false,"unjudged":[{"cell":1,"runs":71,"properties":{"no-loss":6},"blind":[],' \
  '"drain_ns":40000000000,"events":2000000}]'
supervised local-message-table "" '"sim_time": "1s", "drain": "100s"' "" >long.json
run explore long.json --exhaustive 1 --one-order --property no-loss
expect_code 0
expect_text "$out" "✓ nothing found
"
expect_no_text "$out" "Not judged"
run explore long.json --exhaustive 1 --one-order --property no-loss --format json
expect_text "$out" '"inconclusive":false,"unjudged":[]'

# A property that no run could be judged by is an open question, however the search was made; the
# journal knows it, too.
supervised outbox ', "broker": { "role": "broker" }' '"sim_time": "10ms", "drain": "1ms"' "" \
  >blind.json
for search in "--exhaustive 1 --one-order" "--runs 500"; do
  run explore blind.json $search --property no-loss
  expect_code 3
  expect_text "$out" "? inconclusive: there is what no run could be judged by" \
    "nothing is known of no-loss"
  run explore blind.json $search --property no-loss --format json
  expect_code 3
  expect_text "$out" '"violations":[],' '"inconclusive":true,' '"blind":["no-loss"]'
  run explore blind.json $search --property exactly-once --findings 1
  expect_no_text "$out" "Not judged"
done
run explore blind.json --exhaustive 1 --one-order --property no-loss --format json \
  --journal blind.journal
expect_code 3
first="$out"
run explore blind.json --exhaustive 1 --one-order --property no-loss --format json \
  --journal blind.journal
expect_code 3
expect_equal "$out" "$first"

# A search that is interrupted, then killed, goes on and comes to the same.
search=("${three[@]}" --exhaustive 3 --kinds crash,drop --property atomicity --format json)
run explore "${search[@]}" --jobs 2
expect_code 0
expect_text "$out" '"complete":true'
whole="$out"

# run_until_journal_has BYTES SIGNAL : starts the search and ends it once its journal is so long.
run_until_journal_has() {
  code=0
  "$program" explore "${search[@]}" --jobs 2 --journal journal >stdout 2>stderr </dev/null &
  local pid=$!
  while kill -0 $pid 2>/dev/null &&
    [[ ! -e journal || $(stat -c %s journal) -lt $1 ]]; do
    sleep 0.01
  done
  kill "-$2" $pid 2>/dev/null || true
  wait $pid || code=$?
  out="$(cat stdout)"
  command="the search, ended by $2"
}
run_until_journal_has 100000 INT
if [[ $code != 0 ]]; then expect_code 130; expect_text "$out" '"complete":false'; fi
run_until_journal_has 600000 KILL
if [[ $code != 0 ]]; then expect_code 137; fi
size=$(stat -c %s journal)
checks=$((checks + 1))
if ((size < 600000)); then fail "the journal lost what it had: $size bytes"; fi
run explore "${search[@]}" --jobs 3 --journal journal
expect_code 0
expect_equal "$out" "$whole"

# It is done now; another search does not touch it.
cp journal before
run explore "${search[@]}" --journal journal
expect_equal "$out" "$whole"
run explore "${search[@]}" --seed 2 --journal journal
expect_code 2
expect_text "$err" "belongs to another search" "'seed 1' there, 'seed 2' here"
run explore "${search[@]}" --mutant M-A02 --journal journal
expect_code 2
expect_text "$err" "belongs to another search"
checks=$((checks + 1))
cmp -s journal before || fail "the journal of another search was changed"
run explore "$small/three-services.json" --runs 1 --journal journal
expect_code 2

finish

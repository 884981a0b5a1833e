#!/usr/bin/env bash
# Exhaustive searches over many machines: whoever makes which share, whoever is killed meanwhile,
# the result is that of one `explore`.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

two three-phase-commit >three.json
two two-phase-commit | sed 's/"format": 1,/"format": 1, "sweep": { "matrix": { "n": [1, 2] } },/
  s/"workload": {/"workload": { "orders": "${n}",/' >sweep.json
run validate sweep.json
expect_text "$out" "2 cells"

# expect_as_explore FILE OPTION... : a campaign in two folders comes to what `explore` finds, to the
# byte, counterexamples included.
expect_as_explore() {
  rm -rf one two first second counterexamples
  run explore "$@"
  local as_explored="$code"
  "$program" explore "$@" --format json >explored.json || true
  run campaign plan "$@" -o one
  expect_code 0
  cp -r one two
  run campaign work one --shard 2/2
  expect_code 0
  run campaign work two --shard 1/3 --jobs 3
  expect_code 0
  run campaign work two --shard 3/3
  expect_code 0
  run campaign work one --shard 2/3
  expect_code 0
  run campaign merge one two -o first
  expect_code "$as_explored"
  run campaign merge two one -o second
  expect_code "$as_explored"
  run campaign merge two one -o second
  expect_code "$as_explored"
  checks=$((checks + 3))
  cmp explored.json first/summary.json || fail "campaign $*: not what explore finds"
  diff -r first second || fail "campaign $*: the order of the folders shows, or a second time"
  mkdir -p counterexamples first/counterexamples
  diff -r counterexamples first/counterexamples || fail "campaign $*: other counterexamples"
}
expect_as_explore three.json --exhaustive 1 --kinds partition,pause
expect_text "$(<first/summary.json)" '"strategy":"orders"' '"file":"counterexamples/'
expect_as_explore three.json --exhaustive 1 --states 2000
expect_text "$(<first/summary.json)" '"complete":false'
expect_as_explore three.json --exhaustive 2 --one-order --kinds pause,drop
expect_text "$(<first/summary.json)" '"strategy":"exhaustive"' '"property":"atomicity"'
expect_as_explore sweep.json --exhaustive 1 --one-order --seed 5
expect_as_explore sweep.json --exhaustive 1 --one-order --mutant M-A06 --property agreement \
  --kinds pause
expect_text "$(<first/summary.json)" '"property":"agreement"'
expect_as_explore sweep.json --exhaustive 0 --one-order --protocol saga

# What is missing is named, and nothing is made of a part.
run campaign plan three.json --exhaustive 2 --one-order --kinds drop,pause -o calm
expect_code 0
expect_text "$out" "1 cell to search, in " "campaign work calm"
cp -r calm killed
run campaign status calm --shards 4
expect_code 3
expect_text "$out" "calm: 0 of " "--array=1-4"
run campaign merge calm --shards 4
expect_code 3
expect_text "$err" "units missing: 0-" "of the shards 1-4"
if [[ -e calm/summary.json ]]; then fail "a part was taken for the whole"; fi
run campaign submit calm --engine parallel --shards 4
expect_text "$out" "--shard {}/4 --jobs 1 ::: 1 2 3 4 &&"

# Whoever is killed loses no more than what is under way.
run campaign work calm --shard 1/1
expect_code 0
run campaign merge calm
expect_code 1
RANDOM=1
hit=0
for ((i = 0; i < 12; ++i)); do
  if "$program" campaign status killed >status; then rm killed/units/*[13579].json; fi
  "$program" campaign work killed --shard "$((i % 3 + 1))/3" >/dev/null 2>&1 &
  pid=$!
  sleep "0.$(printf '%03d' $((20 + RANDOM % 200)))"
  if kill -KILL "$pid" 2>/dev/null; then hit=$((hit + 1)); fi
  wait "$pid" 2>/dev/null || true
done
if ((hit == 0)); then fail "no worker was there to be killed"; fi
run campaign work killed --shard 1/1
expect_code 0
run campaign merge killed
expect_code 1
for name in summary.json counterexamples units; do
  checks=$((checks + 1))
  diff -r -x '*.tmp-*' "calm/$name" "killed/$name" || fail "$name differs after $hit kills"
done

# A worker that is stopped ends in the middle of a share, which it does not keep.
run campaign plan sweep.json --exhaustive 3 -o long
expect_code 0
stop_worker() {
  "$program" campaign work long --shard "$3" --jobs 1 >stdout 2>stderr &
  local pid=$!
  sleep 2
  kill "-$1" "$pid"
  code=0
  wait "$pid" || code=$?
  command="work, by SIG$1"
  expect_code "$2"
}
# The last stage of three faults and two orders is that of all orders.
stop_worker TERM 143 40/40
stop_worker INT 130 40/40
run campaign work long --shard 40/40 --time-budget 1s
expect_code 3
expect_text "$out" "0 units made, 1 left"
expect_equal "$(ls long/units)" ""

# Files that are not what was written.
sed -i 's/"share":\[/"share":[1,/' killed/units/000003.json
run campaign merge killed
expect_code 2
expect_text "$err" "killed/units/000003.json is damaged; remove it"
rm killed/units/000003.json
run campaign merge killed
expect_code 3
expect_text "$err" "1 unit missing: 3"
run campaign merge killed calm -o both
expect_code 1
run campaign merge calm long
expect_code 2
expect_text "$err" "long is another campaign than calm"

# wrong PART ARGUMENT... : the part is in the message.
wrong() {
  local part="$1"
  shift
  run campaign "$@"
  expect_code 2
  expect_text "$err" "$part"
  expect_equal "$out" ""
}
wrong "--kinds is for searches" plan three.json --kinds crash -o x
wrong "--one-order is for searches" plan three.json --one-order -o x
wrong "--unit-size is for runs" plan three.json --exhaustive 1 --unit-size 7 -o x
wrong "--runs is for random search" plan three.json --exhaustive 1 --runs 7 -o x
wrong "--rounds is for --exhaustive over all orders" plan three.json --exhaustive 1 --one-order \
  --rounds 3 -o x
wrong "unknown" plan three.json --exhaustive 1 --kinds crush -o x
wrong "--findings" plan three.json --exhaustive 1 --findings 1 -o x
wrong "--kinds is nothing to 'campaign work'" work calm --shard 1/1 --kinds crash
if [[ -e x ]]; then fail "a folder was made for nothing"; fi
finish

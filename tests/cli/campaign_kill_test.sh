#!/usr/bin/env bash
# A worker of a campaign is killed again and again, at any time. What it leaves is whole units, and
# those who go on come to the same bytes as if nobody had been killed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
kills=40
small_scenario '{ "id": "x", "do": "crash", "node": "store", "at": "1ms", "restart_after": "1s" }' \
  >small.json

run campaign plan small.json --runs 4000 --unit-size 20 -o calm
cp -r calm killed
run campaign work calm --shard 1/1
expect_code 0
run campaign merge calm
expect_code 0

RANDOM=1
hit=0
for ((i = 0; i < kills; ++i)); do
  # If it was too quick to be killed, there is more to do.
  if "$program" campaign status killed >/dev/null; then rm killed/units/*[02468].json; fi
  "$program" campaign work killed --shard 1/1 --jobs 2 >/dev/null 2>&1 &
  pid=$!
  sleep "0.$(printf '%03d' $((RANDOM % 120)))"
  if kill -KILL "$pid" 2>/dev/null; then hit=$((hit + 1)); fi
  wait "$pid" 2>/dev/null || true
  code=0
  "$program" campaign merge killed >stdout 2>stderr || code=$?
  command="merge after kill $i"
  if [[ $code != 0 ]]; then expect_code 3; fi
done
if ((hit < kills / 4)); then fail "only $hit of $kills workers were there to be killed"; fi

run campaign work killed --shard 1/1
expect_code 0
run campaign merge killed
expect_code 0
for file in summary.json results.sqlite; do
  checks=$((checks + 1))
  cmp "calm/$file" "killed/$file" || fail "$file differs after $hit kills"
done
checks=$((checks + 1))
diff -r calm/units killed/units >differing || grep -q . differing
if grep -v 'tmp-' differing; then fail "units differ"; fi
finish

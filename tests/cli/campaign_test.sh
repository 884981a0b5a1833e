#!/usr/bin/env bash
# Campaigns over many machines: whoever makes which unit, the result is that of one `run`.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

holds='{ "property": "atomicity", "verdict": "holds" }'
small_scenario '{ "id": "x", "do": "crash", "node": "store", "at": "1ms", "restart_after": "1s" }' \
  "$holds" >small.json
sed 's/"seeds"/"matrix": { "n": [1, 2, 3] }, "seeds"/; s/"orders": 3/"orders": "${n}"/' \
  small.json >sweep.json
run validate sweep.json
expect_text "$out" "3 cells"

# expect_as_run FILE OPTION... : a campaign in two folders comes to what `run` says, to the byte.
expect_as_run() {
  rm -rf one two first second
  "$program" run "$@" --format json >run.json || true
  run run "$@"
  local as_run="$code"
  run campaign plan "$@" --unit-size 7 -o one
  expect_code 0
  cp -r one two
  run campaign work one --shard 1/3
  expect_code 0
  run campaign work two --shard 2/3 --jobs 3
  expect_code 0
  run campaign work two --shard 3/3
  expect_code 0
  run campaign merge one two -o first
  expect_code "$as_run"
  if ! cmp run.json first/summary.json; then fail "campaign $*: not what run says"; fi
  run campaign merge two one two/ -o second
  expect_code 2
  run campaign merge two one -o second
  expect_code "$as_run"
  if ! cmp first/summary.json second/summary.json || ! cmp first/results.sqlite \
    second/results.sqlite; then fail "campaign $*: the order of the folders shows"; fi
}
expect_as_run sweep.json --runs 50
expect_as_run small.json
expect_as_run small.json --seed 5 --runs 10 --mutant M-A02
expect_as_run sweep.json --protocol saga
small_scenario "" '{ "property": "atomicity", "verdict": "violated" }' >failing.json
expect_as_run failing.json
expect_as_run failing.json --runs 5
run campaign merge one two
expect_equal "$(head -c 15 one/results.sqlite)" "SQLite format 3"

# Merging again changes nothing, and a store with all of it twice is as good.
rm -rf all
run campaign plan sweep.json --runs 40 --unit-size 16 -o all
expect_text "$out" "3 cells, 40 runs of each, in 9 units of up to 16 runs"
run campaign status all --shards 4
expect_code 3
expect_text "$out" "0 of 9 units done" "9 units missing: 0-8" "--array=1-4"
run campaign work all --shard 2/4
expect_text "$out" "shard 2 of 4: 2 units made, 0 left"
run campaign status all --shards 4
expect_text "$out" "2 of 9 units done" "missing: 0,2-4,6-8" "--array=1,3,4"
run campaign merge all --shards 4
expect_code 3
expect_text "$err" "7 units missing: 0,2-4,6-8" "of the shards 1,3,4"
if [[ -e all/summary.json ]]; then fail "a part was taken for the whole"; fi
run campaign work all --shard 1/1
expect_text "$out" "7 units made, 0 left"
run campaign work all --shard 1/1
expect_text "$out" "0 units made, 0 left"
run campaign merge all
expect_code 0
cp all/results.sqlite all/summary.json .
cp -r all copy
run campaign merge all copy
expect_code 0
cmp summary.json all/summary.json && cmp results.sqlite all/results.sqlite || fail "merged again"
run campaign status all --shards 4
expect_code 0
expect_equal "$out" "all: 9 of 9 units done"

# Whoever is told only the plan can work; nobody needs the scenario, or what it extends.
mkdir -p profiles elsewhere/units
echo '{ "network": { "loss": 0.1 } }' >profiles/lossy.json
sed 's/"format": 1,/"format": 1, "extends": ["profiles\/lossy.json"],/' small.json >lossy.json
run run lossy.json --format json
as_run="$out"
run campaign plan lossy.json -o lossy
expect_code 0
rm -r profiles lossy.json
mkdir there
cp lossy/plan.json there
run campaign work there --shard 1/1
expect_code 0
run campaign merge lossy there
expect_code 0
expect_equal "$(<lossy/summary.json)" "$as_run"

# The number of a task is that of the scheduler, from 1 with Slurm, from 0 elsewhere.
run campaign plan small.json --unit-size 10 -o tasks
SLURM_ARRAY_TASK_ID=2 run campaign work tasks --shard auto/2
expect_text "$out" "shard 2 of 2: 1 unit made"
JOB_COMPLETION_INDEX=0 run campaign work tasks --shard auto/2
expect_text "$out" "shard 1 of 2: 1 unit made"
OMPI_COMM_WORLD_RANK=1 run campaign work tasks --shard auto/2
expect_text "$out" "shard 2 of 2: 0 units made"
SLURM_ARRAY_TASK_ID=0 run campaign work tasks --shard auto/2
expect_code 2
expect_text "$err" "SLURM_ARRAY_TASK_ID is '0'"
JOB_COMPLETION_INDEX=2 run campaign work tasks --shard auto/2
expect_code 2
run campaign work tasks --shard auto/2
expect_code 2
expect_text "$err" "nothing says which task this is"

# What stops a worker leaves whole units. It ends as whoever stopped it expects.
run campaign plan small.json --runs 2000000 --unit-size 50 -o long
run campaign work long --shard 1/1 --time-budget 500ms
expect_code 3
expect_no_text "$out" " 0 units made"
stop_worker() {
  "$program" campaign work long --shard 1/1 >stdout 2>stderr &
  local pid=$!
  sleep 1
  kill "-$1" "$pid"
  code=0
  wait "$pid" || code=$?
  command="work, by SIG$1"
  expect_code "$2"
}
stop_worker TERM 143
stop_worker INT 130
if [[ -n $(find long -name '*.tmp-*') ]]; then fail "something is left to clean up"; fi

# Another build, another plan, and files that are not what was written.
cp "$program" other
printf 'x' >>other
code=0
./other campaign work all --shard 1/1 2>stderr || code=$?
command="another build"
expect_code 2
expect_text "$(<stderr)" "was made by another build"
run campaign plan small.json --runs 41 --unit-size 16 -o another
run campaign merge all another
expect_code 2
expect_text "$err" "another is another campaign than all"
run campaign plan small.json --runs 42 --unit-size 16 -o another
expect_code 2
expect_text "$err" "another/plan.json is another plan"
run campaign plan small.json --runs 41 --unit-size 16 -o another
expect_code 0
cp all/units/000000.json another/units.json
mkdir another/units
mv another/units.json another/units/000000.json
run campaign merge another
expect_code 2
expect_text "$err" "another/units/000000.json belongs to another campaign"
sed -i 's/"runs":16/"runs":17/' copy/units/000003.json
run campaign merge copy
expect_code 2
expect_text "$err" "copy/units/000003.json is damaged; remove it"
: >copy/units/000003.json
run campaign merge copy
expect_code 2
rm copy/units/000003.json
run campaign merge copy
expect_code 3
sed -i 's/"runs_of_each_cell": 40/"runs_of_each_cell": 41/' copy/plan.json
run campaign work copy --shard 1/1
expect_code 2
expect_text "$err" "copy/plan.json is damaged"

# What cannot be written is told, by whichever thread it was, and leaves nothing.
run campaign plan small.json --unit-size 2 -o full
(
  trap '' XFSZ
  ulimit -f 0
  "$program" campaign work full --shard 1/1 --jobs 2 2>&1 || echo "code $?"
) | cat >stdout
command="work, on a full disk"
expect_text "$(<stdout)" "cannot write full/units/00000" "File too large" "code 2"
expect_equal "$(ls full/units)" ""
rmdir full/units
touch full/units
run campaign work full --shard 1/1
expect_code 2
expect_text "$err" "cannot write into the folder 'full/units'"

# Scripts are printed, for the shards that are not done, and are valid.
run campaign submit long --engine slurm --shards 3
expect_code 0
expect_text "$out" "--array=1-3" "--shard auto/3" "afterok"
sh -n stdout || fail "slurm: not a valid script"
run campaign submit tasks --engine slurm --shards 2 --print
expect_text "$err" "all units are there"
rm tasks/units/000001.json
run campaign submit tasks --engine parallel --shards 2
expect_text "$out" "--shard {}/2 --jobs 1 ::: 2 &&"
sh -n stdout || fail "parallel: not a valid script"
run campaign submit tasks --engine k8s --shards 2
expect_text "$out" "completions: 2" '"auto/2"'

# wrong PART ARGUMENT... : the part is in the message.
wrong() {
  local part="$1"
  shift
  run campaign "$@"
  expect_code 2
  expect_text "$err" "$part"
  expect_equal "$out" ""
}
wrong "what of it?"
wrong "did you mean 'merge'?" marge all
wrong "--shard is nothing to 'campaign plan'" plan small.json -o x --shard 1/1
wrong "into which folder?" plan small.json
wrong "give one FILE" plan -o x
wrong "standard input is read only once" plan - -o x
wrong "--unit-size takes a whole number" plan small.json -o x --unit-size 0
wrong "there.json: error" plan there.json -o x
wrong "which share of the work?" work all
wrong "not '3'" work all --shard 3
wrong "not '1/0'" work all --shard 1/0
wrong "not 'x/2'" work all --shard x/2
wrong "counted from 1 to 2" work all --shard 3/2
wrong "counted from 1 to 2" work all --shard 0/2
wrong "--time-budget takes a duration" work all --shard 1/1 --time-budget soon
wrong "there is no nowhere/plan.json" work nowhere --shard 1/1
wrong "give one DIR" status all copy
wrong "which campaign?" merge
wrong "by what?" submit all
wrong "into how many shards?" submit all --engine k8s
wrong "up to 1000 tasks" submit all --engine slurm --shards 1001
if [[ -e x ]]; then fail "a folder was made for nothing"; fi
finish

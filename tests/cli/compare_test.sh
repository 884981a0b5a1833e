#!/usr/bin/env bash
# Protocols side by side: the tables, the files, and what they say about each other.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

run compare "$library/published-sample-leaks.json" --runs 200 \
  --markdown table.md --csv figures.csv --json figures.json
expect_code 0
expect_text "$out" "Properties" "no-leak" "run by run against" "time to placed" "costs of an order"
expect_text "$out" "200/200 98.1%-100%" "<1.9%"
expect_text "$(<table.md)" "| protocol |" "✗ 200/200" "|---|"
expect_equal "$(head -n 1 figures.csv)" "scenario,protocol,cell,measure,name,value,low,high,count"
expect_text "$(<figures.csv)" ",violated,no-leak,200," ",holds,conservation,0,0,"
expect_text "$(<figures.json)" \
  '{"format":1,"scenarios":[{"scenario":"food-delivery/published-sample-leaks"'
# All numbers are whole.
expect_no_text "$(sed 's/\\"//g; s/"[^"]*"//g' figures.json)" '.'

# One pair of runs cannot tell a difference from chance, and does not say so.
run compare "$library/../e-commerce/good-day.json" --runs 1 --csv one.csv --json one.json
expect_text "$out" "(-48.0)" "always may with fewer than two pairs"
if grep -E '[[:space:]][+-][0-9]' stdout; then fail "a clear difference of one pair"; fi
checks=$((checks + 1))
grep -Eq ',paired,messages_milli,-?[0-9]+,,,1$' one.csv || fail "bounds from one pair in CSV"
expect_text "$(<one.json)" '"low":null,"high":null,"pairs":1'

# One scenario for each class of fault: a table for each property.
run compare "$library/good-day.json" "$library/lossy-afternoon.json" --runs 50
expect_code 0
expect_text "$out" "atomicity" "good-day" "lossy-afternoon"

# The same whatever the number of threads.
first="$out"
run compare "$library/good-day.json" "$library/lossy-afternoon.json" --runs 50 --jobs 1
expect_equal "$out" "$first"

# The sum of all comes last, and says what is missing in it.
expect_text "$out" "
2 scenarios, "
run compare "$library/good-day.json" missing.json --runs 5
expect_code 2
expect_text "$out" "✗ not run          missing.json
1 of 2 scenarios, "

# Scenarios whose names end alike go by as much of them as tells them apart.
small_scenario | sed 's/"small"/"a\/same"/' >a.json
small_scenario | sed 's/"small"/"b\/same"/; s/"two-phase-commit"/"saga"/' >b.json
small_scenario | sed 's/"small"/"b\/same"/' >c.json
run compare a.json b.json "$library/good-day.json" --runs 2
expect_text "$out" "a/same: costs of an order" "b/same: costs of an order" \
  "good-day: costs of an order"
run compare a.json b.json c.json --runs 2 --markdown named.md
expect_text "$out" "a/same: costs of an order" "b.json: costs of an order" \
  "c.json: costs of an order"

# No cell is empty: what a scenario does not run says so.
expect_text "$out" "not run"
expect_text "$(<named.md)" "| not run |"
expect_no_text "$(<named.md)" "|  |"

# Orders without an answer have one name here and in 'run'.
small_scenario '{ "at": "0s", "do": "crash", "node": "orders" }' |
  sed 's/"orders": 3/"orders": 3, "arrivals": "1s"/' >lost.json
run compare lost.json
expect_text "$out" "never" "unknown: the client got no answer in time"
expect_no_text "$out" "unfinished"

# Where nothing goes wrong, costs are what the formulas say.
small_scenario >small.json
run compare small.json --runs 5
expect_code 0
expect_text "$out" "12.0 : 12.0" "5.0 : 5.0" "2n + 4n"

# What a bound left open is shown as open, and what does not apply is said.
small_scenario | sed 's/"quiet_after": "30s"/"quiet_after": "30s", "events": 60/' >bounded.json
run compare bounded.json
expect_text "$out" "atomicity" "ended at a bound"
small_scenario '{ "at": "1s", "do": "crash", "node": "broker" }' >foreign.json
run compare foreign.json
expect_text "$out" "notes" "does not apply"
run compare small.json --runs 5 --mutant M-A06
expect_text "$out" "mutant=M-A06"

run compare small.json --csv same --json same
expect_code 2
run compare
expect_code 2

# The page is one file with everything, its commands name the program, and how many runs are made at
# the same time shows in one line about the wall clock only.
run compare "$library/published-sample-leaks.json" --runs 20 --jobs 1 --html one.html
expect_code 0
run compare "$library/published-sample-leaks.json" --runs 20 --jobs 4 --html four.html
expect_text "$(<one.html)" "<!doctype html>" "Content-Security-Policy" \
  "\"program\":\"$program\"" '"findings":[{"class":0,'
without_wall_clock() { sed 's/"wall_clock":"[^"]*"/"wall_clock":""/' "$1"; }
without_wall_clock one.html >one.plain
without_wall_clock four.html >four.plain
cmp -s one.plain four.plain || fail "the page depends on how many runs are made at the same time"
checks=$((checks + 1))
if cmp -s one.html four.html; then fail "the wall clock is not in the page"; fi
run compare small.json --csv no/such/folder/figures.csv
expect_code 2
expect_text "$err" "cannot write no/such/folder/figures.csv: there is no folder 'no/such/folder'"

# No table takes the place of another or of what is read, whatever it is called, and nothing runs
# then.
nothing() { # PART ARGUMENT... : exit code 2, the message, and nothing is written
  local part="$1"
  shift
  run compare "$@"
  expect_code 2
  expect_text "$err" "$part"
  expect_equal "$out" ""
}
nothing "cannot write --json ./out.x: the same file is --csv out.x" small.json --csv out.x \
  --json ./out.x
mkdir folder
nothing "the same file is" small.json --csv "$PWD/folder/../out.x" --json out.x
[[ ! -e out.x ]] || fail "a table was written"
echo old >out.x
ln -s out.x out.link
ln out.x out.hard
nothing "cannot write --csv out.link: the same file is --markdown out.x" small.json \
  --csv out.link --markdown out.x
nothing "the same file is" small.json --csv out.hard --json out.link
expect_equal "$(<out.x)" "old"
cp small.json kept.json
ln -s kept.json kept.link
for option in --json --csv --markdown; do
  nothing "the same file is a scenario that is read" a.json kept.json $option ./kept.json
  nothing "the same file is a scenario that is read" kept.json $option kept.link
done
cmp -s small.json kept.json || fail "the scenario is gone"
echo '{ "extends": ["kept.json"] }' >extending.json
nothing "the same file is a scenario that is read" extending.json --json kept.json
nothing "'kept.json' and './kept.json' are one file; give it once" kept.json ./kept.json
nothing "'kept.json' and 'kept.link' are one file; give it once" kept.json kept.link
nothing "--json -: this does not stand for standard output" small.json --json -
[[ ! -e - ]] || fail "a file named -"
code=0
"$program" compare small.json --runs 2 --csv stdout >stdout 2>stderr || code=$?
command="compare into standard output"
expect_code 2
expect_text "$(cat stderr)" "the same file is standard output"

# Where nothing was compared nothing is written; where something is missing it says so.
nothing "nope.json" nope.json --json out.x
[[ "$(<out.x)" == old ]] || fail "a file was replaced by nothing"
run compare nope.json small.json --runs 2 --json out.x
expect_code 2
expect_text "$out" "Partial: not everything that was asked for was run."
expect_text "$(<out.x)" '"complete":false}'
run compare small.json --runs 2 --json out.x
expect_text "$(<out.x)" '"complete":true}'

# Two scenarios of one name are two in the figures.
run compare small.json kept.json --runs 2 --csv out.x --json out.json
expect_code 0
expect_text "$(<out.x)" "
small.json,two-phase-commit," "
kept.json,two-phase-commit,"
expect_text "$(<out.json)" '"scenario":"small.json"' '"scenario":"kept.json"'

# What is no file stays what it is, and a link stays a link.
mkfifo pipe
cat pipe >from_pipe.csv &
run compare small.json --runs 2 --csv pipe
expect_code 0
wait
expect_text "$(<from_pipe.csv)" "scenario,protocol,cell,measure"
[[ -p pipe ]] || fail "the pipe is gone"
echo old >target.csv
ln -s target.csv link.csv
run compare small.json --runs 2 --csv link.csv
[[ -L link.csv ]] || fail "the link is gone"
expect_text "$(<target.csv)" "scenario,protocol,cell,measure"
run compare missing.json small.json --runs 2
expect_code 2
expect_text "$err" "missing.json"
expect_text "$out" "Properties"
finish

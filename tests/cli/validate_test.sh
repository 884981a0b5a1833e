#!/usr/bin/env bash
# Wrong scenarios: exit code 2, the exact place, and what was probably meant.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

cat >base.json <<'JSON'
{
  "format": 1,
  "name": "base",
  "limits": { "sim_time": "90s", "quiet_after": "30s" },
  "nodes": {
    "orders": { "role": "coordinator" },
    "store": { "stock": { "packet": 10 }, "disk": { "force": "2ms" } },
    "courier": { "stock": { "agent": 10 }, "decline": 0.1 }
  },
  "network": { "latency": { "dist": "uniform", "min": "1ms", "max": "9ms" }, "loss": 0.01 },
  "workload": { "orders": 3, "takes": { "store": { "packet": 1 }, "courier": { "agent": 1 } } },
  "protocol": { "name": "${protocol}", "options": { "vote_timeout": "1s" } },
  "faults": [
    { "id": "one", "at": "2s", "do": "crash", "node": "store", "restart_after": "1s" },
    { "id": "two", "do": "drop", "match": { "kind": "vote", "nth": 2 } }
  ],
  "sweep": { "matrix": { "protocol": ["two-phase-commit"] }, "seeds": { "first": 1, "count": 5 } },
  "expect": [
    { "property": "atomicity", "verdict": "holds" },
    { "sometimes": "crash", "where": { "protocol": "two-phase-commit" } }
  ]
}
JSON
run validate base.json
expect_code 0
expect_equal "$out" "base.json: valid, 1 cell, 5 seeds, 2 expectations"
expect_equal "$err" ""

# wrong LINE:COLUMN MESSAGE OLD NEW : the base with one text replaced has this error at this place.
wrong() {
  local place="$1" message="$2" old="$3" new="$4" text
  text="$(<base.json)"
  [[ $text == *"$old"* ]] || fail "the base has no '$old'"
  printf '%s\n' "${text/"$old"/"$new"}" >wrong.json
  run validate wrong.json
  command="validate with '$new'"
  expect_code 2
  expect_equal "$out" ""
  expect_text "$err" "wrong.json:$place: error: " "$message"
}

wrong 2:13 'format 2 is not known, only 1' \
  '"format": 1' '"format": 2'
wrong 1:1 'a scenario needs the key '\''form' \
  '"format": 1,' ''
wrong 3:3 'did you mean '\''name'\''?' \
  '"name": "base"' '"nmae": "base"'
wrong 3:19 'duplicate key '\''name'\'', already' \
  '"name": "base",' '"name": "base", "name": "again",'
wrong 4:3 'syntax error: unexpected strin' \
  '"name": "base",' '"name": "base"'
wrong 4:27 'did you mean "90ms"?' \
  '"90s"' '90'
wrong 4:27 'did you mean '\''90ms'\''?' \
  '"90s"' '"90"'
wrong 4:27 'did you mean '\''90s'\''?' \
  '"90s"' '"90 sec"'
wrong 4:27 'this duration cannot be negati' \
  '"90s"' '"-1s"'
wrong 4:49 ''\''quiet_after'\'' is later than '\''s' \
  '"quiet_after": "30s"' '"quiet_after": "100s"'
wrong 5:12 'no node has the role '\''coordina' \
  '"role": "coordinator"' '"role": "coordinater"'
wrong 5:12 'no node has the role '\''coordina' \
  '"orders": { "role": "coordinator" },' ''
wrong 8:26 'there is a coordinator already' \
  '"courier": { "stock"' '"courier": { "role": "coordinator", "stock"'
wrong 7:37 'must be at least 0, not -1' \
  '"packet": 10' '"packet": -1'
wrong 7:37 'expected a whole number, found' \
  '"packet": 10' '"packet": 1.5'
wrong 8:55 'a probability is between 0 and' \
  '"decline": 0.1' '"decline": 1.1'
wrong 8:55 'expected a probability from 0' \
  '"decline": 0.1' '"decline": "0.1"'
wrong 8:68 'did you mean '\''store'\''?' \
  '"decline": 0.1' '"decline": 0.1, "host": "stroe"'
wrong 10:37 'did you mean '\''uniform'\''?' \
  '"uniform"' '"unifrom"'
wrong 10:70 ''\''max'\'' is less than '\''min'\''' \
  '"min": "1ms"' '"min": "10ms"'
wrong 10:27 'a distribution '\''uniform'\'' needs' \
  '"max": "9ms"' '"maxx": "9ms"'
wrong 11:27 'must be at least 1, not 0' \
  '"orders": 3' '"orders": 0'
wrong 11:27 'must be at most 1000000, not 2' \
  '"orders": 3' '"orders": 2000000'
wrong 11:52 'did you mean '\''packet'\''?' \
  '{ "packet": 1 }' '{ "pakcet": 1 }'
wrong 11:41 'unknown service '\''shop'\''' \
  '"takes": { "store"' '"takes": { "shop"'
wrong 12:25 'did you mean '\''two-phase-commit'\''?' \
  '"${protocol}"' '"two-phase-comit"'
wrong 12:25 'did you mean '\''${protocol}'\''?' \
  '"${protocol}"' '"${protocl}"'
wrong 12:53 'did you mean '\''vote_timeout'\''?' \
  '"vote_timeout": "1s"' '"vote_timeut": "1s"'
wrong 12:69 'expected a duration such as "1' \
  '"vote_timeout": "1s"' '"vote_timeout": true'
wrong 14:26 'later than '\''quiet_after'\'' (30s)' \
  '"at": "2s"' '"at": "31s"'
wrong 14:5 'a fault needs a trigger: '\''at'\'',' \
  '"at": "2s", ' ''
wrong 14:32 'a second trigger beside '\''at'\'':' \
  '"at": "2s"' '"at": "2s", "every": "1s"'
wrong 14:38 'did you mean '\''crash'\''?' \
  '"do": "crash"' '"do": "crsh"'
wrong 14:55 'did you mean '\''store'\''?' \
  '"node": "store"' '"node": "stor"'
wrong 14:55 ''\''client'\'' is no machine: it has' \
  '"node": "store"' '"node": "client"'
wrong 14:64 ''\''groups'\'' does not belong to '\''c' \
  '"node": "store"' '"node": "store", "groups": []'
wrong 15:53 'did you mean '\''vote'\''?' \
  '"kind": "vote"' '"kind": "votes"'
wrong 15:68 'must be at least 1, not 0' \
  '"nth": 2' '"nth": 0'
wrong 15:13 'two faults have the id '\''one'\''' \
  '"id": "two"' '"id": "one"'
wrong 17:38 'the list of values is empty' \
  '["two-phase-commit"]' '[]'
wrong 17:59 'unknown protocol '\''pga'\'' (known:' \
  '["two-phase-commit"]' '["two-phase-commit", "pga"]'
wrong 17:94 'must be at least 1, not 0' \
  '"count": 5' '"count": 0'
wrong 17:94 'must be at most 1000000000, no' \
  '"count": 5' '"count": 2000000000'
wrong 19:19 'did you mean '\''atomicity'\''?' \
  '"atomicity"' '"atomictiy"'
wrong 19:43 'did you mean '\''holds'\''?' \
  '"verdict": "holds"' '"verdict": "hold"'
wrong 19:5 'an expectation about a propert' \
  '"verdict": "holds"' '"min": 3'
wrong 20:20 'did you mean '\''crash'\''?' \
  '"sometimes": "crash"' '"sometimes": "crashed"'
wrong 20:52 'no cell has the value "saga" f' \
  '"protocol": "two-phase-commit" } }' '"protocol": "saga" } }'
wrong 20:40 'did you mean '\''protocol'\''?' \
  '"where": { "protocol"' '"where": { "protocoll"'
wrong 2:28 ''\''../x.json'\'' leads out of '\''.'\''' \
  '"format": 1,' '"format": 1, "extends": ["../x.json"],'
wrong 2:28 'there is no file '\''none.json'\'' i' \
  '"format": 1,' '"format": 1, "extends": ["none.json"],'
wrong 4:3 'did you mean '\''limits'\''?' \
  '"limits"' '"limit"'

# Everything at once, with the line and a caret, and other files are still checked.
printf '%s\n' '{ "format": 1, "nmae": "x",' \
  '  "nodes": {}, "workload": { "orders": 0 } }' >many.json
run validate many.json base.json
expect_code 2
expect_text "$err" "many.json:1:16: error: unknown key 'nmae'" $'^~~~~~' "many.json:2:40: error:" \
  "needs the key 'protocol'"
expect_equal "$out" "base.json: valid, 1 cell, 5 seeds, 2 expectations"

# Nothing of a cell is used whose mistake was reported for another cell already.
every_cell() { # MESSAGE, SED PROGRAM
  sed -E 's/"matrix": \{ /&"ttl": ["1s", "2s"], /; s/"vote_timeout": "1s"/"vote_timeout": "${ttl}"/
          '"$2" base.json >cells.json
  local verb
  for verb in validate run; do
    run "$verb" cells.json
    expect_code 2
    expect_equal "$out" ""
    expect_text "$err" "cells.json:" "error: $1"
  done
}
every_cell "no node has the role 'coordinator'" '/"orders": \{/d'
every_cell "a scenario needs the key 'nodes'" '/"nodes": \{/,/^  \},/d'
every_cell "no node has stock, so there is no service" 's/"stock": \{[^}]*\},? ?//'
every_cell 'there is a coordinator already' '/"store":/s/\{/{ "role": "coordinator",/'
every_cell "'takes' names no service" 's/("takes": ).*\} \} \},/\1{} },/'
every_cell "unknown node 'stor'" 's/"node": "store"/"node": "stor"/'

# Parts that others extend are no scenarios of their own, unless nothing is missing.
for part in "$library"/../profiles/*.json; do
  run validate "$part"
  if ((code != 0)); then
    expect_code 2
    expect_text "$err" "error: a scenario needs the key '"
  fi
done

# What is valid and certainly a mistake is a warning.
sed 's/"two-phase-commit"\]/"reservation"]/
     s/"vote_timeout": "1s"/"reservation_ttl": "100ms"/
     s/"vote"/"assign"/
     s/{ "protocol": "two-phase-commit" }/{ "protocol": "reservation" }/' base.json >doubtful.json
run validate doubtful.json
expect_code 0
expect_text "$err" "doubtful.json:12:" "warning: a hold of 100ms may expire"

# Unusual files.
printf '' >empty.json
run validate empty.json
expect_code 2
expect_text "$err" "empty.json:1:1: error:"
run validate /
expect_code 2
run validate missing.json
expect_code 2
expect_text "$err" "missing.json: error: cannot be opened: No such file"
printf '\xff\xfe{}' >bytes.json
run validate bytes.json
expect_code 2
expect_text "$err" "bytes.json:1:1: error:"
printf '[%.0s' {1..200} >deep.json
run validate deep.json
expect_code 2
expect_text "$err" "deep.json:1:"
# The shortest timeout must leave time for an answer, whatever it is called.
hasty() { # NAME, OPTIONS, WARNED
  small_scenario | sed 's/"two-phase-commit"/"'"$1"'", '"$2"'/' >hasty.json
  run validate hasty.json
  expect_code 0
  if [[ -n ${3:-} ]]; then
    expect_text "$err" "the shortest timeout of $1 ($3) is shorter than a round trip (10ms)"
  else
    expect_no_text "$err" "shorter than a round trip"
  fi
}
hasty two-phase-commit '"options": { "vote_timeout": "9ms" }' 9ms
hasty two-phase-commit '"options": { "vote_timeout": "10ms" }'
hasty saga '"options": { "call_timeout": "1ms" }' 1ms
hasty tcc '"options": { "global_timeout": "5ms" }' 5ms
hasty outbox '"options": { }'

# The scenarios that come with the program are valid. Those about delays warn of hasty timeouts.
scenarios="$library/../.."
run validate $(find "$scenarios" -name '*.json' -not -path '*/profiles/*')
expect_code 0
expect_text "$err" "shorter than a round trip"
finish

#!/usr/bin/env bash
# Scenarios and protocols to start from. Those of a protocol are built by own_protocol_test.sh.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

run new first
expect_code 0
expect_text "$out" "wrote first.json" "indoubt run first.json"
expect_text "$(<first.json)" '"name": "first"' '"name": "two-phase-commit"' "indoubt run first.json"
expect_no_text "$(<first.json)" "NAME"
run run first.json
expect_code 0
expect_text "$out" "3 of 3 expectations met"
expect_equal "$err" ""

# What is there stays as it is, be it a link to nowhere.
echo mine >mine.json
ln -s nowhere link.json
mkdir folder
for name in mine link; do
  run new "$name"
  expect_code 2
  expect_text "$err" "$name.json is there already, and nothing is written over it"
  expect_equal "$out" ""
done
expect_equal "$(<mine.json)" mine
run new protocol folder
expect_code 2
expect_text "$err" "folder is there already"
expect_equal "$(ls folder)" ""

# Whatever the protocol, it runs as expected at once, and nothing in it is in vain.
run list protocols --format json
for protocol in $(grep -o '{"name":"[^"]*"' stdout | cut -d'"' -f4); do
  run new "with-$protocol" --protocol "$protocol"
  expect_code 0
  run run "with-$protocol.json"
  # It names a program, which is yet to be written, and allowed.
  expect_code "$([[ $protocol == external ]] && echo 2 || echo 0)"
  run lint "with-$protocol.json"
  expect_code 0
done
checks=$((checks + 1))
(($(find . -name 'with-*.json' | wc -l) >= 13)) || fail "fewer scenarios than protocols"

run new protocol two-words
expect_code 0
expect_text "$(<two-words/two-words.cpp)" "namespace two_words_protocol" '"two-words"'
expect_no_text "$(<two-words/two-words.cpp)" "best_effort"
expect_text "$(<two-words/CMakeLists.txt)" "foreach(protocol two-words)"

# wrong PART ARGUMENT...
wrong() {
  local part="$1"
  shift
  run new "$@"
  expect_code 2
  expect_text "$err" "$part"
  expect_equal "$out" ""
}
wrong "new what?"
wrong "new what?" protocol
wrong "new what?" one two
for name in a/b ../a A 2pc .a a_b "" "a b" "$(printf 'a%.0s' {1..65})"; do
  wrong "cannot be a name" "$name"
done
wrong "there is a protocol 'saga' already" protocol saga
wrong "'test' means something else to CMake" protocol test
wrong "--protocol is for a scenario" protocol mine --protocol saga
wrong "did you mean 'saga'?" other --protocol sagga
expect_code 2
finish

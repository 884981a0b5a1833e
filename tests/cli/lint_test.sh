#!/usr/bin/env bash
# Warnings and nothing else, on standard output.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
small_scenario >plain.json
small_scenario '{ "do": "crash", "node": "store", "when": { "fact": "held", "at": "orders" } }' \
  >idle.json
small_scenario '{ "do": "crush", "node": "store", "at": "1s" }' >wrong.json

run lint plain.json
expect_code 0
expect_equal "$out$err" ""
run lint plain.json idle.json
expect_code 1
expect_text "$out" "idle.json:12:" "warning: the fault 'crash-1' can never happen" "^~"
expect_equal "$err" ""
run lint idle.json --format json
expect_code 1
expect_text "$out" '{"format":1,"warnings":[{"file":"idle.json","line":12,"column":' \
  '"message":"the fault '"'crash-1'"' can never happen'
run lint plain.json --format json
expect_code 0
expect_equal "$out" '{"format":1,"warnings":[]}'

# What cannot be read is no warning, and the others are read all the same.
run lint wrong.json idle.json
expect_code 2
expect_text "$out" "idle.json:12:"
expect_text "$err" "wrong.json:12:" "did you mean 'crash'?"
expect_no_text "$out" "wrong.json"
run lint
expect_code 2
expect_text "$err" "which scenario?"
run lint there.json
expect_code 2
finish

#!/usr/bin/env bash
# Wrong command lines: exit code 2, a message that helps, and nothing on standard output.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
small_scenario >small.json

# wrong PART ARGUMENT... : the part is in the message.
wrong() {
  local part="$1"
  shift
  run "$@"
  expect_code 2
  expect_text "$err" "$part"
  expect_equal "$out" ""
}

wrong "indoubt run FILE..."
wrong "unknown command 'rnu'; did you mean 'run'?" rnu small.json
wrong "unknown command 'frobnicate'" frobnicate
wrong "unknown option '--vresion'; did you mean '--version'?" --vresion
wrong "nothing can follow" --version x

wrong "which scenario?" run
wrong "which scenario?" validate
wrong "--seed takes a whole number" run small.json --seed -1
wrong "--seed takes a whole number" run small.json --seed=-1
wrong "--seed takes a whole number" run small.json --seed 1x
wrong "--seed takes a whole number" run small.json --seed 0x10
wrong "--seed takes a whole number" run small.json --seed ' 1'
wrong "--seed takes a whole number" run small.json --seed +1
wrong "--seed takes a whole number" run small.json --seed 99999999999999999999
wrong "--seed needs a value" run small.json --seed
wrong "--seed needs a value" run small.json --seed=
wrong "--seed is given twice" run small.json --seed 1 --seed 2
wrong "--runs takes a whole number" run small.json --runs 0
wrong "--runs takes a whole number" run small.json --runs 1.5
wrong "--runs takes a whole number" run small.json --runs many
wrong "--jobs takes a whole number" run small.json --jobs 0
wrong "--jobs takes a whole number" run small.json --jobs -4
wrong "unknown option '--sed'; did you mean '--seed'?" run small.json --sed 1
wrong "unknown option '--form'" run small.json --form json
wrong "unknown option '--run'; did you mean '--runs'?" run small.json --run 5
wrong "unknown option '-x'" run small.json -x
wrong "did you mean 'json'?" run small.json --format jsn
wrong "known are text, json, junit, github" run small.json --format markdown
wrong "did you mean 'two-phase-commit'?" run small.json --protocol two-phase-comit
wrong "unknown mutant 'M-A99'" run small.json --mutant M-A99
wrong "did you mean 'participant.skip-force.work'?" \
  run small.json --mutant participant.skip-force.worked
wrong "cannot write into the folder 'small.json'" run small.json --out small.json
wrong "there.json: error: cannot be opened: No such file or directory" run there.json
mkdir some
wrong "some: error: is a folder, not a file; name the scenarios in it" run some
wrong "Try 'indoubt --help'." help frobnicate
wrong "give one FILE" shrink
wrong "give one FILE" shrink small.json small.json
wrong "did you mean 'atomicity'?" shrink small.json --property atomicty
wrong "--output needs a value" shrink small.json -o
wrong "--output is given twice" shrink small.json -o a.json --output b.json
wrong "give one FILE" trace
wrong "give one FILE" trace small.json small.json
wrong "did you mean 'html'" trace small.json --as htlm
wrong "did you mean" list protocol
wrong "list what?" list
wrong "--order takes a whole number" trace small.json --order 0
wrong "has no order 4" trace small.json --order 4
wrong "--cell takes a whole number" trace small.json --cell 2
wrong "known are bash, fish, zsh" completion tcsh
wrong "takes no operands" schema x

# Names that begin with a dash can be given after '--'.
cp small.json ./-odd.json
run run -- -odd.json
expect_code 0
finish

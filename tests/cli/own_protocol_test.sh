#!/usr/bin/env bash
# A protocol from outside of the source tree: built against an installed indoubt, it has the whole
# command line, is broken, and holds once it is mended.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/support.sh"

build="$(dirname "$program")"
one_order="$library/../small/one-order.json"

# A library that is still to be optimised when it is linked is not installed.
if ! cmake --install "$build" --prefix "$work/installed" >log 2>&1; then
  tail -n 5 log
  exit 1
fi
if [[ ! -e $work/installed/include/indoubt/indoubt/protocol.hpp ]]; then exit 77; fi
if ! cmake -S "$here/../consumer" -B own -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_PREFIX_PATH="$work/installed" >log 2>&1 || ! cmake --build own -j 2 >>log 2>&1; then
  tail -n 30 log
  exit 1
fi

# What the program says of itself is installed where man(1) and each shell look.
share="$work/installed/share"
command="cmake --install"
expect_text "$(<"$share/man/man1/indoubt.1")" ".SS indoubt explain"
expect_text "$(<"$share/bash-completion/completions/indoubt")" "lint new list explain"
expect_text "$(<"$share/fish/vendor_completions.d/indoubt.fish")" "-a explain"
expect_text "$(<"$share/zsh/site-functions/_indoubt")" "#compdef indoubt"

# Like those that come with indoubt, generic mistakes included.
program="$work/own/best_effort"
run list protocols
expect_text "$out" "two-phase-commit" "best-effort" "timeout (1s)"
run list mutants
expect_text "$out" "protocol: best-effort"
# Nobody decides anything there, so what the scenario expects of termination cannot be judged.
run run "$one_order" --protocol best-effort --mutant service.skip-force.hold
expect_code 3
expect_text "$out" "hold: atomicity" "the protocol cannot violate it"

# One lost message breaks it, and what it prints is a command of this program.
run explore "$one_order" --protocol best-effort --runs 2000
expect_code 1
expect_text "$out" "no-leak, with 1 fault" "the 1st confirm: dropped" "best_effort run counterex"
run run counterexamples/small-one-order-best-effort-no-leak.json
expect_code 0

# What `indoubt new protocol` writes is the same under another name.
program="$work/installed/bin/indoubt"
run new protocol short-of-two
expect_code 0
if ! cmake -S short-of-two -B short-of-two/build -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_PREFIX_PATH="$work/installed" >log 2>&1 ||
  ! cmake --build short-of-two/build >>log 2>&1; then
  tail -n 30 log
  exit 1
fi
program="$work/short-of-two/build/short-of-two"
run explain short-of-two
expect_text "$out" "short-of-two: protocol" "timeout"
run new first --protocol short-of-two
# The crash of the scenario to start from is enough to break it.
run run first.json
expect_code 1
expect_text "$out" "2 of 3 expectations met"
run explore "$one_order" --protocol short-of-two --runs 2000
expect_code 1
expect_text "$out" "no-leak, with 1 fault"

program="$work/own/mended"
run explore "$one_order" --protocol mended --exhaustive 1 --kinds drop,duplicate,delay,pause
expect_code 0
expect_text "$out" "nothing found"
run run counterexamples/small-one-order-best-effort-no-leak.json
expect_code 2
expect_text "$err" "unknown protocol 'best-effort'"

# What its handlers throw or expect in vain is a finding, with the place and the words.
run explore "$one_order" --protocol mended --mutant M-OWN-01 --exhaustive 1 --kinds duplicate
expect_code 1
expect_text "$out" "no-failure, with 1 fault" "orders failed at" "while it handled known" \
  "that it knows" "the 1st known: sent twice"
failing=counterexamples/small-one-order-mended-M-OWN-01-no-failure.json
run run "$failing"
expect_code 0
run trace "$failing"
expect_code 0
expect_text "$out" "fails, and stays down: it is not so that a service says once"
sed 's/"violated"/"holds"/' "$failing" >holds.json
run run holds.json
expect_code 1

# A property of its own is known by its name everywhere.
run list properties
expect_text "$out" "short-holds" "No unit is held for longer than ten seconds."
run explain short-holds
expect_code 0
run explore "$one_order" --protocol mended --property short-holds --exhaustive 1 --one-order \
  --kinds crash
expect_code 1
expect_text "$out" "short-holds, with 1 fault" "store has held a unit for too long, since"
late=counterexamples/small-one-order-mended-short-holds.json
run run "$late"
expect_code 0
run shrink "$late" --property short-holds
expect_code 0
expect_text "$out" "short-holds"
program="$work/own/best_effort"
run explore "$one_order" --protocol best-effort --property short-holds
expect_code 2

# Its page shows what it does.
if command -v python3 >/dev/null; then
  code=0
  "$here/../docs/page_test.py" "$work/installed/bin/indoubt" "$here/../../docs/your-protocol.md" \
    own/best_effort own/mended >stdout 2>stderr || code=$?
  command="page_test.py docs/your-protocol.md"
  if [[ $code != 0 ]]; then cat stdout stderr; fi
  expect_code 0
fi

# Searches as assertions of a test framework.
if [[ -x own/tests/mended_test ]]; then
  if ! own/tests/mended_test >log 2>&1; then
    tail -n 60 log
    exit 1
  fi
fi
finish

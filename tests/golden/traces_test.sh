#!/usr/bin/env bash
# Tells the runs of traces.list and compares them with the texts in traces/, so that a change shows
# what it changed. The digests beside them say that something did.
#
#   traces_test.sh PROGRAM          compares
#   BLESS=1 traces_test.sh PROGRAM  writes the texts anew
set -euo pipefail
program="$(realpath "${1:?the path of the program}")"
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$here/../../scenarios"
export LC_ALL=C.UTF-8 NO_COLOR=1

compared=0
failures=0
while read -r name file options; do
  if [[ -z $name || $name == "#" ]]; then continue; fi
  wanted="$here/traces/$name.txt"
  # Words of $options are arguments. A trace that cannot be told is a failure, and is not blessed.
  # shellcheck disable=SC2086
  if ! told="$("$program" trace "$file" $options 2>/dev/null </dev/null)"; then
    echo "FAILED: indoubt trace $file $options: exit code $?"
    failures=$((failures + 1))
    continue
  fi
  told="$(sed -E 's/, indoubt [0-9.]+$/, indoubt VERSION/' <<<"$told")"
  if [[ -n ${BLESS:-} ]]; then printf '%s\n' "$told" >"$wanted"; fi
  compared=$((compared + 1))
  if ! diff -u --label "$name, as written down" --label "$name, as told" "$wanted" \
    - <<<"$told"; then
    failures=$((failures + 1))
  fi
done <"$here/traces.list"

echo "$compared traces compared, $failures failed"
((failures == 0 && compared > 0))

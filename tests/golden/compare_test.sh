#!/usr/bin/env bash
# Compares protocols and holds the words and tables against the texts in compare/, so that a change
# shows what it changed.
#
#   compare_test.sh PROGRAM          compares
#   BLESS=1 compare_test.sh PROGRAM  writes the texts anew
set -euo pipefail
program="$(realpath "${1:?the path of the program}")"
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$here/../../scenarios"
export LC_ALL=C.UTF-8 NO_COLOR=1
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
failures=0

# hold_against NAME FILE: what was written against what was written down.
hold_against() {
  local wanted="$here/compare/$1"
  sed -E 's/indoubt [0-9.]+\.$/indoubt VERSION./' "$2" >"$2.plain"
  if [[ -n ${BLESS:-} ]]; then cp "$2.plain" "$wanted"; fi
  diff -u --label "$1, as written down" --label "$1, as it is" "$wanted" "$2.plain" ||
    failures=$((failures + 1))
}

# What a terminal shows first, and the whole of a small comparison in Markdown.
"$program" compare library/guarantees/{none,partition,coordinator-lost}.json --runs 20 \
  >"$work/text" 2>/dev/null </dev/null || [[ $? == 3 ]]
sed '/^Properties$/,$d' "$work/text" >"$work/first"
hold_against guarantees.txt "$work/first"
"$program" compare library/food-delivery/{good-day,lossy-afternoon}.json --runs 20 \
  --markdown "$work/markdown" >/dev/null 2>&1 </dev/null || [[ $? == 3 ]]
hold_against food-delivery.md "$work/markdown"

if ((failures != 0)); then
  echo "BLESS=1 $0 PROGRAM writes them anew"
  exit 1
fi

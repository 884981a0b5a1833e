#!/usr/bin/env bash
# Every scenario of the library comes out as it says.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

library="${library%/food-delivery}"
for file in "$library"/{food-delivery,e-commerce,small,costs,claims,settings}/*.json \
  "$library"/{lessons,cookbook,guarantees/broken,../regressions}/*.json; do
  run run "$file"
  expect_code 0
  if [[ $code != 0 ]]; then
    sed -n '/Not as expected/,/Orders by/p;/Inconclusive/,/Orders by/p' stdout
  fi
done

# The catalogue of guarantees in a reduced form: with few runs an expected violation may not come
# yet, but whatever is said to hold does. scripts/guarantees makes all of it.
for file in "$library"/guarantees/*.json; do
  run run "$file" --runs 100
  checks=$((checks + 1))
  if [[ $code != 0 && $code != 3 ]]; then
    fail "$command: exit code $code"
    sed -n '/Not as expected/,/Orders by/p' stdout
  fi
done

# Every protocol, with every option that changes what it promises, takes part in it.
everyone="$(<"$library/profiles/all-protocols.json")"
run list protocols
cp stdout protocols.txt
while read -r protocol; do
  expect_text "$everyone" "\"protocol\": \"$protocol\""
  # And each runs on every scenario, whatever that was written for; only expectations may not be
  # met.
  run run "$library"/{food-delivery,e-commerce,small,claims,settings,lessons,cookbook}/*.json \
    --protocol "$protocol" --runs 2
  checks=$((checks + 1))
  if [[ $code == 2 || $code -ge 70 ]]; then fail "$command: exit code $code: ${err:0:300}"; fi
done < <(sed -nE 's/^  ?([a-z]+(-[a-z]+)+|saga|tcc|outbox|reservation)( .*)?$/\1/p' protocols.txt)
finish

#!/usr/bin/env bash
# Every scenario of the library comes out as it says.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

for file in "$library"/*.json "$library"/../small/*.json "$library"/../../regressions/*.json; do
  run run "$file"
  expect_code 0
  if [[ $code != 0 ]]; then sed -n '/Not as expected/,/Orders by/p;/Inconclusive/,/Orders by/p' stdout; fi
done
finish

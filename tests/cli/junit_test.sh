#!/usr/bin/env bash
# JUnit as its readers take it: what every command writes is held against a schema.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
schema="$(realpath "$library/../../../tests/cli/junit.xsd")"

if ! command -v xmllint >/dev/null; then
  echo "skipped: xmllint is missing; scripts/setup installs it"
  exit 77
fi

# expect_junit FILE
expect_junit() {
  checks=$((checks + 1))
  xmllint --noout --schema "$schema" "$1" 2>problems || fail "$command: $(head -n 5 problems)"
}

# As expected, not as expected, with no expectations, with mistakes, and none at all.
run run "$library"/*.json --runs 20 --format junit
expect_junit stdout
run run "$library/good-day.json" --protocol two-phase-commit \
  --mutant coordinator.drop-handling.vote --format junit
expect_text "$out" "<failure "
expect_junit stdout
echo '{ "name": "<&\"\u0007", ' >broken.json
run run broken.json missing.json --format junit
expect_text "$out" "<error "
expect_junit stdout
# Names that mean something to XML.
small_scenario | sed 's|"small"|"a <b> \&amp; \\"c\\" ]]>"|' >odd.json
run run odd.json --runs 2 --format junit
expect_code 0
expect_junit stdout

run compare "$library/last-packet.json" "$library/good-day.json" --runs 20 --junit compared.xml
expect_junit compared.xml
run explore "$library/../small/one-order.json" --runs 500 --format junit --save found
expect_text "$out" "<failure "
expect_junit stdout
run explore "$library/../small/one-order.json" --protocol saga --exhaustive 1 --kinds drop \
  --format junit --save found
expect_junit stdout

finish

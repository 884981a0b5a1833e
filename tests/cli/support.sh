# Helpers for the tests of the program; sourced by each of them after `set -euo pipefail`.
# Each test gets the path of the program as $1, runs in a folder of its own, and fails at the end
# if any check failed.

program="$(realpath "${1:?the path of the program}")"
library="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../scenarios/library/food-delivery" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C.UTF-8
unset NO_COLOR
checks=0
failures=0

fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$*"
}

# run ARGUMENT... : runs the program; its output is in $out and $err, its exit code in $code.
run() {
  code=0
  "$program" "$@" >stdout 2>stderr </dev/null || code=$?
  out="$(cat stdout)"
  err="$(cat stderr)"
  command="indoubt $*"
}

expect_code() {
  checks=$((checks + 1))
  if [[ $code != "$1" ]]; then
    fail "$command: exit code $code instead of $1"
    head -n 5 stdout stderr
  fi
}

# expect_text TEXT PART... : each part is in the text.
expect_text() {
  local text="$1" part
  shift
  for part in "$@"; do
    checks=$((checks + 1))
    if [[ $text != *"$part"* ]]; then fail "$command: no '$part' in: ${text:0:600}"; fi
  done
}

expect_no_text() {
  checks=$((checks + 1))
  if [[ $1 == *"$2"* ]]; then fail "$command: '$2' in: ${1:0:600}"; fi
}

expect_equal() {
  checks=$((checks + 1))
  if [[ $1 != "$2" ]]; then fail "$command: '${1:0:300}' is not '${2:0:300}'"; fi
}

finish() {
  echo "$checks checks, $failures failed"
  ((failures == 0 && checks > 0))
}

# A small scenario with nothing wrong with it; $1 is what its fault list has, $2 its expectations.
small_scenario() {
  cat <<JSON
{
  "format": 1,
  "name": "small",
  "limits": { "sim_time": "90s", "quiet_after": "30s" },
  "nodes": {
    "orders": { "role": "coordinator" },
    "store": { "stock": { "packet": 10 } },
    "courier": { "stock": { "agent": 10 } }
  },
  "workload": { "orders": 3, "takes": { "store": { "packet": 1 }, "courier": { "agent": 1 } } },
  "protocol": { "name": "two-phase-commit" },
  "faults": [${1:-}],
  "sweep": { "seeds": { "first": 1, "count": 20 } },
  "expect": [${2:-}]
}
JSON
}

# two PROTOCOL : one order on two services.
two() {
  cat <<JSON
{ "format": 1, "name": "two",
  "nodes": { "orders": { "role": "coordinator" }, "store": { "stock": { "packet": 2 } },
             "courier": { "stock": { "agent": 2 } } },
  "workload": { "takes": { "store": { "packet": 1 }, "courier": { "agent": 1 } } },
  "protocol": { "name": "$1" } }
JSON
}

#!/usr/bin/env bash
# The JSON report: keys, their order, and nothing but integers and strings.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

run run "$library/good-day.json" --runs 2 --format json --outcomes
expect_text "$out" '"orders_by_run":[{"seed":1,"orders":[{"order":1,"outcome":"placed","requested":'
run run "$library/good-day.json" --runs 2 --outcomes
expect_code 2
expect_text "$err" "--outcomes: only JSON has them"

# Orders of several kinds, three of each; told in text as well, where cells are few.
mixed="$library/../small/mixed-orders.json"
run run "$mixed" --protocol tcc --runs 2 --format json --outcomes
expect_text "$out" '"outcomes_by_kind":[{"kind":"delivery","placed":' '{"kind":"gift","placed":' \
  '{"order":2,"kind":"pickup","outcome":'
run run "$mixed" --protocol tcc --runs 2
expect_text "$out" 'Placed, of the orders of each kind:' 'of 6, pickup ' 'of 6, gift '
run trace "$mixed" --protocol tcc --order 3
expect_text "$out" "What happens to order 3 'gift' of 9"

# A client who asks again under a fresh key may be served twice; with the same key nobody counts.
again="$library/../claims/retry-fresh-key.json"
run run "$again" --protocol saga --runs 2 --format json
expect_text "$out" '"served_twice":2'
run run "$again" --protocol saga --runs 2
expect_text "$out" 'Clients served twice' 'key=fresh: 2'
run run "$again" --protocol saga --runs 2 --cell 1
expect_no_text "$out" 'served twice'

run run "$library/good-day.json" "$library/last-packet.json" --runs 7 --format json
expect_code 3
expect_equal "$(wc -l <stdout | tr -d ' ')" 2
if ! command -v python3 >/dev/null; then
  expect_text "$out" '{"format":1,"scenario":"food-delivery/good-day","cells":[{"protocol":'
  finish
  exit
fi
cat >check.py <<'PYTHON'
import json, sys

def check(condition, text):
    if not condition:
        print("FAILED:", text)
        sys.exit(1)

def walk(value, path):
    check(not isinstance(value, float), f"a float at {path}")
    if isinstance(value, dict):
        for key, inner in value.items():
            walk(inner, f"{path}/{key}")
    if isinstance(value, list):
        for inner in value:
            walk(inner, path)

def no_float(text):
    raise ValueError("not an integer: " + text)

for line in open(sys.argv[1], encoding="utf-8"):
    report = json.loads(line, parse_float=no_float)
    walk(report, "")
    check(list(report) == ["format", "scenario", "cells", "expectations", "verdict"], "top keys")
    for cell in report["cells"]:
        check(list(cell) == ["protocol", "vars", "first_seed", "runs", "events", "digest",
                             "outcomes", "properties", "metrics", "missed", "faults",
                             "settings"], "cell keys")
        for fault in cell["faults"]:
            check(list(fault) == ["id", "runs", "orders", "messages"], "fault keys")
        check(len(cell["digest"]) == 16, "digest")
        check(list(cell["outcomes"]) == ["placed", "not_placed", "unknown"], "outcome keys")
        for name, found in cell["properties"].items():
            check(list(found) == ["verdict", "checked", "violations", "owed", "first_seed",
                                  "reason", "orders_violating"], "property keys of " + name)
            check(found["orders_violating"] >= found["violations"], "orders")
            check(found["verdict"] in ("holds", "violated", "owed", "unknown", "n/a"), "verdict")
            check((found["violations"] > 0) == (found["first_seed"] is not None), "first_seed")
            check((found["violations"] > 0) == (found["reason"] is not None), "reason")
        check(list(cell["metrics"]) == ["messages", "forced_writes", "commit_latency",
                                        "blocked_ns", "max_hold_ns", "effect_latency",
                                        "longest_in_doubt_ns", "isolation", "throughput_milli",
                                        "goodput_milli"], "metric keys")
        check(list(cell["metrics"]["commit_latency"]) == ["p50_ns", "p99_ns", "max_ns"], "latency")
        check(list(cell["metrics"]["isolation"]) == ["dirty_reads", "fuzzy_reads",
                                                     "lost_updates"], "isolation")
    for expectation in report["expectations"]:
        check(list(expectation) == ["index", "id", "where", "met"], "expectation keys")
        check(expectation["met"] in (True, False, None), "met")
    check(report["verdict"] in ("as expected", "not as expected", "inconclusive",
                                "no expectations"), "verdict")
PYTHON
checks=$((checks + 1))
python3 check.py stdout || fail "the JSON report breaks its contract"

for what in protocols properties faults facts mutants scenarios; do
  run list "$what" --format json
  expect_code 0
  checks=$((checks + 1))
  python3 -c '
import json, sys
listing = json.loads(sys.stdin.read())
assert list(listing) == ["format", sys.argv[1]], list(listing)
assert all(entry["name"] and entry["doc"] for entry in listing[sys.argv[1]])
assert len(listing[sys.argv[1]]) > 1
' "$what" <stdout || fail "list $what --format json"
done

run schema
expect_code 0
checks=$((checks + 1))
python3 -c '
import json, sys
assert "draft-07" in json.load(sys.stdin)["$schema"]' <stdout || fail "schema"
finish

#!/usr/bin/env bash
# The script for GNU parallel, run; then again after one of its workers was killed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"
# There is another program of this name.
if [[ $(parallel --version 2>/dev/null) != "GNU parallel"* ]]; then
  echo "skipped: GNU parallel is not installed"
  exit 77
fi
export PARALLEL_HOME="$work/parallel" HOME="$work"
mkdir -p "$PARALLEL_HOME"
: >"$PARALLEL_HOME/will-cite"
small_scenario >small.json
run run small.json --runs 2000 --format json
as_run="$out"

run campaign plan small.json --runs 2000 --unit-size 50 -o campaign
run campaign submit campaign --engine parallel --shards 4
expect_code 0
sh stdout >merged || fail "the script failed"
expect_equal "$(<campaign/summary.json)" "$as_run"
expect_equal "$(tail -n +2 campaign/parallel.log | wc -l)" 4

# One worker dies: its units are missing, so nothing is merged, and the next script has its shard.
rm -r campaign/summary.json campaign/units
cat >dies <<END
#!/bin/sh
case "\$*" in *"--shard 3/4"*) kill -KILL \$\$ ;; esac
exec "$program" "\$@"
END
chmod +x dies
run campaign submit campaign --engine parallel --shards 4
sed "s|$program|$work/dies|" stdout >script
if sh script >merged 2>stderr; then fail "a dead worker was not noticed"; fi
if [[ -e campaign/summary.json ]]; then fail "a part was taken for the whole"; fi
run campaign submit campaign --engine parallel --shards 4
expect_text "$out" "::: 3 &&"
sh stdout >merged || fail "the second script failed"
expect_equal "$(<campaign/summary.json)" "$as_run"
finish

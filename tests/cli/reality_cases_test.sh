#!/usr/bin/env bash
# Cases that are held against real servers are ordinary scenarios, and come out as they expect.
set -euo pipefail
"$1" run tests/reality/cases/*.json >/dev/null

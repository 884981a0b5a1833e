#!/usr/bin/env bash
# Nodes that are programs: they run, are broken, and hold once they are mended; what they do wrong
# is found, and nothing is started that nobody has allowed.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "$here/support.sh"

if ! command -v python3 >/dev/null; then
  echo "skipped: there is no python3"
  exit 77
fi
export PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
cp "$here"/../consumer/external/* .
# What is called python3 may be a script that looks for the real one, which takes its time.
python="$(python3 -c 'import sys; print(sys.executable)')"
sed -i "s#\"python3\"#\"$python\"#" ./*.json

# Nothing is started unless the command line allows it, and nothing that only reads needs that.
run run best_effort.json
expect_code 2
expect_text "$err" "best_effort.json: it starts programs" "best_effort.py'" "add --allow-external"
for verb in trace explore compare; do
  run "$verb" best_effort.json
  expect_code 2
  expect_text "$err" "--allow-external"
done
run validate best_effort.json
expect_code 0

# A good day.
run run best_effort.json --allow-external --jobs 2
expect_code 0
expect_text "$out" "as expected"
one="$(grep -o 'digest [0-9a-f]*' <<<"$out" || true)"
run run best_effort.json --allow-external --jobs 1
expect_equal "$(grep -o 'digest [0-9a-f]*' <<<"$out" || true)" "$one"
run trace best_effort.json --allow-external --seed 1
expect_code 0
expect_text "$out" "store    gets hold" "= has decided: commit"

# A search finds the leak, and what it saves replays from anywhere.
run explore best_effort.json --allow-external --runs 200
expect_code 1
expect_text "$out" "no-leak, with 1 fault" "the 1st confirm: dropped" \
  "indoubt run counterexamples/external-best-effort-external-no-leak.json --allow-external"
saved=counterexamples/external-best-effort-external-no-leak.json
run run "$saved" --allow-external
expect_code 0
expect_text "$(<"$saved")" '"holds": true'
(cd / && "$program" run "$work/$saved" --allow-external >/dev/null) || fail "it needs its folder"
run explore best_effort.json --allow-external --exhaustive 1 --one-order --kinds drop,crash
expect_code 1
expect_text "$out" "the 1st confirm: dropped"

# Mended, the same searches find nothing.
run run mended.json --allow-external
expect_code 0
run explore mended.json --allow-external --exhaustive 1 --one-order --kinds drop,duplicate,delay
expect_code 0
expect_text "$out" "nothing found"
run explore mended.json --allow-external --exhaustive 1 --one-order --kinds crash
expect_text "$out" "termination, with 1 fault"
expect_no_text "$out" "no-leak, with"
run run "$saved" --allow-external --protocol two-phase-commit
expect_no_text "$err" "error"

# In another language, and in two.
if command -v node >/dev/null; then
  run run mended_js.json --allow-external --runs 20
  expect_code 0
  run explore best_effort_js.json --allow-external --runs 200
  expect_code 1
  expect_text "$out" "no-leak, with 1 fault"
  services='"external_services": ["node", "mended.mjs"],'
  sed "s/\"external\": .*/&\\n    $services/" mended.json >both.json
  run run both.json --allow-external --runs 20
  expect_code 0
else
  echo "there is no node: JavaScript is left out"
fi

# What cannot be done is said.
run explore best_effort.json --allow-external --exhaustive 1
expect_code 2
expect_text "$err" "over all orders" "--one-order"
run explore best_effort.json --allow-external --exhaustive 1 --one-order --journal j
expect_code 2
expect_text "$err" "no --journal"
run campaign plan best_effort.json -o campaign
expect_code 2
expect_text "$err" "a campaign runs no external programs"
run run "$library/../small/one-order.json" --protocol external --allow-external
expect_code 2
expect_text "$err" "names no program"

# What is wrong in the file has its place.
sed 's/"external": \[.*\],//' best_effort.json >without.json
run validate without.json
expect_code 2
expect_text "$err" "without.json:11:" "needs a program"
sed 's/"held"/"hold"/' best_effort.json >twice.json
run validate twice.json
expect_code 2
expect_text "$err" "'hold' is the name of another message"
sed 's/"external",$/"saga",/; s/"options": .*/"options": {}/' best_effort.json >saga.json
run validate saga.json
expect_code 2
expect_text "$err" "is no external program"

# A node that is wrong is a finding, with its name, what it handled, and what was wrong.
wrong='no-failure holds found: violated in 1'
# hostile CODE TEXT: a node that runs this Python for every line.
hostile() {
  cat >hostile.py <<PYTHON
import sys, os, time
for text in sys.stdin:
    effects = []
    $1
    can = '"can": ["begin"], ' if '"begin"' in text else ''
    print('{%s"effects": [%s]}' % (can, ', '.join(effects)))
PYTHON
  sed "s/best_effort.py/hostile.py/; s/\"holds\": true/\"answer_within\": \"${patience:-20s}\"/" \
    best_effort.json >hostile.json
  run run hostile.json --allow-external --seed 1
  expect_text "$(tr -s ' \n' ' ' <<<"$out")" "$wrong" "$2"
}
# wants EFFECT TEXT [WHERE]: a node that wants this effect, where the line to it has this in it.
wants() { hostile "if '${3:-begin}' in text: effects = [r'$1']" "$2"; }
hostile "sys.exit(3)" "hostile.py: it ended with exit code 3"
hostile "raise ValueError('too hot')" "ValueError: too hot"
hostile "os.kill(os.getpid(), 9)" "it was ended by signal 9"
patience=300ms hostile "time.sleep(60)" "it did not answer within 300ms"
hostile "print('hello')" "its answer cannot be read: "
hostile "print('[]')" "its answer is no JSON object: []"
hostile "print('x' * 100000)" "its answer is longer than 64 KiB"
wants '{"send": {"type": "hold"}, "to": "mars", "order": 1}' "there is no node 'mars'"
wants '{"send": {"type": "steal"}, "to": "store", "order": 1}' "no message 'steal'"
wants '{"arm": "alarm", "after": "1s", "order": 1}' "no timer 'alarm'"
wants '{"write": {}, "facts": {"held": [0]}, "order": 1}' "'orders' has no stock" '"coordinator"'
wants '{"write": {}, "facts": {"held": [7]}, "order": 1}' "there is no unit 7" '"service"'
wants '{"write": {}, "facts": {"held": [0]}, "order": 1}' "set the option 'holds'" '"service"'
wants '{"write": {}, "facts": {"decided": "commit"}, "order": 1}' "set the option 'decides'"
wants '{"reply": "placed"}' 'which "order"'
wants '{"reply": "placed", "order": 9}' "there is no order 9"
wants '{"reply": "perhaps", "order": 1}' "not 'perhaps'"
wants '{"answer": {"type": "held"}}' "there is no node to answer" '"place_order"'

# A crash falls between any two effects.
crash='"id": "f", "do": "crash", "node": "store", "restart_after": "1s"'
place='"handling": { "kind": "confirm", "order": 1 }'
crash_before() {
  local faults="\"faults\": [{ $crash, $place, \"effect\": $1 }], \"sweep\""
  sed "s/\"sweep\"/$faults/" best_effort.json >crash.json
  run trace crash.json --allow-external --seed 1
  expect_text "$out" "store    restarts and reads its log" "violated  atomicity"
}
crash_before 1
expect_no_text "$out" "loses written"
crash_before 2
expect_text "$out" "loses written of this order: not on disk yet"

# A node that does not depend on what it is told alone is told, whatever else was found.
nondeterministic() {
  cat >chance.py <<PYTHON
import sys, os, time, random
lines = 0
for text in sys.stdin:
    lines += 1
    name = $1
    print('{"effects": [{"write": {"name": "%s"}, "order": 1}]%s}' %
          (name, ', "can": ["begin"]' if '"begin"' in text else ''), flush=True)
PYTHON
  sed 's/best_effort.py/chance.py/' best_effort.json >chance.json
  for verb in run explore; do
    run "$verb" chance.json --allow-external --runs 20
    expect_code 2
    expect_text "$err" "nothing that was found counts" "told the same, it answered first"
  done
}
nondeterministic "os.getpid()"
nondeterministic "time.time_ns()"
nondeterministic "random.random()"
nondeterministic "str({'a', 'b', 'c', 'd', 'e', 'f'}).replace(\"'\", '')"
nondeterministic "lines"

# Two processes that look at the same file agree, until the run is made again.
cat >memory.py <<PYTHON
import os
import best_effort

class Service(best_effort.Service):
    def __init__(self, line):
        super().__init__(line)
        self.is_late = os.path.exists("confirmed")

    def hold(self, line):
        return [] if self.is_late else super().hold(line)

    def confirm(self, line):
        open("confirmed", "w").close()
        return super().confirm(line)

best_effort.run({"coordinator": best_effort.Coordinator, "service": Service})
PYTHON
sed 's/best_effort.py/memory.py/' best_effort.json >memory.json
run run memory.json --allow-external --runs 1
expect_code 2
expect_text "$out" "AN EXTERNAL NODE DEPENDS ON CHANCE"
expect_text "$err" "most likely an external node depends on more than what it is told"

# Nor does anything count if the program is not there.
sed 's/"external": \[.*\],/"external": ["no-such-program"],/' best_effort.json \
  >missing.json
run run missing.json --allow-external --seed 1
expect_code 2
expect_text "$err" "nothing that was found counts: no-such-program: it cannot be started"

# Without "can", each run and each restart is a new process.
sed 's/"can": \["begin"\], //' best_effort.py >plain.py
sed 's/best_effort.py/plain.py/' best_effort.json >plain.json
run run plain.json --allow-external --runs 5
expect_code 0

# Nobody is left behind.
expect_equal "$(pgrep -f "$work" || true)" ""
finish

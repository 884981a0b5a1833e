#!/usr/bin/env bash
# Lists, and the scenarios that come with the program.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

run list protocols
expect_code 0
expect_text "$out" "two-phase-commit" "reservation" "variants: hardened, as-published"
run list properties
expect_text "$out" "atomicity" "reservation-expiry" "isolation"
run list faults
for fault in crash pause partition drop duplicate delay corrupt clock disk degrade wipe rollback \
  rot lost_sends clock_restarts lying; do
  expect_text "$out" "$fault"
done
run list facts
for fact in voted decided held assigned released expired refused replied placed not_placed; do
  expect_text "$out" "$fact"
done
run list mutants
expect_text "$out" "M-A02" "protocol: two-phase-commit" "property: durability"
expect_text "$out" "participant.skip-force.KIND" "kinds: restart, work, prepare, commit" \
  "coordinator.forget-timer.KIND" "kinds: vote_timeout, resend_due"
expect_no_text "$out" "participant.skip-force.prepare"
# "protocol role mutation" for each entry: every role has all of them, but for 'forget-timer' if
# it has no timers, 'forget-duplicate' if it keeps nothing by order, 'spurious-refusal' if it has no
# stock, and 'forget-unlock' if it locks none of it in memory.
awk '/\.KIND$/ { name = $1 }
  /^    protocol:/ && name { split(name, part, "."); print $2, part[1], part[2]; name = "" }' \
  stdout >entries
checks=$((checks + 2))
[[ -s entries && -z $(sort entries | uniq -d) ]] ||
  fail "not one entry for each protocol, role and mutation"
[[ -z $(cut -d' ' -f1,2 entries | sort | uniq -c | awk '$1 < 5 || $1 > 9') ]] ||
  fail "a role lacks mutations"
expect_equal "$(grep -c '^two-phase-commit ' entries) $(grep -c '^reservation ' entries)" "16 15"
# A program that was copied elsewhere says where it looked for them.
mkdir -p elsewhere/bin
cp "$program" elsewhere/bin/indoubt
elsewhere/bin/indoubt list scenarios >alone.txt 2>alone.err
expect_equal "$(<alone.txt)" ""
expect_text "$(<alone.err)" "there are no scenarios in" "/elsewhere/share/indoubt/library" \
  "/elsewhere/scenarios/library"
run list scenarios
expect_code 0
expect_text "$out" "good-day.json" "coordinator-lost.json"
expect_no_text "$out" "profiles/"
expect_no_text "$out" "is not valid"
checks=$((checks + 1))
(($(grep -c 'food-delivery/.*\.json' stdout) >= 16)) || fail "fewer than 16 scenarios"

# Lessons come first, in the order in which they are best taken.
mapfile -t first < <(sed -n 's|^[^ ].*lessons/||p' stdout)
expect_equal "${first[*]:0:3}" \
  "start.json why-two-phase-commit-blocks.json three-phase-commit-and-a-cut.json"
expect_text "$(sed -n 1p stdout)" "lessons/start.json"
expect_equal "${#first[@]}" "$(find "$library/../lessons" -name '*.json' | wc -l)"
mv stdout all
run list scenarios --tag lessons
expect_code 0
expect_equal "$(grep -c '^[^ ]' stdout)" "${#first[@]}"
expect_no_text "$out" "food-delivery/"
run list scenarios --tag overload --format json
expect_code 0
expect_text "$out" '"tags":"food-delivery, overload"'
run list scenarios --tag lesson
expect_code 2
expect_text "$err" "did you mean 'lessons'?"
run list faults --tag lessons
expect_code 2
expect_text "$err" "--tag is for scenarios"
mv all stdout

# Everything listed is valid and runs; two seeds show that, the verdicts are tested elsewhere.
mapfile -t files < <(grep -o '^[^ ]*food-delivery/[^ ]*\.json' stdout)
run validate "${files[@]}"
expect_code 0
expect_equal "$(grep -c ': valid, ' stdout)" "${#files[@]}"
finish

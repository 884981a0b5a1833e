#!/usr/bin/env bash
# Help, version and completion.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

run --version
expect_code 0
[[ $out =~ ^indoubt\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "--version: $out"
expect_equal "$err" ""

version="$out"
run version
expect_code 0
expect_equal "$out" "$version"

run --help
expect_code 0
verbs=(run explore shrink compare campaign trace validate lint new list explain schema completion
  version help)
for verb in "${verbs[@]}"; do
  expect_text "$out" "indoubt $verb"
done
expect_text "$out" "Exit codes: 0 as expected"
help_text="$out"
run help
expect_equal "$out" "$help_text"
run -h
expect_equal "$out" "$help_text"

for verb in "${verbs[@]}"; do
  run help "$verb"
  expect_code 0
  expect_text "$out" "usage: indoubt $verb"
  text="$out"
  run "$verb" --help
  expect_code 0
  expect_equal "$out" "$text"
done
run help --man
expect_code 0
expect_text "$out" ".B indoubt explore first.json \\-\\-exhaustive 2"
expect_text "$out" ".TH INDOUBT 1" ".SS indoubt explore FILE" '\-\-exhaustive'
if command -v mandoc >/dev/null; then mandoc -T lint -W error stdout || fail "the manual page"; fi

run help run
for option in seed runs jobs format out mutant protocol; do expect_text "$out" "--$option"; done

run help shrink
for option in seed cell protocol mutant property; do expect_text "$out" "--$option"; done
expect_text "$out" "-o, --output FILE" "Exit code 2 if no run fails"

run completion bash
expect_code 0
bash -n stdout || fail "completion bash: not valid bash"
complete_words() {
  bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _indoubt
           printf "%s " "${COMPREPLY[@]}"' bash "$work/stdout" "$@"
}
expect_text "$(complete_words indoubt '')" "run" "trace" "validate"
expect_text "$(complete_words indoubt list '')" "protocols" "scenarios"
expect_text "$(complete_words indoubt run --)" "--seed" "--out"
expect_text "$(complete_words indoubt explain '')" "property" "option" "metric"
expect_text "$(complete_words indoubt new x --protocol pax)" "paxos-commit"
expect_text "$(complete_words indoubt shrink -)" "--property" "--output" "-o"
expect_text "$(complete_words indoubt run --format '')" "text" "json" "junit"
expect_text "$(complete_words indoubt campaign '')" "plan" "work" "merge" "status" "submit"
expect_equal "$(complete_words indoubt campaign submit --engine k)" "k8s "
expect_text "$(complete_words indoubt run --protocol '')" "two-phase-commit"
expect_equal "$(complete_words indoubt run --mutant M-A02)" "M-A02 "
expect_equal "$(complete_words indoubt run --mutant participant.skip-force.pre)" \
  "participant.skip-force.prepare participant.skip-force.presumed_abort \
participant.skip-force.pre_commit participant.skip-force.pre_ack "
run completion zsh
expect_code 0
expect_text "$out" "#compdef indoubt"
if command -v zsh >/dev/null; then
  zsh -n stdout || fail "completion zsh: not valid zsh"
  # As the shell calls it, with what it would offer printed.
  complete_in_zsh() {
    zsh -f -c 'compadd() { [[ $1 == -- ]] && shift; print -r -- "$#" "$@"; }; compdef() { }
               source "$1"; shift; words=("$@"); CURRENT=$#; _indoubt' zsh "$work/stdout" "$@"
  }
  commands="$(complete_in_zsh indoubt '')"
  expect_text "$commands" "run explore shrink"
  if ((${commands%% *} < 10)); then fail "completion zsh: all commands as one word"; fi
  expect_equal "$(complete_in_zsh indoubt run --format '')" "4 text json junit github"
fi
run completion fish
expect_code 0
if command -v fish >/dev/null; then
  fish --no-execute stdout || fail "completion fish: not valid fish"
  complete_in_fish() { fish -c 'source $argv[1]; complete -C $argv[2]' "$work/stdout" "$1"; }
  expect_text "$(complete_in_fish 'indoubt ')" "run" "explore" "version"
  expect_text "$(complete_in_fish 'indoubt run --format ')" "github" "junit"
  expect_no_text "$(complete_in_fish 'indoubt run --')" "--exhaustive"
  expect_text "$(complete_in_fish 'indoubt campaign ')" "plan" "submit"
  expect_text "$(complete_in_fish 'indoubt campaign work std')" "stdout"
fi
finish

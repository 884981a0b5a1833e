#!/usr/bin/env bash
# page_test.py and links_test.py find what is wrong with a page, and BLESS=1 mends what was printed.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$*"
}

# A program with an output of each kind, in place of indoubt.
cat >"$work/program" <<'EOS'
#!/usr/bin/env bash
case "$1" in
  run)
    printf '%s\n' "first" "second 12 of 40 runs" "third of three lines" "took 17ms, 5 runs/s" \
      "indoubt 9.9.9"
    ;;
  wrong) echo "no such file" >&2; exit 2 ;;
  *) cat "$1"; exit 1 ;;
esac
EOS
chmod +x "$work/program"

# page LINE... : a page with one session of these lines, which may follow a file that it shows.
page() {
  printf '%s\n' 'Text.' '```jsonc shop.json' '{ "shop": 1 }' '```' '```' "$@" '```' 'More.' \
    >"$work/page.md"
}

# expect CODE TEXT WHAT: what the check of that page comes to, and says.
expect() {
  local code=0 out
  out="$("$here/page_test.py" "$work/program" "$work/page.md")" || code=$?
  if [[ $code != "$1" || $out != *"$2"* ]]; then fail "$3: exit code $code: $out"; fi
}

page '$ indoubt run' 'first' '...' 'third of three lines' 'took ...' \
  'indoubt 0.1.0' '$ echo $?' '0' '$ indoubt shop.json' '{ "shop": 1 }' \
  '$ indoubt wrong' 'no such file' '$ indoubt \' '  run'
cp "$work/page.md" "$work/true.md"
expect 0 "5 commands, 0 not as the page says" "a page that is true"
sed -i 's/third of three/fourth of three/' "$work/page.md"
expect 1 "page.md:6: \$ indoubt run" "a word that is another"
if BLESS=1 "$here/page_test.py" "$work/program" "$work/page.md" >/dev/null; then
  fail "BLESS=1 hides that there was something to mend"
fi
cmp "$work/page.md" "$work/true.md" || fail "what was mended is not the page that is true"

page '$ indoubt run' 'first' 'second 12 of 40 runs' 'third of three lines' 'took ...'
expect 1 "+indoubt 9.9.9" "a line that is missing at the end"
page '$ indoubt run' '...' 'second 13 of 40 runs' '...'
expect 1 "+second 12 of 40 runs" "a number that is another, between lines that are left out"
page '$ indoubt run' 'first' '...' 'second 12 of 40 runs' '...'
expect 1 "1 not as the page says" "lines that are left out where there are none"
page '$ indoubt wrong'
expect 1 "exit code 2" "a command that does not come to a result"
page 'indoubt run'
expect 1 "0 commands" "a page on which nothing is run"

# A small tree for the links.
mkdir -p "$work/tree/docs"
printf '# The book\n[one](one.md#a-heading) [two](two.md)\n' >"$work/tree/docs/README.md"
printf '# One\n## A heading\n[back](README.md)\n' >"$work/tree/docs/one.md"
printf '# Two\n' >"$work/tree/docs/two.md"
"$here/links_test.py" "$work/tree" >/dev/null || fail "links that lead somewhere"

# expect_broken TEXT
expect_broken() {
  local out
  if out="$("$here/links_test.py" "$work/tree")" || [[ $out != *"$1"* ]]; then
    fail "links: no '$1' in: $out"
  fi
}

printf '# Three\n[gone](gone.md) [none](one.md#no-heading)\n' >"$work/tree/docs/three.md"
expect_broken "docs/three.md: no such file: gone.md"
expect_broken "docs/three.md: no such heading: one.md#no-heading"
expect_broken "docs/README.md: does not name three.md"
echo "$failures failed"
((failures == 0))

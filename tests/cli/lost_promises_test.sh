#!/usr/bin/env bash
# What a hardened family loses in the classes of faults that its promises are not about is said in
# its README: a row for the class, which names each property and links a scenario that shows it
# violated.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/support.sh"

guarantees="${library%/food-delivery}/guarantees"
protocols="${library%/scenarios/*}/protocols"

# What a class expects hardened forms to violate, as "protocol property" lines, each once. Claims
# are a line each. One without a variant is about all forms, and one without a "where" about
# everybody.
lost_in() {
  sed -nE '/"verdict": "violated"/!d; /"variant": "as-published"/d
    s/.*"property": "([a-z-]+)".*"where": \{.*"protocol": "([a-z-]+)".*/\2 \1/p
    t
    s/.*"property": "([a-z-]+)".*/everybody \1/p' "$guarantees/$1.json" | sort -u
}

# The rows of a README about a class.
rows_about() { grep -E "^\| [^|]*\`$2\`" "$1" || true; }

# shows PROTOCOL PROPERTY README: whether a scenario that the rows on standard input link does.
shows() {
  local file text
  while read -r file; do
    file="$(dirname "$3")/$file"
    if [[ ! -f $file ]]; then
      fail "$3: there is no $file"
      continue
    fi
    text="$(tr -s ' \n' ' ' <"$file")"
    if [[ $text =~ \"name\":\ \"($1|\$\{protocol\})\" &&
      $text == *"\"property\": \"$2\", \"verdict\": \"violated\""* ]]; then
      return 0
    fi
  done < <(grep -oE '\]\([^)]*\.json\)' | sed 's/^](//; s/)$//')
  return 1
}

said=0
for class in client-retry degraded overload by-handling disk-gone; do
  while read -r protocol property; do
    # What is lost without any fault is no promise.
    if lost_in none | grep -qx "$protocol $property"; then continue; fi
    checks=$((checks + 1))
    readme="$protocols/${protocol//-/_}/README.md"
    rows="$(rows_about "$readme" "$class" | grep -F "\`$property\`" || true)"
    if [[ -z $rows ]]; then
      fail "$readme: no row about '$class' that names '$property'"
    elif ! shows "$protocol" "$property" "$readme" <<<"$rows"; then
      fail "$readme: '$class' links no scenario in which '$property' is violated"
    else
      said=$((said + 1))
    fi
  done < <(lost_in "$class")
done
((said > 60)) || fail "only $said promises are said to be lost: the claims are no longer found"
finish

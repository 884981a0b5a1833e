"""Finds where the code of a protocol can be mistaken, by rule, and plants all mistakes at once.

A mistake is a number. The planted sources ask `mutation::is_on(number)` at each site, so one build
holds all of them; number 0 is none. Only insertions are made, so lines stay where they were.
"""

import re
from dataclasses import dataclass, field

HEADER = "protocols/mutation.hpp"

SWITCH = """\
#pragma once

#include <cstdlib>

/// Which planted mistake is on, from INDOUBT_MUTATION: 0 is none.
namespace indoubt::mutation {

inline const int chosen = [] {
  const char* text = std::getenv("INDOUBT_MUTATION");
  return text == nullptr ? 0 : std::atoi(text);
}();

inline bool is_on(int number) { return number == chosen; }

}  // namespace indoubt::mutation
"""

# What a statement does, by how it begins or what it calls, and the rule that takes it away.
EFFECTS = ("write", "append", "force", "send", "answer", "reply", "arm", "cancel", "note")
EFFECT = re.compile(r"(?:ctx|about)\.(?:template )?(" + "|".join(EFFECTS) + r")\b")
SET_CHANGE = re.compile(r"\.(add|insert|push_back|push|remove|erase|clear)\(")
CHANGE = re.compile(r"^(\+\+|--|[^\s=]+(\[[^\]]*\])?[^\s=]* ?(=|\+=|-=|\|=|&=|<<=)[^=])")
NO_STATEMENT = re.compile(r"^(assert|static_assert|using|break|continue|goto|throw|static)\b")
DECLARATION = re.compile(r"^(const |auto |constexpr |typename |"
                         r"[\w:<>,]+(?:<[^;=()]*>)?[&*]? \w+( =|\{|\(|$))")
LAMBDA = re.compile(r"\](\([^{};]*\))?( mutable)?( -> [\w:]+)? ?\{")
REQUIREMENT = r"\brequires ?\([^()]*\)$"
QUORUM = re.compile(r"(\bquorum\(\)|\bneeded\([^()]*\)|/ 2 \+ 1)(?! (const|override))")

# What declares, configures or is mistaken already.
OTHER = re.compile(r"/(messages|options|mutants|family|settings|build|commands|sites|topics"
                   r"|careless_consumers|careless_processes|\w+_records)\.[ch]pp$")
KIT = re.compile(r"protocols/kit/(job|messaging|supervisor|atomic_commit)/")

RULES = {
    "guard dropped": "an `if (...) return` that never returns",
    "condition true": "an `if` whose condition always holds",
    "condition false": "an `if` whose condition never holds",
    "operand dropped": "an `&&` or `||` with one operand left out",
    "choice swapped": "`a ? b : c` read as `a ? c : b`",
    "write dropped": "a record neither written nor taken in",
    "append dropped": "a record not written",
    "force dropped": "what was written is not forced",
    "send dropped": "a message, an answer or a reply not sent",
    "arm dropped": "a timer not armed",
    "cancel dropped": "a timer not cancelled",
    "note dropped": "units in memory not stated",
    "add dropped": "an element not added to a set or list",
    "remove dropped": "an element not removed from a set or list",
    "replay line dropped": "a line of a replay or a loss of memory left out",
    "restart line dropped": "a line of what a restart does left out",
    "change dropped": "a change of a variable left out",
    "call dropped": "a call left out",
    "effects swapped": "two neighbouring effects in the other order",
    "quorum off by one": "a quorum that is one smaller, or one larger",
}


@dataclass
class Statement:
    """A statement without parts that are statements, but for lambdas in it."""

    start: int
    end: int  # after the semicolon
    function: str  # the head of the function that it is in
    returns: bool = False


@dataclass
class Condition:
    start: int
    end: int
    is_guard: bool = False


@dataclass
class Code:
    """What the bodies of a file's functions are made of."""

    rows: list = field(default_factory=list)  # of neighbouring statements
    conditions: list = field(default_factory=list)


@dataclass
class Mistake:
    number: int
    file: str
    line: int
    rule: str
    text: str


def blanked(text, signs):
    return re.sub(signs, lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.M)


def without_comments(text):
    return blanked(text, r"//[^\n]*")


def masked(text):
    """Blank where comments, strings and directives were, so that each sign that is left is code."""
    return blanked(without_comments(text), r'"(?:\\.|[^"\\\n])*"|^#[^\n]*')


def closing(text, at):
    """Where what opens at `at` is closed."""
    depth = 0
    for i in range(at, len(text)):
        if text[i] in "([{":
            depth += 1
        elif text[i] in ")]}":
            depth -= 1
            if depth == 0:
                return i
    raise ValueError("nothing closes what opens at %d" % at)


def top_level(text, start, end, sign):
    """Where `sign` stands in a range, outside of all brackets."""
    found, i = [], start
    while i < end:
        if text[i] in "([{":
            i = closing(text, i)
        elif text.startswith(sign, i):
            found.append(i)
            i += len(sign) - 1
        i += 1
    return found


class Reader:
    """Reads function bodies; a small part of the grammar is enough for formatted sources."""

    def __init__(self, text):
        self.text = text
        self.code = Code()

    def read_declarations(self, at, end):
        """A namespace, a class or a file: what is in it that has a body."""
        head = at
        while at < end:
            sign = self.text[at]
            if sign in ";}":
                head = at + 1
            elif sign in "([":
                at = closing(self.text, at)
            elif sign == "{":
                before, close = self.text[head:at].strip(), closing(self.text, at)
                if re.search(r"\b(namespace|struct|class)\b", before) and not before.endswith(")"):
                    self.read_declarations(at + 1, close)
                elif re.search(r"\)( (const|override|noexcept|final))*$|\}$", before):
                    if not re.search(REQUIREMENT + r"|\bfields\(", before):
                        self.read_block(at, before)
                at = close
                if not re.search(REQUIREMENT, before):
                    head = at + 1
            at += 1

    def skip_space(self, at):
        return at + len(self.text[at:]) - len(self.text[at:].lstrip())

    def read_block(self, at, function):
        """The block that opens at `at`; says where it ends."""
        end = closing(self.text, at)
        at = self.skip_space(at + 1)
        row = []
        while at < end:
            label = re.compile(r"(case [\w:]+|default):(?!:)").match(self.text, at)
            if label:
                self.end_row(row)
                at = self.skip_space(label.end())
                continue
            before = at
            at, simple = self.read_statement(at, function)
            if simple is None or simple.returns:
                self.end_row(row)
            if simple is not None:
                row.append(simple)
            at = self.skip_space(max(at, before + 1))
        self.end_row(row)
        return end + 1

    def end_row(self, row):
        if row:
            self.code.rows.append(list(row))
        row.clear()

    def read_part(self, at, function):
        """A statement that is part of another one; says where it ends, and whether it returns."""
        at = self.skip_space(at)
        end, simple = self.read_statement(at, function)
        self.end_row([simple] if simple else [])
        return end, bool(re.match(r"\{?\s*return\b", self.text[at:end]))

    def read_statement(self, at, function):
        """Says where it ends, and what it is if it has no parts."""
        if self.text[at] == "{":
            return self.read_block(at, function), None
        head = re.compile(r"(if|while|for|switch)( constexpr)? \(").match(self.text, at)
        if head:
            return self.read_compound(head, function), None
        if re.compile(r"else\b").match(self.text, at):
            return self.read_part(at + 4, function)[0], None
        end = at
        while self.text[end] not in ";}":
            end = closing(self.text, end) + 1 if self.text[end] in "([{" else end + 1
        if self.text[end] == "}":
            return end, None
        self.read_lambdas(at, end)
        statement = Statement(at, end + 1, function)
        statement.returns = self.text.startswith("return", at)
        return end + 1, statement

    def read_lambdas(self, at, end):
        """Not those in lambdas: they are read with the one around them."""
        for match in LAMBDA.finditer(self.text[at:end]):
            before = self.text[at : at + match.start()]
            if before.count("{") == before.count("}"):
                self.read_block(at + match.end() - 1, "lambda")

    def read_compound(self, head, function):
        open_at = head.end() - 1
        close = closing(self.text, open_at)
        end, returns = self.read_part(close + 1, function)
        if head.group(1) == "if" and not head.group(2):
            parts = top_level(self.text, open_at + 1, close, ";")
            start = parts[-1] + 1 if parts else open_at + 1
            if not re.match(r"(const )?auto\b", self.text[start:close].strip()):
                self.code.conditions.append(Condition(self.skip_space(start), close, returns))
        return end


class Planter:
    """Plants the mistakes of one file, numbered from `first`."""

    def __init__(self, file, text, first):
        self.file, self.text, self.plain = file, text, masked(text)
        self.next, self.mistakes, self.insertions = first, [], []
        reader = Reader(self.plain)
        reader.read_declarations(0, len(self.plain))
        for condition in reader.code.conditions:
            self.plant_condition(condition)
        for row in reader.code.rows:
            for statement in row:
                self.plant_statement(statement)
            self.plant_swaps(row)
        self.plant_quorums(reader.code)

    def mistake(self, at, end, rule):
        line = self.text.count("\n", 0, at) + 1
        text = " ".join(self.text[at:end].split())
        self.mistakes.append(Mistake(self.next, self.file, line, rule, text))
        self.next += 1
        return "mutation::is_on(%d)" % self.mistakes[-1].number

    def wrap(self, start, end, before, after):
        """Around a range; a wider one goes around a narrower one, an earlier around a later one."""
        rank = len(self.insertions)
        self.insertions.append((start, 1, -end, rank, before))
        self.insertions.append((end, 0, -start, -rank, after))

    def plant_condition(self, condition):
        start, end = condition.start, condition.end
        never = "guard dropped" if condition.is_guard else "condition false"
        off, on = self.mistake(start, end, never), self.mistake(start, end, "condition true")
        self.wrap(start, end, "(bool(", ") && !%s) || %s" % (off, on))  # It is judged anyhow.
        self.plant_operands(start, end)

    def plant_operands(self, start, end):
        sign = "||" if top_level(self.plain, start, end, "||") else "&&"
        signs = top_level(self.plain, start, end, sign)
        if not signs or top_level(self.plain, start, end, "?"):
            return
        starts = [start] + [self.skip_sign(at, sign) for at in signs]
        ends = [at - 1 for at in signs] + [end]
        for first, last in zip(starts, ends):
            on = self.mistake(first, last, "operand dropped")
            self.wrap(first, last, ("(!%s && (" if sign == "||" else "(%s || (") % on, "))")

    def skip_sign(self, at, sign):
        at += len(sign)
        return at + len(self.plain[at:]) - len(self.plain[at:].lstrip())

    def plant_statement(self, statement):
        start, end = statement.start, statement.end - 1
        if statement.returns:
            start += len("return ")
            if start >= end:
                return
        text = self.plain[start:end]
        self.plant_choice(start, end, statement)
        rule = self.rule_of(statement)
        if rule is None:
            return
        on = self.mistake(start, end, rule)
        self.wrap(start, end, "%s ? void() : void(" % on, ")")

    def plant_choice(self, start, end, statement):
        assigned = [at for at in top_level(self.plain, start, end, " =")
                    if self.plain[at + 2].isspace()]
        if not assigned and not statement.returns and DECLARATION.match(self.plain[start:end]):
            return
        begin = self.skip_sign(assigned[0], " =") if assigned else start
        signs = top_level(self.plain, begin, end, "?")
        if signs:
            on = self.mistake(begin, end, "choice swapped")
            self.wrap(begin, signs[0], "%s != bool(" % on, ")")
        elif statement.returns or assigned:
            self.plant_operands(begin, end)

    def rule_of(self, statement):
        """What it is to leave the statement out, or None if it must stay."""
        text = self.plain[statement.start : statement.end - 1]
        if statement.returns:
            text = text[len("return ") :]
            if "(" not in text or not re.search(r"\bvoid\b", statement.function):
                return None
        elif NO_STATEMENT.match(text) or not text.strip():
            return None
        is_change = CHANGE.match(text)
        if not is_change and not statement.returns and DECLARATION.match(text):
            return None
        effect = EFFECT.match(text)
        if effect:
            name = effect.group(1)
            return ("send" if name in ("answer", "reply") else name) + " dropped"
        if re.search(r"\b(replay|restore|lose_memory)\(", statement.function):
            return "replay line dropped"
        if re.search(r"\bRestart\b|after_crash|\bresume\(", statement.function):
            return "restart line dropped"
        change = SET_CHANGE.search(text)
        if change and not is_change and "[&]" not in text:
            adds = change.group(1) in ("add", "insert", "push", "push_back")
            return "add dropped" if adds else "remove dropped"
        return "change dropped" if is_change else "call dropped"

    def is_effect(self, statement):
        """Whether its place among others matters. Timers are lost in a crash wherever they are."""
        text = self.plain[statement.start : statement.end - 1]
        if statement.returns or self.rule_of(statement) is None or "[&]" in text:
            return None
        effect = EFFECT.match(text)
        if effect:
            return None if effect.group(1) in ("arm", "cancel") else effect.group(1)
        return "call" if re.search(r"\bctx\)$", text) and not CHANGE.match(text) else None

    def plant_swaps(self, row):
        chain = []
        for statement in row + [None]:
            if statement is not None and self.is_effect(statement):
                chain.append(statement)
                continue
            self.plant_chain(chain)
            chain = []

    def plant_chain(self, chain):
        code = without_comments(self.text)
        texts = [code[each.start : each.end] for each in chain]
        branches = ""
        for i in range(len(chain) - 1):
            kinds = {self.is_effect(chain[i]), self.is_effect(chain[i + 1])}
            if texts[i] == texts[i + 1] or not kinds & {"write", "append", "force", "call"}:
                continue
            on = self.mistake(chain[i].start, chain[i + 1].end, "effects swapped")
            swapped = texts[:i] + [texts[i + 1], texts[i]] + texts[i + 2 :]
            branches += "if (%s) { %s } else " % (on, " ".join(" ".join(swapped).split()))
        if branches:
            self.wrap(chain[0].start, chain[-1].end, branches + "{ ", " }")

    def plant_quorums(self, code):
        ranges = [(c.start, c.end) for c in code.conditions]
        ranges += [(s.start, s.end - 1) for row in code.rows for s in row]
        sites = set()
        for start, end in ranges:
            sites.update(m.span() for m in QUORUM.finditer(self.plain, start, end))
        for start, end in sorted(sites):
            less = self.mistake(start, end, "quorum off by one")
            more = self.mistake(start, end, "quorum off by one")
            self.wrap(start, end, "", " - int(%s) + int(%s)" % (less, more))

    def planted(self):
        parts, at = ['#include "%s"\n#line 1\n' % HEADER] if self.mistakes else [], 0
        for place, _, _, _, inserted in sorted(self.insertions):
            parts += [self.text[at:place], inserted]
            at = place
        return "".join(parts) + self.text[at:]


def is_protocol_logic(path):
    """Roles, and what they are made of."""
    if path.startswith("protocols/kit/"):
        return path == "protocols/kit/retry.hpp" or bool(KIT.match(path)) and not OTHER.search(path)
    return path.count("/") > 1 and not OTHER.search(path)


def plant(sources):
    """The planted text of each of {path: text}, and the list of all mistakes."""
    planted, mistakes = {}, []
    for path in sorted(sources):
        if not is_protocol_logic(path):
            continue
        planter = Planter(path, sources[path], len(mistakes) + 1)
        planted[path] = planter.planted()
        mistakes += planter.mistakes
    planted[HEADER] = SWITCH
    return planted, mistakes

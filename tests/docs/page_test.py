#!/usr/bin/env python3
"""Runs the sessions of a page of the documentation, and compares what is printed with the page.

usage: page_test.py PROGRAM PAGE [OTHER...]   compares, and fails if anything differs
       BLESS=1 page_test.py PROGRAM PAGE      writes into the page what is printed now

A session is a fenced block whose first line begins with "$ ". Such a line is a command of bash,
which a backslash at its end continues; what follows is its output, up to the next command. A
session begins in a folder with a copy of `scenarios`, and with the program as `indoubt` and as
`build/release/indoubt`; other programs are in `build`, and the library is in `~/indoubt`, as if it
were installed there. All sessions of a page share that folder, and nothing else. A block whose
fence names a file behind its language (```jsonc shop.json) is that file, for what follows.

In the output

- a line of nothing but `...` stands for one line or more,
- the word `...` at the end of a line stands for the rest of that line; that is how to leave out
  what is of this machine: seconds, and runs or states a second,
- a version after `indoubt ` may be any.

A command without output is only run: it must come to a result, which are the exit codes 0, 1 and 3.
What goes to standard error is output only with exit code 2; else it is how far a long run is.
"""
import dataclasses
import difflib
import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = (0, 1, 3)
ELISION = "..."


@dataclasses.dataclass
class Command:
    """One command of a session; from `first` to `end` its output is among the page's lines."""

    text: str
    first: int
    end: int


@dataclasses.dataclass
class Block:
    """A fenced block: what stands behind its fence, and where its content begins and ends."""

    about: str
    begin: int
    end: int

    def file(self):
        """The name of the file that it is, or nothing."""
        words = self.about.split()
        return words[1] if len(words) == 2 else ""


def fenced_blocks(lines):
    begin = None
    for at, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if begin is None:
            begin = at
        else:
            yield Block(lines[begin].removeprefix("```"), begin + 1, at)
            begin = None


def commands_of(lines, begin, end):
    commands = []
    at = begin
    while at < end:
        text = lines[at].removeprefix("$ ")
        while text.endswith("\\") and at + 1 < end:
            at += 1
            text += "\n" + lines[at]
        at += 1
        first = at
        while at < end and not lines[at].startswith("$ "):
            at += 1
        commands.append(Command(text, first, at))
    return commands


def prepare(folder, program, others):
    """A folder to type commands in, as a checkout in which the program was built."""
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    links = {
        "bin/indoubt": program,
        "build/release/indoubt": program,
        "indoubt/share/indoubt/library": folder / "scenarios/library",
    } | {f"build/{other.name}": other for other in others}
    for place, target in links.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).symlink_to(target)


def run_session(session, folder):
    """Runs the commands in one shell; gives each, what it printed, and its exit code."""
    told = pathlib.Path(tempfile.mkdtemp(dir=folder))
    script = ""
    for number, command in enumerate(session):
        files = f'>"{told}/{number}.out" 2>"{told}/{number}.err" </dev/null'
        script += f'{{\n{command.text}\n}} {files}\nsession_code=$?\n'
        script += f'echo $session_code >"{told}/{number}.code"\n(exit $session_code)\n'
    environment = os.environ | {
        "PATH": f"{folder}/bin:{os.environ['PATH']}", "HOME": str(folder),
        "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
    }
    shell = subprocess.run(["bash", "-c", script], cwd=folder, env=environment, text=True,
                           capture_output=True, check=False)
    results = []
    for number, command in enumerate(session):
        if not (told / f"{number}.code").exists():
            sys.exit(f"line {command.first}: was not run: {shell.stderr}")
        code = int((told / f"{number}.code").read_text())
        output = (told / f"{number}.out").read_text()
        if code == 2:
            output += (told / f"{number}.err").read_text()
        printed = output.rstrip("\n").replace(str(folder), "~").split("\n")
        results.append((command, printed, code))
    return results


def run_page(lines, folder):
    """Runs all sessions of the page in that folder; gives each command with what came of it."""
    results = []
    for block in fenced_blocks(lines):
        if block.file():
            text = "\n".join(lines[block.begin:block.end]) + "\n"
            (folder / block.file()).write_text(text)
        elif lines[block.begin].startswith("$ "):
            results += run_session(commands_of(lines, block.begin, block.end), folder)
    return results


def is_elision(line):
    return line.strip() == ELISION


def cut_like(written, printed):
    """The printed line, with its end left out where that of the written one is."""
    if not written.endswith(" " + ELISION):
        return printed
    kept = len(written.split()) - 1
    ends = [word.end() for word in re.finditer(r"\S+", printed)]
    return f"{printed[:ends[kept - 1]]} {ELISION}" if kept < len(ends) else printed


@functools.cache
def comparable(line):
    return re.sub(r"\bindoubt \d+\.\d+\.\d+", "indoubt VERSION", line)


@functools.cache
def words_of(line):
    """What a line says, whatever its numbers are."""
    return frozenset(re.sub(r"\d[\d.,]*", "#", line).split())


def difference(written, printed):
    """From 0, if one stands for the other, to 2, for which one goes out and the other comes in."""
    printed = cut_like(written, printed)
    if comparable(written) == comparable(printed):
        return 0
    ours, theirs = words_of(written), words_of(printed)
    return 2 - 1.9 * len(ours & theirs) / max(len(ours), len(theirs), 1)


def renewed(written, printed):
    """What should be written in place of `written`: the same where it stands for what was printed.
    Of all ways to lay the two beside each other, the one that changes least."""
    # cost[i][j] is that of the first i lines written and the first j printed; step says how.
    cost = [[0.0] * (len(printed) + 1) for _ in range(len(written) + 1)]
    step = [[""] * (len(printed) + 1) for _ in range(len(written) + 1)]
    for i in range(len(written) + 1):
        for j in range(len(printed) + 1):
            ways = []
            if i > 0 and j > 0:
                if is_elision(written[i - 1]):
                    ways.append((cost[i - 1][j - 1], "elide"))
                    if step[i][j - 1] in ("elide", "elide more"):
                        ways.append((cost[i][j - 1], "elide more"))
                else:
                    change = difference(written[i - 1], printed[j - 1])
                    ways.append((cost[i - 1][j - 1] + change, "change" if change else "keep"))
            if i > 0:
                ways.append((cost[i - 1][j] + 1, "take out"))
            if j > 0:
                ways.append((cost[i][j - 1] + 1, "put in"))
            if ways:
                cost[i][j], step[i][j] = min(ways, key=lambda way: way[0])
    result = []
    i, j = len(written), len(printed)
    while i > 0 or j > 0:
        how = step[i][j]
        if how in ("elide", "keep"):
            result.append(written[i - 1])
        elif how == "change":
            result.append(cut_like(written[i - 1], printed[j - 1]))
        elif how == "put in":
            result.append(printed[j - 1])
        if how in ("elide", "keep", "change", "take out"):
            i -= 1
        if how != "take out":
            j -= 1
    return result[::-1]


def tell(page, command, written, wanted):
    print(f"{page}:{command.first}: $ {command.text}")
    for line in difflib.unified_diff(written, wanted, "in the page", "as printed", lineterm="",
                                     n=2):
        print(f"  {line}")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, page, *others = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    name = page.relative_to(ROOT) if page.is_relative_to(ROOT) else page
    lines = page.read_text().split("\n")
    new_lines = list(lines)
    compared = failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        prepare(folder, program, others)
        results = run_page(lines, folder)
    # From the last one on, so that places further up stay as they are.
    for command, printed, code in reversed(results):
        compared += 1
        written = lines[command.first:command.end]
        if not written:
            if code not in RESULTS:
                print(f"{name}:{command.first}: $ {command.text}: exit code {code}")
                failures += 1
            continue
        wanted = renewed(written, printed)
        if wanted != written:
            tell(name, command, written, wanted)
            new_lines[command.first:command.end] = wanted
            failures += 1
    if failures and os.environ.get("BLESS"):
        page.write_text("\n".join(new_lines))
    print(f"{name}: {compared} commands, {failures} not as the page says")
    if failures:
        print(f"BLESS=1 {sys.argv[0]} PROGRAM PAGE writes them anew")
    sys.exit(failures != 0 or compared == 0)


if __name__ == "__main__":
    main()

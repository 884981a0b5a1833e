#!/usr/bin/env python3
"""Each link from a page to a file of this repository leads to one, and if it names a heading, to
a heading; and the table of contents, docs/README.md, names every page of docs/.

usage: links_test.py [FOLDER]    looks at the tree in FOLDER (default: this one)
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ("*.md", "docs/*.md", "docs/decisions/*.md", "protocols/**/README.md")


def text_of(page):
    """The page without what is in fenced blocks."""
    return re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def anchors_of(page):
    """The names that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ +(.*)$", text_of(page), flags=re.MULTILINE)
    plain = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading) for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain}


def links_of(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if not re.match(r"[a-z]+:", link):
            yield link


def broken_links(page):
    for link in links_of(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            yield f"no such file: {link}"
        elif anchor and target.suffix == ".md" and anchor not in anchors_of(target):
            yield f"no such heading: {link}"


def not_listed(root):
    contents = root / "docs/README.md"
    listed = {(contents.parent / link.partition("#")[0]).resolve() for link in links_of(contents)}
    for page in sorted(root.glob("docs/*.md")):
        if page != contents and page.resolve() not in listed:
            yield f"does not name {page.name}"


def main():
    root = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    pages = sorted({page for pattern in PAGES for page in root.glob(pattern)})
    found = [f"{page.relative_to(root)}: {what}" for page in pages for what in broken_links(page)]
    found += [f"docs/README.md: {what}" for what in not_listed(root)]
    print(*found, f"{len(pages)} pages, {len(found)} found", sep="\n")
    sys.exit(bool(found) or not pages)


if __name__ == "__main__":
    main()

"""The form of a text: what pages do not take, and what Markdown would not show as it was meant.

Each message says what to write instead. Every fault of a text is told, whatever else is wrong.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from trustops.content.braces import PLAIN_BRACES, braces_in
from trustops.content.documents import Body
from trustops.content.facts import Facts
from trustops.content.figures import is_month_alone
from trustops.content.kinds import Kind
from trustops.content.markdown import fact_names, outline
from trustops.content.prose import FACT, Literal, LiteralKind, literals
from trustops.content.values import Problem

MOST_BRACKETS = 200
"""Opening brackets in one paragraph; each may begin a link."""

_TOP = re.compile(r"#(?!#)|=+ *$")
_MARKUP = re.compile(r"<(?:[a-zA-Z/!?])")
_FENCE = re.compile(r" *(?:(?:[-*+]|\d{1,9}[.)]) +)*(`{3,}(?=[^`]*$)|~{3,})")
_PASTED = (
    (
        re.compile(r"\s*[\u2022\u25cf\u25e6\u25aa\u00b7\uf0b7]\s*\S"),
        "begins with a pasted bullet; write - and a space",
    ),
    (re.compile(r"#{2,6}[^#\s{]"), "has no space behind #; write ## and a space for a heading"),
    (
        re.compile(r".*\]\s+\((?:/|#|https?:|\{\{)"),
        "has a space within a link; write [words](/path)",
    ),
    (
        re.compile(r".*\]\((?:/|#|https?:|\{\{ )[^)]*$"),
        "has a link without its end; write [words](/path)",
    ),
    (
        re.compile(r"\s*[\u2013\u2014]{1,3}\s*$"),
        "is a long dash alone; write --- for a line across",
    ),
)
"""What word processors and web pages leave behind, and what to write in its place."""

_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
_GIVEN_ID = re.compile(r"^ {0,3}#{1,6} .*?(?P<braces>\{:?\s*#[^{}]*\})\s*$")
_BRACE = re.compile(r"\{[^{}\n]{0,60}\}{0,2}|\}")
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_OPEN_WORDS = {
    LiteralKind.ADDRESS: "write {{ fact.new_token.<chain> }} or another name of the signed list",
    LiteralKind.DOMAIN: "write {{ fact.domain.<id> }}, or a path of this site",
    LiteralKind.DATE: "write {{ fact.migration.<name> }} and put the date into the pack",
    LiteralKind.RATIO: "write {{ fact.migration.ratio }}, or another fact of the pack",
}


def check_words(body: Body, facts: Facts) -> Iterator[Problem]:
    """Facts that nobody gives, and values that have to be facts."""
    for line, name in fact_names(body.text):
        if facts.find(name) is None and not facts.withholds(name):
            words = f"names the fact {name}, which nothing gives{_meant(name, facts)}"
            yield body.at(line, words)
    for literal in literals(body.text):
        # An entry of the ledger has its own day, which gives a month beside it its year.
        if not (body.file.startswith(f"{Kind.POLICY}/") and is_month_alone(literal.text)):
            yield body.at(literal.line, said(literal))


def said(literal: Literal) -> str:
    """What is wrong with a literal value, and what to write."""
    if literal.kind is LiteralKind.RATIO and _TIME.fullmatch(literal.text):
        words = f"holds {literal.text}, a time of day or a ratio; name it as a fact instead: write"
        return f"{words} {{{{ fact.migration.<name> }}}} and put it into the pack"
    words = f"holds the {literal.kind} {literal.text}; name it as a fact instead"
    return f"{words}: {_OPEN_WORDS[literal.kind]}"


def check_form(body: Body) -> Iterator[Problem]:
    """Markup that pages do not take: HTML, pictures, a second title, braces that name no fact."""
    crowded = _crowded_line(body.text)
    if crowded:
        yield body.at(crowded, f"has more than {MOST_BRACKETS} [ in one paragraph; begin another")
    lines = body.text.split("\n")
    prose = without_code(lines)
    for number, (line, words) in enumerate(zip(lines, prose, strict=True), 1):
        if _MARKUP.search(words):
            yield body.at(number, "holds HTML; only Markdown is read here")
        yield from (body.at(number, told) for form, told in _PASTED if form.match(words))
        yield from (body.at(number, fault) for fault in _wrong_braces(line, words))
    yield from _open_fence(body, lines)
    yield from _wrong_tables(body, prose, lines)
    if not crowded:
        yield from _wrong_outline(body, lines)


def without_code(lines: Sequence[str]) -> list[str]:
    """The lines of a text with spaces in place of code: spans within a line, and fences."""
    kept: list[str] = []
    fence = ""
    for line in lines:
        opening = _FENCE.match(line)
        if fence:
            kept.append("")
            rest = line.strip()
            fence = "" if len(rest) >= len(fence) and set(rest) == {fence[0]} else fence
        elif opening:
            fence = opening.group(1)
            kept.append("")
        else:
            kept.append(re.sub(r"(`+)[^`]+\1", lambda code: " " * len(code.group()), line))
    return kept


def _open_fence(body: Body, lines: Sequence[str]) -> Iterator[Problem]:
    """A fence that nothing ends: everything below it would be shown as code."""
    fence, begun = "", 0
    for number, line in enumerate(lines, 1):
        rest, opening = line.strip(), _FENCE.match(line)
        if fence:
            fence = "" if len(rest) >= len(fence) and set(rest) == {fence[0]} else fence
        elif opening:
            fence, begun = opening.group(1), number
    if fence:
        yield body.at(begun, f"begins code that nothing ends; write {fence} below its last line")


def _wrong_braces(line: str, words: str) -> Iterator[str]:
    """Braces of one line: those of a fact wherever they stand, others outside of code."""
    told = list(braces_in(line))
    yield from told
    if told:
        return
    given = _GIVEN_ID.match(words)
    left = words[: given.start("braces")] if given else words
    for match in _BRACE.finditer(FACT.sub("", left).translate(PLAIN_BRACES)):
        words = f"has braces that name no fact: {match.group()}"
        yield f"{words}; write {{{{ fact.<name> }}}}, or take the braces out"
        return


def _wrong_tables(body: Body, prose: Sequence[str], lines: Sequence[str]) -> Iterator[Problem]:
    """Rows without the rule that makes them a table, and rows with other cells than its head.

    Cells are counted as they are written: a `|` within code parts a row too (GFM, tables).
    """
    start = 0
    while start < len(prose):
        end = start
        while end < len(prose) and _is_row(prose[end]):
            end += 1
        if end - start > 1 or (end > start and prose[start].strip().startswith("|")):
            yield from _wrong_table(body, lines, start, end)
        start = max(end, start + 1)


def _wrong_table(body: Body, lines: Sequence[str], start: int, end: int) -> Iterator[Problem]:
    head = _cells(lines[start])
    rule = _cells(lines[start + 1]) if start + 1 < end else []
    example = f"|{'---|' * len(head)}"
    if not rule or not all(_RULE_CELL.fullmatch(cell) for cell in rule):
        words = f"is a table without its rule; put {example} under its first row"
        yield body.at(start + 1, words)
        return
    if len(rule) != len(head):
        words = f"has {len(rule)} cells in the rule of a table with {len(head)}; write {example}"
        yield body.at(start + 2, words)
    for number in range(start + 2, end):
        cells = _cells(lines[number])
        if len(cells) != len(head):
            words = f"has {len(cells)} cells in a table with {len(head)}; give each row as many"
            words = f"{words}, and write \\| for a bar in a cell"
            yield body.at(number + 1, words)


def _is_row(line: str) -> bool:
    return "|" in line.replace("\\|", "") and not line.lstrip().startswith(("#", ">", "- ", "* "))


def _cells(line: str) -> list[str]:
    """The cells of a row; the first and the last mark only enclose it."""
    row = line.replace("\\|", " ").strip()
    return row.removeprefix("|").removesuffix("|").split("|")


def _wrong_outline(body: Body, lines: Sequence[str]) -> Iterator[Problem]:
    read = outline(body.text)
    if read.pictures:
        yield body.at(line_with(body.text, "!["), "holds a picture; pages show none")
    if read.top_headings:
        first = next((number for number, line in enumerate(lines, 1) if _TOP.match(line)), 1)
        yield body.at(first, "has a heading of the title's level; use ##")
    seen: set[str] = set()
    for line, wanted, section in read.section_lines:
        if wanted in seen:
            words = f"has the address #{wanted}, as a heading above; give it another: "
            yield body.at(line, f"{words}{'#' * section.level} {section.title} {{#{wanted}-again}}")
        seen.add(wanted)
        if section.title.endswith("}") and "{" in section.title:
            words = "has an id that cannot be an address; write small letters, digits and -, as in"
            yield body.at(line, f"{words} {{#my-section}}")


def line_with(body: str, words: str) -> int:
    """The first line of a text that has some words, from 1."""
    lines = body.replace("\\", "").split("\n")
    needles = (f"({words}", words)
    places = (
        number for needle in needles for number, line in enumerate(lines, 1) if needle in line
    )
    return next(places, 1)


def _crowded_line(body: str) -> int:
    """The line of a paragraph with more opening brackets than anybody writes; 0 without one.

    The time that Markdown takes for them grows with their square.
    """
    brackets = 0
    for number, line in enumerate(body.split("\n"), 1):
        brackets = brackets + line.count("[") if line.strip() else 0
        if brackets > MOST_BRACKETS:
            return number
    return 0


def _meant(name: str, facts: Facts) -> str:
    """The names that a misspelt one may stand for."""
    close = difflib.get_close_matches(name, facts.known, n=2, cutoff=0.7)
    return f"; did you mean {' or '.join(close)}?" if close else ""

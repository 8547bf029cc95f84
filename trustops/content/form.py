"""The form of a text: what pages do not take, and what Markdown would not show as it was meant.

Each message says what to write instead. Every fault of a text is told, whatever else is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from trustops.content.blocks import blocks_of
from trustops.content.braces import PLAIN_BRACES, braces_in
from trustops.content.documents import Body
from trustops.content.facts import Facts
from trustops.content.fences import without_code
from trustops.content.figures import is_month_alone
from trustops.content.fixes import MERGED, is_merge_mark, meant
from trustops.content.headings import braces_of_id, wrong_id
from trustops.content.kinds import Kind
from trustops.content.link_paths import without_file_links
from trustops.content.list_marks import wrong_list_marks
from trustops.content.markdown import fact_names, outline
from trustops.content.markup import wrong_markup
from trustops.content.nested_items import odd_indents
from trustops.content.prose import FACT, Literal, LiteralKind, host_of, literals, once_each
from trustops.content.signs import left_signs
from trustops.content.tables import wrong_tables
from trustops.content.typed_days import days_meant
from trustops.content.values import Problem

MOST_BRACKETS = 200
"""Opening brackets in one paragraph; each may begin a link."""

_PASTED = (
    (re.compile(r"#{2,6}[^#\s{]"), "has no space behind #; write ## and a space for a heading"),
    (
        re.compile(r"\s*[\u2013\u2014]{1,3}\s*$"),
        "is a long dash alone; write --- for a line across",
    ),
)
"""What word processors and web pages leave behind, and what to write in its place."""

_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
_BRACE = re.compile(r"\{[^{}\n]{0,60}\}{0,2}|\}")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\[\]\n]+\]:")
_NUMBERED = re.compile(r"\s*\d{1,3}[.)][^\W\d_]")
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
            words = f"names the fact {name}, which nothing gives{meant(name, facts.known, 2)}"
            yield body.at(line, words)
    lines = body.text.split("\n")
    # A link to a file is told where links are, with the page that it means.
    for literal in once_each(literals(without_file_links(body.text))):
        if literal.kind is LiteralKind.DOMAIN and _is_an_item(literal, lines[literal.line - 1]):
            continue  # `1.one` is told as a list without its space
        # An entry of the ledger has its own day, which gives a month beside it its year.
        if not (body.file.startswith(f"{Kind.POLICY}/") and is_month_alone(literal.text)):
            yield body.at(literal.line, said(literal, facts))


def _is_an_item(literal: Literal, line: str) -> bool:
    """Whether what looks like a domain is the number of a list with its first word."""
    plain = line.replace("*", "").strip()
    return _NUMBERED.match(plain) is not None and plain.startswith(literal.text)


def said(literal: Literal, facts: Facts | None = None) -> str:
    """What is wrong with a literal value, and what to write: the fact that says it, if one does."""
    value = host_of(literal.text) if literal.kind is LiteralKind.DOMAIN else literal.text
    known = facts.known if facts else {}
    same = [name for name, fact in known.items() if fact.text == value]
    # Of several that say the same only the author knows which one is meant.
    if len(same) == 1:
        words = f"holds the {literal.kind} {literal.text}; name it as a fact instead"
        return f"{words}: write {{{{ fact.{same[0]} }}}}"
    if literal.kind is LiteralKind.RATIO and _TIME.fullmatch(literal.text):
        words = f"holds {literal.text}, a time of day or a ratio; name it as a fact instead: write"
        return f"{words} {{{{ fact.migration.<name> }}}} and put it into the pack"
    words = f"holds the {literal.kind} {literal.text}; name it as a fact instead"
    return f"{words}: {_OPEN_WORDS[literal.kind]}"


def said_in_front(literal: Literal, *, may_name_month: bool) -> str:
    """The same for front matter, where no fact can stand.

    Args:
        literal: the value.
        may_name_month: whether the field may name a month with its year.
    """
    words = f"holds the {literal.kind} {literal.text}, and no fact can stand in front matter"
    if literal.kind is not LiteralKind.DATE or not may_name_month:
        return f"{words}; write the sentence without it, and name the fact in the text below"
    months = {f"{date.fromisoformat(day):%B %Y}" for day in days_meant(literal.text)}
    month = months.pop() if len(months) == 1 and literal.text.isascii() else ""
    fix = f"write {month}" if month else "write its month and its year, as in November 2025"
    return f"{words}; {fix}, and name the day as a fact in the text below"


def check_form(body: Body) -> Iterator[Problem]:
    """Markup that pages do not take: HTML, pictures, a second title, braces that name no fact."""
    crowded = _crowded_line(body.text)
    if crowded:
        yield body.at(crowded, f"has more than {MOST_BRACKETS} [ in one paragraph; begin another")
    lines = body.text.split("\n")
    code = without_code(lines)
    merged = {number for number, line in enumerate(code.lines, 1) if is_merge_mark(line)}
    yield from (body.at(number, MERGED) for number in sorted(merged))
    for number, (line, words) in enumerate(zip(lines, code.lines, strict=True), 1):
        if number in merged:
            continue
        yield from (body.at(number, told) for told in wrong_markup(words))
        yield from (body.at(number, told) for form, told in _PASTED if form.match(words))
        yield from (body.at(number, fault) for fault in _wrong_braces(line, words))
    if code.open_fence:
        told = f"begins code that nothing ends; write {code.open_fence} below its last line"
        yield body.at(code.begun, told)
    tables = tuple(wrong_tables(code.lines, lines))
    yield from (body.at(*fault) for fault in tables)
    if not crowded:
        unmerged = "\n".join("" if n in merged else line for n, line in enumerate(lines, 1))
        yield from _wrong_outline(replace(body, text=unmerged))
        torn = {line for line, _ in tables}
        torn |= {n for n, line in enumerate(code.lines, 1) if wrong_id(braces_of_id(line))}
        half = _half_typed(unmerged, code.lines)
        yield from (body.at(*fault) for fault in half if fault[0] not in torn)


def _half_typed(text: str, prose: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Lists, links and other signs that Markdown does not read."""
    blocks = blocks_of(text)
    for number, words in enumerate(prose, 1):
        if _FOOTNOTE.match(words):
            yield number, "has a footnote, which is not read here; write its words into the text"
    for line in blocks.from_zero:
        yield line, "begins its list with 0; write 1. and a space for the first of them"
    yield from odd_indents(text, prose)
    dated = set(_lines_that_begin_with_a_day(text))
    for block in blocks.all:
        marks = wrong_list_marks(block)
        listed = {line: told for line, told in marks if line not in dated}
        yield from listed.items()
        for line, told in left_signs(block):
            if line not in listed or not told.startswith("has a *"):
                yield line, told


def _lines_that_begin_with_a_day(text: str) -> Iterator[int]:
    """Lines whose numbers are those of a date, as in `2026. 2. 4.`, and no list."""
    lines = text.split("\n")
    for literal in literals(text):
        begins = lines[literal.line - 1].lstrip(" >#*-").startswith(literal.text[:4])
        if literal.kind is LiteralKind.DATE and begins:
            yield literal.line


def _wrong_braces(line: str, words: str) -> Iterator[str]:
    """Braces of one line: those of a fact wherever they stand, others outside of code."""
    told = list(braces_in(line))
    yield from told
    if told:
        return
    given = braces_of_id(words)
    if fault := wrong_id(given):
        yield fault
    left = words.rstrip().removesuffix(given)
    for match in _BRACE.finditer(FACT.sub("", left).translate(PLAIN_BRACES)):
        words = f"has braces that name no fact: {match.group()}"
        yield f"{words}; write {{{{ fact.<name> }}}}, or take the braces out"
        return


def _wrong_outline(body: Body) -> Iterator[Problem]:
    read = outline(body.text)
    for block in blocks_of(body.text).all:
        for picture in block.pictures:
            told = f"holds the picture ![{picture.words}]({picture.target}), and pages show none"
            yield body.at(picture.line, f"{told}; take it out, and say in words what it shows")
    yield from _wrong_levels(body)
    seen: set[str] = set()
    for line, wanted, section in read.section_lines:
        if wanted in seen:
            words = f"has the address #{wanted}, as a heading above; give it another: "
            yield body.at(line, f"{words}{'#' * section.level} {section.title} {{#{wanted}-again}}")
        seen.add(wanted)


def _wrong_levels(body: Body) -> Iterator[Problem]:
    """Headings of the title's level, and those that leave a level out."""
    lines = body.text.split("\n")
    above = 1
    for heading in blocks_of(body.text).headings:
        under = lines[heading.last_line - 1].strip() if heading.is_underlined else ""
        if under == "---":
            told = "makes a heading of the line above; leave a line empty above it"
            yield body.at(heading.last_line, told)
        elif heading.level == 1:
            line = heading.last_line if under else heading.line
            yield body.at(line, "has a heading of the title's level; use ##")
        elif heading.level > above + 1:
            told = "has a heading more than one level below the one above it"
            yield body.at(heading.line, f"{told}; use {'#' * (above + 1)}")
        above = max(2, min(heading.level, above + 1))


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

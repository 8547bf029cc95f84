"""Lines that were meant as a list, and that Markdown runs together in one paragraph. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trustops.content.blocks import APART, Block

_DASH = "write - and a space for a list"
_STAR = "write * and a space for a list, or * on both sides of words that are to stand out"
_NUMBER = "write 1. and a space for a list"
_WORD = rf"[^\W\d_{APART}]|{APART}"

_ALWAYS = (
    (
        re.compile(
            "[\u2022\u25cf\u25e6\u25aa\u00b7\u2023\u2043\u2219\uf0b7\uf0a7\uf0d8\u27a4\u2756]\\s*\\S"
        ),
        "begins with a pasted bullet; write - and a space",
    ),
)
"""What is a list wherever a line begins with it."""

_AT_A_BEGINNING = (
    (re.compile(rf"[-+](?={_WORD}|\[[ xX]?\])"), f"has no space behind its dash; {_DASH}"),
    (re.compile(r"\*(?=[^\W\d_])"), f"has no space behind its *; {_STAR}"),
    (
        re.compile("[\u2010\u2011\u2012\u2013\u2212\uff0d\u30fb](?![\\d\\s]*\\d)\\s*\\S"),
        f"begins with a dash of another kind; {_DASH}",
    ),
    (re.compile(r"[o\u25cb\u3007]\s{1,4}(?=\S)"), f"begins with a letter for a bullet; {_DASH}"),
    (
        re.compile(
            "[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3260-\u327b](?!.*[\u2460-\u24ff\u2776-\u2793\u3260-\u327b])\\s*\\S"
        ),
        f"begins with a number in a circle; {_NUMBER}",
    ),
    (re.compile(r"[0-9]{1,3}\s+[.)]\s*\S"), f"has a space within its number; {_NUMBER}"),
    (
        re.compile(rf"[0-9]{{1,3}}[.)](?!x\b)(?={_WORD}|[\"'(\u201c])"),
        f"has no space behind its number; {_NUMBER}",
    ),
    (
        re.compile("[0-9\uff10-\uff19]{1,3}[\uff0e\uff09]\\s*\\S|[\uff10-\uff19]{1,3}[.)]\\s*\\S"),
        f"has a wide number or stop; {_NUMBER}",
    ),
)
"""What is a list where a block begins with it, behind a colon, or beside others of its kind."""

_BESIDE_OTHERS = (
    re.compile("[\u2014\u2015\u2500]\\s*\\S"),
    re.compile(
        "[\u25a0\u25a1\u25b6\u25c6\u25c7\u2713\u2714\u2611\u2610\u2705\u2192\u21d2\u2605\u2606\u203b]\\s*\\S"
    ),
    re.compile(r"[0-9]{1,3}[.)]\s+\S"),
    re.compile("[0-9\uff10-\uff19]{1,3}\\s?[\u3001:]\\s*\\S|[0-9]{1,2},\\s+\\S"),
    re.compile(r"[0-9]{1,3}\s[-\u2013]\s+\S"),
    re.compile("[(\uff08][0-9A-Za-z\uac00-\ud7a3\u4e00-\u5341]{1,2}[)\uff09]\\s*\\S"),
    re.compile("[A-Za-z\uac00-\ud7a3][.)]\\s+\\S|[\uac00-\ud7a3][.)]\\S"),
    re.compile(r"[ivxIVX]{1,4}[.)]\s+\S"),
    re.compile(
        "[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}[\u3001\uff0e.]\\s*\\S"
    ),
    re.compile(r"(?i:step)\s?[0-9]{1,2}\s?[:.)-]\s*\S"),
)
"""What is a list only where the line above or below begins alike; one alone may be words."""

_WITHIN_AN_ITEM = re.compile(
    "(?:[a-z]|[ivx]{2,4})[.)]\\s+(?![a-z][.)])\\S|[(\uff08](?:[0-9a-z]{1,2}|[ivx]{2,4})[)\uff09]\\s*\\S"
    "|[A-Z][)]\\s+\\S|[\uac00-\ud7a3][.)]\\s+\\S|[2-9][.)]\\s+\\S"
)
"""What is a list of its own where it begins a line below the first one of an item."""

_BEGINS_AN_ITEM = frozenset("-+*0123456789")
_LETTERED = re.compile("[(\uff08]?(?:[A-Za-z\uac00-\ud7a3]|[ivxIVX]{1,4})[.)\uff09]")
_BY_LETTERS = (
    "begins with a letter for its number and is shown as running text; write - or 1. and a space, "
    "where it belongs under another item with three spaces before it"
)
_RUN_TOGETHER = (
    "begins as a list that is shown as one line; write - or 1. and a space, and leave a line empty "
    "above the list"
)


def wrong_list_marks(block: Block) -> Iterator[tuple[int, str]]:
    """The lines of a paragraph that were meant as a list.

    Yields:
        the line, from 1, and what to write instead.
    """
    if not block.is_paragraph:
        return
    lines = block.text.split("\n")
    place = 0
    for number, line in enumerate(lines):
        if words := _wrong_mark(lines, number, is_in_list=block.is_in_list):
            yield block.line_at(place, line), words
        place += len(line) + 1


def _wrong_mark(lines: Sequence[str], number: int, *, is_in_list: bool) -> str:
    """What is wrong with the mark that a line begins with; empty where it has none."""
    line = lines[number]
    above = lines[number - 1] if number else ""
    beside = (above, lines[number + 1] if number + 1 < len(lines) else "")
    for form, words in _ALWAYS:
        if form.match(line):
            return words
    for form, words in _AT_A_BEGINNING:
        begins = not above or above.rstrip().endswith((":", "\uff1a"))
        begins = begins or (is_in_list and line[:1] in _BEGINS_AN_ITEM)
        if form.match(line) and (begins or any(map(form.match, beside))):
            return words
    is_lone = above and (is_in_list or above.rstrip().endswith((":", "\uff1a")))
    if any(form.match(line) and any(map(form.match, beside)) for form in _BESIDE_OTHERS) or (
        is_lone and _WITHIN_AN_ITEM.match(line)
    ):
        return _BY_LETTERS if _LETTERED.match(line) else _RUN_TOGETHER
    return ""

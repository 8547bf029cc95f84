"""Words and signs that each have a label beside them: whatever comes again and again is the label.

A label may be in any language, so none is known by its words alone. What gives it away is that it
stands before or after every word of a phrase, and hardly ever so often at such even distances.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

from trustops.guard.sentences import CHINESE_NUMERALS

LABELS = 11
"""Gaps between the words of the shortest phrase."""

MOSTLY = 8
"""Of these gaps so many have to be alike; the others may hold a remark or another ordinal."""

OFTEN = 9
"""How often signs come again that are a label; no phrase has one word so often."""

LONGEST_ROW = 8
"""Signs of such a label."""

FARTHEST = 16
"""Words from a label to the next."""

SIGN = "\u2e80-\u2fd5\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ROW = re.compile(f"[{SIGN}]+")
_NUMERALS = str.maketrans("", "", "".join(sorted(CHINESE_NUMERALS)))
_ENUMERATOR = re.compile(
    rf"(?:^|(?<=[\s,;、。]))[一二三四五六七八九十]{{1,3}}\s?[、.):\-=>]{{1,2}}(?=\s?[{SIGN}](?![{SIGN}]))"
)
_JAPANESE = re.compile(
    r"[\d一二三四五六七八九十]{1,3}\s?(?:つ目|つめ|番目|番め|個目|語目|番)の?(?:単語|言葉|漢字|文字|語)?"
)
_LETTER = re.compile(r"[^\W\d_]")
JOINS = tuple(":=>-→)]")
"""Signs that stand between a label and its word."""


def alike(keys: Iterable[tuple[Hashable, ...]], size: int = LABELS) -> Iterator[tuple[int, int]]:
    """Stretches of keys in which, among so many one after the other, most have a part in common.

    Stretches that touch are one; the first may be empty.

    Args:
        keys: what may be alike, in parts; a key without parts resembles none.
        size: how many keys are looked at together.
    """
    near: deque[tuple[Hashable, ...]] = deque()
    counts: Counter[Hashable] = Counter()
    common: Hashable = None
    begin = end = 0
    for at, key in enumerate(keys):
        near.append(key)
        counts.update(key)
        if len(near) > size:
            counts.subtract(near.popleft())
        common = next((part for part in key if counts[part] >= MOSTLY), common)
        if counts[common] < MOSTLY:
            continue
        start = at + 1 - len(near)
        if start > end:
            yield begin, end
            begin = start
        end = at + 1
    yield begin, end


def without_labels(low: str) -> str:
    """A view without signs that are labels and without their numerals, of the same length."""
    bare = _ENUMERATOR.sub(_blank, _JAPANESE.sub(_blank, low))
    rows = [(match, match[0].translate(_NUMERALS)) for match in _ROW.finditer(bare)]
    counts = Counter(key for _, key in rows)
    parts, done = [], 0
    for match, key in rows:
        if key and len(key) <= LONGEST_ROW and counts[key] >= OFTEN:
            parts += [bare[done : match.start()], _blank(match)]
            done = match.end()
    return "".join([*parts, bare[done:]])


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def label(gap: str) -> tuple[str, ...]:
    """What in the words between two signs may come again: its beginning and its end.

    A sign such as a colon counts as it is, a word by its letter beside the sign, because numbers
    and ordinals change from label to label.
    """
    spaced = gap.strip()
    first, last = _first_of(spaced), _first_of(spaced[::-1])
    return tuple(part for part in (first and f"{first}…", last and f"…{last}") if part)


def _first_of(gap: str) -> str:
    if gap.startswith(JOINS):
        return gap[:1]
    letter = _LETTER.search(gap)
    return letter[0] if letter else ""


def anchored(words: Sequence[str]) -> list[tuple[int, ...]]:
    """Places of words that come again at even distances, in a row each: labels of others."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        places[word].append(at)
    rows = []
    for own in places.values():
        if len(own) > LABELS:
            far = (two - one for one, two in pairwise(own))
            keys = [(step,) if 1 < step <= FARTHEST else () for step in far]
            rows += [tuple(own[begin : end + 1]) for begin, end in alike(keys) if begin < end]
    return rows

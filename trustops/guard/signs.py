"""Recovery phrases in Chinese: each word is one sign, and prose is made of the same signs.

Signs that stand parted are a phrase, whatever stands between them. Signs that run on are one where
they fill a line, a field or quotes, the checksum holds, and they read like lots and not like words;
inside a sentence that is only asked about, for nothing tells it from chance (docs/guard.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate, chain, pairwise

from trustops.guard import checksums
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View
from trustops.guard.phrases import FEWEST_DIFFERENT, PHRASE
from trustops.guard.rhythm import SIGN, alike, label, without_labels
from trustops.guard.sentences import CHINESE_CUES, CHINESE_NUMERALS, CHINESE_PAIRS
from trustops.guard.words import CHINESE, Lexicon, plain

FEWEST_LISTED = 10
"""List signs among twelve that stand parted; two may be slips or from the other list."""

MOST_NUMERALS = 5
"""Numerals among twelve parted signs; more are a calendar or the numbers of chapters."""

LIKE_LOTS = -9.0
"""Weight from which signs that fill a line are taken for lots: nearly all lots have more."""

LIKE_LOTS_INSIDE = 3.0
"""The same inside a sentence, where windows are many: of a hundred lots, ninety-five have more."""

FEWEST_IN_A_ROW = 2
"""Signs that stand parted beside talk; a single one is a word of it."""

LONGEST_LABEL = 6
"""Signs that may come again before each sign of a phrase."""

WEIGHTS = (-1.5, -0.5, 0.2, 1.0, 1.6, 1.7, 2.3, 2.7)
"""How much likelier a sign is drawn by lot than written, by eighths of the list (natural log).

The lists are in the order of how often signs are written: of prose, four fifths are of the first
two eighths.
"""

_PAIRS = frozenset(CHINESE_PAIRS.split())
_PAIR_WEIGHT = -4.0
"""What two neighbours that make an everyday word say against lots."""

_ONE = re.compile(f"[{SIGN}]")
_LABEL = re.compile(
    r"第\s?[\d一二三四五六七八九十]{1,3}\s?[个個]?\s?(?:单词|單詞|助记词|助記詞|词|詞|字)?\s?[是为為]?"
    r"|(?:单词|單詞|助记词|助記詞|[词詞字])\s?\d{1,2}"
)
_OTHER_SCRIPTS = re.compile("[\u3041-\u30ff\u1100-\u11ff\uac00-\ud7a3]")
_LATIN_WORD = re.compile("[a-z]+")
_MOST_LATIN = 6
_LONGEST_GAP = 80
_SENTENCE_SIGN = re.compile(r"[。!?a-z\u3041-\u30ff\u1100-\u11ff\uac00-\ud7a3]")
_OPENS = re.compile(rf"(?:^|[\n{SIGN}]|\d[.)、:]|[^\w\s。、,.;!?])\s*\Z")
_CLOSES = re.compile(rf"\s*(?:\Z|\n|[^\w\s。、,.;!?])|[ \u3000]+[{SIGN}]")
_FULL_STOP = re.compile(r"\s*[。.]\s*(?:\Z|\n)")
_NEAR = 40
_CUES = re.compile("|".join(CHINESE_CUES.split()))


def _phrase(start: int, end: int, *, certain: bool = True) -> Span:
    return Span(start, end, SecretKind.RECOVERY_PHRASE, is_certain=certain)


def weight_of(place: int, lexicon: Lexicon) -> float:
    """How much likelier the sign at a place of a list is drawn by lot than written."""
    return WEIGHTS[place * len(WEIGHTS) // len(lexicon.order)]


class Signs:
    """The Chinese signs of a view beside one list; each answer is worked out once."""

    def __init__(self, low: str, lexicon: Lexicon) -> None:
        """Take a view in lower case, and the list."""
        self.low = low
        self.at = [match.start() for match in _ONE.finditer(low)]
        order = lexicon.place
        self.signs = [plain(low[at]) for at in self.at]
        self.places = [order.get(sign, -1) for sign in self.signs]
        weights = (weight_of(place, lexicon) if place >= 0 else 0.0 for place in self.places)
        pairs = (_PAIR_WEIGHT if "".join(two) in _PAIRS else 0.0 for two in pairwise(self.signs))
        self._weight = [0.0, *accumulate(weights)]
        self._pairs = [0.0, *accumulate(pairs)]
        self._strange = [0, *accumulate(place < 0 for place in self.places)]

    @cached_property
    def opens(self) -> bytes:
        """Whether each sign is the first of those that stand together."""
        return bytes([at == 0 or self._gap(at - 1) != "" for at in range(len(self.at))])

    @cached_property
    def _breaks(self) -> list[int]:
        gaps = (bool(_SENTENCE_SIGN.search(self._gap(at))) for at in range(len(self.at) - 1))
        return [0, *accumulate(gaps)]

    def _gap(self, at: int) -> str:
        """What stands between a sign and the next."""
        return self.low[self.at[at] + 1 : self.at[at + 1]]

    def ends(self, end: int) -> bool:
        """Whether no sign follows directly."""
        return end == len(self.at) or bool(self.opens[end])

    def is_all_listed(self, start: int, end: int) -> bool:
        """Whether every sign of a stretch is on the list, and most of them differ."""
        return (
            self._strange[end] == self._strange[start]
            and len(set(self.places[start:end])) >= FEWEST_DIFFERENT
        )

    def weight(self, start: int, end: int) -> float:
        """How much a stretch looks drawn by lot; below zero it rather looks written."""
        pairs = self._pairs[end - 1] - self._pairs[start]
        return self._weight[end] - self._weight[start] + pairs

    def passes(self, start: int, end: int) -> bool:
        """Whether a stretch is a valid phrase, read forwards or backwards."""
        places = self.places[start:end]
        return checksums.is_bip39(places) or checksums.is_bip39(places[::-1])

    def are_groups(self, start: int, end: int) -> bool:
        """Whether a stretch is one row of signs, or several of the same size."""
        opens = [at for at in range(start, end) if self.opens[at]]
        return len({two - one for one, two in pairwise([*opens, end])}) == 1

    def is_unbroken(self, start: int, end: int) -> bool:
        """Whether no sentence ends within a stretch, and no word of another script stands there."""
        return self._breaks[end - 1] == self._breaks[start]

    def span(self, start: int, end: int, *, certain: bool = True) -> Span:
        """A stretch as a place in the view."""
        return _phrase(self.at[start], self.at[end - 1] + 1, certain=certain)

    def is_apart(self, start: int, end: int) -> bool:
        """Whether a stretch fills a line, a field, quotes, brackets, or what follows a colon."""
        first, last = self.at[start], self.at[end - 1] + 1
        return (
            _OPENS.search(self.low[max(0, first - _NEAR) : first]) is not None or first == 0
        ) and _CLOSES.match(self.low, last) is not None

    def is_sentence(self, end: int) -> bool:
        """Whether a stretch ends as a sentence does, and a line or the text with it."""
        return _FULL_STOP.match(self.low, self.at[end - 1] + 1) is not None

    def is_spoken_of(self, start: int) -> bool:
        """Whether somebody speaks of a recovery phrase shortly before a stretch."""
        return _is_spoken_of(self.low, self.at[start])


def _is_spoken_of(low: str, first: int) -> bool:
    return _CUES.search(low, max(0, first - _NEAR), first) is not None


def _is_gap_of_list(gap: str) -> bool:
    return (
        0 < len(gap) <= _LONGEST_GAP
        and not _OTHER_SCRIPTS.search(gap)
        and len(_LATIN_WORD.findall(gap)) <= _MOST_LATIN
    )


def _is_short(gap: str) -> bool:
    return 0 < len(gap) <= _LONGEST_GAP


def _parted_runs(low: str, is_gap: Callable[[str], bool] = _is_gap_of_list) -> Iterator[list[int]]:
    """Places of signs each of which stands alone, with little enough between them."""
    run: list[int] = []
    before = -_LONGEST_GAP
    for match in _ONE.finditer(low):
        at = match.start()
        if run and not is_gap(low[before + 1 : at]):
            if at == before + 1:
                run.pop()
            yield run
            run = []
        if at != before + 1:
            run.append(at)
        before = at
    yield run


def _is_drawn(low: str, run: list[int], lexicon: Lexicon) -> bool:
    signs = [plain(low[at]) for at in run]
    known = sum(sign in lexicon.words for sign in signs)
    return (
        known >= FEWEST_LISTED
        and (known == len(signs) or len(signs) == PHRASE)
        and len(set(signs)) >= FEWEST_DIFFERENT
        and sum(sign in CHINESE_NUMERALS for sign in signs) <= MOST_NUMERALS
    )


def _labelled_runs(low: str) -> Iterator[list[int]]:
    """The same with words of any script between them, most of which are the same label."""
    for run in _parted_runs(low, _is_short):
        if len(run) >= FEWEST_LISTED:
            gaps = [label(low[one + 1 : two]) for one, two in pairwise(run)]
            yield from (run[begin : end + 1] for begin, end in alike(gaps) if begin < end)


def _runs(low: str) -> Iterator[tuple[str, list[int]]]:
    """Rows of signs that stand alone, as written and with their labels taken out."""
    bare = _LABEL.sub(lambda label: " " * len(label[0]), low)
    for text in dict.fromkeys((low, bare, without_labels(bare))):
        for run in chain(_parted_runs(text), _labelled_runs(text)):
            if len(run) >= FEWEST_LISTED:
                yield text, run


def parted(view: View) -> Iterator[Span]:
    """Twelve signs, ten of them of one list, none of which stands beside another.

    Ten or eleven that are all of the list lack one or two; only where somebody speaks of a phrase
    are they certain.
    """
    for low, run in _runs(view.low):
        windows = range(max(1, len(run) - PHRASE + 1))
        for lexicon in CHINESE:
            if any(_is_drawn(low, run[at : at + PHRASE], lexicon) for at in windows):
                certain = len(run) >= PHRASE or _is_spoken_of(low, run[0])
                yield _phrase(run[0], run[-1] + 1, certain=certain)


def rows(low: str, *, fewest: int = FEWEST_IN_A_ROW) -> Iterator[Span]:
    """Signs that stand parted among others that do not: a part of a phrase, where others follow."""
    for run in _parted_runs(low):
        if len(run) >= fewest:
            yield _phrase(run[0], run[-1] + 1)


def labelled(signs: Signs) -> Iterator[Span]:
    """Signs with the same label or joining word before each: every second, third and so on."""
    for step in range(2, LONGEST_LABEL + 2):
        same = bytes(
            one == other for one, other in zip(signs.signs, signs.signs[step:], strict=False)
        )
        pattern = re.compile(b"(?:\x01{%d}\x00){%d}" % (step - 1, PHRASE - 2))
        for match in pattern.finditer(same):
            column = slice(match.start() + step - 1, match.end() + step, step)
            if len({place for place in signs.places[column] if place >= 0}) >= FEWEST_LISTED:
                yield signs.span(match.start(), min(match.end() + step, len(signs.at)))


def _stretches(signs: Signs, starts: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Stretches of list signs with as many signs as phrases have."""
    for start in starts:
        for size in checksums.PHRASE_SIZES:
            end = start + size
            if end <= len(signs.at) and signs.is_all_listed(start, end):
                yield start, end


def alone(signs: Signs) -> Iterator[Span]:
    """Valid phrases that stand for themselves, glued or in groups; lots that are none are asked."""
    for start, end in _stretches(signs, (at for at, opens in enumerate(signs.opens) if opens)):
        weight = signs.weight(start, end)
        fewest = LIKE_LOTS if signs.are_groups(start, end) else LIKE_LOTS_INSIDE
        if weight < fewest or not signs.ends(end) or not signs.is_unbroken(start, end):
            continue
        valid = signs.passes(start, end)
        if signs.is_apart(start, end):
            if valid or (weight >= LIKE_LOTS_INSIDE and 1 not in signs.opens[start + 1 : end]):
                yield signs.span(start, end, certain=valid)
        elif valid and weight >= LIKE_LOTS_INSIDE:
            spoken_of = signs.is_spoken_of(start) or signs.is_sentence(end)
            yield signs.span(start, end, certain=spoken_of)


def inside(signs: Signs) -> Iterator[Span]:
    """Valid phrases that merely occur within a row of signs: to be asked about."""
    for start, end in _stretches(signs, iter(range(len(signs.at)))):
        if (
            signs.weight(start, end) >= LIKE_LOTS_INSIDE
            and 1 not in signs.opens[start + 1 : end]
            and signs.passes(start, end)
        ):
            yield signs.span(start, end, certain=False)


def has_enough(low: str) -> bool:
    """Whether a view has as many signs as a phrase needs that lacks two."""
    return len(_ONE.findall(low)) >= FEWEST_LISTED


def is_signs_only(low: str) -> bool:
    """Whether a text is nothing but signs that stand parted: one message of a phrase in many."""
    signs = [match.start() for match in _ONE.finditer(low)]
    letters = sum(map(str.isalpha, low))
    return 0 < len(signs) == letters and all(two - one > 1 for one, two in pairwise(signs))

"""Secrets that somebody tells over several texts, with talk between: which texts are pieces.

A piece alone is harmless, so it was stored. What is asked here is whether a new text completes what
earlier ones began, or goes on where pieces were taken out before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate, chain

from trustops.guard import signs, told
from trustops.guard.fragments import ENOUGH, parts, told_in_parts
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.names import without_names
from trustops.guard.normalise import View, plain_view
from trustops.guard.phrases import interrupted, is_random, runs
from trustops.guard.placeholders import placeholder, without_placeholders
from trustops.guard.tokens import Prose, Text, Token
from trustops.guard.words import LEXICONS, Lexicon

_HALF_KEY = re.compile(r"(?<![0-9a-z])(?:[0-9a-f]{8,39}|[0-9a-f]{41,63})(?![0-9a-z])")
"""Digits in a row that are neither an address nor a hash."""

_SURE_ROW = 3
"""Parted signs that go on with a phrase; two are how people say yes and fine."""


def _is_bare(words: Sequence[Token], lexicon: Lexicon) -> bool:
    said = [token.word for token in words if token.word not in lexicon.labels]
    return bool(said) and all(word in lexicon.words for word in said)


def _are_enough(prose: Prose) -> bool:
    """Whether eleven words are told: with talk after each, the window holds no more."""
    words = [token.word for token in prose.words]
    return len(set(words)) >= ENOUGH and is_random(words[-ENOUGH:], prose.lexicon)


class Texts:
    """Texts of one conversation, the newest last; each is cut into words once for all lists."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take the texts in their order."""
        self.views = [plain_view(without_names(without_placeholders(text))) for text in texts]
        self.view = View("\n".join(view.text for view in self.views))
        self.starts = (0, *accumulate(len(view.text) + 1 for view in self.views))

    @cached_property
    def words(self) -> Text:
        """All of them as lines of one text."""
        return Text(self.view)

    @cached_property
    def _by_text(self) -> list[Sequence[Token]]:
        return [Text(view).every for view in self.views]

    def bare(self, lexicon: Lexicon) -> list[int]:
        """Which of the texts are nothing but words of a list."""
        return [at for at, words in enumerate(self._by_text) if _is_bare(words, lexicon)]

    def are_bare(self, lexicon: Lexicon) -> bool:
        """Whether the newest text goes on with bare words that others began, talk left out."""
        bare = self.bare(lexicon)
        if not bare or bare[-1] != len(self.views) - 1:
            return False
        prose = Prose(Text(View("\n".join(self.views[at].text for at in bare))), lexicon)
        return _are_enough(prose) or any(True for _ in chain(runs(prose), interrupted(prose)))

    def are_parts(self, lexicon: Lexicon) -> bool:
        """Whether the newest text holds a part of a phrase whose other parts others hold."""
        if len(lexicon.words & self.words.different) < ENOUGH:
            return False
        spans = told_in_parts(Prose(self.words, lexicon), reach=len(self.view.text))
        return any(span.end > self.starts[-2] for span in spans)

    def parts(self, lexicon: Lexicon) -> Iterator[Span]:
        """Where parts of a phrase stand in the joined view."""
        for part in parts(Prose(self.words, lexicon)):
            yield Span(part[0].start, part[-1].end, SecretKind.RECOVERY_PHRASE)

    def parts_of_each(self, lexicon: Lexicon) -> Iterator[Span]:
        """The same within each text, where it is known that a phrase is told."""
        for view, start in zip(self.views, self.starts, strict=False):
            for part in parts(Prose(Text(view), lexicon), known=True):
                first, last = start + part[0].start, start + part[-1].end
                yield Span(first, last, SecretKind.RECOVERY_PHRASE)

    @cached_property
    def signs_only(self) -> list[int]:
        """Which of the texts are nothing but Chinese signs that stand parted."""
        return [at for at, view in enumerate(self.views) if signs.is_signs_only(view.low)]

    def are_signs(self) -> bool:
        """Whether texts with nothing but a sign or a few, the newest among them, make a phrase."""
        only = self.signs_only
        if not only or only[-1] != len(self.views) - 1:
            return False
        joined = View("\n".join(self.views[at].low for at in only))
        return any(True for _ in signs.parted(joined))

    @cached_property
    def rows_of_signs(self) -> list[Span]:
        """Where Chinese signs stand parted beside talk, in the joined view."""
        return [
            replace(row, start=row.start + start, end=row.end + start)
            for view, start in zip(self.views, self.starts, strict=False)
            for row in signs.rows(view.low)
        ]

    def are_rows_of_signs(self) -> bool:
        """Whether such rows, one in the newest text among them, make a phrase."""
        rows = self.rows_of_signs
        return bool(rows) and rows[-1].end > self.starts[-2] and self.are_drawn(rows)

    def are_drawn(self, rows: Sequence[Span]) -> bool:
        """Whether the signs of rows, one after the other, are a phrase."""
        joined = View("\n".join(self.view.low[row.start : row.end] for row in rows))
        return any(span.is_certain for span in signs.parted(joined))

    def text_at(self, place: int) -> int:
        """The number of the text in which a place of the joined view stands."""
        return bisect_right(self.starts, place) - 1

    @cached_property
    def signs_told(self) -> list[Span]:
        """Where talk leads to single Chinese signs, in the joined view."""
        places = (
            self.starts[each.text] + each.start
            for each in told.signs_told([view.low for view in self.views])
        )
        return [Span(place, place + 1, SecretKind.RECOVERY_PHRASE) for place in places]

    def are_signs_told(self) -> bool:
        """Whether signs that talk leads to, one in the newest text among them, are a phrase."""
        spans = self.signs_told
        if not spans or spans[-1].end <= self.starts[-2]:
            return False
        return told.are_lots([self.view.low[span.start] for span in spans])

    def tell_a_phrase(self) -> bool:
        """Whether the newest text completes a phrase that the others began.

        Either texts are nothing but list words, a few or one at a time, or they hold parts that
        are long or stand alone; what is said in between does not matter.
        """
        told_in_signs = self.are_signs() or self.are_rows_of_signs() or self.are_signs_told()
        return told_in_signs or any(
            self.are_bare(lexicon) or self.are_parts(lexicon) for lexicon in LEXICONS
        )


def goes_on(earlier: Sequence[str], new: str) -> SecretKind | None:
    """Which secret a text goes on with, of which earlier pieces were taken out.

    Nobody knows any more how much of it was told, so one more piece is enough.
    """
    after = "\n".join(earlier)
    if placeholder(SecretKind.RECOVERY_PHRASE) in after and _is_piece(Texts([new])):
        return SecretKind.RECOVERY_PHRASE
    if placeholder(SecretKind.PRIVATE_KEY) in after and _HALF_KEY.search(plain_view(new).low):
        return SecretKind.PRIVATE_KEY
    return None


def _is_piece(texts: Texts) -> bool:
    in_signs = texts.signs_only or any(True for _ in signs.rows(texts.view.low, fewest=_SURE_ROW))
    return (
        bool(in_signs)
        or told.goes_on(texts.view.low)
        or any(
            any(True for _ in texts.parts(lexicon))
            or (texts.bare(lexicon) and not lexicon.common >= _listed(texts, lexicon))
            for lexicon in LEXICONS
        )
    )


def _listed(texts: Texts, lexicon: Lexicon) -> frozenset[str]:
    return lexicon.words & texts.words.different

"""A view cut into words, and the two signs that a stretch of words is a list and not prose.

The signs are a cue nearby (somebody speaks of a seed or of twelve words) and the layout (one word
an item). They open the gate for the rules that tolerate a wrong word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from trustops.guard.normalise import View, fold
from trustops.guard.rhythm import anchored
from trustops.guard.words import ENGLISH, JAPANESE, KOREAN, Lexicon, plain

NEAR_CHARACTERS = 400
"""How far a cue reaches."""

MOST_LOOSE = 2
"""How many words of a list-like stretch may follow their neighbour after a mere space."""

MOST_BREAKS = 3
"""How many line ends or other signs may break words that are parted by spaces."""

LONGEST_BARE = 26
"""Words in a text that is nothing but a phrase: twenty-four, and two strangers."""

BARE_SHARE = 0.8
"""Share of list words in such a text."""

_LOOSE = frozenset({" ", "'", "-"})
"""What parts words in a sentence; anything else parts items."""

_HIRAGANA, _KATAKANA = "\u3041-\u3096\u309d\u309e\u30fc", "\u30a1-\u30fa\u30fc-\u30fe\uff66-\uff9d"
_TOKEN = re.compile(
    rf"[a-z]+|[{_HIRAGANA}]+|[{_KATAKANA}]+|(?:(?![a-z{_HIRAGANA}{_KATAKANA}])[^\W\d_])+"
)
_FOREIGN_CUES = """
    semilla recuperacion récupération wiederherstellung sicherung kurtarma pemulihan frase recupero
    graine mnémonique mnemotecnica recuperação semente obnovení obnovovací mnemotechnick
    сид-фраза восстановления мнемоническая 助记词 助記詞 种子 種子 恢复 恢復 私钥 私鑰 復元 復旧
    ニーモニック シード リカバリー フレーズ 니모닉 복구 시드 문구
"""
_CUE = re.compile(
    r"(?<![a-z])(?:seed|recover|phrase|mnemonic|back-?\s?ups?\b|backed\b|wallet|secret|passphrase"
    r"|keyphrase|restor|bip-?\s?39|srp\b"
    r"|(?:1[0258]|2[14]|ten|eleven|twelve|fifteen|eighteen|twenty[\s-]one|twenty[\s-]four)"
    r"\W{0,3}(?:\w{1,12}\W)?(?:words?|palabras|palavras|mots|parole|slov)\b)"
    r"|" + "|".join(re.escape(fold(cue).lower()) for cue in _FOREIGN_CUES.split())
)


_ENDING = re.compile("(?:입니다|이에요|예요|이고|이며|이다|です|でした)$")
COUNTED = "目番語葉字"
"""Signs that end a label in Japanese: `1番目は…`."""

FIRST_OF_OTHERS = "\u0600"
"""Letters of Europe stand before it."""


class Token(NamedTuple):
    """A word with its place in the view."""

    word: str
    start: int
    end: int


END = Token("", -1, -1)
"""No word at all, after the last."""


def tokens(low: str) -> Iterator[Token]:
    """The words of a lower-case view as lists have them; a change of script ends a word.

    What Korean and Japanese sentences write to a word is left out where a list word remains.
    """
    for match in _TOKEN.finditer(low):
        word = plain(match[0])
        if not word.isascii():
            word = _stem(word, low[max(0, match.start() - 1) : match.start()])
        yield Token(word, match.start(), match.end())


def _stem(word: str, before: str) -> str:
    bare = _ENDING.sub("", word)
    if before and before in COUNTED:
        bare = bare.removeprefix("は").removeprefix("が")
    listed = bare in KOREAN.words or bare in JAPANESE.words
    return bare if bare != word and listed else word


def _is_mixed(one: Token, two: Token) -> bool:
    """Whether words touch that folding alone parted: it reads some Cyrillic letters as Latin."""
    return one.end == two.start and max(one.word[-1], two.word[0]) < FIRST_OF_OTHERS


class Text:
    """A view as words, whatever list they are compared with; each answer is worked out once."""

    def __init__(self, view: View) -> None:
        """Take the view to read."""
        self.low = view.low

    @cached_property
    def every(self) -> tuple[Token, ...]:
        """All words."""
        return tuple(tokens(self.low))

    @cached_property
    def different(self) -> frozenset[str]:
        """All words, each once."""
        return frozenset(token.word for token in self.every)

    @cached_property
    def whole(self) -> tuple[Token, ...]:
        """All words, those of Cyrillic letters in one piece."""
        if self.low.isascii():
            return self.every
        whole: list[Token] = []
        for token in self.every:
            if whole and _is_mixed(whole[-1], token):
                before = whole.pop()
                whole.append(Token(before.word + token.word, before.start, token.end))
            else:
                whole.append(token)
        return tuple(whole)

    @cached_property
    def anchors(self) -> list[tuple[int, ...]]:
        """Places in `whole` of words that are labels of others, by how they come again."""
        return anchored([token.word for token in self.whole])

    @cached_property
    def cues(self) -> tuple[list[int], list[int]]:
        """Where somebody speaks of a phrase: the beginnings and the ends."""
        found = [match.span() for match in _CUE.finditer(self.low)]
        return [start for start, _ in found], [end for _, end in found]


class Prose:
    """The words of a text beside those of one list, with what is asked of its stretches."""

    def __init__(self, text: Text, lexicon: Lexicon = ENGLISH) -> None:
        """Take the text to read, and the list."""
        self.low, self.every, self.lexicon = text.low, text.every, lexicon
        self._text = text

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """All words but the labels that number or join others."""
        labels = self.lexicon.labels
        return tuple(token for token in self.every if token.word not in labels)

    @cached_property
    def is_bare(self) -> bool:
        """Whether the text has hardly anything but list words."""
        known = sum(token.word in self.lexicon.words for token in self.words)
        return len(self.words) <= LONGEST_BARE and known >= BARE_SHARE * len(self.words)

    @property
    def whole(self) -> tuple[Token, ...]:
        """All words, those of Cyrillic letters in one piece."""
        return self._text.whole

    @property
    def anchors(self) -> list[tuple[int, ...]]:
        """Where in `whole` words stand that are labels of others, each row one word."""
        return self._text.anchors

    def has_cue(self, start: int, end: int) -> bool:
        """Whether somebody speaks of a phrase outside the stretch, yet near it."""
        starts, ends = self._text.cues
        before = bisect_left(ends, start)
        after = bisect_left(starts, end)
        return (before > 0 and ends[before - 1] >= start - NEAR_CHARACTERS) or (
            after < len(starts) and starts[after] <= end + NEAR_CHARACTERS
        )

    def is_even(self, stretch: Sequence[Token]) -> bool:
        """Whether the same kind of sign parts the words, as in a phrase and not in a how-to."""
        loose = self._loose(stretch)
        return loose <= MOST_LOOSE or len(stretch) - 1 - loose <= MOST_BREAKS

    def is_list(self, stretch: Sequence[Token]) -> bool:
        """Whether the words stand as items: something other than one space parts them."""
        return self._loose(stretch) <= MOST_LOOSE

    def _loose(self, stretch: Sequence[Token]) -> int:
        return sum(
            self.low[token.end : following.start] in _LOOSE
            for token, following in pairwise(stretch)
        )

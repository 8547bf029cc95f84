"""Which words can belong to a recovery phrase, list by list, and which belong to prose.

Each list is judged alone: many languages share words, and their union would hold half of any text.
Lists come from the `mnemonic` library (BIP-39) and from `lists/` (SLIP-39, Monero), each read when
a text is first compared with it. Words are compared as `plain` writes them: lower case, no marks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import mnemonic

from trustops.guard import sentences

PHRASE_LANGUAGES = (
    "English",
    "Japanese",
    "Korean",
    "Spanish",
    "simplified Chinese",
    "traditional Chinese",
    "French",
    "Italian",
    "Czech",
    "Portuguese",
)
"""The languages of the lists that are known: whoever tells holders what is refused names these."""

ABBREVIATION = 4
"""Letters that make a word of most lists unmistakable; some people write down only these."""

_KATAKANA = range(0x30A1, 0x30F7)
_KATAKANA_AFTER_HIRAGANA = 0x60
_HIRAGANA = {point: point - _KATAKANA_AFTER_HIRAGANA for point in _KATAKANA}
_BIP39 = Path(mnemonic.__file__).parent / "wordlist"
_OTHER = Path(__file__).with_name("lists")


def plain(word: str) -> str:
    """A word of a text in lower case as the lists are compared: no marks, no katakana, composed.

    Accents and voicing marks may be written in two ways, or be left out; each list keeps all its
    words apart without them.
    """
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    bare = "".join(part for part in parts if unicodedata.category(part) != "Mn")
    return unicodedata.normalize("NFC", bare.translate(_HIRAGANA))


def _split(words: str) -> frozenset[str]:
    return frozenset(map(plain, words.split()))


def _shortened(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _abbreviations(word: str) -> Iterable[str]:
    """The word, and what is left of it when it is cut after four letters or later."""
    for form in ("NFC", "NFKD"):
        written = unicodedata.normalize(form, word)
        for length in range(ABBREVIATION, len(written) + 1):
            yield plain(written[:length])
    yield plain(word)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """One list, with the words that prose has in its language."""

    language: str
    listed: tuple[str, ...]
    """The words as the list writes them, in its order."""

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return tuple(map(plain, self.listed))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words as they are compared, without order."""
        return frozenset(self.order)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The place of each word on the list, from nought."""
        return {word: place for place, word in enumerate(self.order)}

    @cached_property
    def shortest(self) -> int:
        """Letters of the shortest word."""
        return min(map(len, self.words))

    @cached_property
    def longest(self) -> int:
        """Letters of the longest word."""
        return max(map(len, self.words))

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """The words, and what is left of them when they are cut after four letters or later."""
        return frozenset(part for word in self.listed for part in _abbreviations(word))

    @cached_property
    def labels(self) -> frozenset[str]:
        """What people put beside a word to number it or to join it to the next."""
        foreign = _split(sentences.FOREIGN_LABELS) - self.abbreviations
        return (_split(sentences.LABELS) | foreign) - self.words

    @cached_property
    def prose(self) -> frozenset[str]:
        """Words of sentences that are not on the list: no phrase has them, any prose has."""
        return _split(sentences.PROSE.get(self.language, sentences.PROSE["English"])) - self.words

    @cached_property
    def common(self) -> frozenset[str]:
        """Words of the list that sentences, or talk about a migration, are full of.

        Among words that are drawn by lot they are rare: one in fifteen.
        """
        return _split(sentences.COMMON.get(self.language.split(" (")[0], "")) & self.words

    @cached_property
    def usual(self) -> frozenset[str]:
        """The common words, and those that code and manuals are full of: one in thirteen."""
        return self.common | (_split(sentences.TECHNICAL) & self.words)

    @cached_property
    def _shortened(self) -> frozenset[str]:
        return frozenset().union(*map(_shortened, self.words))

    def is_misspelt(self, token: str) -> bool:
        """Whether it is a word of the list with one letter wrong, missing, added or swapped."""
        if not ABBREVIATION <= len(token) <= self.longest + 1 or token in self.prose:
            return False
        cut = _shortened(token)
        return (
            token in self._shortened
            or not self.words.isdisjoint(cut)
            or not self._shortened.isdisjoint(cut)
        )


def _read(language: str, file: Path) -> Lexicon:
    return Lexicon(language, tuple(file.read_text("utf-8").split()))


def _bip39(language: str, name: str) -> Lexicon:
    return _read(language, _BIP39 / f"{name}.txt")


ENGLISH = _bip39("English", "english")
LATIN: tuple[Lexicon, ...] = (
    ENGLISH,
    _read("English (SLIP-39)", _OTHER / "slip39.txt"),
    *(
        _bip39(language, language.lower())
        for language in ("Spanish", "French", "Italian", "Portuguese", "Czech")
    ),
    _read("English (Monero)", _OTHER / "monero.txt"),
)
"""The lists in Latin letters: 2048 words each, the 1024 of SLIP-39 and the 1626 of Monero."""

JAPANESE = _bip39("Japanese", "japanese")
KOREAN = _bip39("Korean", "korean")
CHINESE: tuple[Lexicon, ...] = (
    _bip39("simplified Chinese", "chinese_simplified"),
    _bip39("traditional Chinese", "chinese_traditional"),
)
"""The lists whose words are single signs."""

LEXICONS: tuple[Lexicon, ...] = (*LATIN, JAPANESE, KOREAN)
"""All lists whose words are words; those whose words are signs have rules of their own."""

WORDS = ENGLISH.words
"""The 2048 words in English."""

COMMON = ENGLISH.common
"""Words of the English list that sentences are full of."""

PROSE = ENGLISH.prose
"""Words of English sentences that are not on the list."""

"""Valid recovery phrases in every language of the lists, drawn by lot, and ways to write them.

Nobody's: the entropy comes from fixed seeds. Twelve ways are enough to measure by; `layouts.py` has
all of them.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from tests.guard.layouts import LAYOUTS, WORD_STYLES
from tests.guard.samples import raw, unique
from trustops.guard.words import CHINESE, ENGLISH, JAPANESE, KOREAN, LATIN, Lexicon

SIZES = (12, 15, 18, 21, 24)
SLIP39, MONERO = LATIN[1], LATIN[-1]
BIP39: tuple[Lexicon, ...] = (
    ENGLISH,
    *LATIN[2:-1],
    JAPANESE,
    KOREAN,
    *CHINESE,
)
BY_NAME = {lexicon.language: lexicon for lexicon in BIP39}
_BITS = 11


def valid_phrase(lexicon: Lexicon, seed: str, size: int = 12) -> list[str]:
    """A phrase with its checksum, as the list writes its words (decomposed)."""
    entropy = raw(f"{lexicon.language} {seed} {size}", size * 4 // 3)
    checksum = f"{hashlib.sha256(entropy).digest()[0]:08b}"[: size // 3]
    bits = "".join(f"{byte:08b}" for byte in entropy) + checksum
    return [lexicon.listed[int(bits[at : at + _BITS], 2)] for at in range(0, len(bits), _BITS)]


def monero_phrase(seed: str) -> list[str]:
    """Twenty-five words of Monero's list."""
    lot = raw(f"monero {seed}", 100)
    places = [int.from_bytes(lot[at : at + 4], "big") % 1626 for at in range(0, 100, 4)]
    return [MONERO.listed[place] for place in places]


PLACES: Mapping[str, Callable[[Sequence[int]], str]] = {
    "in a row": lambda places: " ".join(map(str, places)),
    "with commas": lambda places: ", ".join(map(str, places)),
    "array of JSON": lambda places: str(list(places)),
    "numbered": lambda places: "\n".join(f"{at}. {place}" for at, place in enumerate(places, 1)),
}
"""Ways to write the places of words on their list."""


def composed(words: Sequence[str]) -> list[str]:
    """The words as keyboards write them."""
    return [unicodedata.normalize("NFC", word) for word in words]


def _ideographic(words: Sequence[str]) -> str:
    return "\u3000".join(words)


def _hidden(words: Sequence[str]) -> str:
    return " ".join(map(WORD_STYLES["zero-width spaces inside"], words))


TWELVE: Mapping[str, Callable[[Sequence[str]], str]] = {
    **{
        name: LAYOUTS[name]
        for name in (
            "in a row",
            "with commas",
            "one a line",
            "numbered with dots",
            "numbered with brackets",
            "list of HTML",
            "array of JSON",
            "reversed order",
            "glued",
        )
    },
    "ideographic spaces": _ideographic,
    "zero-width spaces inside": _hidden,
    "upper case": lambda words: " ".join(words).upper(),
}
"""The twelve that recall is measured in."""

_TICKETS = Path(__file__).with_name("tickets.txt")
_BETWEEN = (" ", "\n", "\n\n", "\n- ")


def _ticket(sentences: Sequence[str], seed: str) -> str:
    """Four to nine of the sentences in some order, joined in one of the ways people have."""
    lot = raw(f"ticket {seed}", 40)
    amount = min(4 + lot[0] % 6, len(sentences))
    drawn = islice(unique(sentences[byte % len(sentences)] for byte in lot[2:]), amount)
    return _BETWEEN[lot[1] % len(_BETWEEN)].join(drawn).format(n=lot[0])


def tickets(amount: int = 50) -> Iterator[tuple[str, str]]:
    """So many tickets in each of ten languages, none with a secret, with their language."""
    for part in _TICKETS.read_text("utf-8").split("# ")[1:]:
        language, *sentences = part.strip().split("\n")
        for number in range(amount):
            yield language, _ticket(sentences, f"{language} {number}")

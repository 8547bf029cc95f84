"""The examples that every guard has to agree with: ours, and the one in browsers.

`vectors.json` holds phrases and clean texts as they are, and keys as names in braces, which are
filled in from `shapes.py` when tests run, so that no file holds anything like a key. Each example:
`name`, `text`, `expected`, the kinds that are found, and `asked`, those of them that are in doubt.
The second half is written anew by `python -m tests.guard.vectors`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.guard import shapes
from tests.guard.label_styles import STYLES, labelled
from tests.guard.languages import (
    BIP39,
    BY_NAME,
    PLACES,
    SIZES,
    SLIP39,
    TWELVE,
    composed,
    monero_phrase,
    tickets,
    valid_phrase,
)
from tests.guard.samples import address, messages, unique
from trustops.guard import find_secrets
from trustops.guard.words import CHINESE

FILE = Path(__file__).with_name("vectors.json")
CORPUS = Path(__file__).with_name("hashes.json")
VALUES = {
    "{hash}": "0x" + shapes.KEY,
    "{digits}": shapes.KEY,
    "{CAPITALS}": shapes.KEY.upper(),
    "{address}": address("holder"),
}
SHAPES = (
    "HEX_KEYS",
    "PROVEN_KEYS",
    "KEYSTORES",
    "SERVICES",
    "TRANSACTIONS",
    "PUBLIC",
    "NO_SERVICES",
)
ROWS = {
    "of bytes": "1 19 200 45 3 77 81 90 254 31 8 12",
    "that counts": " ".join(map(str, range(300, 312))),
    "that repeats itself": " ".join(["300", "1200", "40"] * 4),
    "too large": "9000 1200 340 55 6000 7777 8181 90 2540 3131 880 1212",
    "without a checksum": "2047 1200 340 55 600 777 818 90 254 313 88 121",
}
"""Rows of numbers that are no phrase, whatever is said beside them."""
GLUED = ("我的钱包{}不见了", "请看{}谢谢")
WRITTEN = "written: "
"""How the names of examples begin that are written by this module."""

_MADE = re.compile(r"\{made ([A-Z_]+)/([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Vector:
    """One example."""

    name: str
    text: str
    expected: tuple[str, ...]
    asked: tuple[str, ...] = field(default=())

    @property
    def verdict(self) -> list[tuple[str, bool]]:
        """The kinds that are found, each with whether it is certain."""
        return [(kind, kind not in self.asked) for kind in self.expected]


def filled(text: str) -> str:
    """The text with its values."""
    made = _MADE.sub(lambda match: str(getattr(shapes, match[1])[match[2]]), text)
    for name, value in VALUES.items():
        made = made.replace(name, value)
    return made


def vectors() -> list[Vector]:
    """All examples, keys filled in."""
    return [
        Vector(
            item["name"],
            filled(item["text"]),
            tuple(item["expected"]),
            tuple(item.get("asked", ())),
        )
        for item in json.loads(FILE.read_text("utf-8"))["vectors"]
    ]


def _phrases() -> Iterator[tuple[str, str]]:
    for lexicon in BIP39:
        words = valid_phrase(lexicon, "vectors")
        for layout, written in TWELVE.items():
            yield f"{lexicon.language}, {layout}", written(composed(words))
        yield f"{lexicon.language}, decomposed", " ".join(words)
        for size in (15, 18, 21, 24):
            yield f"{lexicon.language}, {size} words", " ".join(valid_phrase(lexicon, "size", size))
    for size in (20, 33):
        share = list(unique(SLIP39.listed[number * 97 % 1024] for number in range(size)))
        yield f"SLIP-39, {size} words", " ".join(share)
    for lexicon in CHINESE:
        for sentence in GLUED:
            glued = "".join(valid_phrase(lexicon, "glued"))
            yield f"{lexicon.language}, within {sentence}", sentence.format(glued)


def _labelled() -> Iterator[tuple[str, str]]:
    """Each style of label with Chinese, and with one of the other lists by turns."""
    for number, style in enumerate(STYLES):
        for lexicon in (CHINESE[number % 2], BIP39[number % (len(BIP39) - 2)]):
            words = composed(valid_phrase(lexicon, f"labelled {number}"))
            yield f"{lexicon.language}, labelled {style}", labelled(style, words)


def _other_phrases() -> Iterator[tuple[str, str]]:
    """Words of Monero, and the places of words as numbers."""
    for layout, written in TWELVE.items():
        yield f"Monero, {layout}", written(monero_phrase("vectors"))
    for layout, row in PLACES.items():
        for size in SIZES:
            for first in (0, 1):
                words = valid_phrase(BY_NAME["English"], "places", size)
                text = row([BY_NAME["English"].place[word] + first for word in words])
                name = f"{size} places from {first}, {layout}"
                yield name, f"My seed as BIP-39 numbers:\n{text}"
                yield f"{name}, named below", f"{text}\nare the words of my wallet"
                yield f"{name}, not named", f"Blocks in which it was sent:\n{text}"
    for name, numbers in ROWS.items():
        yield f"a row {name}", f"The seed of the game was {numbers}"


def _keys() -> Iterator[tuple[str, str]]:
    for shape in SHAPES:
        for name in getattr(shapes, shape):
            if not {"{", "}"} & set(name):
                yield f"{shape} {name}", f"{{made {shape}/{name}}}"
    corpus = json.loads(CORPUS.read_text("utf-8"))
    for name in ("hash", "digits", "asked"):
        for number, text in enumerate(corpus[name]):
            yield f"{name} {number}", text


def _clean() -> Iterator[tuple[str, str]]:
    for number, text in enumerate(messages()):
        if not re.search(r"[0-9a-fA-F]{64}", text):
            yield f"message {number}", text
    for number, (language, text) in enumerate(tickets(6)):
        yield f"ticket {number}, {language}", text


def write() -> None:
    """Write the second half of the file anew, with what our own guard says today."""
    document = json.loads(FILE.read_text("utf-8"))
    first = [item for item in document["vectors"] if not item["name"].startswith(WRITTEN)]
    second = []
    for name, text in (*_phrases(), *_labelled(), *_other_phrases(), *_keys(), *_clean()):
        found = find_secrets(filled(text))
        expected = tuple(item.kind.value for item in found)
        asked = tuple(item.kind.value for item in found if not item.is_certain)
        item = asdict(Vector(WRITTEN + name, text, expected, asked))
        second.append(item if asked else {key: item[key] for key in ("name", "text", "expected")})
    document["vectors"] = first + second
    FILE.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()

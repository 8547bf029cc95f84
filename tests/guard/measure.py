"""Measure the guard: phrases that are found, prose that is refused or asked about, and time.

    python -m tests.guard.measure [--phrases 300] [--prose NAME=FOLDER ...]

Prose is any folder of text files; none is shipped. One JSON object a line (docs/guard.md has the
figures of the last run).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.guard.languages import BIP39, SIZES, TWELVE, composed, valid_phrase
from trustops.guard import find_secrets
from trustops.guard.words import Lexicon

LONGEST = 3000
"""Characters of one text that prose is cut into, at paragraphs: a long ticket."""

SMALL, LARGE = 100_000, 1_000_000
INSIDE = {"Chinese": "我今天打开钱包发现{}然后代币没有到账"}


def recall(lexicon: Lexicon, amount: int) -> Mapping[str, int]:
    """How many of the phrases are found with certainty, by layout; decomposed ones every other."""
    hits = dict.fromkeys(TWELVE, 0)
    for number in range(amount):
        words = valid_phrase(lexicon, f"measure {number}", SIZES[number % len(SIZES)])
        written = composed(words) if number % 2 else words
        for name, layout in TWELVE.items():
            found = find_secrets(layout(written))
            hits[name] += any(finding.is_certain for finding in found)
    return hits


def inside(lexicon: Lexicon, amount: int) -> Mapping[str, int]:
    """What becomes of phrases in Chinese within an unbroken sentence."""
    counts = {"refused": 0, "asked": 0}
    for number in range(amount):
        words = valid_phrase(lexicon, f"measure {number}", SIZES[number % len(SIZES)])
        for finding in find_secrets(INSIDE["Chinese"].format("".join(words))):
            counts["refused" if finding.is_certain else "asked"] += 1
    return counts


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        text = ""
        for paragraph in path.read_text("utf-8", "replace").split("\n\n"):
            if text and len(text) + len(paragraph) > LONGEST:
                yield text
                text = ""
            text += paragraph + "\n\n"
        yield text


def prose(folder: Path) -> Mapping[str, int]:
    """What becomes of the texts of a folder."""
    counts = {"texts": 0, "words": 0, "characters": 0, "refused": 0, "asked": 0}
    for text in _texts(folder):
        counts["texts"] += 1
        counts["words"] += len(text.split())
        counts["characters"] += len(text)
        for finding in find_secrets(text):
            counts["refused" if finding.is_certain else "asked"] += 1
    return counts


def _seconds(text: str) -> float:
    start = time.process_time()
    find_secrets(text)
    return time.process_time() - start


def growth(lexicon: Lexicon) -> Mapping[str, float]:
    """Processor seconds for a text that nearly is a phrase everywhere, and ten times as much.

    The lesser of two each, because a shared machine is slow now and then.
    """
    words = composed(lexicon.listed)
    pieces = (" ".join([*words[at : at + 4], "the"]) for at in range(0, len(words), 5))
    text = " ".join(pieces) + " "
    text *= LARGE // len(text) + 1
    small, large = (min(_seconds(text[:size]) for _ in range(2)) for size in (SMALL, LARGE))
    return {"small": round(small, 3), "large": round(large, 3), "ratio": round(large / small, 1)}


def _say(what: str, name: str, figures: Mapping[str, float]) -> None:
    sys.stdout.write(json.dumps({"what": what, "name": name, **figures}) + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and say so."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--phrases", type=int, default=300)
    parser.add_argument("--prose", action="append", default=[])
    options = parser.parse_args(arguments)
    for named in options.prose:
        name, _, folder = named.partition("=")
        _say("prose", name, prose(Path(folder)))
    for lexicon in BIP39 if options.phrases else ():
        _say("recall", lexicon.language, recall(lexicon, options.phrases))
        if "Chinese" in lexicon.language:
            _say("inside", lexicon.language, inside(lexicon, options.phrases))
        _say("time", lexicon.language, growth(lexicon))


if __name__ == "__main__":
    main()

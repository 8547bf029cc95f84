"""The guard's figures as ratios: phrases found, honest tickets refused, and time against length.

The texts and counts are those of `tests.guard.measure`, which also takes folders of prose.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.guard.languages import BIP39, tickets
from tests.guard.measure import growth, inside, recall
from trustops.guard import find_secrets

MOST_PHRASES = 300
"""Phrases a language, each in twelve layouts."""

TIME_GOAL = 12.0
"""Most that ten times the text may cost."""


def _row(metric: str, value: float, floor: float, unit: str) -> dict[str, object]:
    return {
        "name": "guard",
        "metric": metric,
        "value": value,
        "unit": unit,
        "floor": floor,
        "ratio": value / floor,
    }


def _tickets() -> dict[str, object]:
    """How many of 500 honest tickets are refused or asked about, and what a kilobyte takes."""
    written = [text for _, text in tickets()]
    started = time.process_time()
    stopped = sum(bool(find_secrets(text)) for text in written)
    taken = (time.process_time() - started) * 1_000_000
    kilobytes = sum(len(text.encode()) for text in written) / 1000
    row = _row("honest tickets stopped", stopped, len(written), "tickets")
    return row | {"goal": 0, "ok": not stopped, "us_per_kB": taken / kilobytes}


def measure(size: int) -> Iterator[dict[str, object]]:
    """Every figure; recall of up to three hundred phrases a language."""
    amount = min(size, MOST_PHRASES)
    yield _tickets()
    for lexicon in BIP39:
        hits = recall(lexicon, amount)
        row = _row(f"found, {lexicon.language}", sum(hits.values()), amount * len(hits), "texts")
        yield row | {"size": amount, "goal": 1.0, "ok": min(hits.values()) == amount}
        if "Chinese" in lexicon.language:
            counts = inside(lexicon, amount)
            yield _row(f"asked, glued {lexicon.language}", counts["asked"], amount, "texts")
        seconds = growth(lexicon)
        row = _row(f"time, {lexicon.language}", seconds["large"], seconds["small"], "s")
        yield row | {"goal": TIME_GOAL, "ok": seconds["large"] <= TIME_GOAL * seconds["small"]}

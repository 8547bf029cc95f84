"""The sentence on the state of the migration, from its pack and its chains. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from trustops.chain.packs import in_words
from trustops.chain.rules import window_state
from trustops.chain.schema import Pack, Window
from trustops.chain.values import Standing

NOTHING = "This desk has published no migration yet."

_TELLING = frozenset({"open", "closed", "paused"})


def migration_state(pack: Pack | None, standings: Iterable[Standing], now: datetime) -> str:
    """Whether one can migrate now, in one or two sentences.

    A state that the operator gave counts first, then what every chain that was read lately says
    with one voice, then the dates.

    Args:
        pack: the published pack, if there is one.
        standings: what is known of its chains.
        now: an aware instant.
    """
    if pack is None:
        return NOTHING
    told = {item.totals.window for item in standings if item.totals and not item.problem}
    on_chain = next(iter(told)) if len(told) == 1 and told <= _TELLING else None
    given = pack.window.state or on_chain
    state = window_state(given, pack.window.opens, pack.window.closes, now)
    note = pack.window.note or ""
    return f"{_sentence(state, pack.window, now)} {note}".strip()


def _sentence(state: str, window: Window, now: datetime) -> str:
    """The state, with its day where the day does not contradict it."""
    over = window_state(None, None, window.closes, now) == "closed"
    closes = in_words(window.closes) if window.closes else ""
    opens = f" It opens on {in_words(window.opens)}." if window.opens else ""
    sentences = {
        "open": "The migration is open" + (f" until {closes}." if closes and not over else "."),
        "closed": f"The migration closed on {closes}." if over else "The migration is closed.",
        "not-started": f"The migration has not begun.{opens}",
        "paused": "The migration is paused.",
    }
    return sentences.get(state, "Whether the migration is open is not known.")

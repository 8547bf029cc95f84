"""Whether one can migrate now: what the operator says, else what the chains say, else the dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.conftest import NOON
from tests.status.things import a_standing, some_totals
from trustops.chain.schema import Pack, Window
from trustops.chain.values import Standing
from trustops.site.wording import NOTHING, migration_state

YESTERDAY, TOMORROW = ((NOON + timedelta(days=days)).date() for days in (-1, 1))


def a_pack(**window: object) -> Pack:
    """A pack with a window."""
    chain = {"name": "demo", "kind": "evm", "chain_id": 1}
    return Pack.model_validate(
        {"id": "demo", "name": "Demo", "chains": [chain], "window": Window.model_validate(window)}
    )


def with_window(window: str, problem: str = "") -> Standing:
    """A chain whose contract said so at the last read."""
    return a_standing(totals=some_totals(window=window), problem=problem)


@pytest.mark.parametrize(
    ("window", "sentence"),
    [
        ({}, "Whether the migration is open is not known."),
        ({"state": "open"}, "The migration is open."),
        ({"state": "closed"}, "The migration is closed."),
        ({"opens": YESTERDAY}, "The migration is open."),
        (
            {"opens": YESTERDAY, "closes": TOMORROW},
            "The migration is open until 23 November 2026.",
        ),
        (
            {"opens": date(2026, 1, 1), "closes": YESTERDAY},
            "The migration closed on 21 November 2026.",
        ),
        ({"state": "open", "closes": YESTERDAY}, "The migration is open."),
        ({"opens": TOMORROW}, "The migration has not begun. It opens on 23 November 2026."),
        (
            {"state": "closed", "note": "Sources differ on the day."},
            "The migration is closed. Sources differ on the day.",
        ),
    ],
)
def test_the_state_is_said_in_a_sentence(window: dict[str, object], sentence: str) -> None:
    """With the day where it is known, and the operator's note after it."""
    assert migration_state(a_pack(**window), (), NOON) == sentence


def test_what_was_read_on_the_chain_counts_before_the_dates() -> None:
    """A contract that is paused takes nothing, whatever the calendar says."""
    pack = a_pack(opens=YESTERDAY, closes=TOMORROW)
    told = {
        window: migration_state(pack, [with_window(window)], NOON)
        for window in ("paused", "closed", "unknown")
    }
    assert told == {
        "paused": "The migration is paused.",
        "closed": "The migration is closed.",
        "unknown": "The migration is open until 23 November 2026.",
    }


def test_what_the_operator_says_counts_before_the_chain() -> None:
    """They may know that a portal is down."""
    assert migration_state(a_pack(state="closed"), [with_window("open")], NOON) == (
        "The migration is closed."
    )


def test_chains_that_do_not_agree_or_were_not_read_decide_nothing() -> None:
    """Then the dates do."""
    pack = a_pack(opens=YESTERDAY)
    both = [with_window("open"), with_window("paused")]
    assert migration_state(pack, both, NOON) == "The migration is open."
    old = [with_window("paused", problem="We could not check right now.")]
    assert migration_state(pack, old, NOON) == "The migration is open."


def test_without_a_pack_nothing_is_published() -> None:
    """And that is said."""
    assert migration_state(None, (), NOON) == NOTHING

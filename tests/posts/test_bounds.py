"""How far each figure may move between an approval and the moment at which it goes out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import NOON
from tests.posts.things import WEEK, a_schedule
from tests.status.things import (
    CHAIN,
    OLD,
    PACK,
    TOKEN,
    a_block,
    a_claim,
    a_component,
    a_snapshot,
    a_standing,
    a_support,
    an_exchange,
    an_unread_standing,
    some_totals,
)
from trustops.channels.networks import EMAIL
from trustops.exchanges.rules import matrix
from trustops.posts.bounds import NOT_KNOWN, Figure, Measure, bound_of, figures_in
from trustops.posts.cover import (
    OTHER_FIGURES,
    OTHER_TEMPLATES,
    cover_of,
    departures,
    from_json,
    to_json,
)
from trustops.posts.figures import told_of
from trustops.posts.told import About, Told
from trustops.posts.values import Past, Schedule, Templates
from trustops.status.snapshot import ComponentStatus, Snapshot

SCHEDULE = a_schedule()
LATE = a_component(status=ComponentStatus.DEGRADED, reason="3 tickets wait beyond 48 hours.")


@pytest.mark.parametrize(
    ("measure", "value", "low", "high"),
    [
        (Measure.AMOUNT, 1_200_000 * TOKEN, 1_188_000 * TOKEN, 1_321_000 * TOKEN),
        (Measure.AMOUNT, 0, 0, 1_000 * TOKEN),
        (Measure.WALLETS, 1_000, 989, 1_150),
        (Measure.WALLETS, 0, 0, 50),
        (Measure.BLOCK, 21_000_000, 20_999_900, None),
        (Measure.BLOCK, 7, 0, None),
        (Measure.TICKETS, 100, 30, 170),
        (Measure.TICKETS, 4, 0, 26),
        (Measure.OVERDUE, 3, 0, 8),
        (Measure.SHARE, 96, 91, 101),
        (Measure.SECONDS, 18_000, 5_400, 30_600),
        (Measure.SECONDS, 600, 0, 4_500),
    ],
)
def test_a_figure_may_move_by_a_share_and_a_floor(
    measure: Measure, value: int, low: int, high: int | None
) -> None:
    """What only grows falls a little, for a reorganisation; a share moves by five points."""
    token = OLD if measure is Measure.AMOUNT else None
    bound = bound_of(Figure("A figure", value, measure, token))
    assert (bound.low, bound.high) == (low, high)
    assert bound.holds(value)
    assert bound.holds(low)
    assert not bound.holds(low - 1)
    assert bound.holds(10**40) is (high is None)
    if high is not None:
        assert bound.holds(high)
        assert not bound.holds(high + 1)


def test_what_was_known_stays_known_and_what_was_not_stays_so() -> None:
    """A reading that came or went is for a person to see."""
    known = bound_of(Figure("A figure", 5, Measure.TICKETS))
    unknown = bound_of(Figure("A figure", None, Measure.TICKETS))
    assert not known.holds(None)
    assert not unknown.holds(5)
    assert unknown.holds(None)


def test_bounds_are_told_in_the_words_of_the_text() -> None:
    """Whoever approves reads them beside it."""
    told = {figure.name: bound_of(figure) for figure in figures_in(a_snapshot())}
    assert {name: (bound.was, bound.words) for name, bound in told.items()} == {
        "Migrated on Example chain": ("1,200 OLD", "1,188 OLD to 2,320 OLD"),
        "Wallets on Example chain": ("17 wallets", "16 wallets to 68 wallets"),
        "Read on Example chain": ("block 21,000,000", "block 20,999,900 or later"),
        "Tickets opened": ("31", "0 to 66"),
        "Tickets closed": ("28", "0 to 62"),
        "First responses that fell due": ("30", "0 to 65"),
        "First responses in time": ("96 %", "91 % to 100 %"),
        "Median first response": ("5 h 00 min", "1 h 30 min to 8 h 30 min"),
        "Waiting for a first response": ("6", "0 to 29"),
        "Overdue": ("0", "0 to 5"),
    }


def telling(snapshot: Snapshot, *, late: bool = False) -> Told:
    """What the heartbeat of noon says of a snapshot."""
    about = About(WEEK, f"https://desk.example/heartbeats/{WEEK}", NOON, late, NOON)
    return told_of(snapshot, about, Past())


def against(
    now: Snapshot, approved: Snapshot | None = None, *, schedule: Schedule = SCHEDULE
) -> tuple[str, ...]:
    """Why a snapshot is not covered by an approval of another one."""
    before = approved or a_snapshot()
    cover = from_json(to_json(cover_of(SCHEDULE, telling(before), before)))
    return departures(cover, schedule, telling(now, late=True), now)


def on_chain(**changes: object) -> Snapshot:
    """A snapshot with other sums."""
    return a_snapshot(chains=(a_standing(totals=some_totals(**changes)),))


@pytest.mark.parametrize(
    "now",
    [
        a_snapshot(),
        on_chain(net=1_700 * TOKEN, holders=40, block=a_block(number=21_090_000)),
        on_chain(net=1_190 * TOKEN, block=a_block(number=20_999_990)),
        a_snapshot(support=a_support(opened=50, closed=40, waiting=9, topics=())),
        a_snapshot(support=a_support(met=50, breached=3, overdue=2, median_seconds=4 * 3600)),
    ],
)
def test_figures_within_their_bounds_are_covered(now: Snapshot) -> None:
    """They are why nobody has to approve twice; so is that it went out late."""
    assert against(now) == ()


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (on_chain(net=3_000 * TOKEN), "Migrated on Example chain: 3,000 OLD, approved for 1,188"),
        (on_chain(net=1_100 * TOKEN), "Migrated on Example chain: 1,100 OLD"),
        (on_chain(block=a_block(number=1)), "Read on Example chain: block 1"),
        (a_snapshot(support=a_support(breached=9)), "First responses in time: 76 %"),
        (a_snapshot(support=a_support(overdue=6)), "Overdue: 6, approved for 0 to 5."),
        (
            a_snapshot(support=a_support(median_seconds=None)),
            f"Median first response: {NOT_KNOWN}, approved for 1 h 30 min",
        ),
        (
            a_snapshot(chains=(an_unread_standing(chain=CHAIN),)),
            f"Migrated on Example chain: {NOT_KNOWN}",
        ),
        (a_snapshot(chains=(a_standing(problem="No."),)), f"Wallets on Example chain: {NOT_KNOWN}"),
    ],
)
def test_a_figure_beyond_its_bounds_is_named_with_both(now: Snapshot, words: str) -> None:
    """Whoever has to look knows where."""
    assert any(reason.startswith(words) for reason in against(now))


def test_a_reading_that_came_back_is_no_more_covered_than_one_that_was_lost() -> None:
    """Somebody approved a text that says that it could not be checked."""
    blind = a_snapshot(chains=(an_unread_standing(chain=CHAIN),))
    found = against(a_snapshot(), blind)
    assert f"Migrated on Example chain: 1,200 OLD, approved for {NOT_KNOWN}." in found


OTHER_WORDS = [
    ({"migration_state": "The migration is closed."}, "the state of the migration"),
    ({"project": "Another Desk"}, "name, week and link"),
    ({"addresses": "Withheld."}, "official addresses"),
    ({"open_issues": ()}, "known issues"),
    ({"open_issues": (("slow-portal", "The portal is gone"),)}, "known issues"),
    ({"exchanges": matrix((an_exchange(a_claim()),), NOON.date())}, "exchanges"),
    ({"components": (LATE,)}, "what does not work"),
    ({"chains": ()}, "chains"),
    ({"chains": (a_standing(), a_standing(pack=f"{PACK}-two"))}, "chains"),
    ({"support": a_support(promise_hours=24)}, "the promised time"),
]


@pytest.mark.parametrize(("changes", "about"), OTHER_WORDS)
def test_words_that_nobody_read_are_not_covered(changes: dict[str, object], about: str) -> None:
    """Neither new ones nor the want of those that were approved."""
    now = a_snapshot(**changes)
    for found in (against(now), against(a_snapshot(), now)):
        assert f"Not the words that were approved: {about}." in found


@pytest.mark.parametrize(
    ("reason", "covered"),
    [
        ("4 tickets wait beyond 48 hours.", True),
        ("30 tickets wait beyond 48 hours.", False),
        ("3 tickets are lost beyond 48 hours.", False),
        ("3 tickets wait beyond 72 hours.", False),
    ],
)
def test_the_numbers_in_a_reason_are_figures_too(reason: str, covered: bool) -> None:
    """Its other words are not."""
    now = a_snapshot(components=(a_component(status=ComponentStatus.DEGRADED, reason=reason),))
    assert (against(now, a_snapshot(components=(LATE,))) == ()) is covered


@pytest.mark.parametrize(
    "schedule",
    [
        a_schedule(templates=Templates("Other words. {{ url }}", SCHEDULE.templates.short)),
        a_schedule(templates=Templates(SCHEDULE.templates.full, "Other words. {{ url }}")),
        a_schedule(templates=Templates("", "")),
        a_schedule(networks=(EMAIL,)),
    ],
)
def test_other_templates_or_networks_are_not_covered(schedule: Schedule) -> None:
    """However the figures stand."""
    assert against(a_snapshot(), schedule=schedule) == (OTHER_TEMPLATES,)


def test_a_figure_that_nobody_approved_is_not_covered() -> None:
    """Nor one that is no longer told, should no word say so."""
    now = a_snapshot()
    cover = cover_of(SCHEDULE, telling(now), now)
    fewer = replace(cover, bounds=dict(list(cover.bounds.items())[1:]))
    assert departures(fewer, SCHEDULE, telling(now), now) == (OTHER_FIGURES,)

"""The front page: the state in a sentence, and figures that each carry their age.

What was not read is said not to be known. Amounts are whole tokens, and nothing is rounded up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.site.things import rendered, text_of
from tests.status.things import (
    TOKEN,
    a_block,
    a_component,
    a_snapshot,
    a_standing,
    a_support,
    some_totals,
)
from trustops.site.pages import File
from trustops.site.sources import Sources
from trustops.site.standing import SHOWN_DAYS, chain_figures, days_of, share, whole
from trustops.status.snapshot import ComponentStatus

Files = Mapping[str, File]

PATHS = {
    *("/", "/migration-safety", "/faq", "/faq/is-it-over", "/exchanges", "/policy"),
    *("/known-issues", "/heartbeats", "/heartbeats/2026-W46", "/heartbeats/2026-W47"),
    *("/heartbeats.atom", "/sitemap.txt", "/410"),
}


def with_front(app: Flask, sources: Sources, **changes: object) -> str:
    """The front page of another snapshot."""
    return text_of(rendered(app, replace(sources, snapshot=a_snapshot(**changes))), "/")


def test_the_front_page_says_the_state_first(files: Files) -> None:
    """One sentence, then the ways on."""
    page = text_of(files, "/")
    assert "<h1>The migration window is open.</h1>" in page
    for words, href in (("What you can do now", "/faq"), ("Is this us?", "/check")):
        assert re.search(f'href="{re.escape(href)}"[^>]*>\\s*{re.escape(words)}', page)


def test_who_never_writes_first_stands_above_whatever_is_late(app: Flask, sources: Sources) -> None:
    """State, what to do, how to know us; only then what does not work, and the figures."""
    part = a_component(status=ComponentStatus.MAJOR_OUTAGE, reason="Answers are late.")
    page = with_front(app, sources, components=(part,))
    order = ("</h1>", "What you can do now", "writes to you first", "Is this us?")
    _, _, page = page.partition("<main")
    places = [
        page.index(words)
        for words in (*order, "Answers are late. It has been so since", 'class="figures"')
    ]
    assert places == sorted(places)


def test_all_figures_share_one_date_and_say_what_migrates_into_what(files: Files) -> None:
    """It stands above them, once; a chain adds its block."""
    before, _, after = text_of(files, "/").partition('id="chain-1"')
    dated = r"Figures as of <time[^>]*2026-11-22T11:59:00[^>]*>.*?</time>\."
    assert re.search(dated, before)
    assert not re.search(r"as of <time|up to <time", after, re.IGNORECASE)
    part = after.partition("<h2")[0]
    assert "OLD into NEW, up to block 21,000,000." in part
    assert part.count('class="figure"') >= 4


def test_no_figure_is_older_than_the_date_that_all_share(app: Flask, sources: Sources) -> None:
    """Of two chains the older block dates them; one that cannot be read dates its own."""
    hour = timedelta(hours=1)
    read = a_standing(totals=some_totals(block=a_block(at=NOON - hour)))
    lost = a_standing(totals=some_totals(block=a_block(at=NOON - 9 * hour)), problem="Not read.")
    page = with_front(app, sources, chains=(a_standing(), read, lost))
    assert re.search(r"Figures as of <time[^>]*2026-11-22T11:00:00", page)
    own = r"older: those of the last good reading, <time[^>]*2026-11-22T03:00:00"
    assert re.search(own, page)


def test_a_longer_state_keeps_its_first_sentence_as_the_heading(
    app: Flask, sources: Sources
) -> None:
    """What is said beside it follows."""
    state = "The migration is closed. Sources differ on the day."
    page = with_front(app, sources, migration_state=state)
    assert "<h1>The migration is closed.</h1>" in page
    assert '<p class="lead">Sources differ on the day.</p>' in page


def test_the_figures_of_a_chain_are_whole_tokens_and_say_what_is_not_final(files: Files) -> None:
    """And the share of the supply."""
    page = text_of(files, "/")
    assert "1,200 OLD" in page
    assert "12.0 %" in page
    assert "2 of 42 events are not final yet" in page


def test_a_failed_reading_shows_the_last_good_figures_with_their_age(files: Files) -> None:
    """The old value never stands without the words that it is old."""
    page = text_of(files, "/")
    assert "We could not read this chain just now." in page
    assert "The figures below are older: those of the last good reading, <time" in page


def test_what_was_never_read_is_said_not_to_be_known(files: Files) -> None:
    """Not as zero."""
    third = text_of(files, "/").partition("The migration on Third chain")[2].partition("<h2")[0]
    assert "could not check" in third
    assert "Last tried" in third
    assert ">0" not in third


def test_what_nobody_tried_to_read_claims_no_attempt(app: Flask, sources: Sources) -> None:
    """A chain that the desk does not read has the reason alone."""
    never = a_standing(totals=None, by_day=(), checked_at=None, problem="Not read.", chain="far")
    page = with_front(app, sources, chains=(never,))
    assert "Not read." in page
    assert "Last tried" not in page


def test_support_figures_say_what_they_count(app: Flask, sources: Sources) -> None:
    """With the promise, the window and the age."""
    page = with_front(app, sources)
    assert "96 %" in page
    assert "29 of 30 that fell due" in page
    assert "5&nbsp;h&nbsp;00&nbsp;min" in page
    assert "within 48 hours" in page
    assert "The window is over (12), Something else (9)." in page


def test_an_empty_week_is_said_to_be_empty(app: Flask, sources: Sources) -> None:
    """No share of nothing, no time of no answer."""
    quiet = a_support(met=0, breached=0, median_seconds=None, topics=())
    page = with_front(app, sources, support=quiet, chains=(), exchanges=(), open_issues=())
    assert "Nothing fell due" in page
    assert "None given" in page
    assert "We know of none that is open." in page
    assert "No exchange is on record." in page


def test_a_short_time_to_an_answer_is_told_in_minutes(app: Flask, sources: Sources) -> None:
    """Hours are left out where there are none."""
    page = with_front(app, sources, support=a_support(median_seconds=1500))
    assert "25&nbsp;min" in page
    assert "0&nbsp;h" not in page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ComponentStatus.DEGRADED, "It works, with limits."),
        (ComponentStatus.PARTIAL_OUTAGE, "A part does not work."),
        (ComponentStatus.MAJOR_OUTAGE, "It does not work."),
        (ComponentStatus.MAINTENANCE, "We are working on it."),
    ],
)
def test_a_part_that_does_not_work_is_told_at_the_top(
    app: Flask, sources: Sources, status: ComponentStatus, words: str
) -> None:
    """With its reason and since when, and as a word beside its name."""
    part = a_component(status=status, reason="Answers are late.")
    page = with_front(app, sources, components=(part,))
    assert page.index("Answers are late. It has been so since") < page.index("How fast we answer")
    assert words in page


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (ComponentStatus.PARTIAL_OUTAGE, "We show no official address."),
        (ComponentStatus.MAJOR_OUTAGE, "We have no figures from any chain."),
    ],
)
def test_beside_a_part_stands_what_is_so_of_all_of_it(
    app: Flask, sources: Sources, status: ComponentStatus, heading: str
) -> None:
    """And not that a part of it fails, where nothing of it is left."""
    part = a_component(status=status, reason="No.", heading=heading)
    page = with_front(app, sources, components=(part,))
    _, _, parts = page.partition('id="parts"')
    assert heading in parts
    assert "A part does not work." not in page


def test_without_heartbeats_and_parts_the_front_page_says_so(app: Flask, sources: Sources) -> None:
    """An instance on its first day."""
    snapshot = a_snapshot(components=(), next_heartbeat_at=None, last_heartbeat=None)
    page = text_of(rendered(app, replace(sources, snapshot=snapshot, heartbeats=())), "/")
    assert "No heartbeat has gone out yet." in page
    assert "No next one is planned." in page
    assert "No part is watched." in page


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0"),
        (TOKEN - 1, "less than 1"),
        (1_203_400 * TOKEN + 7, "1,203,400"),
        (-TOKEN, "\N{MINUS SIGN}1"),
    ],
)
def test_amounts_are_whole_tokens(amount: int, words: str) -> None:
    """Nothing is rounded up, and a little is not nothing."""
    assert whole(amount, 18) == words


@pytest.mark.parametrize(
    ("net", "supply", "burned", "words"),
    [
        (612, 1000, False, "61.2 %"),
        (1, 3000, False, "0.0 %"),
        (500, 500, True, "50.0 %"),
        (1000, 1000, False, "100.0 %"),
        (1001, 1000, False, ""),
        (-1, 1000, False, ""),
        (0, 0, False, ""),
        (5, None, False, ""),
    ],
)
def test_the_share_is_told_where_it_can_be(
    net: int, supply: int | None, burned: bool, words: str
) -> None:
    """Of the supply as it was before anything was burned, rounded down; never above the whole."""
    assert share(some_totals(net=net, old_supply=supply), burned=burned) == words


def test_days_without_a_migration_are_zero_up_to_the_block() -> None:
    """The chain was read as far as that, so it is known that nothing moved."""
    block = a_block(at=NOON)
    by_day = ((date(2026, 11, 19), 3 * TOKEN), (date(2026, 11, 21), -2 * TOKEN))
    assert [amount for _, amount in days_of(by_day, some_totals(block=block))] == [3, 0, -2, 0]


def bars(app: Flask, amounts: Sequence[int | None]) -> tuple[str, list[float], float]:
    """A chart of some days, what each bar has below the line (above: less than 0), the line."""
    rows = [(f"day {number}", amount) for number, amount in enumerate(amounts)]
    with app.test_request_context():
        module = app.jinja_env.get_template("components/chart.html").module
        chart = str(vars(module)["chart"]("Net by day", rows))
    (axis,) = re.findall(r'class="chart-axis"[^>]*y1="([\d.]+)"', chart)
    line = float(axis) - 0.5
    boxes = re.findall(r'class="chart-bar"[^>]* y="([\d.-]+)"[^>]* height="([\d.-]+)"', chart)
    return chart, [float(y) + float(height) - line for y, height in boxes], line


def test_a_day_on_which_more_went_back_than_came_has_its_bar_below_the_line(app: Flask) -> None:
    """It is no day on which nothing happened; a sentence says what such a bar is."""
    chart, below, _ = bars(app, [300, -100, 0])
    assert below == pytest.approx([0, 100 / 400 * 98, 0], abs=0.1)
    assert "A bar below the line is a number below zero." in chart
    assert "the lowest \N{MINUS SIGN}100" in chart
    assert ">\N{MINUS SIGN}100</text>" in re.sub(r">\s+", ">", chart)


@pytest.mark.parametrize(
    "amounts", [[-1], [-5, -3, None, -8], [1, -(10**12)], [*range(-20, 20)], [0, None, -2] * 9]
)
def test_every_bar_of_a_chart_stands_within_its_plot(
    app: Flask, amounts: Sequence[int | None]
) -> None:
    """Also where nothing is above zero, or one day is far below it."""
    chart, _, line = bars(app, amounts)
    boxes = re.findall(r'class="chart-bar"[^>]* y="([\d.-]+)"[^>]* height="([\d.-]+)"', chart)
    assert len(boxes) == sum(amount is not None for amount in amounts)
    for y, height in boxes:
        assert 0 <= float(y) <= float(y) + float(height) <= 140
    assert 0 <= line <= 140


def test_a_chart_without_such_a_day_speaks_of_none(app: Flask) -> None:
    """Its line is its foot."""
    chart, below, line = bars(app, [3, 0, None, 2])
    assert "below" not in chart.partition("The table below")[0]
    assert (below, line) == ([0, 0, 0], 140)


def test_a_chart_ends_with_the_last_day_that_moved_where_that_is_long_ago() -> None:
    """A month of nothing tells nothing."""
    block = a_block(at=NOON)
    old = NOON.date() - timedelta(days=200)
    by_day = ((old - timedelta(days=90), TOKEN), (old, TOKEN))
    days = days_of(by_day, some_totals(block=block))
    assert len(days) == SHOWN_DAYS
    assert days[-1] == (old, 1)
    assert days_of((), some_totals()) == ()


def test_a_reading_that_the_pack_does_not_have_is_left_out(app: Flask, sources: Sources) -> None:
    """Not shown as zero."""
    figures = chain_figures(
        a_standing(totals=some_totals(old_supply=None, new_left=None)), None, {}
    )
    assert figures.new_left == figures.share == ""
    chains = (a_standing(totals=some_totals(new_left=None, provisional=0), by_day=()),)
    page = with_front(app, sources, chains=chains)
    assert "Still to give out" not in page
    assert "not final yet" not in page

"""What a heartbeat says: every figure with its age, nothing made up, nothing left open."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import NOON, later
from tests.posts.things import CONTENT, WEEK, a_schedule
from tests.status.things import (
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
from trustops.channels.networks import EMAIL, NETWORKS
from trustops.channels.networks.mastodon.length import length
from trustops.channels.rules import PostLimits
from trustops.content.values import ContentError
from trustops.exchanges.rules import matrix
from trustops.posts.figures import figures_of, told_of
from trustops.posts.markup import to_html
from trustops.posts.schedule import load_schedule
from trustops.posts.text import texts_of
from trustops.posts.told import About, Told
from trustops.posts.values import Approval, Past
from trustops.settings import PROJECT_ROOT
from trustops.status.snapshot import ComponentStatus, Snapshot

URL = f"https://desk.example.org/heartbeats/{WEEK}"
FIRST = Past()
PROBLEM = "We could not check this right now."


def told(snapshot: Snapshot, past: Past = FIRST, *, late: bool = False) -> Told:
    """What the heartbeat of noon says."""
    return told_of(snapshot, About(WEEK, URL, NOON, late, later(days=7)), past)


def texts(snapshot: Snapshot, past: Past = FIRST, *, late: bool = False) -> Mapping[str, str]:
    """Its texts, by the templates that are shipped."""
    return texts_of(a_schedule(), told(snapshot, past, late=late), {})


def since(snapshot: Snapshot, *missed: str) -> Past:
    """A last heartbeat that told of a snapshot."""
    return Past("2026-W46", figures_of(snapshot), missed)


@pytest.mark.parametrize("network", ["archive", "mastodon"])
def test_every_figure_has_its_age_and_the_chain_its_block(network: str) -> None:
    """In the long text and in the short one."""
    text = texts(a_snapshot())[network]
    assert "1,200 OLD migrated" in text
    assert "as of block 21,000,000, 22 Nov 2026, 11:59 UTC" in text
    assert "22 Nov 2026, 12:00 UTC" in text
    assert URL in text.splitlines()[-1]


@pytest.mark.parametrize("network", ["archive", "mastodon"])
@pytest.mark.parametrize(
    "standing",
    [an_unread_standing(), a_standing(problem=PROBLEM), an_unread_standing(problem="")],
)
def test_what_could_not_be_checked_says_so(network: str, standing: object) -> None:
    """It is never zero, and an older value stands there with its age alone."""
    text = texts(a_snapshot(chains=(standing,)))[network]
    assert "could not" in text
    assert " 0 " not in text.partition("Support")[0]
    if "1,200 OLD" in text:
        assert "The last good reading was 1,200 OLD migrated, as of block 21,000,000" in text


@pytest.mark.parametrize(
    ("net", "words"),
    [
        (1_000, "(+200 OLD since 2026-W46)"),
        (1_200, "(no change since 2026-W46)"),
        (1_500, "(\N{MINUS SIGN}300 OLD since 2026-W46)"),
    ],
)
def test_the_chain_is_compared_with_the_last_heartbeat(net: int, words: str) -> None:
    """By what that one told."""
    before = a_snapshot(chains=(a_standing(totals=some_totals(net=net * TOKEN)),))
    assert words in texts(a_snapshot(), since(before))["archive"]


def test_what_was_not_checked_last_time_is_compared_with_nothing() -> None:
    """A gap is no change."""
    text = texts(a_snapshot(), since(a_snapshot(chains=(an_unread_standing(),))))["archive"]
    assert "OLD since" not in text
    assert "no change" not in text


@pytest.mark.parametrize(
    ("net", "words"),
    [
        (1, "less than 1 OLD migrated"),
        (0, "0 OLD migrated"),
        (TOKEN, "1 OLD migrated"),
        (-1, "\N{MINUS SIGN}less than 1 OLD migrated"),
        (-TOKEN, "\N{MINUS SIGN}1 OLD migrated"),
    ],
)
def test_amounts_are_whole_tokens_rounded_down(net: int, words: str) -> None:
    """A part of a token is not called nothing."""
    chains = (a_standing(totals=some_totals(net=net, holders=1)),)
    assert f"{words} by 1 wallet," in texts(a_snapshot(chains=chains))["archive"]


def test_a_chain_is_called_by_its_name_in_a_sentence() -> None:
    """Not by the word under which the pack files it, nor by the name of the pack."""
    for standing in (
        a_standing(title="BNB Smart Chain"),
        a_standing(title="BNB Smart Chain", problem=PROBLEM),
        an_unread_standing(title="BNB Smart Chain"),
    ):
        (line,) = told(a_snapshot(chains=(standing,))).chains
        assert line.startswith("BNB Smart Chain: ")


def test_what_is_as_of_one_moment_says_so_once() -> None:
    """The headings repeat no date; a line of a chain has the date of its block."""
    text = texts(a_snapshot())["archive"]
    assert "All figures are as of 22 Nov 2026, 12:00 UTC" in text
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert not any("as of" in line or "UTC" in line for line in headings)


def test_a_week_without_change_says_so() -> None:
    """Where everything was checked and nobody opened a ticket."""
    quiet = a_snapshot(support=a_support(opened=0))
    for text in texts(quiet, since(quiet)).values():
        assert "Nothing changed since 2026-W46." in text


@pytest.mark.parametrize(
    "changes",
    [
        {"support": a_support()},
        {"open_issues": ()},
        {"exchanges": ()},
        {"addresses": "Withheld."},
        {"chains": (a_standing(problem=PROBLEM),)},
        {"chains": (a_standing(totals=some_totals(net=5)),)},
    ],
)
def test_a_week_with_a_change_does_not_claim_that_there_was_none(
    changes: dict[str, object],
) -> None:
    """Nor does one that could not be checked."""
    quiet = a_snapshot(support=a_support(opened=0))
    now = a_snapshot(**{"support": a_support(opened=0), **changes})
    assert "Nothing changed" not in texts(now, since(quiet))["archive"]


def test_an_exchange_that_changed_is_named_with_what_it_was_before() -> None:
    """Beside the counts, and those that nobody looked at lately."""
    before = a_snapshot(exchanges=matrix((an_exchange(),), NOON.date()))
    now = a_snapshot(
        exchanges=matrix(
            (an_exchange(a_claim()), an_exchange(id="exchange-two", name="Exchange Two")),
            NOON.date(),
        )
    )
    lines = told(now, since(before)).exchanges
    assert lines == [
        "It says that it is done: 1.",
        "We have no evidence: 1.",
        "Exchange One: It says that it is done. Before: We have no evidence.",
        "Exchange Two, new here: We have no evidence.",
    ]
    assert "No exchange changed since 2026-W46." in told(now, since(now)).exchanges
    assert told(a_snapshot(exchanges=())).exchanges == ["No exchange is on record."]


def test_support_is_told_without_making_up_a_share_or_a_median() -> None:
    """Where nothing fell due there is nothing to divide."""
    nothing = a_support(met=0, breached=0, median_seconds=None, topics=(), overdue=2)
    lines = told(a_snapshot(support=nothing)).support
    assert "No first answer fell due." in lines
    assert "No first answer was given." in lines
    assert "Waiting for a first answer now: 6, 2 of them late." in lines
    assert not any("Most asked" in line for line in lines)
    assert "no first answer fell due" in told(a_snapshot(support=nothing)).support_short


@pytest.mark.parametrize(
    ("seconds", "words"), [(59, "0 min"), (1_800, "30 min"), (18_000, "5 h 00 min")]
)
def test_the_median_is_told_in_hours_and_minutes(seconds: int, words: str) -> None:
    """As a person says it."""
    support = told(a_snapshot(support=a_support(median_seconds=seconds))).support
    assert f"The median first answer took {words}." in support


def test_what_is_wrong_is_told_in_the_post_too() -> None:
    """Withheld addresses, missed weeks, lateness; components and issues in the long text."""
    broken = a_component(status=ComponentStatus.DEGRADED, reason="Answers are slow.")
    bare = a_component(status=ComponentStatus.MAINTENANCE, name="Site", reason="")
    snapshot = a_snapshot(
        addresses="Addresses are withheld.", components=(broken, bare), chains=(), exchanges=()
    )
    found = texts(snapshot, Past(missed=("2026-W46",)), late=True)
    for network in ("archive", "mastodon"):
        assert "Addresses are withheld." in found[network]
        assert "No heartbeat went out for 2026-W46." in found[network]
        assert "This heartbeat is late. It was due 22 Nov 2026, 12:00 UTC." in found[network]
    assert "- Answers to tickets: Answers are slow." in found["archive"]
    assert "- Site: not as it should be" in found["archive"]
    assert "- The portal answers slowly" in found["archive"]
    assert "No chain is read here." in found["archive"]


def test_the_post_fits_however_much_there_is_to_tell() -> None:
    """What is left out stands behind the link."""
    many = tuple(
        a_standing(totals=some_totals(chain=f"chain-{number}", block=a_block(number=number)))
        for number in range(30)
    )
    text = texts(a_snapshot(chains=many))["mastodon"]
    assert length(text, PostLimits()) <= 500
    assert text.splitlines()[-1] == URL
    assert texts(a_snapshot(chains=many))["archive"].count("as of block") == 30


def test_other_networks_get_the_whole_text() -> None:
    """Mail, webhook and log have no limit that matters."""
    found = texts(a_snapshot())
    assert found["email"] == found["webhook"] == found["console"] == found["archive"]
    one = texts_of(a_schedule(networks=(EMAIL,)), told(a_snapshot()), {})
    assert set(one) == {"archive", "email"}


def test_the_archive_shows_the_text_as_safe_html() -> None:
    """Whatever a name holds; only headings, items and links mean anything."""
    text = (
        "# Title\n\nA <b>line</b>\nand another\n\n## Head & more\n- one\n- two\n\n"
        'See https://a.example/x?y="1>2, or http://b.example.'
    )
    assert to_html(text) == (
        "<p>A &lt;b&gt;line&lt;/b&gt; and another</p>\n"
        "<h2>Head &amp; more</h2>\n"
        "<ul><li>one</li><li>two</li></ul>\n"
        '<p>See <a href="https://a.example/x?y=">https://a.example/x?y=</a>'
        "&quot;1&gt;2, or "
        '<a href="http://b.example">http://b.example</a>.</p>'
    )


def written(folder: Path, name: str, text: str) -> None:
    """A content folder like the shipped one, but for one file."""
    (folder / "heartbeat").mkdir(exist_ok=True)
    for item in ("heartbeat.toml", "heartbeat/full.md.j2", "heartbeat/short.md.j2"):
        (folder / item).write_bytes((CONTENT / item).read_bytes())
    (folder / name).write_text(text, encoding="utf-8")


TOML = 'weekday = "monday"\ntime = "12:00"\napproval = "rule"\nnetworks = ["console"]\n'
FAULTS = [
    ("heartbeat.toml", TOML.replace("monday", "someday"), 1, "weekday"),
    ("heartbeat.toml", TOML.replace("12:00", "24:00"), 2, "time"),
    ("heartbeat.toml", TOML.replace("rule", "nobody"), 3, "approval"),
    ("heartbeat.toml", TOML.replace('["console"]', "[]"), 4, "networks"),
    ("heartbeat.toml", TOML.replace('["console"]', '["email", "email"]'), 4, "networks"),
    ("heartbeat.toml", f'{TOML}timezone = "Mars/Base"\n', 5, "timezone"),
    ("heartbeat.toml", f"{TOML}catch_up_hours = 97\n", 5, "catch_up_hours"),
    ("heartbeat.toml", f"{TOML}colour = 1\n", 5, "colour"),
    ("heartbeat/full.md.j2", "Words.\n{% if late %}\n{{ url }}", 2, "template"),
    ("heartbeat/full.md.j2", "Words.\n{{ price }}\n{{ url }}", 2, "template"),
    ("heartbeat/full.md.j2", "Words.\nIn all { total }.\n{{ url }}", 2, "template"),
    ("heartbeat/short.md.j2", "Words\nwithout the link.", 2, "template"),
    ("heartbeat/short.md.j2", "{{ url / 2 }}", 1, "template"),
    ("heartbeat/short.md.j2", "{{ url.__class__.__mro__ }}\n{{ url }}", 1, "template"),
]


@pytest.mark.parametrize(("name", "text", "line", "field"), FAULTS)
def test_a_fault_is_named_with_file_line_and_field(
    tmp_path: Path, name: str, text: str, line: int, field: str
) -> None:
    """Before anything is posted."""
    written(tmp_path, name, text)
    with pytest.raises(ContentError) as found:
        load_schedule(tmp_path)
    [problem] = found.value.problems
    assert (problem.file, problem.line, problem.field) == (name, line, field)


def test_a_schedule_without_its_templates_is_a_fault(tmp_path: Path) -> None:
    """Both are named at once."""
    (tmp_path / "heartbeat.toml").write_text(TOML, encoding="utf-8")
    with pytest.raises(ContentError) as found:
        load_schedule(tmp_path)
    assert len(found.value.problems) == 2


def test_without_a_schedule_nothing_is_posted(tmp_path: Path) -> None:
    """Heartbeats are a choice."""
    assert load_schedule(tmp_path) is None


@pytest.mark.parametrize(
    ("folder", "approval"),
    [(CONTENT, Approval.LEAD), (PROJECT_ROOT / "trustops/demo/content", Approval.RULE)],
)
def test_the_schedules_that_are_shipped_can_be_used(folder: Path, approval: Approval) -> None:
    """A lead approves on a real desk; the demo goes by the rule."""
    schedule = load_schedule(folder)
    assert schedule is not None
    assert schedule.approval is approval
    assert set(schedule.networks) == set(NETWORKS)

"""The files for programs: the Statuspage shape to the key, and the migration's own two."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOON
from tests.status.things import (
    NOT_CHECKED,
    TOKEN,
    a_component,
    a_snapshot,
    a_standing,
    a_support,
    an_unread_standing,
    some_totals,
)
from trustops.status.files import in_tokens, previous_components
from trustops.status.shapes import stamp
from trustops.status.snapshot import ComponentStatus, Snapshot
from trustops.status.statuspage import EXCHANGES, MIGRATION, files, stable_id

URL = "https://desk.example.org"
SHAPE = {
    "summary": {"components", "incidents", "scheduled_maintenances", "status", "x_migration"},
    "status": {"status"},
    "components": {"components"},
    "incidents": {"incidents"},
    "incidents/unresolved": {"incidents"},
    "scheduled-maintenances": {"scheduled_maintenances"},
    "scheduled-maintenances/upcoming": {"scheduled_maintenances"},
    "scheduled-maintenances/active": {"scheduled_maintenances"},
}
COMPONENT_KEYS = {
    "id",
    "name",
    "status",
    "created_at",
    "updated_at",
    "position",
    "description",
    "showcase",
    "start_date",
    "group_id",
    "page_id",
    "group",
    "only_show_if_degraded",
}
MILLISECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def read(name: str, snapshot: Snapshot | None = None) -> dict[str, Any]:
    """One file of a snapshot."""
    found: dict[str, Any] = json.loads(files(snapshot or a_snapshot(), URL)[f"/api/v2/{name}.json"])
    return found


def walk(value: object, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a document, with the key under which it stands."""
    if isinstance(value, dict):
        yield key, value
        for name, inner in value.items():
            yield from walk(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, key)


def test_there_are_eight_files_of_the_statuspage_shape_and_two_of_our_own() -> None:
    """At the paths that programs ask for."""
    ours = {MIGRATION, EXCHANGES}
    assert set(files(a_snapshot(), URL)) - ours == {f"/api/v2/{name}.json" for name in SHAPE}
    assert ours < set(files(a_snapshot(), URL))


@pytest.mark.parametrize(("name", "keys"), SHAPE.items())
def test_each_file_has_the_page_and_its_own_keys(name: str, keys: set[str]) -> None:
    """And nothing else: what is ours stands under one key of the summary."""
    found = read(name)
    assert set(found) == {"page", *keys}
    assert found["page"] == {
        "id": stable_id("page", URL),
        "name": "Example Desk",
        "url": URL,
        "time_zone": "Etc/UTC",
        "updated_at": "2026-11-22T12:00:00.000Z",
    }


def test_a_component_has_every_key_of_the_shape() -> None:
    """What is not known is null and not left out."""
    snapshot = a_snapshot(components=(a_component(description=""), a_component(id="chain")))
    first, second = read("components", snapshot)["components"]
    assert set(first) == COMPONENT_KEYS
    assert (first["description"], first["group_id"]) == (None, None)
    assert (first["position"], second["position"]) == (1, 2)
    assert first["updated_at"] == "2026-11-19T12:00:00.000Z"
    assert first["start_date"] == "2026-11-19"
    assert first["page_id"] == read("status")["page"]["id"]


def test_ids_are_twelve_characters_and_stay() -> None:
    """A dashboard that knows a component finds it after every build, whatever its words."""
    first = read("components")["components"][0]["id"]
    renamed = a_snapshot(components=(a_component(name="Answers", status=ComponentStatus.DEGRADED),))
    assert read("components", renamed)["components"][0]["id"] == first
    assert re.fullmatch(r"[a-z2-7]{12}", first)
    assert first != stable_id("page", "desk") != stable_id("component", "chain")


def test_the_summary_says_the_same_as_the_single_files() -> None:
    """A program may read one or the other."""
    snapshot = a_snapshot(components=(a_component(status=ComponentStatus.MAJOR_OUTAGE),))
    summary = read("summary", snapshot)
    assert summary["status"] == read("status", snapshot)["status"]
    assert summary["status"] == {"indicator": "critical", "description": "Major Service Outage"}
    assert summary["components"] == read("components", snapshot)["components"]
    assert summary["incidents"] == summary["scheduled_maintenances"] == []


def test_the_summary_carries_the_migration_without_its_chart() -> None:
    """Everything else is the same as in the file of its own."""
    short, whole = read("summary")["x_migration"], read("migration")
    assert short["chains"][0].pop("by_day") is None
    assert whole["chains"][0].pop("by_day")["days"]
    assert short == whole


def test_moments_are_utc_with_milliseconds_everywhere() -> None:
    """Also where a moment came with microseconds and another zone."""
    east = timezone(timedelta(hours=9))
    assert stamp(datetime(2026, 11, 22, 21, 0, 0, 1999, tzinfo=east)) == "2026-11-22T12:00:00.001Z"
    moments = {"as_of", "at", "since", "checked_at", "updated_at", "created_at"}
    for body in files(a_snapshot(), URL).values():
        for _, found in walk(json.loads(body)):
            for key in moments & set(found):
                assert MILLISECONDS.fullmatch(found[key]), (key, found[key])


def test_every_figure_carries_its_time_and_its_block_where_it_has_one() -> None:
    """A number without them says nothing."""
    figures = [
        (key, found) for key, found in walk(read("migration")) if "value" in found and key != "days"
    ]
    assert len(figures) > 20
    assert all(found["as_of"] for _, found in figures)
    chain = read("migration")["chains"][0]
    for key, found in walk(chain):
        if "value" in found and key != "days":
            assert (found["block"], found["as_of"]) == (21_000_000, "2026-11-22T11:59:00.000Z")
    assert chain["by_day"]["block"] == 21_000_000


def test_amounts_are_exact_texts() -> None:
    """Many programs would round a number of that size."""
    totals = some_totals(net=1_200 * TOKEN + 1)
    (chain,) = read("migration", a_snapshot(chains=(a_standing(totals=totals),)))["chains"]
    assert chain["net"]["value"] == "1200000000000000000001"
    assert chain["net"]["amount"] == "1200.000000000000000001"
    assert (chain["net"]["symbol"], chain["net"]["decimals"]) == ("OLD", 18)
    assert (chain["issued"]["symbol"], chain["issued"]["amount"]) == ("NEW", "7200")


@given(st.integers(-(2**256), 2**256), st.integers(0, 77))
def test_tokens_are_written_exactly_for_every_amount(value: int, decimals: int) -> None:
    """No exponent, nothing lost."""
    text = in_tokens(value, decimals)
    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", text)
    whole, _, part = text.lstrip("-").partition(".")
    assert int(whole + part.ljust(decimals, "0")) == abs(value)
    assert text.startswith("-") == (value < 0)


def test_what_could_not_be_read_is_null_with_the_reason_and_never_zero() -> None:
    """Programs are told the sentence that people read."""
    (chain,) = read("migration", a_snapshot(chains=(an_unread_standing(),)))["chains"]
    assert chain.pop("pack") == "example"
    assert chain.pop("problem") == NOT_CHECKED
    assert chain.pop("checked_at") == "2026-11-22T12:00:00.000Z"
    assert set(chain.values()) == {None}


def test_the_last_good_figures_keep_their_block_beside_the_problem() -> None:
    """Their age can be told from it."""
    (chain,) = read("migration", a_snapshot(chains=(a_standing(problem=NOT_CHECKED),)))["chains"]
    assert chain["problem"] == NOT_CHECKED
    assert chain["net"]["as_of"] == "2026-11-22T11:59:00.000Z"


def test_readings_that_a_pack_does_not_have_are_null() -> None:
    """Not zero."""
    totals = some_totals(old_supply=None, old_in_sink=None, sent_directly=None, new_left=None)
    (chain,) = read("migration", a_snapshot(chains=(a_standing(totals=totals),)))["chains"]
    names = ("old_supply", "old_in_sink", "sent_directly", "new_left")
    assert [chain[name] for name in names] == [None] * 4
    assert chain["events"]["value"] == 42


def test_a_week_without_an_answer_has_no_median() -> None:
    """None was given, so there is none to tell."""
    support = read("migration", a_snapshot(support=a_support(median_seconds=None)))["support"]
    assert support["median_first_response_seconds"] == {
        "value": None,
        "as_of": "2026-11-22T12:00:00.000Z",
        "block": None,
    }
    assert support["opened"]["value"] == 31
    assert [topic["value"] for topic in support["topics"]] == [12, 9]


def test_the_migration_tells_the_rest_of_the_snapshot() -> None:
    """Reasons, withheld addresses, known issues, heartbeats, exchanges by label."""
    broken = a_component(status=ComponentStatus.DEGRADED, reason="1 ticket waits.")
    found = read(
        "migration",
        a_snapshot(components=(broken,), addresses="Withheld.", next_heartbeat_at=None),
    )
    assert found["components"][0]["reason"] == "1 ticket waits."
    assert found["addresses"] == "Withheld."
    assert found["known_issues"] == [{"id": "slow-portal", "title": "The portal answers slowly"}]
    assert (found["last_heartbeat"], found["next_heartbeat_at"]) == ("2026-W46", None)
    assert {label: count["value"] for label, count in found["exchanges"].items()} == {
        "Completed": 1,
        "Reported: announced": 1,
        "We have no evidence": 1,
    }


def test_the_matrix_is_told_with_its_evidence() -> None:
    """Unknown rows stand in it like all others."""
    one, three, two = read("exchanges")["exchanges"]
    assert (one["label"], one["claim"]["grade"]) == ("Completed", "A")
    assert one["claim"]["url"] == "https://exchange.example/notice"
    assert one["history"] == [one["claim"]]
    assert (three["state"], three["claim"], three["history"]) == ("unknown", None, [])
    assert (two["reported"], two["stale"]) == (True, True)
    assert {row["as_of"] for row in (one, two, three)} == {"2026-11-22T12:00:00.000Z"}


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    """So that a build that changes nothing changes no file."""
    assert files(a_snapshot(), URL) == files(a_snapshot(), URL)


def test_words_of_every_language_stay_readable() -> None:
    """UTF-8, without escapes."""
    body = files(a_snapshot(project="토큰 데스크"), URL)["/api/v2/status.json"]
    assert "토큰 데스크".encode() in body


def test_the_components_of_an_earlier_file_come_back() -> None:
    """So that the next Snapshot knows since when a status stands."""
    snapshot = a_snapshot(components=(a_component(reason="Late.", since=NOON.astimezone(UTC)),))
    assert previous_components(files(snapshot, URL)[MIGRATION]) == snapshot.components


@pytest.mark.parametrize("earlier", [None, b"", b"{}", b"\xff", b'{"components": [{"id": 1}]}'])
def test_a_file_of_another_version_tells_nothing(earlier: bytes | None) -> None:
    """Every status then begins anew."""
    assert previous_components(earlier) == ()

"""`/check` and `/api/v1/check`, with a list that is trusted and with one that is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fakes import FakeClock
from tests.guard.samples import digits
from tests.official.things import NEW, PUBLIC, both, put, signed
from tests.web_fixtures import csrf
from trustops.official.accounts import network_shown
from trustops.official.store import OfficialStore
from trustops.official.values import Problem
from trustops.official.wording import NOBODY_FIRST
from trustops.web.context import register
from trustops.web.pages import Standing

EXPIRED = "past its last day"
SECRET = "abandon " * 11 + "about"


@pytest.fixture
def content(app: Flask, folder: Path) -> Path:
    """The signed content folder, in the place of the application's own."""
    register(app, OfficialStore(folder, PUBLIC.line))
    register(app, Standing(demo=False, is_named=lambda: True))
    return folder


@pytest.fixture
def unset(app: Flask, folder: Path) -> None:
    """The same without a key."""
    register(app, OfficialStore(folder, ""))


def ask(client: FlaskClient, query: str) -> str:
    """Type a question and press the button."""
    form = {"q": query, "csrf_token": csrf(client, "/check")}
    answer = client.post("/check", data=form)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def by_api(client: FlaskClient, query: str) -> dict[str, Any]:
    """Ask as a program does."""
    answer = client.get("/api/v1/check", query_string={"q": query})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


@pytest.mark.usefixtures("content")
def test_the_page_shows_what_is_ours(client: FlaskClient) -> None:
    """The form, the list and its dates; no verdict before a question."""
    page = client.get("/check").get_data(as_text=True)
    assert f'data-copy="{NEW}"' in page
    assert "portal.heliotrope.org" in page
    assert "@news@social.heliotrope.org" in page
    assert "notice" not in page
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("query", "title"),
    [
        (NEW, "It is in our signed list"),
        ("https://heliotrope.org@evil.xyz", "It looks like one in our list, and is not in it"),
        ("helio-refund.xyz", "It was reported as a false one"),
        ("weather.example.com", "We do not know it"),
    ],
)
def test_a_question_is_answered_by_form_and_by_link(
    client: FlaskClient, query: str, title: str
) -> None:
    """In the same words, with the question beside it."""
    typed = ask(client, query)
    linked = client.get("/check", query_string={"q": query}).get_data(as_text=True)
    for page in (typed, linked):
        assert title in page
        assert query in page


@pytest.mark.usefixtures("content")
def test_the_page_says_at_its_top_where_it_is_ours(client: FlaskClient) -> None:
    """By the settings and the signed list, whatever name a request gives."""
    page = client.get("/check", headers={"Host": "localhost"}).get_data(as_text=True)
    first = page.partition("<form")[0]
    assert "This page is ours at one address alone" in first
    assert "http://localhost/check" in first
    assert "does not name this host" in first
    assert "Mastodon: <bdi" in page


@pytest.mark.usefixtures("content")
def test_a_verdict_shows_its_address_in_the_groups_of_the_list(client: FlaskClient) -> None:
    """So that the two can be compared group by group; the verdict itself is not to be copied."""
    page = ask(client, NEW)
    verdict, _, below = page.partition("<form")
    for part in (verdict, below):
        assert f'<span class="address-group">{NEW[2:6]}</span>' in part
    assert "data-copy" not in verdict
    assert 'data-copy-about="of HELIO on Base"' in below


@pytest.mark.usefixtures("content")
def test_a_false_thing_leads_to_what_its_class_means(client: FlaskClient) -> None:
    """The class alone is a letter."""
    assert 'href="/policy#evidence-classes"' in ask(client, "helio-refund.xyz")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mastodon", "Mastodon"),
        ("x", "X"),
        ("twitter", "X"),
        ("github", "GitHub"),
        ("google-sites", "Google Sites"),
        ("some-network", "Some network"),
        ("Nostr", "Nostr"),
    ],
)
def test_a_network_has_its_proper_name(name: str, words: str) -> None:
    """As people write it, whatever word the list files it under."""
    assert network_shown(name) == words


@pytest.mark.usefixtures("content")
def test_a_question_is_shown_and_never_run(client: FlaskClient) -> None:
    """Nor is one shown that is beyond measure."""
    page = ask(client, "<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "z" * 2_001 not in ask(client, "z" * 2_001)
    assert "notice" not in ask(client, "   ")


@pytest.mark.usefixtures("content")
def test_a_recovery_phrase_is_not_looked_up(client: FlaskClient) -> None:
    """By form and by link: refused with advice, and not repeated."""
    form = {"q": SECRET, "csrf_token": csrf(client, "/check")}
    for answer in (
        client.post("/check", data=form),
        client.get("/check", query_string={"q": SECRET}),
        client.get("/api/v1/check", query_string={"q": SECRET}),
    ):
        assert answer.status_code == 422
        assert "abandon" not in answer.get_data(as_text=True)
    page = client.post("/check", data=form).get_data(as_text=True)
    assert "This was not looked up" in page
    assert "What to do now, step by step" in page


@pytest.mark.usefixtures("content")
def test_what_nobody_can_see_is_shown_by_its_number(client: FlaskClient) -> None:
    """It would else turn the name that stands beside it, in the verdict too."""
    page = ask(client, "helio\u200btrope.org\u202e")
    assert "helio\u27e8U+200B\u27e9trope.org" in page
    assert "\u202e" not in page


@pytest.mark.usefixtures("content")
def test_a_pasted_message_is_answered_piece_by_piece(client: FlaskClient) -> None:
    """The worst first, on the page and for programs; the message is not shown again."""
    message = f"Hello dear holder,\nclaim at helio-refund.xyz or heliotrope.org\n{NEW}"
    page = ask(client, message)
    places = [page.index(f">{text}<") for text in ("helio-refund.xyz", "heliotrope.org")]
    assert places == sorted(places)
    assert "We read 3 things" in page
    assert "dear holder" not in page
    answer = client.post("/api/v1/check", json={"q": message})
    assert answer.status_code == 200
    found = answer.get_json()
    assert found["verdict"] == found["items"][0]["verdict"] == "known-bad"
    assert [item["asked"] for item in found["items"]] == [
        "helio-refund.xyz",
        "heliotrope.org",
        NEW,
    ]
    assert all(item["sentence"].endswith(NOBODY_FIRST) for item in found["items"])


@pytest.mark.usefixtures("content")
def test_equal_verdicts_are_told_once_with_a_list(client: FlaskClient) -> None:
    """The form stays in reach; the worst first, as it was written, beyond five folded."""
    sites = [f"site-{number}.example.com" for number in range(8)]
    page = ask(client, f"See {' '.join(sites)}, helio-refund.xyz and {NEW}")
    assert page.count('class="notice"') == 3
    assert "All 8 of these:" in page
    assert page.count("<details") == 1
    assert "3 more" in page
    places = [page.index(text) for text in ("helio-refund.xyz", *sites)]
    assert places == sorted(places)
    answer = client.post("/api/v1/check", json={"q": " ".join(sites)}).get_json()
    assert [item["asked"] for item in answer["items"]] == sites


@pytest.mark.usefixtures("content")
def test_a_phrase_within_a_message_is_refused_by_page_and_by_program(client: FlaskClient) -> None:
    """The guard sees the whole before anything is judged."""
    message = f"He wrote to me: open helio-refund.xyz and type {SECRET}. Is it you?"
    form = {"q": message, "csrf_token": csrf(client, "/check")}
    for answer in (
        client.post("/check", data=form),
        client.post("/api/v1/check", json={"q": message}),
    ):
        assert answer.status_code == 422
        assert "helio-refund" not in answer.get_data(as_text=True)


@pytest.mark.usefixtures("content")
def test_a_transaction_hash_is_no_secret_where_its_name_stands_beside_it(
    client: FlaskClient,
) -> None:
    """By page and by program; without the name the page asks, and keeps the other words."""
    value = "0x" + digits("looked up")
    assert "Is this a transaction hash?" not in ask(client, f"transaction {value}")
    answer = client.post("/api/v1/check", json={"q": f"transaction {value}"})
    assert answer.status_code == 200
    form = {"q": f"what of {value} then", "csrf_token": csrf(client, "/check")}
    asked = client.post("/check", data=form)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 422
    assert "Is this a transaction hash?" in page
    assert "what of [taken out] then" in page
    assert value not in page


@pytest.mark.usefixtures("content")
def test_what_we_never_do_stands_on_every_page(client: FlaskClient) -> None:
    """Before a question, with an answer, and where the guard refused it."""
    form = {"q": SECRET, "csrf_token": csrf(client, "/check")}
    pages = (
        client.get("/check").get_data(as_text=True),
        ask(client, "weather.example.com"),
        client.post("/check", data=form).get_data(as_text=True),
    )
    for page in pages:
        assert "Nobody of us writes to you first" in page


@pytest.mark.usefixtures("content")
def test_programs_get_the_verdict_and_the_list_it_rests_on(client: FlaskClient) -> None:
    """With the time of the look and the end of the list."""
    found = by_api(client, NEW.lower())
    assert found["kind"] == "address"
    assert (found["verdict"], found["why"]) == ("official", "exact")
    assert (found["manifest_version"], found["valid_until"]) == (1, "2026-12-05T12:00:00Z")
    assert found["as_of"] == "2026-11-22T12:00:00Z"


@pytest.mark.parametrize("query", ["", "?q=", "?q=a&other=b"])
def test_a_program_that_asks_nothing_is_refused(client: FlaskClient, query: str) -> None:
    """With the field at fault."""
    answer = client.get(f"/api/v1/check{query}")
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_a_flipped_byte_takes_the_addresses_away(client: FlaskClient, content: Path) -> None:
    """At the next look, and for every question."""
    assert NEW in client.get("/check").get_data(as_text=True)
    text, signature = both(content)
    put(content, text.replace(b"HELIO", b"HELI0"), signature)
    page = client.get("/check").get_data(as_text=True)
    assert NEW not in page
    assert "Our official addresses are withheld" in page
    assert "We could not check it" in ask(client, NEW)
    found = by_api(client, NEW)
    assert (found["verdict"], found["manifest_version"]) == ("could-not-check", None)


@pytest.mark.usefixtures("content")
def test_an_expired_list_takes_them_away_to_the_second(
    client: FlaskClient, clock: FakeClock
) -> None:
    """Also within the minute of the last look."""
    clock.advance(days=13, seconds=-1)
    assert NEW in client.get("/check").get_data(as_text=True)
    clock.advance(seconds=1)
    page = client.get("/check").get_data(as_text=True)
    assert NEW not in page
    assert EXPIRED in page


@pytest.mark.usefixtures("unset")
def test_without_a_key_there_are_no_addresses(client: FlaskClient) -> None:
    """Known-bad things neither: they stand in the same list."""
    assert NEW not in client.get("/check").get_data(as_text=True)
    assert by_api(client, "helio-refund.xyz")["verdict"] == "could-not-check"


def test_the_store_looks_once_a_minute_and_on_every_change(
    app: Flask, clock: FakeClock, folder: Path
) -> None:
    """In between it gives what it has; a newer list is there at once."""
    from trustops.db import db

    store = OfficialStore(folder, PUBLIC.line)
    with app.app_context():
        session = db.session()
        first = store.current(session, clock.now())
        assert store.current(session, clock.advance(seconds=59)) is first
        assert store.current(session, clock.advance(seconds=1)) is not first
        signed(folder, version=2)
        newer = store.current(session, clock.now())
        assert newer.manifest is not None
        assert newer.manifest.version == 2
        for path in (folder / "official").iterdir():
            path.unlink()
        assert store.current(session, clock.now()).problem is Problem.MISSING

"""Public pages are answered from memory, whatever has become of the database or of the jobs."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import NOON
from tests.fakes import FakeClock
from tests.site.released import ADDRESS, a_tree, put
from tests.web_fixtures import settings_for
from trustops.app import create_app
from trustops.db import db
from trustops.site import serving
from trustops.site.accepting import matches, takes_gzip
from trustops.site.release import Releases
from trustops.site.serving import PublicPages
from trustops.web.headers import ALWAYS

DAY = timedelta(days=1)


@pytest.fixture
def served(app: Flask, tmp_path: Path, clock: FakeClock) -> FlaskClient:
    """A browser at a desk whose first release stands."""
    put(tmp_path, clock.now())
    return app.test_client()


@pytest.fixture
def eager(app: Flask, tmp_path: Path, clock: FakeClock) -> FlaskClient:
    """The same, looking for a new release at each request."""
    put(tmp_path, clock.now())
    settings = settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
    inner = app.wsgi_app
    app.__dict__["wsgi_app"] = PublicPages(
        inner, Releases(tmp_path), settings, clock, look_every_seconds=0
    )
    return app.test_client()


def ask(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    """Ask for a page; `_` in the name of a header stands for `-`."""
    return client.get(path, headers={name.replace("_", "-"): v for name, v in headers.items()})


def test_a_page_of_the_release_is_answered(served: FlaskClient) -> None:
    """With its words, its type and its length."""
    answer = ask(served, "/faq/is-it-over")
    assert answer.status_code == 200
    assert "Yes." in answer.text
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.content_length == len(answer.data)


def test_every_answer_carries_the_protecting_headers(served: FlaskClient) -> None:
    """Pages, files, redirects and 304 alike."""
    tag = ask(served, "/").headers["ETag"]
    for answer in (
        ask(served, "/"),
        ask(served, "/faq/"),
        ask(served, "/faq/taken-back"),
        ask(served, "/", If_None_Match=tag),
    ):
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


def test_a_cache_may_keep_a_page_for_a_little_and_use_it_while_we_are_down(
    served: FlaskClient,
) -> None:
    """A day without us shows the pages as they were."""
    assert ask(served, "/").headers["Cache-Control"] == (
        "public, max-age=30, stale-while-revalidate=300, stale-if-error=86400"
    )
    assert ask(served, "/").headers["Vary"] == "Accept-Encoding"


def test_over_tls_readers_are_told_to_stay_there(sqlite_url: str, tmp_path: Path) -> None:
    """And over plain http on loopback they are not."""
    put(tmp_path, NOON)
    for base_url, told in (
        ("https://desk.example", "max-age=31536000"),
        ("http://localhost", None),
    ):
        made = create_app(settings_for(sqlite_url, tmp_path, BASE_URL=base_url))
        answer = made.test_client().get("/", base_url=base_url)
        assert answer.headers.get("Strict-Transport-Security") == told
        with made.app_context():
            db.engine.dispose()


def test_a_reader_who_has_the_page_gets_304(served: FlaskClient) -> None:
    """Without a body, with the tag, in the coding that they have."""
    for coding in ("identity", "gzip"):
        tag = ask(served, "/", Accept_Encoding=coding).headers["ETag"]
        answer = ask(served, "/", Accept_Encoding=coding, If_None_Match=f'"old", {tag}')
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == tag
        assert "Content-Length" not in answer.headers


def test_a_tag_is_strong_and_of_one_coding(served: FlaskClient) -> None:
    """Bytes under one tag are the same bytes."""
    plain, packed = (ask(served, "/", Accept_Encoding=coding) for coding in ("", "gzip"))
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert not packed.headers["ETag"].startswith("W/")
    crossed = ask(served, "/", Accept_Encoding="gzip", If_None_Match=plain.headers["ETag"])
    assert crossed.status_code == 200


def test_who_takes_gzip_gets_the_same_words_in_fewer_bytes(served: FlaskClient) -> None:
    """And who does not gets them plain."""
    plain, packed = (ask(served, "/", Accept_Encoding=coding) for coding in ("", "gzip"))
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data)


def test_what_is_too_small_is_not_compressed(served: FlaskClient) -> None:
    """It would not arrive sooner."""
    assert "Content-Encoding" not in ask(served, "/faq", Accept_Encoding="gzip").headers


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("br, gzip;q=0.8", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("*", True),
        ("*;q=0", False),
        ("identity", False),
        ("identity;q=1, gzip;q=0.5", False),
        ("identity;q=0.5, gzip;q=0.5", True),
        ("gzip;level=9;q=0.3", True),
        ("gzip;q=much", False),
        ("deflate, br", False),
    ],
)
def test_what_a_reader_takes_is_read_with_its_weights(header: str, *, taken: bool) -> None:
    """RFC 9110, 12.5.3."""
    assert takes_gzip(header) is taken


@pytest.mark.parametrize(
    ("sent", "known"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ('"a-gz"', False),
        ("a", False),
        ("", False),
    ],
)
def test_a_tag_that_a_reader_has_is_found_among_those_sent(sent: str, *, known: bool) -> None:
    """RFC 9110, 13.1.2: the weak comparison."""
    assert matches(sent, '"a"') is known


def test_head_answers_as_get_does_without_the_body(served: FlaskClient) -> None:
    """With the length that the body would have."""
    head, whole = served.head("/"), ask(served, "/")
    assert (head.status_code, head.data) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)


def test_scripts_of_other_sites_may_read_machine_files_and_no_page(served: FlaskClient) -> None:
    """The figures are for everybody; the pages are not to be put into another one."""
    for path in ("/api/v2/summary.json", "/heartbeats.atom"):
        headers = ask(served, path).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Origin" not in ask(served, "/").headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_only_reading_is_answered_from_the_release(served: FlaskClient, method: str) -> None:
    """Every other method is told so, of a page, a file, a redirect and what was taken back."""
    for path in ("/faq", "/api/v2/summary.json", "/faq/", "/faq/taken-back"):
        answer = served.open(path, method=method)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert served.open("/api/v2/summary.json", method=method).content_type == (
        "application/problem+json"
    )


def test_which_methods_a_page_takes_is_answered(served: FlaskClient) -> None:
    """Without a body, for a page as for a redirect."""
    for path in ("/faq", "/faq/"):
        answer = served.options(path)
        assert (answer.status_code, answer.data) == (200, b"")
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_host_that_is_not_ours_is_refused(served: FlaskClient) -> None:
    """As often as it asks; a page under another name is what a scam is made of."""
    for _ in range(2):
        answer = ask(served, "/", Host="evil.example")
        assert answer.status_code == 400
        assert "All is well" not in answer.text
    assert ask(served, "/", Host="localhost").status_code == 200


@pytest.mark.parametrize(
    "host", ["", "localhost,localhost", "a b", "reader@localhost", "localhost:x"]
)
def test_what_is_not_one_host_is_refused(served: FlaskClient, host: str) -> None:
    """Of a page from memory as of one of the application."""
    for path in ("/", "/api/v2/summary.json", "/faq/", "/support"):
        assert ask(served, path, Host=host).status_code == 400


def test_a_stranger_who_makes_up_host_names_fills_no_memory(
    app: Flask, tmp_path: Path, clock: FakeClock, settings: object
) -> None:
    """A verdict is remembered for a few names alone."""
    put(tmp_path, clock.now())
    client = app.test_client()
    for number in range(serving.MOST_HOSTS + 5):
        assert ask(client, "/", Host=f"h{number}.example").status_code == 400
    assert ask(client, "/", Host="localhost").status_code == 200


@pytest.mark.parametrize("path", ["/faq/", "/faq//", "/faq/is-it-over/"])
def test_a_slash_too_many_leads_to_the_page(served: FlaskClient, path: str) -> None:
    """On this host, without the query."""
    answer = ask(served, f"{path}?q=x")
    assert (answer.status_code, answer.headers["Location"]) == (301, path.rstrip("/"))


@pytest.mark.parametrize("path", ["//evil.example/", "/evil.example//", "///", "/no-such-page/"])
def test_no_redirect_leads_to_where_there_is_no_page(served: FlaskClient, path: str) -> None:
    """Least of all to another host."""
    answer = ask(served, path)
    assert answer.headers.get("Location") is None or answer.headers["Location"].startswith(
        "http://localhost/"
    )


@pytest.mark.parametrize("path", ["/faq/over", "/faq/over/"])
def test_a_former_name_of_an_answer_leads_to_it(served: FlaskClient, path: str) -> None:
    """A permalink holds for ever."""
    answer = ask(served, path)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/faq/is-it-over")


def test_what_was_taken_back_is_gone(served: FlaskClient) -> None:
    """410 says more than 404, and is not kept, for it may come back."""
    answer = ask(served, "/faq/taken-back")
    assert (answer.status_code, answer.text) == (410, "It was taken back.")
    assert answer.headers["Cache-Control"] == "no-cache"
    tag = answer.headers["ETag"]
    assert ask(served, "/faq/taken-back", If_None_Match=tag).status_code == 410


def test_what_is_not_in_the_release_is_answered_by_the_application(served: FlaskClient) -> None:
    """The desk, the forms, and a page that never was."""
    assert ask(served, "/healthz").status_code == 200
    assert ask(served, "/support").status_code == 200
    assert ask(served, "/faq/unknown").status_code == 404
    assert ask(served, "/api/v2/unknown.json").content_type == "application/problem+json"


def test_the_pages_stand_when_the_database_is_gone(served: FlaskClient, tmp_path: Path) -> None:
    """No session is opened for them; styles are there too."""
    assert ask(served, "/").status_code == 200
    for file in tmp_path.glob("trustops.sqlite3*"):
        file.unlink()
    (tmp_path / "trustops.sqlite3").mkdir()
    for path in ("/", "/faq", "/faq/is-it-over", "/api/v2/summary.json", "/heartbeats.atom"):
        assert ask(served, path).status_code == 200
    assert served.get("/static/css/app.css", buffered=True).status_code == 200
    assert ask(served, "/readyz").status_code == 503


def test_addresses_vanish_when_their_manifest_expires_though_no_job_runs(
    eager: FlaskClient, tmp_path: Path, clock: FakeClock
) -> None:
    """At the very moment, by the clock."""
    put(
        tmp_path,
        clock.now(),
        tree=a_tree(ADDRESS),
        withheld=a_tree("Withheld."),
        expires_at=NOON + 3 * DAY,
    )
    clock.advance(days=3, seconds=-1)
    assert ADDRESS in ask(eager, "/").text
    clock.advance(seconds=1)
    for path in ("/", "/faq/is-it-over", "/api/v2/summary.json"):
        for coding in ("", "gzip"):
            answer = ask(eager, path, Accept_Encoding=coding)
            packed = "Content-Encoding" in answer.headers
            body = gzip.decompress(answer.data) if packed else answer.data
            assert ADDRESS.encode() not in body
            assert b"Withheld." in body


def test_no_cache_shows_an_address_after_its_manifest_expired(
    eager: FlaskClient, tmp_path: Path, clock: FakeClock
) -> None:
    """On the last day a copy is good for half a minute and never served stale."""
    put(
        tmp_path,
        clock.now(),
        tree=a_tree(ADDRESS),
        withheld=a_tree("Withheld."),
        expires_at=NOON + 3 * DAY,
    )
    assert "stale-if-error=86400" in ask(eager, "/").headers["Cache-Control"]
    clock.advance(days=2)
    assert ask(eager, "/").headers["Cache-Control"] == "public, max-age=30, must-revalidate"
    clock.advance(days=1, seconds=-10)
    assert ask(eager, "/").headers["Cache-Control"] == "no-cache"
    clock.advance(seconds=10)
    assert "stale-if-error=86400" in ask(eager, "/").headers["Cache-Control"]


def test_a_new_release_is_taken_up(eager: FlaskClient, tmp_path: Path, clock: FakeClock) -> None:
    """Without a restart."""
    assert "Second." not in ask(eager, "/").text
    put(tmp_path, clock.now(), tree=a_tree("Second."))
    assert "Second." in ask(eager, "/").text


def test_a_new_release_is_looked_for_once_a_second(
    served: FlaskClient, tmp_path: Path, clock: FakeClock
) -> None:
    """A look costs little, and ten thousand of them a second would not."""
    assert ask(served, "/").status_code == 200
    put(tmp_path, clock.now(), tree=a_tree("Second."))
    assert "Second." not in ask(served, "/").text


@pytest.mark.parametrize("torn", ["pages/index.html", "pages/index.html.gz", "release.json"])
def test_a_torn_release_is_not_served(
    eager: FlaskClient, tmp_path: Path, clock: FakeClock, torn: str
) -> None:
    """A power cut may leave half a file; the last good release stays."""
    assert ask(eager, "/").status_code == 200
    broken = put(tmp_path, clock.now(), tree=a_tree("Second."))
    whole = (broken / torn).read_bytes()
    (broken / torn).write_bytes(whole[: len(whole) // 2])
    answer = ask(eager, "/")
    assert answer.status_code == 200
    assert "Second." not in answer.text


@pytest.fixture
def bare(app: Flask) -> FlaskClient:
    """A browser at a desk without any release."""
    return app.test_client()


@pytest.mark.parametrize("path", ["/", "/faq", "/faq/is-it-over", "/heartbeats/2026-W47"])
def test_before_the_first_release_readers_are_told_to_come_back(
    bare: FlaskClient, path: str
) -> None:
    """Calmly, with the time, and with the way to a person."""
    answer = ask(bare, path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "The pages are being prepared" in answer.text
    assert 'href="/support"' in answer.text


def test_before_the_first_release_programs_are_told_too(bare: FlaskClient) -> None:
    """In their own form."""
    answer = ask(bare, "/api/v2/summary.json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.content_type == "application/problem+json"

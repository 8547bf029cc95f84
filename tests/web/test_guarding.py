"""Nothing that looks like a secret is stored, logged or echoed, wherever in a request it stands."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.guard.languages import valid_phrase
from tests.web.conftest import Made, kinds, traces
from tests.web.probe import HEADER
from trustops.db import Event, db
from trustops.errors import SecretFoundError
from trustops.guard.words import CHINESE
from trustops.keys import new_token
from trustops.settings import Settings
from trustops.web.context import register
from trustops.web.guarding import MOST_EVENTS, REFUSED, FormRefusals
from trustops.web.openapi import Application

PHRASE = "army van defense carry jealous true garbage claim echo media make crunch"
SIGNS = "".join(valid_phrase(CHINESE[0], "header")).encode().decode("latin-1")
KEY = "4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d"
QUERY = PHRASE.replace(" ", "+")

Sent = dict[str, Any]


def _json(text: str | bytes) -> Sent:
    return {"data": text, "content_type": "application/json"}


ATTACKS: list[tuple[str, str, Sent]] = [
    ("form value", "/probe/write", {"data": {"message": PHRASE}}),
    ("form name", "/probe/write", {"data": {PHRASE: "x"}}),
    ("repeated form value", "/probe/write", {"data": {"message": ["fine", PHRASE]}}),
    ("parted form values", "/probe/write", {"data": {"a": PHRASE[:36], "b": PHRASE[36:]}}),
    (
        "multipart value",
        "/probe/write",
        {"data": {"message": PHRASE}, "content_type": "multipart/form-data"},
    ),
    ("file name", "/probe/write", {"data": {"file": (io.BytesIO(b"x"), f"{PHRASE}.txt")}}),
    ("plain text", "/probe/write", {"data": PHRASE, "content_type": "text/plain"}),
    ("no content type", "/probe/write", {"data": PHRASE}),
    ("other bytes", "/probe/write", {"data": PHRASE, "content_type": "application/pdf"}),
    ("query value", f"/probe/write?q={QUERY}", {}),
    ("repeated query value", f"/probe/write?q=fine&q={QUERY}", {}),
    ("query name", f"/probe/write?{QUERY}=1", {}),
    ("path", f"/probe/looked-up/{PHRASE}", {}),
    ("escaped path", "/probe/looked-up/" + PHRASE.replace(" ", "%20"), {}),
    ("path of nothing", f"/nothing/{PHRASE}", {}),
    ("user agent", "/probe/write", {"headers": {"User-Agent": PHRASE}}),
    ("twelve signs in a header", "/probe/write", {"headers": {"X-Anything": SIGNS}}),
    ("referrer", "/probe/write", {"headers": {"Referer": f"http://localhost/?q={QUERY}"}}),
    (
        "escaped referrer",
        "/probe/write",
        {"headers": {"Referer": "http://localhost/?q=" + PHRASE.replace(" ", "%20")}},
    ),
    ("header name", "/probe/write", {"headers": {PHRASE.replace(" ", "-"): "x"}}),
    ("idempotency key", "/api/v1/probe", {"headers": {"Idempotency-Key": PHRASE}}),
    ("authorization", "/api/v1/probe", {"headers": {"Authorization": f"Bearer {PHRASE}"}}),
    ("json value", "/api/v1/probe", _json(json.dumps({"message": PHRASE}))),
    (
        "escaped json value",
        "/api/v1/probe",
        _json(
            json.dumps({"message": "".join(f"\\u{ord(c):04x}" for c in PHRASE)}).replace(
                "\\\\", "\\"
            )
        ),
    ),
    ("json name", "/api/v1/probe", _json(json.dumps({PHRASE: 1}))),
    ("deep json value", "/api/v1/probe", _json(json.dumps({"a": [{"b": {"c": PHRASE}}]}))),
    ("deep json name", "/api/v1/probe", _json(json.dumps({"a": [{PHRASE: None}]}))),
    ("json list of words", "/api/v1/probe", _json(json.dumps({"message": PHRASE.split()}))),
    ("json list", "/api/v1/probe", _json(json.dumps(PHRASE.split()))),
    ("keystore", "/api/v1/probe", _json(json.dumps({"Crypto": {"ciphertext": KEY, "mac": KEY}}))),
    (
        "keystore of another kind",
        "/api/v1/probe",
        _json(json.dumps({"encoded": "MFMC", "encoding": {"content": ["pkcs8"]}})),
    ),
    ("json text", "/api/v1/probe", _json(json.dumps(PHRASE))),
    (
        "first of two json names",
        "/api/v1/probe",
        _json(f'{{"message": "{PHRASE}", "message": "fine"}}'),
    ),
    ("broken json", "/api/v1/probe", _json(f'{{"message": "{PHRASE}"')),
    (
        "json of another encoding",
        "/api/v1/probe",
        _json(f'{{"message": "{PHRASE} \xff"}}'.encode("latin-1")),
    ),
    ("form to the api", "/api/v1/probe", {"data": {"message": PHRASE}}),
    ("key in a form", "/probe/write", {"data": {"message": KEY}}),
    ("key in a query", f"/probe/write?q={KEY}", {}),
    ("key in a path", f"/probe/looked-up/{KEY}", {}),
    ("key in a header", "/probe/write", {"headers": {"X-Anything": KEY}}),
    ("key in json", "/api/v1/probe", _json(json.dumps({"message": f"0x{KEY}"}))),
]


@pytest.mark.parametrize(("path", "sent"), [pytest.param(p, s, id=n) for n, p, s in ATTACKS])
def test_a_secret_is_refused_and_leaves_no_trace(
    client: FlaskClient, settings: Settings, log: io.StringIO, path: str, sent: Sent
) -> None:
    """422 with advice; nothing in the answer, the log, the database or its write-ahead log."""
    answer = client.post(path, **sent)
    assert answer.status_code == 422
    told = answer.get_data(as_text=True) + str(answer.headers) + log.getvalue()
    for part in ("jealous", "garbage", KEY, KEY[:12]):
        assert part not in told
        assert part.encode() not in traces(settings)


@pytest.mark.parametrize(
    "cookie", [f"words={PHRASE}", f"trustops_session={PHRASE}; trustops_browser=a.b.c"]
)
def test_a_secret_in_a_cookie_is_refused(app: Application, cookie: str) -> None:
    """A cookie of ours passes only where it has the form of one."""
    browser = app.test_client(use_cookies=False)
    assert browser.get("/healthz", headers={"Cookie": cookie}).status_code == 422


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "OPTIONS", "PUT"])
def test_every_method_is_looked_at(client: FlaskClient, method: str) -> None:
    """Also where no view takes it."""
    assert client.open(f"/probe/form?q={QUERY}", method=method).status_code == 422


def test_the_event_names_kind_place_and_route_alone(app: Application, client: FlaskClient) -> None:
    """Enough to count; nothing to guess from."""
    client.post("/api/v1/probe", json={"message": PHRASE})
    with app.app_context():
        event = db.session.scalars(select(Event)).one()
    assert (event.kind, event.subject, event.actor) == (REFUSED, "guard", "system:guard")
    assert event.data == {
        "kinds": ["recovery_phrase"],
        "place": "json",
        "endpoint": "probe_api.open_api",
    }


def test_whoever_pours_secrets_over_us_does_not_fill_the_history(
    app: Application, client: FlaskClient
) -> None:
    """Every one is refused, and a minute's worth is written down."""
    for _ in range(MOST_EVENTS + 5):
        assert client.get(f"/?q={QUERY}").status_code == 422
    assert kinds(app) == [REFUSED] * MOST_EVENTS


def test_a_known_field_is_named_and_a_made_up_one_is_not(client: FlaskClient) -> None:
    """A name can carry a secret as well as a value can."""
    known = client.post("/api/v1/probe", json={"message": PHRASE}).get_json()
    assert known["type"] == "/problems/secret-found"
    assert [item["field"] for item in known["errors"]] == ["message"]
    made_up = client.post("/api/v1/probe", json={"my_words": PHRASE}).get_json()
    assert [item["field"] for item in made_up["errors"]] == ["request"]


def test_a_page_says_what_to_do_now(client: FlaskClient) -> None:
    """The words went over a network: they count as known to others."""
    page = client.post("/probe/write", data={"message": PHRASE}).get_data(as_text=True)
    assert "compromised" in page


def test_a_form_can_show_itself_again_without_the_secret(app: Application) -> None:
    """The composition root names such forms; the answer stays 422."""

    def again(error: SecretFoundError) -> str:
        return ",".join(item.field for item in error.errors)

    register(app, FormRefusals({"probe.write": again}))
    answer = app.test_client().post("/probe/write", data={"subject": "Fine", "message": PHRASE})
    assert (answer.status_code, answer.text) == (422, "message")


def test_sixty_four_digits_are_taken_in_the_field_for_transactions(client: FlaskClient) -> None:
    """There they are a hash; anywhere else they are a key."""
    body = {"message": "Hello", "tx_hash": f"0x{KEY}"}
    assert client.post("/api/v1/probe", json=body).status_code == 200


def test_our_own_tokens_are_no_find(client: FlaskClient, form: dict[str, str]) -> None:
    """Private links, sessions, CSRF tokens and API tokens pass where they belong."""
    for _ in range(200):
        client.set_cookie("trustops_session", new_token())
        assert client.get(f"/nothing/{new_token()}").status_code == 404
    assert client.post("/probe/write", data=form).status_code == 303
    assert client.get("/api/v1/probe", headers={"Authorization": HEADER}).status_code == 200


BROWSERS = [
    {
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "en-US,en;q=0.5",
        "Accept-Encoding": "gzip, deflate, br, zstd",
        "Sec-Fetch-Dest": "document",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Site": "none",
        "Priority": "u=0, i",
    },
    {
        "User-Agent": (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
        ),
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "ko-KR,ko;q=0.9",
        "Referer": "http://localhost/desk/queue/unassigned?after=MjAyNi0xMS0yMlQxMjowMDowMCswMDow",
    },
    {
        "User-Agent": "curl/8.5.0",
        "X-Request-Id": "7d1f0b8e2c4a4f0e9b1d3c5a7e9f1b2d",
        "Traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "Cf-Ray": "8e5f1b2c3d4e5f6a-FRA",
        "X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678",
    },
]


@pytest.mark.parametrize("headers", BROWSERS)
def test_the_headers_of_browsers_and_proxies_are_no_find(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    """They consist of many short words and many digits."""
    assert client.get("/healthz", headers=headers).status_code == 200


def test_where_the_event_cannot_be_written_the_answer_is_the_same(
    make: Made, log: io.StringIO
) -> None:
    """A database that is away does not let a secret through."""
    app = make(DATABASE_URL="sqlite:////nowhere/at/all.sqlite3")
    assert app.test_client().get(f"/?q={QUERY}").status_code == 422
    assert "guard event not written" in log.getvalue()

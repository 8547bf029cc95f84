"""Every refusal is one status, one page or one problem document, and repeats nothing."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jinja2 import DictLoader

from tests.web.conftest import Made, kinds
from trustops.web.openapi import Application

SCRIPT = "<script>alert(1)</script>"


def test_a_page_that_is_not_there_does_not_repeat_its_address(client: FlaskClient) -> None:
    """Neither as it was sent nor escaped."""
    answer = client.get(f"/{SCRIPT}?q={SCRIPT}")
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "alert" not in answer.get_data(as_text=True)


def test_under_the_api_a_refusal_is_problem_json(client: FlaskClient) -> None:
    """RFC 9457: type, title, status, detail."""
    answer = client.get(f"/api/v1/{SCRIPT}")
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json() == {
        "type": "/problems/not-found",
        "title": "There is nothing here",
        "status": 404,
        "detail": "The address is not known to us. It may be mistyped, or the page may be gone.",
    }


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    """405 with Allow."""
    answer = client.delete("/probe/form")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_conflict_tells_what_changed(client: FlaskClient) -> None:
    """The client can show it, and decide anew."""
    answer = client.post("/api/v1/probe/conflict")
    assert answer.status_code == 409
    assert answer.get_json()["changes"] == [{"field": "status", "to": "ended"}]


def test_a_refusal_for_now_says_when_to_come_back(
    client: FlaskClient, form: dict[str, str]
) -> None:
    """429 of our own making."""
    answer = client.post("/probe/impatient", data=form)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "17")


def test_a_body_beyond_256_kilobytes_is_refused(client: FlaskClient) -> None:
    """On pages and in the API alike."""
    large = "x" * (256 * 1024)
    assert client.post("/probe/write", data={"message": large}).status_code == 413
    answer = client.post("/api/v1/probe", json={"message": large})
    assert answer.status_code == 413
    assert answer.get_json()["type"] == "/problems/too-large"


def test_a_form_of_too_many_parts_is_refused(app: Application, client: FlaskClient) -> None:
    """Two hundred fields are more than any form of ours has."""
    many = {f"field{number}": "x" for number in range(500)}
    assert client.post("/probe/write", data=many).status_code == 413
    assert (
        client.post("/probe/write", data=many, content_type="multipart/form-data").status_code
        == 413
    )
    assert kinds(app) == []


def test_more_words_than_anybody_means_to_say_are_refused(
    app: Application, client: FlaskClient
) -> None:
    """40 000 characters in all, so that looking at every word stays quick."""
    body = dict.fromkeys(("message", "subject", "note"), "x" * 15_000)
    assert client.post("/probe/write", data=body).status_code == 413
    assert client.post("/api/v1/probe", json=body).status_code == 413
    assert client.post("/probe/write", data="x" * 45_000).status_code == 413
    assert kinds(app) == []


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_a_character_that_cannot_be_stored_is_refused(client: FlaskClient, character: str) -> None:
    """NUL, which PostgreSQL refuses, and half of a pair, which is no text."""
    answer = client.post(
        "/api/v1/probe",
        data=json.dumps({"message": f"a{character}b"}),
        content_type="application/json",
    )
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == [
        {"field": "message", "message": "holds a character that cannot be stored"}
    ]


def test_a_nul_in_a_path_is_refused(client: FlaskClient) -> None:
    """It would reach the database as part of a key."""
    assert client.get("/probe/looked-up/a%00b").status_code == 422


def test_a_text_longer_than_a_long_letter_is_refused(client: FlaskClient) -> None:
    """20 000 characters, and not one more."""
    long = client.post("/api/v1/probe", json={"message": "é" * 20_001})
    assert long.get_json()["errors"] == [
        {"field": "message", "message": "may have at most 20000 characters"}
    ]
    just = client.post("/api/v1/probe", json={"message": "é" * 20_000})
    assert just.get_json()["errors"] == [
        {"field": "message", "message": "may have at most 100 characters"}
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("{'message': 'x'}", 400),
        ('{"message": NaN}', 400),
        ('{"message": "x", "message": "y"}', 400),
        ('{"a": {"b": 1, "b": 2}}', 400),
        ('{"message": 1' + "0" * 5000 + "}", 400),
        ('\ufeff{"message": "x"}', 400),
        ("[1, 2]", 422),
        ('"text"', 422),
        ('"{\\"message\\": \\"x\\"}"', 422),
        ("null", 422),
        ("[" * 10_000, 422),
        ("[" * 100_000, 413),
        ('{"a": ' + "[" * 17 + "]" * 17 + "}", 422),
        (json.dumps({"a": list(range(201))}), 422),
        (json.dumps({"message": "x", "more": 1}), 422),
        ("{}", 422),
    ],
)
def test_json_that_cannot_be_meant_is_refused(
    app: Application, client: FlaskClient, body: str, status: int
) -> None:
    """Malformed, ambiguous, endless or not an object."""
    answer = client.post("/api/v1/probe", data=body, content_type="application/json")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert kinds(app) == []


def test_json_in_another_encoding_is_refused(client: FlaskClient) -> None:
    """UTF-16 would be read by the framework, after the guard saw something else."""
    data = json.dumps({"message": "x"}).encode("utf-16")
    answer = client.post("/api/v1/probe", data=data, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"message": "x"}},
        {"data": "message", "content_type": "text/plain"},
        {"data": {"file": (io.BytesIO(b"x"), "words.txt")}},
        {"data": b"\x00\x01", "content_type": "application/octet-stream"},
    ],
)
def test_the_api_takes_json_alone(
    app: Application, client: FlaskClient, sent: dict[str, Any]
) -> None:
    """A form of another site cannot send JSON, so no CSRF token is needed here."""
    assert client.post("/api/v1/probe", **sent).status_code == 415
    assert kinds(app) == []


def test_a_page_takes_no_files(client: FlaskClient, form: dict[str, str]) -> None:
    """Nobody reads them, so nobody looked at them."""
    answer = client.post("/probe/write", data=form | {"file": (io.BytesIO(b"x"), "words.txt")})
    assert answer.status_code == 415


def test_what_validation_found_is_said_without_the_value(client: FlaskClient) -> None:
    """A sentence a field; a name that was made up is not repeated."""
    answer = client.post("/api/v1/probe", json={"tx_hash": 17, SCRIPT: "secretive"})
    assert answer.status_code == 422
    assert "secretive" not in answer.get_data(as_text=True)
    assert "alert" not in answer.get_data(as_text=True)
    assert answer.get_json()["errors"] == [
        {"field": "message", "message": "is needed"},
        {"field": "tx_hash", "message": "has to be text"},
        {"field": "request", "message": "holds a field that is not known here"},
    ]


def test_a_failure_in_the_api_says_sorry_in_json(make: Made) -> None:
    """500 like any other refusal: no traceback, no type."""
    client = make(DATABASE_URL="sqlite:////nowhere/at/all.sqlite3").test_client()
    answer = client.post("/api/v1/probe", json={"message": "x"})
    assert answer.status_code == 500
    assert answer.get_json()["type"] == "/problems/internal"


@pytest.mark.parametrize("template", ["{% nonsense %}", "{{ asset(17) }}", "{{ missing.name }}"])
def test_a_broken_error_page_still_answers(
    app: Application, log: io.StringIO, template: str
) -> None:
    """In plain words, and the log says what failed."""
    app.jinja_env.loader = DictLoader({"error.html": template})
    answer = app.test_client().get("/nothing")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert "error page failed" in log.getvalue()

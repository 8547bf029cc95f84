"""One transaction a request: a write that succeeded is committed, everything else is not."""

from __future__ import annotations

import io

from flask.testing import FlaskClient

from tests.web.conftest import kinds
from tests.web.probe import WRITTEN
from trustops.web.openapi import Application


def test_a_write_that_succeeds_is_committed(
    app: Application, client: FlaskClient, form: dict[str, str]
) -> None:
    """A redirect is a success."""
    assert client.post("/probe/write", data=form).status_code == 303
    assert kinds(app) == [WRITTEN]


def test_a_write_that_is_refused_leaves_nothing(
    app: Application, client: FlaskClient, form: dict[str, str]
) -> None:
    """Status 400 and above rolls back."""
    assert client.post("/probe/refuse", data=form).status_code == 409
    assert kinds(app) == []


def test_a_get_commits_nothing_even_if_it_writes(app: Application, client: FlaskClient) -> None:
    """Whatever a GET does to the session is rolled back."""
    assert client.get("/probe/write-on-get").status_code == 200
    assert kinds(app) == []


def test_a_head_commits_nothing_even_if_it_writes(app: Application, client: FlaskClient) -> None:
    """HEAD runs the same view as GET."""
    assert client.head("/probe/write-on-get").status_code == 200
    assert kinds(app) == []


def test_a_commit_that_fails_answers_500_and_leaves_nothing(
    app: Application, client: FlaskClient, form: dict[str, str]
) -> None:
    """The view had already said success; the answer is that of a failure all the same."""
    answer = client.post("/probe/commit-fails", data=form)
    assert answer.status_code == 500
    assert answer.headers["Content-Security-Policy"]
    assert "Location" not in answer.headers
    assert kinds(app) == []


def test_a_commit_that_fails_is_logged_without_the_values(
    client: FlaskClient, form: dict[str, str], log: io.StringIO
) -> None:
    """The database's message names the constraint; the parameters are hidden."""
    client.post("/probe/commit-fails", data=form)
    assert "IntegrityError" in log.getvalue()
    assert "same" not in log.getvalue()
    assert "/probe/" not in log.getvalue()


def test_after_a_failed_commit_the_next_request_works(
    app: Application, client: FlaskClient, form: dict[str, str]
) -> None:
    """Nothing of the broken transaction is left on the connection."""
    client.post("/probe/commit-fails", data=form)
    assert client.post("/probe/write", data=form).status_code == 303
    assert kinds(app) == [WRITTEN]


def test_a_crash_answers_500_and_leaves_nothing(
    app: Application, client: FlaskClient, form: dict[str, str]
) -> None:
    """A failure that nobody foresaw rolls back like any other."""
    answer = client.post("/probe/crash", data=form | {"message": "my words"})
    assert answer.status_code == 500
    assert "my words" not in answer.get_data(as_text=True)
    assert kinds(app) == []


def test_a_crash_is_logged_by_place_and_kind_without_the_request(
    client: FlaskClient, form: dict[str, str], log: io.StringIO
) -> None:
    """Traceback, type and first line: no form, no path, no local variable."""
    client.post("/probe/crash?page=secretive", data=form | {"message": "my words"})
    written = log.getvalue()
    assert "RuntimeError" in written
    assert "could not digest" in written
    assert "probe.py" in written
    for part in ("my words", "secretive", "/probe/crash", form["csrf_token"]):
        assert part not in written

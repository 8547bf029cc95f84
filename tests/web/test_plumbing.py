"""Alive and ready, static files, the application's description, and what the pages are given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from tests.web.conftest import Made
from trustops.db.migrate import downgrade
from trustops.settings import Settings
from trustops.web import assets
from trustops.web.openapi import Application

PACKAGE = Path(assets.__file__).resolve().parent.parent


def test_alive_asks_nothing_of_the_database(make: Made) -> None:
    """A slow database must not make somebody restart the process."""
    client = make(DATABASE_URL="sqlite:////nowhere/at/all.sqlite3").test_client()
    assert client.get("/healthz").get_json() == {"status": "alive"}


def test_ready_when_the_database_has_the_schema_of_this_version(client: FlaskClient) -> None:
    """200 in JSON."""
    assert client.get("/readyz").get_json() == {"status": "ready"}


def test_not_ready_without_a_database(make: Made) -> None:
    """503, with the reason in words and nothing of the address."""
    client = make(DATABASE_URL="sqlite:////nowhere/at/all.sqlite3").test_client()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["reason"] == "the database does not answer"
    assert "nowhere" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("revision", "reason"),
    [
        ("base", "the database is empty; run: trustops init"),
        ("-1", "the database has the schema of another version; run: trustops init"),
    ],
)
def test_not_ready_with_another_schema(
    settings: Settings, client: FlaskClient, revision: str, reason: str
) -> None:
    """It says what to run."""
    downgrade(settings.database_url.reveal(), revision)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["reason"]) == (503, reason)


def test_browsers_that_ask_for_an_icon_get_an_empty_answer(client: FlaskClient) -> None:
    """And keep it for a day."""
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (204, "public, max-age=86400")


def test_an_asset_is_named_by_the_hash_of_its_content() -> None:
    """Twelve digits of its SHA-256."""
    assert re.fullmatch(r"/static/css/app\.css\?v=[0-9a-f]{12}", assets.asset("css/app.css"))


@pytest.mark.parametrize("face", ["public", "desk"])
def test_the_styles_of_a_face_are_one_file(client: FlaskClient, face: str) -> None:
    """Served under the hash of its content, and not sent again to who has it."""
    address = assets.asset(f"css/{face}-face.css")
    answer = client.get(address)
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == assets.FOR_EVER
    assert (assets.FOLDER / "css" / f"{face}.css").read_bytes() in answer.data
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("path", "kind"), [("js/guard.js", "text/javascript"), ("guard.json", "application/json")]
)
def test_the_guard_of_browsers_is_two_files_that_are_kept(
    client: FlaskClient, path: str, kind: str
) -> None:
    """Named on every page, under the hash of their content: whoever has them asks no more."""
    address = assets.asset(path)
    assert address in client.get("/support").text
    answer = client.get(address)
    assert answer.mimetype == kind
    assert answer.headers["Cache-Control"] == assets.FOR_EVER
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_script_of_the_guard_has_all_its_parts(client: FlaskClient) -> None:
    """In the order of their names, for later ones stand on earlier ones."""
    parts = sorted((assets.FOLDER / "js" / "guard").glob("*.js"))
    script = client.get("/static/js/guard.js").data
    places = [script.find(part.read_bytes()) for part in parts]
    assert len(parts) >= 9
    assert places == sorted(places)
    assert places[0] == 0


@pytest.mark.parametrize("path", ["css/none.css", "../models.py", "css", ""])
def test_an_asset_that_is_not_there_has_no_hash(path: str) -> None:
    """Its address answers 404."""
    assert assets.asset(path) == f"/static/{path}"


def test_every_asset_that_a_template_names_is_there() -> None:
    """A missing style is found here and not by a reader."""
    named = {
        name
        for template in PACKAGE.rglob("templates/**/*.html")
        for name in re.findall(r"asset\([\"']([\w./-]+)[\"']\)", template.read_text("utf-8"))
    }
    assert named
    assert [name for name in sorted(named) if assets.version(name) is None] == []


def test_the_description_is_valid_openapi_31(client: FlaskClient) -> None:
    """Anybody may read it, and machines can."""
    answer = client.get("/api/v1/openapi.json")
    described = answer.get_json()
    assert answer.status_code == 200
    assert described["openapi"].startswith("3.1")
    validate(described)


def test_the_description_holds_the_api_alone_with_its_refusals(client: FlaskClient) -> None:
    """Refusals are problem documents, and what needs a token says so."""
    described = client.get("/api/v1/openapi.json").get_json()
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    read = described["paths"]["/api/v1/probe"]["get"]
    problem = {"$ref": "#/components/schemas/Problem"}
    assert read["security"] == [{"bearer": []}]
    assert read["responses"]["default"]["content"] == {
        "application/problem+json": {"schema": problem}
    }
    assert list(read["responses"]["422"]["content"]) == ["application/problem+json"]
    assert described["components"]["securitySchemes"] == {
        "bearer": {"type": "http", "scheme": "bearer"}
    }


def test_a_page_knows_the_site_the_person_and_the_moment(app: Application) -> None:
    """Every template can use them without being handed them."""
    template = "{{ site.name }}|{{ person }}|{{ now.isoformat() }}|{{ demo }}|{{ csrf_token() }}"
    with app.test_request_context("/"):
        page = app.jinja_env.from_string(template)
        context: dict[str, object] = {}
        app.update_template_context(context)
        name, person, now, demo, token = page.render(context).split("|")
    assert name
    assert (person, now, demo) == ("None", "2026-11-22T12:00:00+00:00", "False")
    assert len(token) > 40


def test_a_name_that_a_template_misspells_is_an_error(app: Application) -> None:
    """It would be an empty place on the page otherwise."""
    with app.test_request_context("/"), pytest.raises(Exception, match="undefined"):
        app.jinja_env.from_string("{{ persn.name }}").render()

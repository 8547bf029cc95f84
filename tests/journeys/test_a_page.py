"""A page's path: a content file is changed, broken and mended, and readers see good pages alone.

`docs/tour.md` walks the same path through the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jobs.runner import Result, run_job
from jobs.schedule import job_named
from tests.fakes import FakeClock
from tests.web_fixtures import own_content, settings_for
from trustops.alerts.models import Alert
from trustops.alerts.rules import Kind
from trustops.app import create_app
from trustops.db import db
from trustops.official.schema import load_source
from trustops.official.signing import sign_demo
from trustops.site.release import Releases
from trustops.site.serving import PublicPages

PAGE = "pages/how-we-work/en.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped content with an operator, which the test may break."""
    return own_content(tmp_path)


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path, folder: Path, clock: FakeClock) -> Iterator[Flask]:
    """The real application on that content, with a manifest that it trusts."""
    key = sign_demo(folder, tmp_path, clock.now())
    settings = settings_for(
        sqlite_url, tmp_path, CONTENT_DIR=str(folder), OFFICIAL_KEY=key.splitlines()[-1]
    )
    app = create_app(settings, clock=clock)
    app.__dict__["wsgi_app"] = PublicPages(
        app.wsgi_app, Releases(tmp_path), settings, clock, look_every_seconds=0
    )
    yield app
    with app.app_context():
        db.engine.dispose()


def release(app: Flask, clock: FakeClock) -> None:
    """Let the job look at the files, a few seconds after they changed."""
    clock.advance(seconds=6)
    ran = run_job(app, job_named("site_release"))
    assert ran.result is Result.OK, ran.error


def read(client: FlaskClient, path: str) -> str:
    """A page as a reader gets it."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def open_alerts(app: Flask, kind: Kind) -> list[str]:
    """What the alerts of a kind that are not over say."""
    with app.app_context():
        found = db.session.scalars(
            select(Alert.summary).where(Alert.kind == kind, Alert.resolved_at.is_(None))
        )
        return list(found)


@pytest.mark.long
def test_a_changed_file_changes_its_page_and_a_broken_one_does_not(
    desk: Flask, folder: Path, clock: FakeClock
) -> None:
    """No restart; a fault is named with file, line and field, and is over when it is mended."""
    client = desk.test_client()
    file = folder / PAGE
    good = file.read_text(encoding="utf-8")
    release(desk, clock)
    assert "The first answer to a new question" not in read(client, "/how-we-work")

    changed = f"{good}\n## The first answer to a new question\n\nIt comes from a person.\n"
    file.write_text(changed, encoding="utf-8")
    release(desk, clock)
    assert "The first answer to a new question" in read(client, "/how-we-work")

    file.write_text(changed.replace("title:", "heading:", 1), encoding="utf-8")
    release(desk, clock)
    assert "The first answer to a new question" in read(client, "/how-we-work")
    (told,) = open_alerts(desk, Kind.CONTENT_BROKEN)
    assert f"{PAGE}:2" in told

    file.write_text(good, encoding="utf-8")
    release(desk, clock)
    assert "The first answer to a new question" not in read(client, "/how-we-work")
    assert open_alerts(desk, Kind.CONTENT_BROKEN) == []


@pytest.mark.long
def test_one_flipped_byte_takes_every_address_off_every_page(
    desk: Flask, folder: Path, clock: FakeClock
) -> None:
    """The pages stay, with a warning; ops hear of it; the mended file brings the addresses back."""
    client = desk.test_client()
    addresses = [token.address for token in load_source(folder).tokens]
    pages = ("/", "/migration-safety", "/faq/which-address", "/faq", "/troubleshooting")
    release(desk, clock)
    # Pages show an address in groups of four; without the markup it reads as it is.
    assert addresses[0] in plain(read(client, "/migration-safety"))

    manifest = folder / "official" / "manifest.json"
    good = manifest.read_bytes()
    manifest.write_bytes(good.replace(b'"version":1', b'"version":2'))
    release(desk, clock)
    for path in pages:
        shown = plain(read(client, path))
        assert not any(address in shown for address in addresses), path
    assert open_alerts(desk, Kind.OFFICIAL_WITHHELD)
    assert client.get("/.well-known/migration-manifest.json").status_code == 404

    manifest.write_bytes(good)
    release(desk, clock)
    assert addresses[0] in plain(read(client, "/migration-safety"))
    assert open_alerts(desk, Kind.OFFICIAL_WITHHELD) == []


def plain(page: str) -> str:
    """The text of a page with its markup and spaces taken out."""
    outside = (part.partition(">")[2] for part in page.split("<"))
    return "".join("".join(outside).split())


def test_pages_answer_while_the_database_is_gone(
    desk: Flask, tmp_path: Path, clock: FakeClock
) -> None:
    """They are bytes; nobody needs a table to read what never to do."""
    client = desk.test_client()
    release(desk, clock)
    with desk.app_context():
        db.engine.dispose()
    for file in tmp_path.glob("*.sqlite3*"):
        file.unlink()
    paths = ("/", "/migration-safety", "/faq", "/exchanges", "/api/v2/summary.json")
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)

"""`trustops site build` and `trustops content preview`: pages as files, and pages of tomorrow."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
import requests
from flask import Flask
from werkzeug.test import Client

from tests.cli.conftest import SECRET_KEY, Run
from tests.cli.processes import answers, environment, free_port, started, stop, wait_until
from tests.site.folder import NEW, a_folder, damage, showing
from trustops.app import create_app
from trustops.cli import preview
from trustops.cli.serve import build_pages, has_pages, require_pack
from trustops.clock import SystemClock
from trustops.content import ContentError
from trustops.db import db
from trustops.official.signing import MANIFEST
from trustops.settings import Settings
from trustops.site.release import Releases
from trustops.site.serving import PublicPages


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder without a fault, named in the environment."""
    made = a_folder(tmp_path / "content")
    monkeypatch.setenv("TRUSTOPS_CONTENT_DIR", str(made))
    return made


@pytest.fixture
def shown(folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The instance, whose manifest is trusted."""
    found = showing(settings, folder, SystemClock().now())
    monkeypatch.setenv("TRUSTOPS_OFFICIAL_KEY", found.official_key)
    return found


@pytest.fixture
def app(shown: Settings) -> Iterator[Flask]:
    """The application of that instance."""
    made = create_app(shown)
    yield made
    with made.app_context():
        db.engine.dispose()


def test_the_pages_are_written_as_plain_files(run: Run, shown: Settings, tmp_path: Path) -> None:
    """With the official facts, as long as they are trusted."""
    del shown
    out = tmp_path / "pages"
    done = run("site", "build", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert "pages and machine files were written to" in done.output
    assert NEW in (out / "migration-safety.html").read_text()
    assert (out / "faq" / "is-it-over.html.gz").is_file()


def test_links_that_lead_nowhere_in_a_copy_are_told(
    run: Run, shown: Settings, folder: Path, tmp_path: Path
) -> None:
    """What the desk alone answers, in one line; no other link of ours leads nowhere."""
    del shown, folder
    done = run("site", "build", "--out", str(tmp_path / "pages"))
    assert done.exit_code == 0, done.output
    assert "/check, /support, /support/new-link, which the desk alone answers" in done.stderr
    assert "which is not there" not in done.stderr
    assert "no such section" not in done.stderr


def test_without_a_trusted_manifest_the_copy_has_no_address_and_that_is_told(
    run: Run, settings: Settings, folder: Path, tmp_path: Path
) -> None:
    """The reason stands on the error stream."""
    del settings, folder
    out = tmp_path / "pages"
    done = run("site", "build", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert "They show no official addresses" in done.stderr
    assert NEW not in (out / "migration-safety.html").read_text()


def test_a_copy_of_broken_content_is_refused(
    run: Run, shown: Settings, folder: Path, tmp_path: Path
) -> None:
    """With file, line and field, and nothing is written."""
    del shown
    named = damage(folder, "policy/closed.md")
    done = run("site", "build", "--out", str(tmp_path / "pages"))
    assert done.exit_code == 1
    assert named in done.output
    assert not (tmp_path / "pages").exists()


def test_a_desk_builds_its_first_pages_when_it_starts(app: Flask, shown: Settings) -> None:
    """The first reader finds them."""
    assert not has_pages(app)
    assert build_pages(app, shown) == ()
    assert has_pages(app)
    assert app.test_client().get("/faq/is-it-over").status_code == 200


def test_a_desk_with_broken_pages_starts_and_says_so(
    app: Flask, shown: Settings, folder: Path
) -> None:
    """A document that never was good is left out, by file, line and field; all others are there."""
    named = damage(folder, "policy/closed.md")
    said, first = build_pages(app, shown)
    assert has_pages(app)
    assert app.test_client().get("/policy").status_code == 200
    assert "trustops content check" in said
    assert named in first


def test_a_desk_whose_pack_never_was_good_does_not_serve(
    app: Flask, folder: Path, shown: Settings
) -> None:
    """It has no migration to speak of, and says where the fault is; so does its readiness."""
    damage(folder, "migrations/example.toml")
    assert "could not be built" in build_pages(app, shown)[0]
    with pytest.raises(ContentError, match=r"migrations/example\.toml:8: ratio\.numerator"):
        require_pack(shown)
    (folder / "site.toml").write_text("name = ")
    with pytest.raises(ContentError, match=r"site\.toml:1"):
        create_app(shown)


def test_a_preview_holds_drafts_under_a_banner(app: Flask, shown: Settings, tmp_path: Path) -> None:
    """And touches no release of the instance."""
    releases = Releases(tmp_path / "preview")
    assert preview.attempt(app, shown, releases) == "The pages were built."
    draft = releases.folder / "current" / "pages" / "faq" / "not-yet.html"
    assert "only a preview shows" in draft.read_text()
    assert "preview" in draft.read_text().lower()
    assert not has_pages(app)


@pytest.mark.parametrize("name", ["site.toml", "faq/is-it-over/en.md"])
def test_a_preview_tells_every_fault_and_keeps_the_last_good_pages(
    app: Flask, shown: Settings, folder: Path, tmp_path: Path, name: str
) -> None:
    """In the form that editors jump to."""
    releases = Releases(tmp_path / "preview")
    preview.attempt(app, shown, releases)
    good = releases.current()
    named = damage(folder, name)
    said = preview.attempt(app, shown, releases)
    assert f"{folder}/{named}" in said
    assert said.endswith("The last good pages stay.")
    assert releases.current() == good


def test_a_preview_that_begins_with_a_mistake_says_that_it_shows_nothing_yet(
    app: Flask, shown: Settings, folder: Path, tmp_path: Path
) -> None:
    """Where it was started, and to whoever opens a page of it."""
    releases = Releases(tmp_path / "preview")
    layer = PublicPages(
        preview.Styles(app.wsgi_app, releases),
        releases,
        shown,
        SystemClock(),
        look_every_seconds=0,
    )
    named = damage(folder, "faq/is-it-over/en.md")
    said = preview.attempt(app, shown, releases)
    assert f"{folder}/{named}" in said
    assert said.endswith(preview.NOTHING_YET)
    page = Client(layer).get("/faq/is-it-over")
    assert (page.status_code, "where the preview was started" in page.text) == (503, True)


def test_a_fault_keeps_no_address_in_a_preview_that_nobody_vouches_for(
    app: Flask, shown: Settings, folder: Path, tmp_path: Path
) -> None:
    """As on the site itself."""
    releases = Releases(tmp_path / "preview")
    preview.attempt(app, shown, releases)
    damage(folder, "policy/closed.md")
    (folder / MANIFEST).unlink()
    preview.attempt(app, shown, releases)
    page = (releases.folder / "current" / "pages" / "migration-safety.html").read_text()
    assert NEW not in page
    assert "the signed list is not there" in page


def test_a_preview_is_built_again_on_every_change(
    app: Flask, shown: Settings, folder: Path, tmp_path: Path
) -> None:
    """And not without one."""
    releases, ending = Releases(tmp_path / "preview"), Event()
    follower = Thread(target=preview.follow, args=(app, shown, releases, ending))
    follower.start()
    wait_until(lambda: releases.current() is not None, "the first pages")
    first = releases.current()
    (folder / "replies" / "late.md").unlink()
    wait_until(lambda: releases.current() != first, "the next pages")
    ending.set()
    follower.join()
    assert releases.current() not in {None, first}


@pytest.mark.processes
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "a script"])
def test_a_preview_is_served_on_this_machine_until_it_is_stopped(
    shown: Settings, folder: Path, tmp_path: Path, by: signal.Signals
) -> None:
    """Pages and styles, and nothing else of the desk; its files go with it."""
    port = free_port()
    env = environment(
        shown.instance_dir, DATABASE_URL=shown.database_url.reveal(), SECRET_KEY=SECRET_KEY
    )
    (tmp_path / "drafts").mkdir()
    env["TMPDIR"] = str(tmp_path / "drafts")
    typed = ("content", "preview", "--content-dir", str(folder), "--port", str(port))
    base = f"http://127.0.0.1:{port}"
    with started(*typed, log=tmp_path / "log", env=env) as process:
        wait_until(lambda: answers(f"{base}/faq/not-yet"), "a page of the preview")
        assert requests.get(f"{base}/static/css/app.css", timeout=10).status_code == 200
        assert requests.get(f"{base}/support", timeout=10).status_code == 404
        assert requests.post(f"{base}/support", timeout=10).status_code == 404
        assert stop(process, by) == 0
    assert not any((tmp_path / "drafts").iterdir())
    assert "The pages were built." in (tmp_path / "log").read_text()
    assert "Traceback" not in (tmp_path / "log").read_text()

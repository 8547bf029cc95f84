"""A content file with a fault keeps its own last good version, and everything else goes on.

Whatever is wrong with whichever file: figures, addresses, feeds and fresh edits of other files are
built anew each minute, and readers are told which document they see in an older version.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from jobs.runner import JobContext
from jobs.site import site_release
from tests.conftest import NOON
from tests.jobs.breaking import FAULTS, FILES, Site
from tests.jobs.things import alerts
from tests.site.folder import NEW, damage
from trustops.alerts.rules import Kind
from trustops.app import create_app
from trustops.content.versions import FOLDER as COPIES
from trustops.db import db

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", FILES)
def test_figures_and_other_pages_go_on_beside_a_broken_file(site: Site, name: str) -> None:
    """Whatever is wrong with it; the document itself stays as it was, and says since when."""
    assert site.build() == {"built": 1, "problems": 0}
    path = site.folder / name
    good = path.read_bytes()
    other = "faq/is-it-over/en.md" if name != "faq/is-it-over/en.md" else "policy/closed.md"
    page = "/faq/is-it-over" if name != "faq/is-it-over/en.md" else "/policy"
    for number, fault in enumerate(FAULTS):
        fault(path)
        (site.folder / other).write_text((site.folder / other).read_text() + f"\nFresh {number}.\n")
        counts = site.build()
        assert counts["built"] == 1, fault.__name__
        assert counts["problems"] >= 1, fault.__name__
        assert site.as_of() == site.clock.now(), fault.__name__
        assert NEW in site.reader.get("/migration-safety").text, fault.__name__
        assert f"Fresh {number}." in site.reader.get(page).text, fault.__name__
        if not name.startswith("replies/"):
            (told,) = site.corrections()
            assert told["version_of"] == "2026-11-22T12:01:00.000Z", fault.__name__
            assert "you see the version of" in site.reader.get("/").text, fault.__name__
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        path.write_bytes(good)
    assert site.build() == {"built": 1, "problems": 0}
    assert site.corrections() == []
    assert {alert.resolved_at is None for alert in alerts(site.work)} == {False}


@pytest.mark.parametrize(
    "name", ["components.toml", "heartbeat.toml", "intake.toml", "site.toml", "sla.toml"]
)
def test_a_file_that_vanishes_is_missed(site: Site, name: str) -> None:
    """It is named, and what it said holds: an empty list of what works is not "all is well"."""
    site.build()
    before = site.reader.get("/api/v2/components.json").get_json()["components"]
    (site.folder / name).unlink()
    counts = site.build()
    assert (counts["built"], counts["problems"] >= 1) == (1, True)
    assert len(site.corrections()) == 1
    after = site.reader.get("/api/v2/components.json").get_json()["components"]
    assert [item["name"] for item in after] == [item["name"] for item in before] != []


def test_the_page_itself_says_of_when_its_words_are(site: Site) -> None:
    """In plain words, and with the words that were good."""
    site.build()
    site.edit("faq/is-it-over/en.md", "order: 1", "order: first")
    site.edit("faq/is-it-over/en.md", "It is.", "It is not.")
    site.build()
    text = site.reader.get("/faq/is-it-over").text
    assert "This page is being corrected; what you see is its version of" in text
    assert "22&nbsp;Nov&nbsp;2026, 12:01" in text
    assert "It is." in text
    assert "It is not." not in text


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("pages/migration-safety/en.md", "/migration-safety"),
        ("policy/closed.md", "/policy"),
        ("known-issues/copies.md", "/known-issues"),
        ("exchanges/binance.toml", "/exchanges"),
    ],
)
def test_every_page_says_so_of_what_it_shows(site: Site, name: str, path: str) -> None:
    """Also those on which several documents stand together."""
    site.build()
    damage(site.folder, name)
    site.build()
    assert "is being corrected; what you see is its version of" in site.reader.get(path).text


def test_last_good_versions_survive_a_restart(site: Site) -> None:
    """They lie in the instance's folder byte for byte, with the moment of their acceptance."""
    site.build()
    raw = (site.folder / "sla.toml").read_bytes()
    for name in ("site.toml", "sla.toml", "migrations/example.toml", "faq/is-it-over/en.md"):
        (site.folder / name).write_text("broken = ")
    copies = site.settings.instance_dir / COPIES
    (copy,) = copies.rglob("sla.toml")
    assert copy.read_bytes() == raw
    assert datetime.fromtimestamp(copy.stat().st_mtime, UTC) == NOON + timedelta(minutes=1)
    again = create_app(site.settings, clock=site.clock)
    with again.app_context():
        assert site_release(JobContext(db.engine, site.clock))["built"] == 1
        assert again.test_client().get("/faq/is-it-over").status_code == 200
        assert again.test_client().get("/support").status_code == 200
        db.engine.dispose()


@pytest.mark.parametrize("name", [name for name in FILES if name[:2] not in {"si", "mi"}])
def test_a_fresh_instance_starts_without_what_never_was_good(site: Site, name: str) -> None:
    """It is left out and named; tickets are taken under the standing promise."""
    (site.folder / name).write_text("broken = ")
    again = create_app(site.settings, clock=site.clock)
    with again.app_context():
        counts = site_release(JobContext(db.engine, site.clock))
        assert counts["built"] == 1
        reader = again.test_client()
        assert reader.get("/").status_code == 200
        assert reader.get("/support").status_code == 200
        assert reader.get("/migration-safety").status_code == 200
        migration = reader.get("/api/v2/migration.json").get_json()
        assert migration["support"]["promise_hours"] == 48
        db.engine.dispose()
    (alert,) = alerts(site.work)
    assert alert.kind == Kind.CONTENT_BROKEN
    assert f"{name}:1" in alert.summary
    assert "readers do not see it yet" in alert.summary


def test_a_page_without_a_good_version_says_that_it_is_being_corrected(site: Site) -> None:
    """Links to it lead to those words and not to nothing."""
    (site.folder / "faq/new").mkdir()
    (site.folder / "faq/new/en.md").write_text("---\ntitle: New\n")
    site.edit("faq/is-it-over/en.md", "It is.", "It is. [More](/faq/new).")
    assert site.build()["problems"] == 1
    assert "This page is being corrected" in site.reader.get("/faq/new").text
    assert "/faq/new" not in site.reader.get("/sitemap.txt").text
    assert "More" in site.reader.get("/faq/is-it-over").text
    assert [item["path"] for item in site.corrections()] == ["/faq/new"]


def test_a_draft_with_a_fault_is_told_to_nobody_but_ops(site: Site) -> None:
    """Readers never heard of it."""
    site.build()
    site.edit("faq/not-yet/en.md", "order: 3", "order: third")
    assert site.build()["problems"] == 1
    assert site.reader.get("/faq/not-yet").status_code == 404
    assert site.corrections() == []

"""The job of the public pages: what is good goes out, what is broken is told and stays in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from jobs.content_faults import broken
from jobs.runner import JobContext, tick
from jobs.schedule import job_named
from jobs.site import release_waits, site_release
from tests.conftest import NOON
from tests.fakes import FakeClock
from tests.jobs.things import alerts
from tests.site.folder import BROKEN, DOMAIN, NEW, OLD, a_folder, damage, showing
from tests.web_fixtures import settings_for
from trustops.alerts.models import Alert
from trustops.alerts.rules import LONGEST_SUMMARY, Kind, Severity
from trustops.app import create_app
from trustops.content import Problem
from trustops.db import db
from trustops.official.signing import MANIFEST
from trustops.settings import Settings
from trustops.site.release import Releases
from trustops.site.serving import PublicPages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder without a fault."""
    return a_folder(tmp_path / "content")


@pytest.fixture
def shown(sqlite_url: str, tmp_path: Path, folder: Path) -> Settings:
    """An instance that shows it."""
    return showing(settings_for(sqlite_url, tmp_path), folder, NOON)


@pytest.fixture
def site(shown: Settings, clock: FakeClock) -> Iterator[Flask]:
    """The application; each request looks for a new release."""
    made = create_app(shown, clock=clock)
    layer = PublicPages(
        made.wsgi_app, Releases(shown.instance_dir), shown, clock, look_every_seconds=0
    )
    made.__dict__["wsgi_app"] = layer
    with made.app_context():
        yield made
        db.engine.dispose()


@pytest.fixture
def work(site: Flask, clock: FakeClock) -> JobContext:
    """What the job works with."""
    del site
    return JobContext(db.engine, clock)


@pytest.fixture
def reader(site: Flask) -> FlaskClient:
    """Whoever reads the pages."""
    return site.test_client()


def of_kind(work: JobContext, kind: Kind) -> list[Alert]:
    """The alerts of a kind, the oldest first."""
    return [alert for alert in alerts(work) if alert.kind == kind]


def waits(work: JobContext) -> bool:
    """Whether a process would build before the next minute."""
    with work.reading() as session:
        return release_waits(session, work.clock.now())


def pages_of(reader: FlaskClient) -> dict[str, str]:
    """The pages on which something official stands."""
    return {path: reader.get(path).text for path in ("/", "/migration-safety", "/faq/is-it-over")}


def test_the_first_run_builds_the_pages(work: JobContext, reader: FlaskClient) -> None:
    """And they are served at once."""
    assert reader.get("/migration-safety").status_code == 503
    assert site_release(work) == {"built": 1, "problems": 0}
    answer = reader.get("/migration-safety")
    assert answer.status_code == 200
    assert NEW in answer.text
    assert alerts(work) == []


def test_a_changed_file_changes_its_page_without_a_restart(
    work: JobContext, reader: FlaskClient, folder: Path
) -> None:
    """Every process looks each five seconds."""
    site_release(work)
    assert not waits(work)
    page = folder / "faq" / "is-it-over" / "en.md"
    page.write_text(page.read_text() + "\nIt really is.\n")
    assert waits(work)
    site_release(work)
    assert "It really is." in reader.get("/faq/is-it-over").text
    assert not waits(work)


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_file_is_named_and_readers_keep_its_last_good_version(
    work: JobContext, reader: FlaskClient, folder: Path, clock: FakeClock, name: str
) -> None:
    """One alert with file, line and field; all else is built anew; mending resolves the alert."""
    site_release(work)
    official = NEW in pages_of(reader)["/migration-safety"]
    good = (folder / name).read_text()
    named = damage(folder, name)
    clock.advance(minutes=1)
    assert site_release(work)["built"] == 1
    assert not waits(work)
    clock.advance(minutes=1)
    assert site_release(work)["problems"] >= 1
    (alert,) = alerts(work)
    assert (alert.kind, alert.severity) == (Kind.CONTENT_BROKEN, Severity.HIGH)
    assert named in alert.summary
    assert "readers see the version of 2026-11-22 12:00 UTC" in alert.summary
    migration = reader.get("/api/v2/migration.json").get_json()
    assert migration["as_of"].startswith("2026-11-22T12:02:00")
    assert official == (NEW in pages_of(reader)["/migration-safety"])
    (folder / name).write_text(good)
    assert waits(work)
    assert site_release(work) == {"built": 1, "problems": 0}
    (alert,) = alerts(work)
    assert alert.resolved_at == clock.now()
    assert reader.get("/api/v2/migration.json").get_json()["corrections"] == []


def test_the_same_fault_after_a_good_build_is_another_alert(work: JobContext, folder: Path) -> None:
    """Else nobody would hear of it."""
    for _ in range(2):
        site_release(work)
        good = (folder / "sla.toml").read_text()
        damage(folder, "sla.toml")
        site_release(work)
        (folder / "sla.toml").write_text(good)
    assert len(of_kind(work, Kind.CONTENT_BROKEN)) == 2


def test_one_flipped_byte_takes_every_address_off_every_page(
    work: JobContext, reader: FlaskClient, folder: Path
) -> None:
    """With a warning in their place, and an alert."""
    site_release(work)
    assert NEW in reader.get("/migration-safety").text
    path = folder / MANIFEST
    text = bytearray(path.read_bytes())
    text[len(text) // 2] ^= 1
    path.write_bytes(text)
    assert waits(work)
    site_release(work)
    for page in pages_of(reader).values():
        assert not [fact for fact in (OLD, NEW, DOMAIN) if fact in page]
        assert "withheld" in page
    assert reader.get("/.well-known/migration-manifest.json").status_code == 404
    (alert,) = alerts(work)
    assert (alert.kind, alert.severity) == (Kind.OFFICIAL_WITHHELD, Severity.CRITICAL)


def test_a_fault_in_a_file_keeps_no_address_up_that_nobody_vouches_for(
    work: JobContext, reader: FlaskClient, folder: Path, clock: FakeClock
) -> None:
    """Everything is built anew without what is official, and ops hear of both."""
    site_release(work)
    good = (folder / "sla.toml").read_text()
    damage(folder, "sla.toml")
    site_release(work)
    assert NEW in reader.get("/migration-safety").text
    clock.advance(minutes=1)
    (folder / MANIFEST).write_bytes((folder / MANIFEST).read_bytes() + b" ")
    assert waits(work)
    site_release(work)
    for page in pages_of(reader).values():
        assert not [fact for fact in (OLD, NEW, DOMAIN) if fact in page]
        assert "No official address is shown" in page
    assert "the signature of the list does not hold" in reader.get("/migration-safety").text
    assert reader.get("/.well-known/migration-manifest.json").status_code == 404
    assert "2026-12" not in reader.get("/api/v2/components.json").text
    (alert,) = of_kind(work, Kind.OFFICIAL_WITHHELD)
    assert (alert.severity, alert.resolved_at) == (Severity.CRITICAL, None)
    assert not waits(work)
    (folder / "sla.toml").write_text(good)
    site_release(work)
    assert "the signature of the list does not hold" in reader.get("/migration-safety").text


def test_before_the_first_release_there_is_nothing_to_take_back(
    work: JobContext, reader: FlaskClient, folder: Path
) -> None:
    """Both faults are told all the same."""
    damage(folder, "site.toml")
    (folder / MANIFEST).unlink()
    assert site_release(work)["built"] == 0
    assert reader.get("/migration-safety").status_code == 503
    assert {alert.kind for alert in alerts(work)} == {Kind.CONTENT_BROKEN, Kind.OFFICIAL_WITHHELD}


def test_an_expired_manifest_needs_no_job_to_be_withheld(
    work: JobContext, reader: FlaskClient, clock: FakeClock
) -> None:
    """The pages change over by the clock; the job that runs then raises the alert."""
    site_release(work)
    clock.advance(days=14, seconds=-1)
    assert NEW in reader.get("/migration-safety").text
    clock.advance(seconds=1)
    for page in pages_of(reader).values():
        assert not [fact for fact in (OLD, NEW, DOMAIN) if fact in page]
        assert "withheld" in page
    site_release(work)
    assert [alert.severity for alert in of_kind(work, Kind.OFFICIAL_WITHHELD)] == ["critical"]


def test_a_manifest_that_was_rolled_back_is_withheld(
    work: JobContext, reader: FlaskClient, folder: Path, shown: Settings
) -> None:
    """What was accepted once is remembered."""
    older = (folder / MANIFEST).read_bytes()
    signature = (folder / f"{MANIFEST}.minisig").read_bytes()
    showing(shown, folder, NOON)
    site_release(work)
    assert NEW in reader.get("/migration-safety").text
    (folder / MANIFEST).write_bytes(older)
    (folder / f"{MANIFEST}.minisig").write_bytes(signature)
    site_release(work)
    assert NEW not in reader.get("/migration-safety").text
    (alert,) = alerts(work)
    assert alert.data["problem"] == "rolled-back"


def test_a_host_whose_minute_another_one_ran_builds_its_own(
    work: JobContext, clock: FakeClock
) -> None:
    """The slot is one for all hosts, the release is not."""
    site_release(work)
    clock.advance(seconds=60)
    assert not waits(work)
    clock.advance(seconds=20)
    assert waits(work)


def test_the_ticker_finds_a_changed_file_between_two_minutes(
    site: Flask, work: JobContext, folder: Path
) -> None:
    """As it stands in the table."""
    job = job_named("site_release")
    assert tick(site, job).result == "ok"
    assert tick(site, job).result == "not due"
    (folder / "replies" / "late.md").unlink()
    assert tick(site, job).result == "ok"
    del work


def test_figures_are_built_anew_each_minute(
    work: JobContext, reader: FlaskClient, clock: FakeClock
) -> None:
    """With the time as of which they hold."""
    site_release(work)
    clock.advance(minutes=1)
    site_release(work)
    status = reader.get("/api/v2/migration.json").get_json()
    assert status["as_of"].startswith("2026-11-22T12:01:00")


def test_an_alert_of_many_faults_names_the_first_and_counts_the_rest() -> None:
    """In one line that can be stored, whatever a fault quotes."""
    long = Problem("faq/x/en.md", 3, "title", "is\nfar \x00too long " * 40)
    new = broken([long, long, long], {}, at=NOON)
    assert len(new.summary) <= LONGEST_SUMMARY
    assert "faq/x/en.md:3: title" in new.summary
    assert new.summary.endswith(" (and 2 more)")
    assert len(new.data["problems"]) == 3


def test_without_a_key_the_pages_stand_without_addresses(shown: Settings, clock: FakeClock) -> None:
    """A desk that has signed nothing yet serves all the rest."""
    made = create_app(replace(shown, official_key=""), clock=clock)
    with made.app_context():
        assert site_release(JobContext(db.engine, clock))["built"] == 1
        assert "withheld" in made.test_client().get("/migration-safety").text
        assert made.test_client().get("/faq/is-it-over").status_code == 200
        db.engine.dispose()
    assert clock.now() - NOON == timedelta(0)

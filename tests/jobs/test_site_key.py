"""The key in the instance folder is overwritten: every place takes the addresses back at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jobs.runner import JobContext
from jobs.site import release_waits, site_release
from tests.fakes import FakeClock
from tests.jobs.things import alerts
from tests.official.things import OTHER_PUBLIC, OTHER_SECRET, PUBLIC, SECRET
from tests.site.folder import DOMAIN, NEW, OLD, a_folder, damage
from tests.web_fixtures import settings_for
from trustops.alerts.rules import Kind
from trustops.app import create_app
from trustops.content.versions import LastGood
from trustops.db import Event, db
from trustops.official.canonical import LONGEST_LIFE, to_bytes
from trustops.official.schema import load_source
from trustops.official.signing import MANIFEST, SIGNATURE, sign
from trustops.settings import KEY_FILE
from trustops.site.release import Releases
from trustops.site.serving import PublicPages
from trustops.site.sources import gather
from trustops.web import context as web

pytestmark = pytest.mark.long

CHANGED = "the key of the signed list was replaced"
EVIL = "7GCihgDB8fe6KNjn2MYtkzZcRjQy3t9GHdC8uHYmW2hr"
OFFICIAL = (OLD, NEW, DOMAIN, EVIL)
PAGES = ("/", "/migration-safety", "/faq/is-it-over")


@dataclass
class Desk:
    """A running desk and whoever reads its pages."""

    app: Flask
    work: JobContext
    reader: FlaskClient
    content: Path
    instance: Path

    def read(self, path: str) -> str:
        """What a reader gets, whatever the answer's status is."""
        return self.reader.get(path).text

    def check(self, query: str) -> str:
        """The verdict of the checker for programs."""
        found: str = self.reader.get("/api/v1/check", query_string={"q": query}).get_json()[
            "verdict"
        ]
        return found

    def waits(self) -> bool:
        """Whether a process would build before the next minute."""
        with self.work.reading() as session:
            return release_waits(session, self.work.clock.now())

    def heartbeat_says(self) -> str:
        """What a heartbeat that is written now says of addresses."""
        with self.work.reading() as session:
            sources = gather(session, self.work.clock.now(), web.settings())
        assert not [fact for fact in sources.facts.known if fact.startswith("new_token")]
        return sources.snapshot.addresses


Start = Callable[..., Desk]


@pytest.fixture
def content(tmp_path: Path, clock: FakeClock) -> Path:
    """A content folder whose list is signed by the first key."""
    folder = a_folder(tmp_path / "content")
    put_list(folder, clock, SECRET)
    return folder


@pytest.fixture
def start(database: str, tmp_path: Path, content: Path, clock: FakeClock) -> Iterator[Start]:
    """Start the desk anew, with the settings of its host."""
    instance = tmp_path / "instance"
    instance.mkdir(exist_ok=True)
    (instance / KEY_FILE).write_text(PUBLIC.text)
    with ExitStack() as stack:

        def start(**more: str) -> Desk:
            stack.close()
            settings = settings_for(database, instance, CONTENT_DIR=str(content), **more)
            app = create_app(settings, clock=clock)
            # Around the application itself: the layer within would look once a second.
            inner = partial(Flask.wsgi_app, app)
            app.__dict__["wsgi_app"] = PublicPages(
                inner, Releases(instance), settings, clock, look_every_seconds=0
            )
            stack.enter_context(app.app_context())
            stack.callback(db.engine.dispose)
            work = JobContext(db.engine, clock)
            return Desk(app, work, app.test_client(), content, instance)

        yield start


def put_list(folder: Path, clock: FakeClock, secret: bytes, *, version: int = 1) -> None:
    """Put a list of the folder's source there, signed by a key."""
    now = clock.now()
    text = to_bytes(load_source(folder), version=version, issued_at=now, lifetime=LONGEST_LIFE)
    (folder / MANIFEST).write_bytes(text)
    (folder / SIGNATURE).write_bytes(sign(text, secret, now))


def overwrite(desk: Desk, clock: FakeClock) -> None:
    """What somebody does who can write both folders: another key, another address, a good list."""
    source = desk.content / "official" / "source.toml"
    source.write_text(source.read_text().replace(NEW, EVIL))
    put_list(desk.content, clock, OTHER_SECRET, version=7)
    (desk.instance / KEY_FILE).write_text(OTHER_PUBLIC.text)


def withheld_everywhere(desk: Desk) -> None:
    """No place has an address, and each says why."""
    for path in PAGES:
        page = desk.read(path)
        assert not [fact for fact in OFFICIAL if fact in page], path
        assert CHANGED in page, path
    assert "Use no address until" in desk.read("/migration-safety")
    checker = desk.read("/check")
    assert CHANGED in checker
    assert not [fact for fact in OFFICIAL if fact in checker]
    assert {desk.check(query) for query in (EVIL, NEW, DOMAIN)} == {"could-not-check"}
    for name in ("migration-manifest.json", "migration-manifest.json.minisig"):
        assert desk.reader.get(f"/.well-known/{name}").status_code == 404
    for path in ("/heartbeats.atom", "/api/v2/summary.json", "/api/v2/migration.json"):
        assert not [fact for fact in OFFICIAL if fact in desk.read(path)], path
    assert CHANGED in desk.heartbeat_says()


def open_criticals(desk: Desk) -> list[str]:
    """What the critical alerts on addresses say that are not over."""
    return [
        alert.summary
        for alert in alerts(desk.work)
        if alert.kind == Kind.OFFICIAL_WITHHELD
        and alert.severity == "critical"
        and alert.resolved_at is None
    ]


@pytest.mark.parametrize("restarted", [False, True], ids=["running", "restarted"])
def test_an_overwritten_key_takes_every_address_back_until_the_host_says_otherwise(
    start: Start, clock: FakeClock, restarted: bool
) -> None:
    """The whole way: accepted, swapped with its list, withheld, settled by the setting."""
    desk = start()
    site_release(desk.work)
    assert NEW in desk.read("/migration-safety")
    assert not desk.waits()

    overwrite(desk, clock)
    desk = start() if restarted else desk
    assert desk.check(EVIL) == "could-not-check"
    assert desk.waits()
    site_release(desk.work)
    withheld_everywhere(desk)
    clock.advance(minutes=1)
    site_release(desk.work)
    (told,) = open_criticals(desk)
    assert OTHER_PUBLIC.id in told
    assert PUBLIC.id in told

    desk = start(OFFICIAL_KEY=OTHER_PUBLIC.line)
    clock.advance(minutes=1)
    site_release(desk.work)
    assert EVIL in desk.read("/migration-safety")
    assert desk.check(EVIL) == "official"
    assert open_criticals(desk) == []
    with desk.work.reading() as session:
        (event,) = session.scalars(select(Event).where(Event.kind == "official.key")).all()
        assert event.data["line"] == OTHER_PUBLIC.line


def test_the_key_alone_is_enough_to_withhold(start: Start, clock: FakeClock) -> None:
    """The list is still that of the old key; put back, the key heals it."""
    desk = start()
    site_release(desk.work)
    (desk.instance / KEY_FILE).write_text(OTHER_PUBLIC.text)
    site_release(desk.work)
    withheld_everywhere(desk)
    (desk.instance / KEY_FILE).write_text(PUBLIC.text)
    clock.advance(minutes=1)
    assert desk.waits()
    site_release(desk.work)
    assert NEW in desk.read("/migration-safety")
    assert desk.check(NEW) == "official"
    assert open_criticals(desk) == []


def test_a_key_in_the_file_of_settings_counts_no_more_than_the_other_file(
    start: Start, clock: FakeClock
) -> None:
    """Whoever writes the instance folder writes `config.toml` as well."""
    desk = start()
    site_release(desk.work)
    overwrite(desk, clock)
    (desk.instance / "config.toml").write_text(f'official_key = "{OTHER_PUBLIC.line}"\n')
    desk = start()
    site_release(desk.work)
    withheld_everywhere(desk)
    assert len(open_criticals(desk)) == 1


@pytest.mark.parametrize(("name", "built"), [("sla.toml", 1), ("migrations/example.toml", 0)])
def test_while_content_is_broken_the_last_pages_lose_their_addresses_too(
    start: Start, clock: FakeClock, name: str, built: int
) -> None:
    """Built anew around the fault, or taken back as they are where nothing can be built."""
    desk = start()
    site_release(desk.work)
    damage(desk.content, name)
    if not built:
        shutil.rmtree(LastGood(desk.instance).folder / "example")
    overwrite(desk, clock)
    assert site_release(desk.work)["built"] == built
    for path in PAGES:
        page = desk.read(path)
        assert not [fact for fact in OFFICIAL if fact in page], path
        assert CHANGED in page, path
    assert len(open_criticals(desk)) == 1


@pytest.mark.parametrize("text", [None, b"", b"no key", b"\xff\xfe\x00garbage"])
def test_a_key_that_is_gone_or_garbage_withholds_as_well(start: Start, text: bytes | None) -> None:
    """And the desk still starts, for it has to say so."""
    desk = start()
    site_release(desk.work)
    file = desk.instance / KEY_FILE
    if text is None:
        file.unlink()
    else:
        file.write_bytes(text)
    desk = start()
    site_release(desk.work)
    assert NEW not in desk.read("/migration-safety")
    assert desk.check(NEW) == "could-not-check"
    assert len(open_criticals(desk)) == 1

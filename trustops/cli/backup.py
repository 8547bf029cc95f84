"""`trustops backup` and `trustops restore`: all that the desk knows, in one file and back again.

After a restore nothing is sent by itself that may have been sent before, and nobody is signed in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import click
from sqlalchemy import create_engine, func, inspect, select

from trustops.accounts.models import Staff, StaffSession
from trustops.accounts.services import end_sessions
from trustops.channels.services import hold_all
from trustops.cli import postgres_copy, sqlite_copy
from trustops.cli.archive import Manifest, digest_of, pack, refuse_existing, unpack
from trustops.cli.engines import engine_of
from trustops.cli.known import Known, known_to
from trustops.cli.people import OPERATOR
from trustops.cli.revived import take_back
from trustops.cli.schema import is_known, is_sqlite, make_folder, prepare, require_head
from trustops.clock import Clock, SystemClock
from trustops.db import Event, Session, engine_options, migrate, record, start_writing
from trustops.errors import ConflictError, InvalidInputError
from trustops.posts.services import hold_open
from trustops.settings import Settings, load_settings
from trustops.tickets.models import Ticket

pg_bin_option = click.option(
    "--pg-bin",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of PostgreSQL's client tools; PATH by default.",
)

NOT_EMPTY = (
    "This database is not empty. Make a backup of it, then say --force to replace all of it."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """Deliveries that were held, sessions that ended, and a line for all else to know."""

    held: int
    ended: int
    revived: tuple[str, ...]


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@pg_bin_option
def backup(file: Path, pg_bin: Path | None) -> None:
    """Write everything into FILE (.tar.gz), while the desk is running."""
    settings = load_settings()
    require_head(settings)
    refuse_existing(file)
    clock = SystemClock(settings.clock_offset)
    with _folder_beside(file) as folder:
        dump = folder / "dump"
        if is_sqlite(settings):
            sqlite_copy.dump(settings.database_url.reveal(), dump)
        else:
            postgres_copy.dump(settings.database_url.reveal(), dump, pg_bin)
        pack(file, dump, _manifest(settings, clock, dump))
    click.echo(f"Everything is in {file}. It holds what people wrote, so keep it where few read.")
    click.echo("The secret key and instance/config.toml are not in it; keep them apart.", err=True)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace what the database holds now.")
@pg_bin_option
def restore(file: Path, force: bool, pg_bin: Path | None) -> None:
    """Put a backup in the place of what the database holds. Stop serve and workers first."""
    settings = load_settings()
    with _folder_beside(file) as folder:
        manifest, dump = unpack(file, folder)
        _check(settings, manifest)
        if is_sqlite(settings):
            sqlite_copy.require_unused(settings.database_url.reveal())
        if not force:
            _require_empty(settings)
        if is_sqlite(settings):
            done = _restore_sqlite(settings, dump)
        else:
            done = _restore_postgresql(settings, dump, manifest, pg_bin)
    click.echo(f"Restored as of {manifest.made_at}.")
    click.echo(
        f"{done.held} deliveries that waited are marked unknown, because they may have been sent "
        "since; a person decides on /desk/alerts."
    )
    click.echo(f"{done.ended} sessions of staff have ended; everybody signs in again.")
    for line in done.revived:
        click.echo(line)


@contextmanager
def _folder_beside(file: Path) -> Iterator[Path]:
    """A private folder on the same file system, so that the result can be moved in one step.

    Raises:
        InvalidInputError: there is no folder for it.
    """
    if not file.absolute().parent.is_dir():
        raise InvalidInputError(f"There is no folder {file.absolute().parent}.")
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".trustops-") as name:
        yield Path(name)


def _manifest(settings: Settings, clock: Clock, dump: Path) -> Manifest:
    return Manifest(
        kind=_kind(settings),
        revision=migrate.head(),
        version=version("trustops"),
        sha256=digest_of(dump),
        made_at=clock.now().isoformat(timespec="seconds"),
    )


def _kind(settings: Settings) -> str:
    return sqlite_copy.KIND if is_sqlite(settings) else postgres_copy.KIND


def _check(settings: Settings, manifest: Manifest) -> None:
    """Refuse a backup that this version or this kind of database cannot take.

    Raises:
        ConflictError: which of the two it is.
    """
    if not is_known(manifest.revision):
        raise ConflictError(
            f"This backup is of version {manifest.version}, whose schema this version does not "
            "know. Install that version, or a newer one."
        )
    if manifest.kind != _kind(settings):
        raise ConflictError(
            f"This is a backup of {manifest.kind}, and the settings name {_kind(settings)}."
        )


def _require_empty(settings: Settings) -> None:
    """Refuse to replace anything that somebody made.

    Raises:
        ConflictError: there are tickets, people or history.
    """
    if is_sqlite(settings) and not sqlite_copy.path_of(settings.database_url.reveal()).exists():
        return
    with engine_of(settings) as engine, Session(engine) as session:
        there = inspect(engine).get_table_names()
        for table in (Ticket, Staff, Event):
            if table.__tablename__ in there and session.scalar(
                select(func.count(1)).select_from(table)
            ):
                raise ConflictError(NOT_EMPTY)


def _restore_sqlite(settings: Settings, dump: Path) -> Restored:
    """Make the copy safe first, then put it in place: a stop in between changes nothing."""
    url = settings.database_url.reveal()
    sqlite_copy.check(dump)
    sqlite_copy.require_unused(url)
    make_folder(settings)
    copied = f"sqlite:///{dump}"
    migrate.upgrade(copied)
    before = _known(settings)
    done = make_safe(copied, SystemClock(settings.clock_offset), before)
    sqlite_copy.put_back(url, dump)
    return done


def _restore_postgresql(
    settings: Settings, dump: Path, manifest: Manifest, pg_bin: Path | None
) -> Restored:
    """Restore in one transaction; tables that the backup does not know are taken down first."""
    url = settings.database_url.reveal()
    with engine_of(settings) as engine:
        postgres_copy.require_unused(engine)
        present = migrate.current(engine)
        before = known_to(engine)
    if present is not None and present != manifest.revision:
        migrate.downgrade(url, manifest.revision)
    postgres_copy.put_back(url, dump, pg_bin)
    prepare(settings)
    return make_safe(url, SystemClock(settings.clock_offset), before)


def _known(settings: Settings) -> Known | None:
    """What the SQLite database that is replaced knew; looking for one makes none."""
    if not sqlite_copy.path_of(settings.database_url.reveal()).exists():
        return None
    with engine_of(settings) as engine:
        return known_to(engine)


def make_safe(url: str, clock: Clock, before: Known | None) -> Restored:
    """Hold what waits to be sent, end all sessions, and end again what had ended before.

    `before` is what the replaced database knew.
    """
    engine = create_engine(url, **engine_options(url))
    with Session(engine) as session:
        start_writing(session)
        now = clock.now()
        held = hold_all(session, now)
        hold_open(session, now)
        people = session.scalars(
            select(StaffSession.staff_id).where(StaffSession.ended_at.is_(None)).distinct()
        ).all()
        ended = sum(
            end_sessions(session, now, staff_id=key, reason="restored", actor=OPERATOR)
            for key in people
        )
        revived = tuple(take_back(session, now, before))
        record(session, now, "instance.restored", subject="instance", actor=OPERATOR)
        session.commit()
    engine.dispose()
    return Restored(held, ended, revived)

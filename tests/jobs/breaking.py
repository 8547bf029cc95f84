"""Ways to break a content file, and an instance that shows a folder with a file of every kind."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from jobs.runner import JobContext
from jobs.site import site_release
from tests.fakes import FakeClock
from trustops.settings import Settings

FILES = (
    *("site.toml", "intake.toml", "sla.toml", "components.toml", "heartbeat.toml"),
    *("heartbeat/full.md.j2", "heartbeat/short.md.j2", "migrations/example.toml"),
    *("exchanges/binance.toml", "pages/migration-safety/en.md", "faq/is-it-over/en.md"),
    *("policy/closed.md", "known-issues/copies.md", "replies/late.md"),
)
"""A file of every kind."""

HEARTBEAT = """\
weekday = "monday"
time = "12:00"
approval = "lead"
networks = ["mastodon"]
"""
TEMPLATE = "# Heartbeat {{ week }}\n\n{{ url }}\n"


def empty(path: Path) -> None:
    """As an editor leaves it that was killed while it saved."""
    path.write_bytes(b"")


def half(path: Path) -> None:
    """As it is while an editor saves it: the words end before anything is right."""
    path.write_bytes(path.read_bytes()[:9])


def garbage(path: Path) -> None:
    """Bytes that are no text."""
    path.write_bytes(bytes(range(256)) * 9)


def huge(path: Path) -> None:
    """Longer than anybody writes."""
    with path.open("ab") as file:
        file.truncate(50_000_000)


def control(path: Path) -> None:
    """With a character that no page and no feed can hold."""
    path.write_bytes(path.read_bytes().rstrip(b"\n") + b" \x08\n")


def turned(path: Path) -> None:
    """With a character that nobody sees and that turns the words around."""
    path.write_text(f"{path.read_text().rstrip()} \N{RIGHT-TO-LEFT OVERRIDE}\n")


def a_folder_instead(path: Path) -> None:
    """A folder where a file is expected."""
    path.unlink()
    path.mkdir()


def dangling(path: Path) -> None:
    """A link to nothing."""
    path.unlink()
    path.symlink_to("nowhere")


def looping(path: Path) -> None:
    """A link to itself."""
    path.unlink()
    path.symlink_to(path.name)


def a_pipe(path: Path) -> None:
    """Something that would be waited for, if it were opened."""
    path.unlink()
    os.mkfifo(path)


FAULTS: tuple[Callable[[Path], None], ...] = (
    *(empty, half, garbage, huge, control, turned),
    *(a_folder_instead, dangling, looping, a_pipe),
)


@dataclass(frozen=True, slots=True)
class Site:
    """An instance that shows a content folder, with a reader before it."""

    app: Flask
    work: JobContext
    reader: FlaskClient
    folder: Path
    clock: FakeClock
    settings: Settings

    def build(self) -> dict[str, int]:
        """The next minute's run."""
        self.clock.advance(minutes=1)
        return site_release(self.work)

    def as_of(self) -> datetime:
        """The moment of the public figures."""
        told = self.reader.get("/api/v2/migration.json").get_json()["as_of"]
        return datetime.fromisoformat(told)

    def corrections(self) -> list[dict[str, str | None]]:
        """What readers are told to see in an older version, or not at all."""
        found: list[dict[str, str | None]] = self.reader.get("/api/v2/migration.json").get_json()[
            "corrections"
        ]
        return found

    def edit(self, name: str, before: str, after: str) -> None:
        """Change a file."""
        text = (self.folder / name).read_text()
        assert before in text
        (self.folder / name).write_text(text.replace(before, after, 1))

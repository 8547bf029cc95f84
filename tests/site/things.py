"""Sources of a release with figures of every kind, and the pages that are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.status.things import a_snapshot, a_standing, an_unread_standing, some_rows, some_totals
from trustops.posts.markup import to_html
from trustops.posts.queries import Link, Published
from trustops.settings import Settings
from trustops.site import pages
from trustops.site.sources import Sources, gather

TEXT = (
    "# Heartbeat\n\nThe migration is open & well.\n\n- 1,200 OLD migrated, as of block 21,000,000."
)


def a_heartbeat(week: str = "2026-W47", *, late: bool = False) -> Published:
    """A heartbeat that went out at noon, on one network with a permalink."""
    return Published(
        week=week,
        title=f"Heartbeat {week}",
        due_at=NOON - timedelta(hours=1 if late else 0),
        sent_at=NOON,
        as_of=NOON - timedelta(minutes=5),
        late=late,
        text=TEXT,
        html=to_html(TEXT),
        links=[Link("mastodon", "https://social.example/@desk/1")],
    )


def some_sources(session: Session, settings: Settings) -> Sources:
    """What an instance shows, with a chain that was read, one that was not, and heartbeats."""
    lagging = a_standing(
        totals=some_totals(chain="lagging-chain"), problem="We could not read this chain just now."
    )
    return replace(
        gather(session, NOON, settings),
        exchanges=some_rows(),
        snapshot=a_snapshot(
            chains=(a_standing(), lagging, an_unread_standing(chain="third-chain")),
            open_issues=(("copies", "Copies of our pages"),),
        ),
        heartbeats=(a_heartbeat(), a_heartbeat("2026-W46", late=True)),
    )


def rendered(app: Flask, sources: Sources) -> Mapping[str, pages.File]:
    """Every file by its path."""
    with app.app_context():
        found = list(pages.files(sources, sources.facts))
    by_path = {file.path: file for file in found}
    assert len(by_path) == len(found), "two files have one path"
    return by_path


def text_of(files: Mapping[str, pages.File], path: str) -> str:
    """A file as text, its white space as single spaces."""
    return " ".join(files[path].body.decode().replace("\N{NO-BREAK SPACE}", " ").split())

"""The feed of the heartbeats, as a feed reader sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import feedparser

from tests.conftest import NOON
from tests.site.things import a_heartbeat
from trustops.site.feeds import MOST_ENTRIES, heartbeats_atom
from trustops.site.sources import Sources


def test_a_reader_parses_the_feed_without_a_complaint(sources: Sources) -> None:
    """Well-formed Atom, the newest entry first, each with its permalink and its words."""
    read = feedparser.parse(heartbeats_atom(sources))
    assert not read.bozo
    assert read.version == "atom10"
    assert [entry.title for entry in read.entries] == ["Heartbeat 2026-W47", "Heartbeat 2026-W46"]
    assert [entry.link for entry in read.entries] == [
        "http://localhost/heartbeats/2026-W47",
        "http://localhost/heartbeats/2026-W46",
    ]
    assert "The migration is open &amp; well." in read.entries[0].content[0].value
    assert read.entries[0].published == "2026-11-22T12:00:00Z"
    assert read.feed.author == "Example desk"


def test_an_entry_keeps_its_id_when_the_site_moves(sources: Sources) -> None:
    """Readers do not see every heartbeat again."""
    moved = replace(sources, base_url="https://desk.example.org", now=NOON + timedelta(days=9))
    before, after = (feedparser.parse(heartbeats_atom(item)) for item in (sources, moved))
    assert [entry.id for entry in before.entries] == [entry.id for entry in after.entries]
    assert len({before.feed.id, *(entry.id for entry in before.entries)}) == 3


def test_a_feed_without_entries_is_a_feed(sources: Sources) -> None:
    """From the first day on, with the moment of the build as its date."""
    read = feedparser.parse(heartbeats_atom(replace(sources, heartbeats=())))
    assert not read.bozo
    assert read.entries == []
    assert read.feed.updated == "2026-11-22T12:00:00Z"


def test_the_feed_does_not_grow_for_ever(sources: Sources) -> None:
    """A year of weeks; the archive has all of them."""
    beats = [a_heartbeat(f"20{10 + n // 50}-W{n % 50 + 1:02}") for n in range(MOST_ENTRIES + 8)]
    read = feedparser.parse(heartbeats_atom(replace(sources, heartbeats=beats)))
    assert len(read.entries) == MOST_ENTRIES


def test_a_feed_holds_no_character_that_xml_cannot(sources: Sources) -> None:
    """Whatever went out before content was checked for it."""
    beat = replace(sources.heartbeats[0], title="A \x08 and \ufffe", html="<p>\x00 \x1b</p>")
    read = feedparser.parse(heartbeats_atom(replace(sources, heartbeats=[beat])))
    assert not read.bozo
    assert read.entries[0].title == "A \ufffd and \ufffd"

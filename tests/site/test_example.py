"""While nobody answers for a site its built pages, feeds and files say so, and show no address.

A signature proves who made the list of addresses; it does not say that anybody runs this copy.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.site.folder import NEW, a_folder, showing
from tests.site.things import a_heartbeat, rendered
from trustops.content import load
from trustops.content.operator import EXAMPLE
from trustops.official.values import Problem
from trustops.settings import Settings
from trustops.site import pages
from trustops.site.build import build
from trustops.site.feeds import heartbeats_atom
from trustops.site.release import Releases
from trustops.site.sources import Sources, gather
from trustops.web.context import register
from trustops.web.pages import Standing

BANNER = '<section class="banner"'


@pytest.fixture(params=["", "\u00a0 ", "TrustOps demo"])
def nobodys(settings: Settings, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """An instance on a signed copy of some content, which names nobody that can be read."""
    folder = a_folder(tmp_path / "nobodys")
    site = folder / "site.toml"
    text, _, _ = site.read_text(encoding="utf-8").partition("[operator]")
    site.write_text(f'{text}[operator]\nname = "{request.param}"\n', encoding="utf-8")
    return showing(settings, folder, NOON)


def with_a_heartbeat(session: Session, settings: Settings) -> Sources:
    """What an instance shows, a heartbeat among it."""
    return replace(gather(session, NOON, settings), heartbeats=(a_heartbeat(),))


def test_every_built_page_carries_the_banner_and_no_address(
    app: Flask, reading: Session, nobodys: Settings
) -> None:
    """The page of what was taken back too; the list is signed, and stays withheld."""
    sources = with_a_heartbeat(reading, nobodys)
    assert sources.official.problem is Problem.NO_OPERATOR
    found = [file for file in rendered(app, sources).values() if file.content_type == pages.HTML]
    assert len(found) > 8
    for file in found:
        text = file.body.decode()
        assert text.count(EXAMPLE) >= 1, file.path
        assert text.partition("<main")[0].count('data-kind="demo"') == 1, file.path
        assert NEW not in text, file.path


def test_with_an_operator_there_is_no_banner_and_the_addresses_stand(
    app: Flask, reading: Session, shown: Settings
) -> None:
    """Whatever the application as a whole was started with."""
    register(app, Standing(demo=False, is_named=lambda: False))
    files = rendered(app, with_a_heartbeat(reading, shown))
    assert not any(EXAMPLE.encode() in file.body for file in files.values())
    assert NEW.encode() in files["/migration-safety"].body


def test_every_built_page_says_at_its_foot_that_nobody_is_named_yet(
    app: Flask, reading: Session, nobodys: Settings
) -> None:
    """Name, relation and contact: each says that it is not named."""
    found = rendered(app, with_a_heartbeat(reading, nobodys)).values()
    for file in (item for item in found if item.content_type == pages.HTML):
        assert file.body.decode().partition("<footer")[2].count("not named yet") == 3, file.path


def test_every_built_page_says_at_its_foot_who_answers(
    app: Flask, reading: Session, shown: Settings
) -> None:
    """As `site.toml` has them, whatever the application as a whole was started with."""
    operator = load(shown.content_dir).operator
    found = rendered(app, with_a_heartbeat(reading, shown)).values()
    for file in (item for item in found if item.content_type == pages.HTML):
        foot = " ".join(file.body.decode().partition("<footer")[2].split())
        assert f"Who answers for this site: {operator.name}." in foot, file.path
        assert f"Relation to the project: {operator.relation.rstrip('.')}." in foot, file.path
        assert f"Contact: {operator.contact.rstrip('.')}." in foot, file.path


def test_feeds_say_demo_in_words_and_for_programs(reading: Session, nobodys: Settings) -> None:
    """In the title that a reader lists, and as a category of the feed and of each entry."""
    sources = with_a_heartbeat(reading, nobodys)
    read = feedparser.parse(heartbeats_atom(sources))
    assert not read.bozo
    assert read.feed.title.startswith("Example: ")
    assert read.feed.subtitle == EXAMPLE
    assert [tag.term for tag in read.feed.tags] == ["demo"]
    assert [(entry.title[:9], entry.tags[0].term) for entry in read.entries] == [
        ("Example: ", "demo")
    ]


@pytest.mark.parametrize("demo", [False, True])
def test_a_feed_of_a_desk_says_nothing_of_a_demo_and_that_of_a_demo_does(
    reading: Session, shown: Settings, demo: bool
) -> None:
    """A demonstration with an operator of its own is one all the same."""
    sources = with_a_heartbeat(reading, replace(shown, demo=demo))
    assert (b"emo" in heartbeats_atom(sources)) is demo


def test_files_for_programs_say_demo_and_the_manifest_is_not_among_them(
    app: Flask, reading: Session, nobodys: Settings, shown: Settings
) -> None:
    """`page.demo` in the shape of Statuspage, `demo` in our own; with an operator neither."""
    said = []
    for settings in (nobodys, shown):
        sources = with_a_heartbeat(reading, settings)
        with app.app_context(), Releases(settings.instance_dir).unfinished(NOON) as out:
            build(sources, out, pages.files)
            tree = out / "pages"
            status = json.loads((tree / "api/v2/status.json").read_text())
            ours = [
                json.loads((tree / f"api/v2/{name}.json").read_text())["demo"]
                for name in ("migration", "exchanges")
            ]
            manifest = (tree / ".well-known/migration-manifest.json").exists()
        said.append((status["page"].get("demo"), ours, manifest))
    assert said == [(True, [True, True], False), (None, [False, False], True)]

"""A release holds every page twice, its machine files, and an index that says how to serve it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.site import pages
from tests.site.folder import DOMAIN, NEW, OLD, a_folder, showing
from trustops.content.facts import Facts
from trustops.content.kinds import Kind
from trustops.db import db
from trustops.errors import ConflictError
from trustops.official.signing import PublicKey, verify
from trustops.settings import Settings
from trustops.site import pages as real_pages
from trustops.site.build import MANIFEST, SHORT, SIGNATURE, build, redirects
from trustops.site.export import MARK, export
from trustops.site.release import INDEX, Releases
from trustops.site.shelf import load
from trustops.site.sources import Sources, gather
from trustops.site.writer import Plain

OFFICIAL = (OLD.encode(), NEW.encode(), DOMAIN.encode())


@pytest.fixture
def shown(settings: Settings, tmp_path: Path) -> Settings:
    """An instance whose content folder is trusted."""
    return showing(settings, a_folder(tmp_path / "content"), NOON)


@pytest.fixture
def sources(app: Flask, shown: Settings) -> Iterator[Sources]:
    """What its pages are made of."""
    with app.app_context(), Session(db.engine) as session:
        yield gather(session, NOON, shown)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder to build in."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def index_of(out: Path) -> dict[str, Any]:
    """The index of a release."""
    found: dict[str, Any] = json.loads((out / INDEX).read_text())
    return found


def test_every_page_is_there_with_official_facts_and_without(sources: Sources, out: Path) -> None:
    """So that whoever serves it can change over by the clock."""
    build(sources, out, pages.files)
    page = "migration-safety.html"
    assert NEW[-4:].encode() in (out / "pages" / page).read_bytes()
    for file in (out / "withheld").rglob("*"):
        body = file.read_bytes() if file.is_file() else b""
        words = gzip.decompress(body) if file.suffix == ".gz" else body
        assert not [fact for fact in OFFICIAL if fact in words], file
    assert index_of(out)["official_expires_at"] == (NOON + timedelta(days=14)).isoformat()


def test_the_real_pages_leave_no_official_fact_in_the_withheld_tree(
    sources: Sources, out: Path
) -> None:
    """Neither in words nor in attributes; and each of them warns."""
    build(sources, out, real_pages.files)
    whole = (out / "pages" / "migration-safety.html").read_bytes()
    assert NEW.encode() in whole
    for file in (out / "withheld").rglob("*"):
        if file.suffix in {".html", ".json", ".atom", ".txt"}:
            assert not [fact for fact in OFFICIAL if fact in file.read_bytes()], file
        if file.suffix == ".html":
            assert b"withheld" in file.read_bytes(), file


def test_the_manifest_is_published_as_it_was_signed(
    sources: Sources, shown: Settings, out: Path
) -> None:
    """A reader can verify it with the key, and after expiry it is not there."""
    build(sources, out, pages.files)
    text, signature = (out / "pages" / path[1:] for path in (MANIFEST, SIGNATURE))
    verify(text.read_bytes(), signature.read_bytes(), PublicKey.read(shown.official_key))
    assert {MANIFEST, SIGNATURE} <= set(index_of(out)["trees"]["pages"])
    assert not {MANIFEST, SIGNATURE} & set(index_of(out)["trees"]["withheld"])


def test_without_a_trusted_manifest_there_is_one_tree(
    app: Flask, shown: Settings, out: Path
) -> None:
    """It has nothing to lose."""
    with app.app_context(), Session(db.engine) as session:
        build(gather(session, NOON, replace(shown, official_key="")), out, pages.files)
    index = index_of(out)
    assert (index["official_expires_at"], list(index["trees"])) == (None, ["pages"])
    assert MANIFEST not in index["trees"]["pages"]


def test_machine_files_are_there(sources: Sources, out: Path) -> None:
    """The Statuspage shape, and the schemas of the content files."""
    build(sources, out, pages.files)
    for path in ("api/v2/summary.json", "api/v2/incidents/unresolved.json", "schemas/faq.json"):
        assert json.loads((out / "pages" / path).read_bytes())
    later = json.loads((out / "withheld" / "api/v2/summary.json").read_bytes())
    assert later["status"]["indicator"] == "major"


def test_each_file_has_a_twin_where_that_gains(sources: Sources, out: Path) -> None:
    """For servers that send it as it lies there."""
    build(sources, out, pages.files)
    twin = out / "pages" / "schemas" / "faq.json.gz"
    assert gzip.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes()
    assert not (out / "pages" / "faq" / "taken-back.html.gz").exists()


def test_what_is_the_same_in_both_trees_is_stored_once(sources: Sources, out: Path) -> None:
    """Three releases of two trees take the room of little more than three trees."""
    build(sources, out, pages.files)
    one, other = ((out / tree / "schemas" / "faq.json") for tree in ("pages", "withheld"))
    assert one.samefile(other)


def test_the_same_sources_make_the_same_release(sources: Sources, tmp_path: Path) -> None:
    """Byte by byte, so that a cache asks for nothing anew."""
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        build(sources, tmp_path / name, pages.files)
        made.append(index_of(tmp_path / name))
    assert made[0] == made[1]


def test_what_was_withdrawn_is_gone_and_former_names_lead_on(sources: Sources, out: Path) -> None:
    """410 and 301; a draft is neither."""
    build(sources, out, pages.files)
    rows = index_of(out)["trees"]["pages"]
    assert rows["/faq/taken-back"]["status"] == 410
    assert index_of(out)["redirects"] == {**SHORT, "/faq/over": "/faq/is-it-over"}
    assert "/faq/not-yet" not in rows
    assert "/410" not in rows
    assert load(out, secure=False).book(NOON)["/faq/taken-back"].status == 410


def test_two_files_of_one_path_are_a_defect(sources: Sources, out: Path) -> None:
    """One of them would never be seen."""

    def twice(made: Sources, facts: Facts) -> Iterator[Plain]:
        del made, facts
        yield Plain("/faq", b"a", "text/html")
        yield Plain("/faq", b"b", "text/html")

    with pytest.raises(ValueError, match="two files of a release have the path /faq"):
        build(sources, out, twice)


def test_a_component_keeps_its_beginning_over_builds(app: Flask, shown: Settings) -> None:
    """What has been well since noon is not well since the last minute."""
    releases = Releases(shown.instance_dir)
    later = NOON + timedelta(hours=3)
    with app.app_context(), Session(db.engine) as session:
        with releases.unfinished(NOON) as folder:
            build(gather(session, NOON, shown), folder, pages.files)
        found = gather(session, later, shown).snapshot.components
    assert {component.since for component in found} == {NOON}


def test_a_copy_holds_pages_styles_and_rules_for_hosts(sources: Sources, tmp_path: Path) -> None:
    """Everything that a page asks for lies beside it."""
    out = tmp_path / "copy"
    count = export(sources, out, real_pages.files)
    assert count > 15
    front = (out / "index.html").read_text()
    for asked in {part.split('"')[0] for part in front.split('"/static/')[1:]}:
        assert (out / "static" / asked.partition("?")[0]).is_file(), asked
    for name in ("css/public-face.css", "js/guard.js", "guard.json"):
        assert (out / "static" / f"{name}.gz").is_file()
    assert "/faq/over /faq/is-it-over 301" in (out / "_redirects").read_text()
    assert "/safety /migration-safety 301" in (out / "_redirects").read_text()
    assert "Content-Security-Policy: default-src 'none'" in (out / "_headers").read_text()
    assert (out / MARK).read_text() == f"{(NOON + timedelta(days=14)).isoformat()}\n"


def test_a_copy_takes_the_place_of_the_one_before(sources: Sources, tmp_path: Path) -> None:
    """What is no longer there is not left behind."""
    out = tmp_path / "copy"
    export(sources, out, pages.files)
    (out / "old-page.html").write_text("old")
    export(sources, out, pages.files)
    assert not (out / "old-page.html").exists()
    assert sorted(path.name for path in tmp_path.glob(".copy*")) == []


def test_a_copy_is_not_written_over_something_else(sources: Sources, tmp_path: Path) -> None:
    """A mistyped folder is left as it is."""
    out = tmp_path / "home"
    out.mkdir()
    export(sources, out, pages.files)
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    for wrong in (other, other / "letter.txt"):
        with pytest.raises(ConflictError, match="holds something else"):
            export(sources, wrong, pages.files)
    assert (other / "letter.txt").read_text() == "dear"


def test_a_copy_that_fails_leaves_the_one_before(sources: Sources, tmp_path: Path) -> None:
    """And nothing beside it."""
    out = tmp_path / "copy"
    export(sources, out, pages.files)
    before = (out / "index.html").read_bytes()

    def broken(made: Sources, facts: Facts) -> Iterator[Plain]:
        yield from pages.files(made, facts)
        raise RuntimeError("a template is broken")

    with pytest.raises(RuntimeError):
        export(sources, out, broken)
    assert (out / "index.html").read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob(".copy*")) == []


def test_a_release_of_the_real_pages_is_served(
    app: Flask, client: FlaskClient, sources: Sources, settings: Settings
) -> None:
    """Every path of it answers as the index says."""
    with Releases(settings.instance_dir).unfinished(NOON) as folder:
        build(sources, folder, real_pages.files)
    for path, row in index_of(folder.parent / "current")["trees"]["pages"].items():
        assert client.get(path).status_code == row["status"], path


@pytest.mark.parametrize("path", sorted(SHORT))
def test_what_people_type_leads_to_the_page(
    sources: Sources, out: Path, app: Flask, path: str
) -> None:
    """For ever, of a served release and of a copy alike; to a page that is there."""
    assert redirects(sources)[path] == SHORT[path]
    with app.app_context():
        build(sources, out, real_pages.files)
    shelf = load(out, secure=False)
    assert SHORT[path] == "/support" or SHORT[path] in shelf.book(NOON)
    assert shelf.redirects[path] == SHORT[path]


def test_a_page_of_its_own_goes_before_an_address_that_people_type(sources: Sources) -> None:
    """Content may have a page `help`; nothing leads away from it."""
    page = replace(sources.library.all(Kind.PAGE)[0], id="help")
    library = replace(sources.library, documents=(*sources.library.documents, page))
    assert "/help" not in redirects(replace(sources, library=library))


def test_a_page_of_the_application_has_the_foot_of_the_release(
    sources: Sources, client: FlaskClient, settings: Settings
) -> None:
    """The same links in the same order, of whatever pages the content has."""
    with Releases(settings.instance_dir).unfinished(NOON) as out:
        build(sources, out, real_pages.files)
    more = re.compile(r'<nav class="public-more".*?</nav>', re.DOTALL)
    (built,) = more.findall(client.get("/faq").text)
    (live,) = more.findall(client.get("/support").text)
    assert re.findall(r'href="([^"]+)"', live) == re.findall(r'href="([^"]+)"', built)

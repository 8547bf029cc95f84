"""The built pages in a browser: accessible, of our own origin, on paper, without script."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import html5lib
import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from tests.conftest import NOON
from tests.e2e.conftest import Server, free_port
from tests.e2e.test_pages import SIZES, faults_of
from tests.fakes import FakeClock
from tests.schema import make_schema
from tests.site.folder import showing
from tests.site.things import some_sources
from tests.web_fixtures import own_content, settings_for
from trustops.app import create_app
from trustops.db import db, engine_options
from trustops.site import pages
from trustops.site.build import build
from trustops.site.release import Releases
from trustops.web.context import part

pytestmark = pytest.mark.e2e

PATHS = (
    "/",
    "/migration-safety",
    "/troubleshooting",
    "/how-we-work",
    "/faq",
    "/faq/late-holder",
    "/exchanges",
    "/policy",
    "/known-issues",
    "/heartbeats",
    "/heartbeats/2026-W46",
    "/check",
    "/support",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A release of the shipped content with an operator, signed, with figures of every kind."""
    folder = tmp_path_factory.mktemp("public")
    content = own_content(folder)
    url = f"sqlite:///{folder / 'trustops.sqlite3'}"
    make_schema(url)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = settings_for(url, folder, BASE_URL=address, ALLOWED_HOSTS="127.0.0.1")
    settings = showing(settings, content, NOON)
    app = create_app(settings, clock=FakeClock(NOON))
    engine = create_engine(url, **engine_options(url))
    with app.app_context():
        with Session(engine) as session:
            sources = some_sources(session, settings)
        with part(Releases).unfinished(NOON) as out:
            build(sources, out, pages.files)
    server = make_server("127.0.0.1", port, app, threaded=True)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield Server(address, engine)
    server.shutdown()
    server.server_close()
    engine.dispose()
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_public_pages_are_accessible_and_keep_to_their_origin(
    browser: Browser, site: Server, scheme: str, size: tuple[int, int]
) -> None:
    """Narrow and wide, light and dark: no barrier, no stranger, no scrolling sideways."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    faults = [fault for path in PATHS for fault in faults_of(page, site, path)]
    context.close()
    assert faults == []


def test_public_pages_are_valid_html_and_complete_without_script(
    browser: Browser, site: Server
) -> None:
    """A strict parser finds nothing, and the menu and the words are there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in PATHS:
        answer = page.goto(site.url + path)
        assert answer is not None
        assert answer.status == 200, path
        html5lib.HTMLParser(strict=True).parse(answer.text())
        expect(page.get_by_role("navigation", name="Pages", exact=True)).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_safety_page_prints_on_one_sheet_with_its_addresses(
    browser: Browser, site: Server, tmp_path: Path, paper: str
) -> None:
    """What hangs on a wall has every address, its own and the key in full, and what we never do."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/migration-safety")
    addresses = page.locator(".official [data-copy]")
    sheet = page.pdf(path=tmp_path / "safety.pdf", format=paper)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    page.emulate_media(media="print")
    assert addresses.count() >= 5
    for address in addresses.all():
        expect(address).to_be_visible()
    expect(page.get_by_text("We never write to you first", exact=False).first).to_be_visible()
    expect(page.get_by_text(re.compile(r"https?://[^ ]+/migration-safety$"))).to_be_visible()
    key = re.compile(r"^\s*RW[0-9A-Za-z+/]{54}\s*$")
    expect(page.locator(".copyable-value", has_text=key)).to_be_visible()
    expect(page.get_by_role("navigation", name="Pages", exact=True)).to_be_hidden()
    context.close()


SMALLEST = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility())
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => !e.closest('script, style, .visually-hidden, .skip-link'))
  .map(e => parseFloat(getComputedStyle(e).fontSize) * 0.75)
  .reduce((least, size) => Math.min(least, size))"""
"""The size in points of the smallest words that can be seen."""


def test_the_sheet_can_be_read_on_a_wall_and_names_whole_addresses(
    browser: Browser, site: Server
) -> None:
    """No word is set below nine points; a link to this site is printed with its host."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/migration-safety")
    page.emulate_media(media="print")
    assert page.evaluate(SMALLEST) >= 9
    after = "e => getComputedStyle(e, '::after').content"
    for link in page.locator(".prose a[href^='/'], .official a[href='/check']").all():
        assert f"({site.url}{link.get_attribute('href')})" in link.evaluate(after)
    context.close()


def test_what_to_do_if_it_happened_is_one_piece_on_paper(browser: Browser, site: Server) -> None:
    """It stands in one column, below its heading, and no step is in another one."""
    context = browser.new_context(viewport={"width": 700, "height": 900})
    page = context.new_page()
    page.goto(f"{site.url}/migration-safety")
    page.emulate_media(media="print")
    steps = page.locator("#happened + ol > li")
    places = [step.bounding_box() for step in steps.all()]
    assert len(places) >= 5
    lefts = {place["x"] for place in places if place}
    tops = [place["y"] for place in places if place]
    assert len(lefts) == 1
    assert tops == sorted(tops)
    context.close()


@pytest.mark.parametrize(("wide", "share"), [("happened", 2.0), ("even", 1.0), ("after", 0.5)])
def test_the_columns_of_the_sheet_are_divided_by_their_words(
    browser: Browser, site: Server, wide: str, share: float
) -> None:
    """Ours has the longer list of what to do if it happened; other folders say it shortly."""
    context = browser.new_context(viewport={"width": 700, "height": 900})
    page = context.new_page()
    page.goto(f"{site.url}/migration-safety")
    page.emulate_media(media="print")
    columns = page.locator(".after-list")
    assert columns.get_attribute("data-wide") == "happened"
    columns.evaluate("(e, wide) => { e.dataset.wide = wide }", wide)
    first, second = (part.bounding_box() for part in columns.locator("> .prose").all())
    assert first is not None
    assert second is not None
    assert second["width"] / first["width"] == pytest.approx(share, rel=0.05)
    context.close()


def words_by_sheet(pdf: bytes) -> list[int]:
    """How many runs of words each sheet of a PDF has, in no order."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            found.append(len(re.findall(rb"\bBT\b", zlib.decompress(stream))))
    return [count for count in found if count]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_sheet_holds_the_foot_of_a_page_alone(
    browser: Browser, site: Server, paper: str
) -> None:
    """However much stands above it: the foot is on each sheet, so none is begun for it."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/heartbeats")
    page.evaluate("document.querySelectorAll('.banner, .public-header').forEach(e => e.remove())")
    main = page.locator("main")
    main.evaluate("e => { e.innerHTML = '' }")
    (bare,) = words_by_sheet(page.pdf(format=paper))
    sheets = [bare]
    for count in range(16, 44):
        main.evaluate("(e, n) => { e.innerHTML = '<p>A line.</p>'.repeat(n) }", count)
        sheets = words_by_sheet(page.pdf(format=paper))
        assert min(sheets) > bare, count
    assert len(sheets) >= 2
    context.close()


def test_a_short_answer_is_one_sheet(browser: Browser, site: Server) -> None:
    """As is what else is short; a second one, with nothing but a foot, is wasted."""
    context = browser.new_context()
    page = context.new_page()
    for path in ("/faq/ratio", "/heartbeats", "/support/new-link"):
        page.goto(f"{site.url}{path}")
        for paper in ("A4", "Letter"):
            sheet = page.pdf(format=paper)
            assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1, (path, paper)
    context.close()


def test_a_page_that_has_grown_old_says_so(browser: Browser, site: Server) -> None:
    """By the reader's clock; a fresh one says nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.install(time=NOON + timedelta(minutes=10))
    page.goto(site.url)
    expect(page.get_by_text("This page may be old")).to_have_count(0)
    page.clock.fast_forward("03:00:00")
    expect(page.get_by_text("This page may be old")).to_be_visible()
    expect(page.get_by_text("it was made 3 hours ago", exact=False)).to_be_visible()
    context.close()


def test_the_keyboard_reaches_the_content_and_the_numbers(browser: Browser, site: Server) -> None:
    """The first stop leads past the menu; a chart's table opens by key."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(site.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    numbers = page.locator(".chart summary").first
    numbers.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chart table").first).to_be_visible()
    context.close()


def test_a_link_to_an_exchange_opens_its_row(browser: Browser, site: Server) -> None:
    """From elsewhere and on the page itself; the others stay closed."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/exchanges#exchange-two")
    expect(page.locator("details[open]")).to_have_count(1)
    expect(page.locator("details#exchange-two h3").first).to_be_visible()
    page.evaluate("location.hash = 'exchange-three'")
    expect(page.locator("details#exchange-three h3").first).to_be_visible()
    context.close()


def test_a_row_of_an_exchange_opens_without_script(browser: Browser, site: Server) -> None:
    """A link leads to it and marks it; a click or a key opens it."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 500})
    page = context.new_page()
    page.goto(f"{site.url}/exchanges#exchange-two")
    row = page.locator("details#exchange-two:target")
    expect(row).to_be_in_viewport()
    row.locator("summary").click()
    expect(row.get_by_text("What you can do")).to_be_visible()
    other = page.locator("details#exchange-one")
    other.locator("summary").press("Enter")
    expect(other.get_by_text("What was said")).to_be_visible()
    context.close()


def test_the_exchanges_use_the_width_that_there_is(browser: Browser, site: Server) -> None:
    """Each is one line in columns on a wide screen; on a phone the parts stand under another."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{site.url}/exchanges")
    name, age = page.locator("#exchange-two h2"), page.locator("#exchange-two .matrix-age")

    def edges() -> tuple[float, float, float]:
        """How far the name and the age reach across, and how far they are apart downwards."""
        first, last = name.bounding_box(), age.bounding_box()
        assert first is not None
        assert last is not None
        return first["x"], last["x"] + last["width"], last["y"] - first["y"]

    left, right, down = edges()
    assert right - left > 900
    assert abs(down) < 8
    page.set_viewport_size({"width": 390, "height": 844})
    left, right, down = edges()
    assert right < 390
    assert down > 16
    context.close()


def test_the_exchanges_stand_on_paper_too(browser: Browser, site: Server) -> None:
    """A closed row still says who, how it stands and since when."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/exchanges")
    page.emulate_media(media="print")
    for summary in page.locator(".matrix-row > summary").all():
        expect(summary).to_be_visible()
    context.close()


def test_the_readers_own_time_names_its_day_where_it_is_not_that_of_utc(
    browser: Browser, site: Server
) -> None:
    """Noon in UTC is one in the morning of the next day in Auckland."""
    zone = "Pacific/Auckland"
    page = browser.new_context(timezone_id=zone).new_page()
    page.goto(site.url)
    for moment in page.locator("time.instant:has(.instant-local)").all():
        at = datetime.fromisoformat(moment.get_attribute("datetime") or "")
        there = at.astimezone(ZoneInfo(zone))
        day = f"{there.day} {there:%b}, " if there.date() != at.date() else ""
        words = f"({day}{there:%H:%M} your time)"
        expect(moment.locator(".instant-local")).to_contain_text(words)
    expect(page.locator(".instant-local").first).to_be_attached()

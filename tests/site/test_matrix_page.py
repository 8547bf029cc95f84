"""The page of the exchanges: a sentence of counts, then one line each that opens for the rest.

Each exchange is told once, each state says what one can do, and nothing that is for staff alone
stands on it or on anything else that is public.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.site.things import rendered, text_of
from tests.status.things import a_claim, an_exchange
from trustops.exchanges.rules import matrix
from trustops.exchanges.values import Exchange, State
from trustops.exchanges.wording import ADVICE
from trustops.settings import Settings
from trustops.site import pages
from trustops.site.build import build
from trustops.site.pages import File
from trustops.site.sources import Sources, gather
from trustops.web.assets import FOLDER

Files = Mapping[str, File]

TAG = re.compile(r"<[^>]+>")


def page_of(app: Flask, sources: Sources, *exchanges: Exchange) -> str:
    """The page about these exchanges, in one line."""
    rows = matrix(exchanges, NOON.date())
    return text_of(rendered(app, replace(sources, exchanges=rows)), "/exchanges")


def rows_of(page: str) -> dict[str, str]:
    """Each row of a page with all that it opens for, by its anchor."""
    found = re.findall(r'<details class="matrix-row" id="([^"]+)">(.*?)</details>', page)
    assert len(dict(found)) == len(found)
    return dict(found)


def words_of(markup: str) -> str:
    """A piece of a page as it is read."""
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def test_an_exchange_shows_state_class_and_age(files: Files) -> None:
    """Good news needs first-hand evidence; a stale row says since when nobody looked."""
    page = text_of(files, "/exchanges")
    assert re.search(r'data-state="met">.{0,400}?It says that it is done.</span', page)
    assert re.search(
        r'data-state="unknown">.{0,400}?Others say that it announced a swap.</span', page
    )
    assert "Not checked since 1 November 2026" in page
    assert "We have no evidence" in page
    assert 'href="https://exchange.example/notice" rel="noopener noreferrer nofollow"' in page
    assert "21 days ago" in page


def test_each_row_is_one_line_that_opens_for_the_rest(files: Files) -> None:
    """Name, state, evidence and age stand in the line, the rest below; no script is needed."""
    rows = rows_of(text_of(files, "/exchanges"))
    lines = {name: words_of(row.partition("</summary>")[0]) for name, row in rows.items()}
    assert lines == {
        "exchange-one": (
            "Exchange One It says that it is done. Class A, said on 20 November 2026 Checked today"
        ),
        "exchange-three": "Exchange Three We have no evidence. Nothing to check yet",
        "exchange-two": (
            "Exchange Two Others say that it announced a swap. Class D, said on 1 November 2026"
            " Not checked since 1 November 2026 (21 days)"
        ),
    }
    for row in rows.values():
        line, _, rest = row.partition("</summary>")
        assert re.search(r"<h2>[^<]+</h2>", line)
        assert not re.search(r"<(?:p|div|ul|ol|dl)[ >]", line)
        assert "What you can do" in rest
        assert "Who has to act" in rest


def test_the_summary_counts_the_states_in_words_and_what_is_old(files: Files) -> None:
    """Every count has a shape and a word, whatever its colour."""
    page = text_of(files, "/exchanges")
    summary = page.partition('<div class="matrix-summary')[2].partition("</div>")[0]
    assert words_of(summary.partition(">")[2]) == (
        "Of 3 exchanges: 1 It says that it is done. 1 Others say that it announced a swap."
        " 1 We have no evidence. What we know of 1 of them is out of date."
    )
    assert summary.count("<svg") == 3


def test_no_exchange_is_told_twice(app: Flask, sources: Sources) -> None:
    """Neither its name, nor what was said of it, nor the note on it."""
    older = a_claim(said_on=date(2026, 11, 2), says="Says that it would.", grade="B", url="")
    page = page_of(app, sources, an_exchange(a_claim(), older, user_note="A note of ours."))
    for words in ("Exchange One", "Says that it would.", a_claim().says, "A note of ours."):
        assert page.count(words) == 1, words


def test_everything_that_was_said_of_an_exchange_can_be_opened(
    app: Flask, sources: Sources
) -> None:
    """The newest first."""
    older = a_claim(said_on=date(2026, 11, 2), says="Says that it will.", grade="B", url="")
    page = page_of(app, sources, an_exchange(a_claim(verified=date(2026, 11, 21)), older))
    assert "Everything that was said (2)" in page
    assert page.index(a_claim().says) < page.index("Says that it will.")
    assert "1 day ago" in page


@pytest.mark.parametrize("state", list(State))
def test_every_state_says_on_the_page_what_one_can_do(
    app: Flask, sources: Sources, state: State
) -> None:
    """Be it said, reported, or two sources against each other."""
    claims = {
        State.UNKNOWN: (),
        State.DISPUTED: (
            a_claim(state=State.NOT_SUPPORTED, said_on=date(2026, 11, 2)),
            a_claim(state=State.COMPLETED, grade="D"),
        ),
    }
    page = page_of(app, sources, an_exchange(*claims.get(state, (a_claim(state=state),))))
    (row,) = rows_of(page).values()
    assert ADVICE[state].replace("'", "&#39;") in row
    html5lib.HTMLParser(strict=True).parse(page)


def test_a_site_without_exchanges_says_so(app: Flask, sources: Sources) -> None:
    """And counts none."""
    page = page_of(app, sources)
    assert "No exchange is on record" in page
    assert "matrix-summary" not in page


def test_whom_staff_ask_is_in_nothing_public(
    app: Flask, reading: Session, shown: Settings, tmp_path: Path
) -> None:
    """No page, JSON file, feed or schema of a whole release has it, and neither has the index."""
    secret = "Call the listing desk of Ostrava"
    file = shown.content_dir / "exchanges" / "binance.toml"
    file.write_text(
        f'{file.read_text(encoding="utf-8")}ask = "{secret}"\n'
        '[[claims]]\nstate = "announced"\nsays = "It is so."\nsaid_on = 2026-11-01\ngrade = "A"\n'
        'note = "Seen."\nverified = 2026-11-01\n',
        encoding="utf-8",
    )
    sources = gather(reading, NOON, shown)
    with app.app_context():
        build(sources, tmp_path / "release", pages.files)
    written = [path for path in (tmp_path / "release").rglob("*") if path.is_file()]
    plain = [path for path in written if path.suffix != ".gz"]
    assert any(b"It is so." in path.read_bytes() for path in plain)
    assert len({path.name for path in plain}) > 20
    for path in plain:
        for word in (b"Ostrava", b"listing desk"):
            assert word not in path.read_bytes(), path.name


def test_the_file_that_opens_a_row_is_there(files: Files) -> None:
    """It is comfort alone: the row is marked without it."""
    assert "js/details.js" in text_of(files, "/exchanges")
    assert (FOLDER / "js" / "details.js").is_file()

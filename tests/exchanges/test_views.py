"""The exchanges page of the desk: what to look at again this week, and whom to ask."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.desk.browser import Desk
from tests.fakes import FakeClock
from tests.site.folder import a_folder, showing
from trustops.app import create_app
from trustops.db import db
from trustops.settings import Settings

CLAIM = """
[[claims]]
state = "announced"
says = "Says that it takes part."
said_on = 2026-11-01
grade = "A"
note = "Seen."
verified = {verified}
"""
ASK = "Their listing desk, listings@exchange.example"


def an_exchange_file(name: str, verified: str = "", ask: str = "") -> str:
    """The file of an exchange, looked at on a day; without one there is no claim."""
    head = f'name = "{name}"\nproducts = "spot"\n' + (f'ask = "{ask}"\n' if ask else "")
    return head + (CLAIM.format(verified=verified) if verified else "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Stale for long, stale in days, fresh for a week and more, and without evidence."""
    made = a_folder(tmp_path / "content")
    (made / "exchanges" / "binance.toml").unlink()
    for name, verified, ask in (
        ("Kraken", "2026-11-01", ASK),
        ("Gate", "2026-11-16", ""),
        ("Upbit", "2026-11-22", ""),
        ("Okx", "", "Their support, under our case number"),
    ):
        text = an_exchange_file(name, verified, ask)
        (made / "exchanges" / f"{name.lower()}.toml").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def desk(settings: Settings, folder: Path, clock: FakeClock) -> Desk:
    """A desk that shows these files."""
    return Desk(create_app(showing(settings, folder, NOON), clock=clock), clock)


def page_of(desk: Desk, role: str = "agent") -> str:
    """The page as somebody with a role reads it, in one line."""
    page = html.unescape(desk.signed_in(role).text("/desk/exchanges"))
    with desk.app.app_context():
        db.engine.dispose()
    return " ".join(page.split())


def row_of(page: str, name: str) -> str:
    """The row of an exchange; empty where it has none."""
    rows = re.findall(r"<tr>.*?</tr>", page)
    return next((row for row in rows if f">{name}</a>" in row), "")


def test_rows_of_this_week_stand_there_with_whom_to_ask(desk: Desk) -> None:
    """The most urgent first; what rests for longer is not among them."""
    page = page_of(desk)
    assert page.index('href="/exchanges#kraken"') < page.index('href="/exchanges#gate"')
    kraken, gate = row_of(page, "Kraken"), row_of(page, "Gate")
    assert "Stale for 13 days" in kraken
    assert ASK in kraken
    assert "In 2 days" in gate
    assert "nobody is named; write <code>ask</code> into <code>exchanges/gate.toml</code>" in gate
    assert row_of(page, "Upbit") == ""
    assert "1 of 4 is stale" in page
    assert "1 more will be within seven days" in page


def test_exchanges_without_evidence_stand_apart_with_whom_to_ask(desk: Desk) -> None:
    """They are not stale, and somebody may ask for a first word."""
    page = page_of(desk)
    assert row_of(page, "Okx") == ""
    assert re.search(r"<dt>Okx</dt>\s*<dd>Their support, under our case number</dd>", page)


@pytest.mark.parametrize("role", ["viewer", "publisher", "auditor", "ops"])
def test_everybody_who_works_here_finds_it_in_the_navigation(desk: Desk, role: str) -> None:
    """Whoever may read the desk may see what it says in public, and whom to ask."""
    assert re.search(r'<a href="/desk/exchanges"[^>]*aria-current="page"', page_of(desk, role))


def test_a_desk_on_which_nothing_is_due_says_so(desk: Desk, folder: Path) -> None:
    """An empty list is good news, and is told as such."""
    for name in ("kraken", "gate"):
        (folder / "exchanges" / f"{name}.toml").unlink()
    page = page_of(desk)
    assert "No row goes stale within seven days" in page
    assert "0 of 2 are stale" in page


def test_a_fault_of_a_file_is_named_and_hides_no_other_row(desk: Desk, folder: Path) -> None:
    """The page of whoever mends it is no place to fail."""
    path = folder / "exchanges" / "gate.toml"
    path.write_text(path.read_text(encoding="utf-8") + "nonsense = 1\n", encoding="utf-8")
    page = page_of(desk)
    assert "exchanges/gate.toml:" in page
    assert row_of(page, "Kraken")


def test_nothing_is_due_where_there_is_no_exchange(
    settings: Settings, tmp_path: Path, clock: FakeClock
) -> None:
    """A desk without one has the page all the same."""
    bare = a_folder(tmp_path / "bare")
    (bare / "exchanges" / "binance.toml").unlink()
    made = create_app(showing(settings, bare, NOON), clock=clock)
    assert "0 of 0 are stale" in page_of(Desk(made, clock))

"""Every page in a browser: accessible, valid, of our own origin, and usable without script."""

from __future__ import annotations

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.conftest import Server, sign_in
from trustops.tickets.models import Ticket

pytestmark = pytest.mark.e2e

PUBLIC = ("/", "/support", "/support/new-link", "/desk/sign-in", "/support/t/unknown")
DESK = (
    "/desk",
    "/desk/queue/unassigned",
    "/desk/queue/overdue",
    "/desk/queue/quarantine",
    "/desk/search?q=wallet",
    "/desk/new",
    "/desk/held",
    "/desk/alerts",
    "/desk/alerts?view=all",
    "/desk/sla",
    "/desk/heartbeats",
    "/desk/exchanges",
    "/desk/account",
    "/desk/patterns",
    "TICKET",
)
SIZES = ((390, 844), (1440, 900))


def faults_of(page: Page, server: Server, path: str) -> list[str]:
    """Open a page; gives what it does not keep of what every page has to."""
    strangers: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith((server.url, "data:")):
            strangers.append(request.url)

    page.on("request", watch)
    page.goto(server.url + path)
    faults = [f"{path} asked {url}" for url in strangers]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        faults.append(f"{path} scrolls sideways")
    found = Axe().run(page)
    if found.violations_count:
        faults.append(f"{path}: {found.generate_report()}")
    page.remove_listener("request", watch)
    return faults


def paths(server: Server) -> list[str]:
    """The desk's pages, with a ticket that is there."""
    with Session(server.engine) as session:
        statement = select(Ticket.reference).where(Ticket.due_at.is_not(None)).limit(1)
        reference = session.scalars(statement).one()
    return [f"/desk/tickets/{reference}" if path == "TICKET" else path for path in DESK]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_public_pages_are_accessible_and_keep_to_their_origin(
    browser: Browser, server: Server, scheme: str, size: tuple[int, int]
) -> None:
    """Narrow and wide, light and dark."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    faults = [fault for path in PUBLIC for fault in faults_of(page, server, path)]
    context.close()
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_desk_pages_are_accessible_and_keep_to_their_origin(
    browser: Browser, server: Server, scheme: str, size: tuple[int, int]
) -> None:
    """Narrow and wide, light and dark."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    sign_in(page, server, "lead")
    faults = [fault for path in paths(server) for fault in faults_of(page, server, path)]
    context.close()
    assert faults == []


def test_the_first_ticket_is_near_the_top_of_a_phone(browser: Browser, server: Server) -> None:
    """Above it stand the pages, the heading, and one line of lists; all are reached."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, server, "lead")
    first = page.locator(".ticket-row").first.bounding_box()
    assert first is not None
    assert first["y"] < 320
    last = page.get_by_role("link", name="Quarantine")
    last.focus()
    expect(last).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_of_the_navigation_is_cut_on_a_phone(
    browser: Browser, server: Server, width: int
) -> None:
    """Each stands whole in view, and the key that goes on leads through them in their order."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    sign_in(page, server, "lead")
    links = page.get_by_role("navigation", name="Desk").get_by_role("link")
    names = [link.inner_text().split()[0] for link in links.all()]
    assert names == ["Queue", "Held", "Alerts", "Adherence", "Heartbeats", "Exchanges"]
    links.first.focus()
    for link in links.all():
        expect(link).to_be_focused()
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.keyboard.press("Tab")
    context.close()


def test_pages_are_valid_html(page: Page, server: Server) -> None:
    """A strict parser finds no error in any page."""
    sign_in(page, server, "lead")
    for path in (*PUBLIC, *paths(server)):
        answer = page.goto(server.url + path)
        assert answer is not None
        html5lib.HTMLParser(strict=True).parse(answer.text())


def test_a_holder_opens_a_ticket_and_closes_it_without_script(
    browser: Browser, server: Server
) -> None:
    """The whole way with script switched off."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}/support")
    page.locator("[name=topic]").select_option("other")
    page.locator("[name=subject]").fill("Is it over?")
    page.locator("[name=message]").fill("I still hold the old token.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/support/t/*")
    expect(page.get_by_text("I still hold the old token.").first).to_be_visible()
    page.get_by_role("button", name="Close").first.click()
    expect(page.get_by_text("This ticket is closed.").first).to_be_visible()
    context.close()


def test_what_a_stranger_writes_stays_text(browser: Browser, server: Server) -> None:
    """Markup and script in every field of the form, seen by the requester and by an agent."""
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'>"
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.goto(f"{server.url}/support")
    page.locator("[name=topic]").select_option("other")
    page.locator("[name=subject]").fill(evil)
    page.locator("[name=message]").fill(evil)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/support/t/*")
    expect(page.get_by_text("onerror=alert(1)").first).to_be_visible()
    sign_in(page, server, "agent")
    page.goto(f"{server.url}/desk/search?q=onerror")
    page.get_by_text("onerror=alert(1)").first.click()
    page.wait_for_url("**/desk/tickets/*")
    expect(page.get_by_text("onerror=alert(1)").first).to_be_visible()
    context.close()

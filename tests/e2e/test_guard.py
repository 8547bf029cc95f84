"""The guard in a real browser: it agrees with the server's, and warns before words leave a form.

Phrases and keys are made from fixed seeds: nobody's.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.conftest import ARGUMENTS, CHROMIUM, Server, sign_in, watched
from tests.guard.languages import tickets
from tests.guard.samples import digits, lots
from tests.guard.vectors import vectors
from trustops.guard import find_secrets
from trustops.tickets.models import Ticket

pytestmark = pytest.mark.e2e

WORDS = lots("browser")
PHRASE = " ".join(WORDS)
HASH = "0x" + digits("browser")
Verdict = list[tuple[str, bool]]
TEXTS_AT_ONCE = 200
LONG_TEXT = 100_000
SECONDS_FOR_LONG_TEXT = 3.0
SECONDS_FOR_LETTER = 0.15
"""For a tenth of it; both on a busy machine, where others take most of the time."""

MEASURE = """(text) => Math.min(...[1, 2, 3, 4, 5, 6].map(() => {
    const start = performance.now();
    trustopsGuard.find(text);
    return (performance.now() - start) / 1000;
}))"""

FIND = """([texts, transaction]) => texts.map((text) =>
    trustopsGuard.find(text, {transaction}).map(({kind, certain}) => [kind, certain]))"""
STORED = """async () => JSON.stringify([
    {...sessionStorage}, {...localStorage}, history.state, document.cookie, location.href,
    await caches.keys(),
    (await indexedDB.databases()).map(({name}) => name)])"""


SEND = "(field) => field.form.requestSubmit()"
DRAFT_MS = 1000
"""Longer than the composer waits before it stores a draft."""

IS_LOADED = "() => typeof trustopsGuard === 'object' && Boolean(trustopsGuard.scripts)"
SECONDS = 15


def until(page: Page, condition: str) -> None:
    """Wait for a condition; pages forbid the way in which the driver would."""
    end = time.monotonic() + SECONDS
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


@pytest.fixture(scope="module")
def guarded(browser: Browser, server: Server) -> Iterator[Page]:
    """A page whose guard is loaded."""
    context = browser.new_context()
    page = watched(context)
    load(page, server)
    yield page
    context.close()


def load(page: Page, server: Server) -> None:
    """Open the form for holders and go to a field, which loads the guard."""
    page.goto(f"{server.url}/support")
    page.get_by_label("What happened?").focus()
    until(page, IS_LOADED)


def found(
    page: Page, texts: list[str], *, transaction: bool = False
) -> list[list[tuple[str, bool]]]:
    """What the guard of the browser finds in each of the texts."""
    verdicts: list[Verdict] = []
    for start in range(0, len(texts), TEXTS_AT_ONCE):
        part: list[Any] = page.evaluate(FIND, [texts[start : start + TEXTS_AT_ONCE], transaction])
        verdicts += [[(kind, certain) for kind, certain in item] for item in part]
    return verdicts


def reference_of(server: Server, place: int = 0) -> str:
    """The reference of a ticket that staff may answer."""
    with Session(server.engine) as session:
        statement = select(Ticket.reference).where(
            Ticket.due_at.is_not(None), Ticket.quarantined_at.is_(None)
        )
        return session.scalars(statement.order_by(Ticket.id)).all()[place]


def paste(page: Page, label: str, text: str) -> None:
    """Put a text into a field at once, as a paste does."""
    page.get_by_label(label, exact=True).focus()
    page.keyboard.insert_text(text)


def test_every_example_has_the_same_verdict_here(guarded: Page) -> None:
    """Refused, asked about or clean: one disagreement fails."""
    examples = vectors()
    verdicts = found(guarded, [vector.text for vector in examples])
    different = [
        (vector.name, vector.verdict, verdict)
        for vector, verdict in zip(examples, verdicts, strict=True)
        if vector.verdict != verdict
    ]
    assert different == []


def test_the_field_for_transactions_has_the_same_verdict_here(guarded: Page) -> None:
    """There a hash needs no word, and a key that is called one is refused."""
    texts = [vector.text for vector in vectors() if len(vector.text) < 300]
    ours = [
        [(item.kind.value, item.is_certain) for item in find_secrets(text, transaction=True)]
        for text in texts
    ]
    assert found(guarded, texts, transaction=True) == ours
    assert found(guarded, [HASH], transaction=True) == [[]]


def test_ordinary_tickets_warn_nobody(guarded: Page) -> None:
    """Three hundred in ten languages, and the steps of a how-to in words of the list."""
    texts = [text for _, text in tickets(30)]
    texts.append("open app, click swap, choose token, enter amount, approve, confirm, wait")
    assert [verdict for verdict in found(guarded, texts) if verdict] == []
    assert len(texts) > 300


@pytest.mark.parametrize("language", ["English", "Chinese (simplified)"])
def test_a_long_text_is_looked_at_before_anybody_notices(guarded: Page, language: str) -> None:
    """A hundred thousand characters, five times what a field takes, and a long letter."""
    texts = [text for _, text in tickets(30)]
    part = texts[:30] if language == "English" else [text for text in texts if "我" in text]
    long = "\n".join(part * 200)[:LONG_TEXT]
    assert len(long) == LONG_TEXT
    assert guarded.evaluate(MEASURE, long[: LONG_TEXT // 10]) < SECONDS_FOR_LETTER
    assert guarded.evaluate(MEASURE, long) < SECONDS_FOR_LONG_TEXT


def test_the_guard_is_loaded_where_somebody_types_and_sends_nothing(
    page: Page, server: Server
) -> None:
    """Reading a page costs nothing; typing asks for two files of ours and for nothing else."""
    asked: list[str] = []
    page.goto(f"{server.url}/support")
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.get_by_label("What happened?").focus()
    until(page, IS_LOADED)
    paste(page, "What happened?", PHRASE)
    expect(page.get_by_role("alert")).to_be_visible()
    files = sorted(line.partition("?v=")[0] for line in asked)
    assert files == [
        f"GET {server.url}/static/guard.json",
        f"GET {server.url}/static/js/guard.js",
    ]


def test_a_phrase_is_warned_of_before_it_leaves_and_stopped_once(
    page: Page, server: Server
) -> None:
    """Beside its field and in the words of the refusal; who insists is answered by the server."""
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.method))
    load(page, server)
    page.get_by_label("What is it about?").select_option(index=1)
    page.get_by_label("In one line").fill("I see nothing")
    paste(page, "What happened?", PHRASE)
    warning = page.get_by_role("alert").filter(has_text="This looks like a recovery phrase.")
    expect(warning).to_contain_text("It has not left this page.")
    field = page.get_by_label("What happened?")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Send to the desk").click()
    expect(warning).to_be_focused()
    assert "POST" not in posted
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name="Send to the desk").click()
    assert answered.value.status == 422
    assert WORDS[5] not in page.content()


def test_what_is_taken_out_leaves_every_other_word(page: Page, server: Server) -> None:
    """One press; the person goes on where they were."""
    load(page, server)
    paste(page, "What happened?", f"I lost my wallet.\n\n{PHRASE}\n\nHow do they do it?")
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_label("What happened?")).to_have_value(
        "I lost my wallet.\n\n[taken out]\n\nHow do they do it?"
    )
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_may_be_either_is_asked_and_answered_in_place(page: Page, server: Server) -> None:
    """The answer is the word that the server asks for."""
    load(page, server)
    paste(page, "What happened?", f"Please look at {HASH}")
    expect(page.get_by_role("alert")).to_contain_text("Is this a transaction hash?")
    page.get_by_role("button", name="It is a transaction hash").click()
    expect(page.get_by_label("What happened?")).to_have_value(f"Please look at transaction {HASH}")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_phrase_over_two_fields_is_stopped(page: Page, server: Server) -> None:
    """Neither field is warned of while it is typed; together they are."""
    load(page, server)
    page.get_by_label("What is it about?").select_option(index=1)
    paste(page, "In one line", " ".join(WORDS[:6]))
    paste(page, "What happened?", " ".join(WORDS[6:]))
    page.wait_for_timeout(600)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Send to the desk").click()
    expect(page.get_by_role("alert").first).to_contain_text("This looks like a recovery phrase.")


def without_guard(page: Page) -> None:
    """Keep the rules and the lists from the page, as a bad line does."""

    def lose(route: Route) -> None:
        route.abort()

    page.route("**/static/js/guard.js*", lose)
    page.route("**/static/guard.json*", lose)


def test_without_the_guard_the_server_refuses_as_ever(page: Page, server: Server) -> None:
    """A form is never held back because a file did not come."""
    without_guard(page)
    page.goto(f"{server.url}/check")
    paste(page, "Address, link, account or message", PHRASE)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name="Check it").click()
    assert answered.value.status == 422
    assert WORDS[5] not in page.content()


def test_the_check_of_addresses_is_guarded(page: Page, server: Server) -> None:
    """Where people paste whatever they were sent."""
    page.goto(f"{server.url}/check")
    paste(page, "Address, link, account or message", PHRASE)
    expect(page.get_by_role("alert")).to_contain_text("This looks like a recovery phrase.")


def test_a_key_is_warned_of_before_it_stands_in_the_address_of_a_search(
    page: Page, server: Server
) -> None:
    """A query string stays in the history of the browser and in the logs of others."""
    sign_in(page, server, "lead")
    page.get_by_role("searchbox").fill(f"my private key is {HASH}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("This looks like a private key.")
    assert page.url == f"{server.url}/desk"


def stored(page: Page) -> str:
    """Everything that a page may keep in its browser."""
    everything: str = page.evaluate(STORED)
    return everything


def begin(page: Page, server: Server, reference: str, words: str) -> None:
    """Write an internal note on a ticket and leave it there for longer than a draft waits."""
    page.goto(f"{server.url}/desk/tickets/{reference}")
    page.get_by_label("Internal note").check(force=True)
    paste(page, "Message", words)
    page.wait_for_timeout(DRAFT_MS)


@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_draft_that_was_refused_is_nowhere_in_the_browser(
    browser: Browser, server: Server, *, is_guarded: bool
) -> None:
    """Not in storage, not in the field on the way back; drafts of other tickets stay."""
    context = browser.new_context()
    page = watched(context)
    sign_in(page, server, "agent")
    mine, other = reference_of(server), reference_of(server, 1)
    begin(page, server, other, "I look at this tomorrow")
    if not is_guarded:
        without_guard(page)
    begin(page, server, mine, f"he wrote {PHRASE}")
    assert (WORDS[5] in stored(page)) != is_guarded
    if is_guarded:
        page.get_by_role("button", name="Save note").click()
        expect(page.get_by_role("alert").first).to_be_focused()
    with page.expect_response(lambda answer: answer.url.endswith("/reply")) as answered:
        page.get_by_role("button", name="Save note").click()
    assert answered.value.status == 422
    expect(page.locator("main")).to_contain_text("did not store it")
    page.wait_for_load_state()
    assert WORDS[5] not in stored(page)
    page.go_back()
    expect(page.get_by_label("Message")).to_have_value("")
    page.goto(f"{server.url}/desk/tickets/{mine}")
    expect(page.get_by_label("Message")).to_have_value("")
    assert WORDS[5] not in stored(page)
    page.goto(f"{server.url}/desk/tickets/{other}")
    expect(page.get_by_label("Message")).to_have_value("I look at this tomorrow")
    context.close()


def test_a_planted_phrase_is_in_no_file_of_the_browser(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    """The profile on disk is searched after phrases were pasted, warned of and refused."""
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=ARGUMENTS
    )
    page = context.new_page()
    sign_in(page, server, "lead")
    for path, label in (
        (f"/desk/tickets/{reference_of(server)}", "Message"),
        ("/check", "Address, link, account or message"),
    ):
        page.goto(server.url + path)
        page.get_by_label(label, exact=True).focus()
        until(page, IS_LOADED)
        paste(page, label, PHRASE)
        expect(page.get_by_role("alert")).to_be_visible()
        page.wait_for_timeout(DRAFT_MS)
        page.get_by_label(label, exact=True).evaluate(SEND)
        with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
            page.get_by_label(label, exact=True).evaluate(SEND)
        assert answered.value.status == 422
        expect(page.locator("main")).to_contain_text("did not store it")
    context.close()
    files = [path for path in profile.rglob("*") if path.is_file()]
    part = " ".join(WORDS[4:8])
    holding = [
        str(path.relative_to(profile))
        for path in files
        if any(part.encode(code) in path.read_bytes() for code in ("utf-8", "utf-16-le"))
    ]
    assert len(files) > 20
    assert holding == []

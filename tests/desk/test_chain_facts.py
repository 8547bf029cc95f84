"""What a ticket's page says of its wallet: figures with their block, or why there are none."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOON, later
from tests.desk.browser import Browser, Desk
from trustops.chain import records
from trustops.chain.models import WalletCheck
from trustops.chain.queries import WAITING
from trustops.chain.requests import CHECKED
from trustops.chain.values import BlockMark, TokenName, WalletEvent, WalletFacts
from trustops.tickets.models import Ticket

WALLET = "0x" + "a1" * 20
FRIEND = "0x" + "b2" * 20
OLD, NEW = TokenName("OLD", 9), TokenName("NEW", 18)
BLOCK = BlockMark(1_234_567, "0x" + "c3" * 32, later(minutes=-5))
MIGRATED = WalletEvent(
    direction="migrate",
    block=BlockMark(1_234_000, "0x" + "d4" * 32, later(hours=-3)),
    tx_hash="0x" + "e5" * 32,
    old_amount=250 * 10**9,
    new_amount=1500 * 10**18,
    beneficiary=WALLET,
    final=True,
)
GOOD = WalletFacts(
    chain="demo",
    address=WALLET,
    checked_at=NOON,
    problem="",
    block=BLOCK,
    old=OLD,
    new=NEW,
    old_balance=5 * 10**8,
    new_balance=1500 * 10**18,
    allowance=0,
    is_contract=False,
    events=(MIGRATED,),
)
BAD = WalletFacts("demo", WALLET, NOON, "could not check: the node did not answer in time")


def shown(desk: Desk, browser: Browser, *found: WalletFacts, wallet: str | None = WALLET) -> str:
    """The words about the wallet on the page of a ticket that names it."""
    ticket = desk.ticket(wallet=wallet)

    def note(session: Session) -> None:
        for facts in found:
            session.add(
                WalletCheck(
                    chain=facts.chain,
                    address=WALLET,
                    asked_at=NOON,
                    state=CHECKED,
                    facts=records.of_wallet(facts),
                )
            )

    desk.write(note)
    return section(browser, ticket)


def section(browser: Browser, ticket: Ticket) -> str:
    """The part of the page that begins with the wallet, without its markup."""
    page = browser.text(f"/desk/tickets/{ticket.reference}")
    part = page[page.index('id="on-chain"') :]
    return " ".join(re.sub(r"<[^>]+>", " ", part[: part.index("</section>")]).split())


def test_figures_stand_with_their_tokens_and_their_block(desk: Desk, agent: Browser) -> None:
    """An agent quotes them, so each says as of when."""
    words = shown(desk, agent, GOOD)
    assert "Old tokens 0.5 OLD" in words
    assert "New tokens 1,500 NEW" in words
    assert "Approved for the migrator 0 OLD" in words
    assert "Migrated 250 OLD for 1,500 NEW in block 1,234,000" in words
    assert "As of block 1,234,567" in words
    assert "not final" not in words
    assert "contract stands" not in words


def test_what_another_wallet_received_is_said(desk: Desk, agent: Browser) -> None:
    """So that nobody looks for tokens at the wrong address."""
    event = replace(MIGRATED, beneficiary=FRIEND, direction="unmigrate", final=False)
    words = shown(desk, agent, replace(GOOD, events=(event,), is_contract=True))
    assert "Went back 250 OLD" in words
    assert "(not final yet) Received by another wallet" in words
    assert FRIEND[2:6] in words
    assert "A contract stands at this address" in words


def test_what_was_not_read_is_no_zero(desk: Desk, agent: Browser) -> None:
    """On a chain without a migrator there is nothing to approve."""
    words = shown(desk, agent, replace(GOOD, old=None, old_balance=None, allowance=None, events=()))
    assert "Old tokens not read" in words
    assert "Approved for the migrator not read" in words
    assert "None was found for this address." in words


def test_a_node_that_failed_is_told_with_the_reason(desk: Desk, agent: Browser) -> None:
    """Never as a balance of zero."""
    words = shown(desk, agent, BAD)
    assert "We could not check this wallet could not check: the node did not answer" in words
    assert "Old tokens" not in words


def test_of_two_chains_the_one_that_could_be_read_is_shown(desk: Desk, agent: Browser) -> None:
    """Where the ticket names none; where it names one, that one."""
    assert "As of block" in shown(desk, agent, replace(BAD, chain="another"), GOOD)
    named = desk.ticket(wallet=WALLET, chain="another")
    assert "We could not check" in section(agent, named)


def test_a_wallet_of_a_chain_that_is_not_read_is_not_said_to_be_empty(
    desk: Desk, agent: Browser
) -> None:
    """Its shape says that no node of ours knows it."""
    wallet = "DemoWa11etDemoWa11etDemoWa11etDemoWa11etDemo"
    assert "No chain that we read knows" in shown(desk, agent, wallet=wallet)


def test_without_a_wallet_nothing_is_said(desk: Desk, agent: Browser) -> None:
    """Not even that nothing could be checked."""
    words = shown(desk, agent, wallet=None)
    assert "check" not in words


def test_whoever_answers_can_have_the_chain_asked_again(desk: Desk, agent: Browser) -> None:
    """The page says that it is being asked, before the first answer and after it."""
    ticket = desk.ticket(wallet=WALLET, chain="demo")
    assert "The chain is being asked." in section(agent, ticket)
    desk.write(lambda session: answer(session, GOOD))
    assert "asked again" not in section(agent, ticket)
    sent = agent.send(f"/desk/tickets/{ticket.reference}/check-wallet")
    assert sent.status_code == 303
    words = section(agent, ticket)
    assert "Old tokens 0.5 OLD" in words
    assert "The chain is being asked again" in words
    viewer = desk.signed_in("viewer", "Viewer")
    assert "Check the chain again" not in section(viewer, ticket)


def answer(session: Session, facts: WalletFacts) -> None:
    """What the job writes when it has read the wallet."""
    row = session.scalars(select(WalletCheck)).one()
    assert row.state == WAITING
    row.state, row.facts = CHECKED, records.of_wallet(facts)

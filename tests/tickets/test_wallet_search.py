"""A wallet or a transaction is found however it was typed, and however it is asked for."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import a_ticket
from trustops.tickets import queries
from trustops.tickets.models import Ticket

WALLET = "0x52908400098527886E0F7030069857D2E4169EE7"
SOLANA = "HeLp6NuQkmYB4pYWo2zYs22mESHXPQYzXbB8n4V98jwC"
TWIN = "HeLp6NuQkmYB4pYWo2zYs22mESHXPQYzXbB8n4V98jwc"
SIGNATURE = (
    "5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW"
)
HASH = "0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b"
FORMS = (
    WALLET,
    WALLET.lower(),
    WALLET.upper(),
    WALLET[2:],
    f"  {WALLET} ",
    f"eip155:1:{WALLET}",
    f"https://etherscan.io/address/{WALLET}",
    f"my wallet: {WALLET}",
)


def subjects(session: Session, query: str) -> list[str]:
    """The subjects of what a search gives, in the order of the alphabet."""
    session.flush()
    return sorted(row.ticket.subject for row in queries.search(session, query))


@pytest.mark.parametrize("query", FORMS)
def test_a_wallet_is_found_in_any_spelling(session: Session, query: str) -> None:
    """Whichever the requester typed and whichever the agent pastes."""
    names = [f"typed {number}" for number in range(len(FORMS))]
    for name, typed in zip(names, FORMS, strict=True):
        a_ticket(session, subject=name, wallet=typed, chain="ethereum")
    a_ticket(session, subject="another", wallet=WALLET.replace("5", "6"), chain="ethereum")
    assert subjects(session, query) == names


def test_solana_wallets_that_differ_in_case_alone_are_two(session: Session) -> None:
    """In base58 the case of a letter is part of the address."""
    a_ticket(session, subject="one", wallet=SOLANA, chain="solana")
    a_ticket(session, subject="twin", wallet=TWIN, chain="solana")
    assert subjects(session, SOLANA) == ["one"]
    assert subjects(session, f"https://solscan.io/account/{TWIN}") == ["twin"]
    assert subjects(session, SOLANA.lower()) == []


@pytest.mark.parametrize(
    "query",
    [HASH, HASH.upper(), HASH[2:], f"tx {HASH}", f"https://etherscan.io/tx/{HASH}"],
)
def test_a_transaction_is_found_in_any_spelling(session: Session, query: str) -> None:
    """Also by one that was given as the wallet."""
    a_ticket(session, subject="as hash", tx_hash=HASH.upper())
    a_ticket(session, subject="as link", tx_hash=f"https://etherscan.io/tx/{HASH}")
    a_ticket(session, subject="as wallet", wallet=f"https://etherscan.io/tx/{HASH}")
    assert subjects(session, query) == ["as hash", "as link", "as wallet"]


def test_a_solana_signature_is_found_as_it_is(session: Session) -> None:
    """Alone or as the link of an explorer."""
    a_ticket(session, subject="signed", tx_hash=f"https://solscan.io/tx/{SIGNATURE}")
    assert subjects(session, SIGNATURE) == ["signed"]
    assert subjects(session, SIGNATURE.lower()) == []


def test_a_link_finds_messages_that_name_its_address(session: Session) -> None:
    """Words are looked for in the spelling too: whoever wrote it in capitals is found."""
    a_ticket(session, subject="wrote it", message=f"Is {WALLET} yours?")
    assert subjects(session, f"https://etherscan.io/address/{WALLET.lower()}") == ["wrote it"]


def test_what_is_no_wallet_is_found_as_it_was_typed(session: Session) -> None:
    """A name in any case, words to the letter."""
    a_ticket(session, subject="name", wallet="Vitalik.eth")
    a_ticket(session, subject="words", wallet="I  do not know")
    assert subjects(session, "vitalik.ETH") == ["name"]
    assert subjects(session, "I do not know") == ["words"]


def test_no_query_can_ask_for_another_spelling_than_rows_have(session: Session) -> None:
    """Whoever writes a row or a query past the services meets the same rule in the column."""
    ticket = a_ticket(session, wallet=WALLET)
    ticket.wallet = WALLET
    ticket.tx_hash = HASH.upper()
    session.flush()
    session.expire(ticket)
    assert (ticket.wallet, ticket.tx_hash) == (WALLET.lower(), HASH)
    for condition in (Ticket.wallet == WALLET, Ticket.tx_hash.in_([HASH.upper()])):
        assert session.scalars(select(Ticket.id).where(condition)).all() == [ticket.id]

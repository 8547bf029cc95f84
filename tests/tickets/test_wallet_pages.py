"""What is no wallet is accepted, kept, and said: to the holder, to a program, on the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.desk.browser import Desk
from tests.fakes import FakeClock
from tests.tickets.holder import Books, Holder, words_of
from tests.tickets.test_api import ASKED, Program, program
from trustops.chain import records
from trustops.chain.models import WalletCheck
from trustops.chain.packs import find_pack
from trustops.chain.requests import CHECKED
from trustops.chain.values import TokenName, WalletFacts
from trustops.settings import PROJECT_ROOT
from trustops.tickets.ours import PackStore, surroundings
from trustops.tickets.wallets import IN_A_LINE, TO_HOLDER, TO_STAFF, WalletNote

TOKEN = "0xea17Df5Cf6D172224892B5477A16ACb111182478"
"""The new token of the shipped pack, on three chains."""

SOLANA_TOKEN = "HeLp6NuQkmYB4pYWo2zYs22mESHXPQYzXbB8n4V98jwC"
WALLET = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
NO_WALLETS = [
    (TOKEN, "ethereum", WalletNote.OWN_TOKEN),
    (TOKEN.lower(), "solana", WalletNote.OWN_TOKEN),
    (SOLANA_TOKEN, "solana", WalletNote.OWN_TOKEN),
    ("0x" + "0" * 40, "base", WalletNote.BURNT),
    (WALLET.replace("aAeb", "aaeb"), "ethereum", WalletNote.CHECKSUM),
    (WALLET, "solana", WalletNote.OTHER_CHAIN),
    ("vitalik.eth", "ethereum", WalletNote.NAME),
    ("12345678", "", WalletNote.ACCOUNT),
    ("my ledger", "", WalletNote.NO_ADDRESS),
]


@pytest.fixture
def desk(app: Flask, clock: FakeClock) -> Desk:
    """The desk behind the pages."""
    return Desk(app, clock)


@pytest.mark.parametrize(("typed", "chain", "note"), NO_WALLETS)
def test_holder_and_agent_are_told_and_the_ticket_is_kept(
    client: FlaskClient, desk: Desk, typed: str, chain: str, note: WalletNote
) -> None:
    """Nobody waits 48 hours to hear that an address was copied wrong."""
    holder = Holder(client)
    path = holder.open(wallet=typed, chain=chain)
    [ticket] = Books(desk.app).tickets()
    assert (ticket.wallet_as_written or ticket.wallet or "").casefold() == typed.casefold()
    page = words_of(holder.read(path))
    assert "About the wallet that you gave us" in page
    assert TO_HOLDER[note] in page
    agent = desk.signed_in()
    page = words_of(agent.text(f"/desk/tickets/{ticket.reference}"))
    assert TO_STAFF[note] in page
    assert "Old tokens" not in page
    assert "Check the chain again" not in page
    assert IN_A_LINE[note] in words_of(agent.text("/desk"))


def test_of_a_wallet_nothing_more_is_said(client: FlaskClient, desk: Desk) -> None:
    """Neither on the private page nor on the desk."""
    holder = Holder(client)
    path = holder.open(wallet=f"eth:{WALLET}", chain="ethereum")
    [ticket] = Books(desk.app).tickets()
    page = holder.read(path)
    assert "About the wallet" not in page
    assert f'data-copy="{WALLET}"' in page
    agent = desk.signed_in()
    page = words_of(agent.text(f"/desk/tickets/{ticket.reference}"))
    assert "no wallet to look at" not in page
    assert f"Wallet as typed eth:{WALLET}" in page
    assert "wallet field" not in words_of(agent.text("/desk"))


def test_what_others_read_of_our_own_contract_is_not_shown_as_the_holders(desk: Desk) -> None:
    """The token holds tokens of its own, which look like a fortune."""
    rich = WalletFacts(
        "ethereum",
        TOKEN,
        desk.clock.now(),
        "",
        new=TokenName("elizaOS", 9),
        new_balance=10**18,
    )

    def note(session: Session) -> None:
        row = session.scalars(select(WalletCheck)).one()
        row.state, row.facts = CHECKED, records.of_wallet(rich)

    ticket = desk.ticket(wallet=TOKEN, chain="ethereum")
    desk.write(note)
    page = words_of(desk.signed_in().text(f"/desk/tickets/{ticket.reference}"))
    assert "1,000,000,000" not in page
    assert TO_STAFF[WalletNote.OWN_TOKEN] in page


@pytest.mark.parametrize("typed", ["vitalik.eth", WALLET.replace("aAeb", "aaeb"), "my ledger"])
def test_what_is_no_wallet_is_not_asked_of_a_chain(desk: Desk, typed: str) -> None:
    """Neither by the ticket nor by the button, which somebody may press on an old page."""
    ticket = desk.ticket(wallet=typed, chain="ethereum")
    sent = desk.signed_in().send(f"/desk/tickets/{ticket.reference}/check-wallet")
    assert sent.status_code == 303
    assert desk.write(lambda session: session.scalars(select(WalletCheck)).all()) == []


@pytest.fixture
def bridge(app: Flask, clock: FakeClock) -> Program:
    """A program that reads tickets."""
    return program(app, clock, "tickets:read", "tickets:write")


@pytest.mark.parametrize(("typed", "chain", "note"), NO_WALLETS)
def test_programs_are_told_by_a_code_and_a_sentence(
    app: Flask, bridge: Program, typed: str, chain: str, note: WalletNote
) -> None:
    """Whoever sends the ticket reads what the holder has to do; staff's program what staff read."""
    asked = {**ASKED, "wallet": typed, "chain": chain}
    status, body, _ = Program(app.test_client()).call("POST", "/tickets", asked)
    assert status == 201
    assert body["wallet_note"] == {"code": note, "sentence": TO_HOLDER[note]}
    for answer in (
        bridge.call("GET", f"/tickets/{body['reference']}")[1],
        bridge.call("GET", "/tickets")[1]["items"][0],
    ):
        assert answer["wallet_note"] == {"code": note, "sentence": TO_STAFF[note]}
        assert answer["wallet"].casefold() == typed.casefold()


def test_programs_read_one_spelling_and_what_was_typed(app: Flask, bridge: Program) -> None:
    """The checksum is what other programs compare and people read."""
    link = f"https://etherscan.io/address/{WALLET.lower()}"
    hash_ = "0x" + "4f3edf983ac636a6" * 4
    asked = {**ASKED, "wallet": link, "tx_hash": hash_.upper().replace("0X", "0x")}
    _, opened, _ = Program(app.test_client()).call("POST", "/tickets", asked)
    assert opened["wallet_note"] is None
    _, body, _ = bridge.call("GET", f"/tickets/{opened['reference']}")
    assert (body["wallet"], body["wallet_as_written"]) == (WALLET, link)
    assert (body["tx_hash"], body["tx_as_written"]) == (hash_, asked["tx_hash"])
    assert body["wallet_note"] is None


def test_a_transaction_in_the_wallet_field_is_taken_as_the_transaction(
    client: FlaskClient, desk: Desk
) -> None:
    """And the wallet is asked for."""
    link = "https://etherscan.io/tx/0x" + "4f3edf983ac636a6" * 4
    path = Holder(client).open(wallet=link)
    [ticket] = Books(desk.app).tickets()
    assert ticket.tx_hash == "0x" + "4f3edf983ac636a6" * 4
    assert TO_HOLDER[WalletNote.TRANSACTION] in words_of(Holder(client).read(path))


def test_staff_search_a_transaction_by_tx_and_its_hash(desk: Desk) -> None:
    """The guard takes 64 bare digits for a key; a word or a link says what they are."""
    hash_ = "0x" + "4f3edf983ac636a6" * 4
    ticket = desk.ticket(tx_hash=hash_)
    agent = desk.signed_in()
    for query in (f"tx+{hash_.upper()}", f"https://etherscan.io/tx/{hash_}"):
        assert ticket.reference in agent.text(f"/desk/search?q={query}")
    assert agent.get(f"/desk/search?q={hash_}").status_code == 422


def test_the_pack_is_read_again_when_it_changes_and_kept_while_it_is_broken(
    tmp_path: Path,
) -> None:
    """A ticket's page stands whatever becomes of a file."""
    name = "ai16z-elizaos"
    file = tmp_path / "migrations" / f"{name}.toml"
    store = PackStore(tmp_path, name)
    assert store.current() is None
    file.parent.mkdir()
    good = (PROJECT_ROOT / "content" / "migrations" / file.name).read_text(encoding="utf-8")
    file.write_text(good, encoding="utf-8")
    first = store.current()
    assert first == find_pack(tmp_path, name)
    assert store.current() is first
    file.write_text("id = ", encoding="utf-8")
    assert store.current() is first
    assert surroundings(first, None).own[TOKEN.lower()] is WalletNote.OWN_TOKEN
    assert surroundings(None, None).own == {}

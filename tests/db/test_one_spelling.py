"""Migration 0009 on a full database: old rows take the spelling that the desk asks for now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Engine, column, create_engine, insert, select, table
from sqlalchemy.orm import Session

from tests.conftest import NOON
from trustops.db import engine_options, migrate
from trustops.tickets import queries

BEFORE, STEP = "0008", "0009"
WALLET = "0x52908400098527886E0F7030069857D2E4169EE7"
SLIP = "0x52908400098527886e0F7030069857D2E4169EE7"
SOLANA = "HeLp6NuQkmYB4pYWo2zYs22mESHXPQYzXbB8n4V98jwC"
HASH = "0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b"
LINK = f"https://etherscan.io/tx/{HASH}"
OLD: Sequence[tuple[str | None, str | None]] = (
    (WALLET, None),
    (WALLET.lower(), HASH.upper()),
    (f"0X{WALLET[2:]}", LINK),
    (SLIP, None),
    (SOLANA, None),
    (SOLANA.lower(), None),
    ("Vitalik.eth", "nothing"),
    (None, None),
)
"""Wallet and transaction as an older version stored them: as they were typed."""

NEW = (
    (WALLET.lower(), None, None, None),
    (WALLET.lower(), None, HASH, HASH.upper()),
    (WALLET.lower(), f"0X{WALLET[2:]}", HASH, LINK),
    (WALLET.lower(), SLIP, None, None),
    (SOLANA, None, None, None),
    (SOLANA.lower(), None, None, None),
    ("vitalik.eth", "Vitalik.eth", "nothing", None),
    (None, None, None, None),
)
"""Wallet, as it was written, transaction, as it was written."""

MANY = 2_500
"""More rows than one batch has."""

TICKET = table(
    "ticket",
    *map(
        column,
        (
            *("id", "reference", "topic", "subject", "status", "priority", "locale", "opened_by"),
            *("source", "created_at", "updated_at", "last_words_at", "message_count", "version"),
            *("wallet", "wallet_as_written", "tx_hash", "tx_as_written"),
        ),
    ),
)
"""The table as the database has it, without the types of the model."""

SAME = {
    "topic": "other",
    "subject": "s",
    "status": "open",
    "priority": "normal",
    "locale": "en",
    "opened_by": "requester",
    "source": "form",
    "message_count": 1,
    "version": 1,
}
"""What every ticket has."""


@pytest.fixture
def engine(fresh_database: str) -> Iterator[Engine]:
    """A database as it was before the step, with tickets in it."""
    made = create_engine(fresh_database, **engine_options(fresh_database))
    migrate.downgrade(fresh_database, BEFORE)
    rows = [*OLD, *[(WALLET, None)] * MANY]
    plain = made.dialect.name == "sqlite"
    moment = NOON.replace(tzinfo=None).isoformat(" ", "microseconds") if plain else NOON
    with made.begin() as connection:
        connection.execute(
            insert(TICKET),
            [
                {
                    **SAME,
                    **dict.fromkeys(("created_at", "updated_at", "last_words_at"), moment),
                    "reference": f"MIG-{number}",
                    "wallet": wallet,
                    "tx_hash": tx_hash,
                }
                for number, (wallet, tx_hash) in enumerate(rows)
            ],
        )
    yield made
    made.dispose()


def columns(engine: Engine, *names: str) -> list[tuple[object, ...]]:
    """Some columns of every ticket, the oldest first."""
    with engine.connect() as connection:
        chosen = select(*(TICKET.c[name] for name in names)).order_by(TICKET.c.id)
        return [tuple(row) for row in connection.execute(chosen)]


def test_old_rows_are_brought_along_and_can_be_taken_back(
    fresh_database: str, engine: Engine
) -> None:
    """Up, down and up again; what was typed is lost on no way, but for the case of a checksum."""
    names = ("wallet", "wallet_as_written", "tx_hash", "tx_as_written")
    migrate.upgrade(fresh_database, STEP)
    after = columns(engine, *names)
    assert tuple(after[: len(NEW)]) == NEW
    assert set(after[len(NEW) :]) == {(WALLET.lower(), None, None, None)}
    migrate.downgrade(fresh_database, BEFORE)
    back = columns(engine, "wallet", "tx_hash")
    expected = [(WALLET.lower() if pair[0] == WALLET else pair[0], pair[1]) for pair in OLD]
    assert back[: len(OLD)] == expected
    migrate.upgrade(fresh_database, STEP)
    assert columns(engine, *names) == after


def test_an_old_row_is_found_in_any_letter_case(fresh_database: str, engine: Engine) -> None:
    """The version of a ticket stays: nobody's open edit becomes stale by it."""
    migrate.upgrade(fresh_database)
    with Session(engine) as session:
        for query in (SOLANA, HASH, HASH.upper(), "VITALIK.ETH"):
            assert queries.search(session, query) != []
        assert len(queries.search(session, WALLET.upper())) == queries.PAGE
        assert {row.ticket.version for row in queries.search(session, WALLET)} == {1}

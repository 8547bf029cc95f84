"""Final rows stay, provisional rows follow the chain, and totals are right to the unit."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.chain.conftest import Desk
from tests.chain.local import FLOAT, NEW, OLD, SUPPLY, InProcess, undone
from trustops.chain.models import MigrationEvent


@pytest.fixture
def desk(desk_on_both: Desk) -> Desk:
    """All of these on both kinds of database."""
    return desk_on_both


def rows(desk: Desk) -> list[tuple[object, ...]]:
    """All rows of events, in the order of the chain."""
    with Session(desk.engine) as session:
        found = session.scalars(
            select(MigrationEvent).order_by(MigrationEvent.block_number, MigrationEvent.log_index)
        )
        return [
            (row.block_hash, row.tx_hash, row.direction, row.old_amount, row.new_amount, row.final)
            for row in found
        ]


def test_totals_match_the_contract_to_the_unit(desk: Desk) -> None:
    """Odd amounts, another beneficiary, a return and a gift straight to the contract."""
    chain = desk.chain
    chain.move(1, 123 * OLD + 456_789_123)
    chain.move(2, 1, to=3)
    chain.move(3, 700 * OLD, to=1)
    chain.give_back(1, 41 * NEW + 7)
    chain.send_directly(2, 5 * OLD)
    totals = desk.totals()
    moved = 823 * OLD + 456_789_123 + 1
    back = (41 * NEW + 7) * 10**9 // 6
    assert totals.migrated == moved
    assert totals.unmigrated == back
    assert totals.net == moved - back
    assert totals.issued == FLOAT * NEW - totals.new_left if totals.new_left else False
    assert totals.old_in_sink == chain.old.functions.balanceOf(chain.migrator.address).call()
    assert totals.sent_directly == 5 * OLD
    assert totals.old_supply == SUPPLY * OLD
    assert (totals.events, totals.holders, totals.window) == (4, 3, "open")
    assert (totals.old.decimals, totals.new.decimals) == (18, 9)


def test_a_second_read_gives_the_same_rows(desk: Desk) -> None:
    """A replay writes nothing twice."""
    desk.chain.move(1, 5 * OLD)
    desk.chain.mine(7)
    desk.chain.move(2, 6 * OLD)
    first = desk.totals()
    before = rows(desk)
    assert desk.totals() == first
    assert rows(desk) == before
    assert [row[-1] for row in before] == [True, False]


def test_rows_become_final_with_depth(desk: Desk) -> None:
    """The same event, counted once before and after."""
    desk.chain.move(1, 5 * OLD)
    assert desk.totals().provisional == 1
    desk.chain.mine(6)
    totals = desk.totals()
    assert (totals.provisional, totals.events, totals.net) == (0, 1, 5 * OLD)
    assert [row[-1] for row in rows(desk)] == [True]


def test_a_reorganisation_leaves_the_totals_right(desk: Desk, process: InProcess) -> None:
    """What was on the dropped branch is gone; what is on the other one counts."""
    desk.chain.move(1, 5 * OLD)
    desk.chain.mine(6)
    with undone(process.tester):
        desk.chain.move(1, 7 * OLD)
        desk.chain.move(2, 8 * OLD)
        assert desk.totals().net == 20 * OLD
    desk.chain.move(2, 9 * OLD)
    totals = desk.totals()
    assert (totals.net, totals.events) == (14 * OLD, 2)
    with Session(desk.engine) as session:
        assert session.scalar(select(func.count()).select_from(MigrationEvent)) == 2

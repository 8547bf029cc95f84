"""What is counted as it comes is what a count of all events would give, whatever the chain did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.status.things import NEW, OLD
from trustops.chain import holders, services
from trustops.chain.events import Found, Plan
from trustops.chain.models import ChainCursor, ChainDay, ChainHolder, MigrationEvent
from trustops.chain.reading import Log
from trustops.chain.rules import MIGRATE, Move, net_by_day, sums_of
from trustops.chain.schema import ChainPart
from trustops.chain.services import Position
from trustops.chain.totals import Balances, Head, totals_of
from trustops.chain.values import BlockMark, Totals
from trustops.db import engine_options, migrate, start_writing

PACK = CHAIN = "local"
BACK = "unmigrate"
WALLETS = [f"0x{number:040x}" for number in range(4)]
LARGEST = 2**256 - 1
"""A whole word of the EVM, so that sums are longer than any number type of SQLite."""

PLAN = Plan(PACK, ChainPart(name=CHAIN, kind="evm"), (), OLD, NEW, "", "", None)
BEFORE = "0009"
"""The revision before holders were rows."""

PAID = st.tuples(st.sampled_from(WALLETS), st.just(MIGRATE), st.integers(0, LARGEST))
GIVEN_BACK = st.tuples(st.sampled_from(WALLETS), st.just(BACK), st.integers(0, 2))
BLOCK = st.lists(st.one_of(PAID, GIVEN_BACK), max_size=3)


@dataclass(frozen=True)
class Turn:
    """What a chain does between two reads: blocks are dropped, added, and become final."""

    dropped: int
    added: Sequence[Sequence[tuple[str, str, int]]]
    final: int


TURNS = st.lists(
    st.builds(Turn, st.integers(0, 4), st.lists(BLOCK, max_size=4), st.integers(0, 4)),
    min_size=1,
    max_size=6,
)


class Branch:
    """The chain as a node tells it; a block that took the place of another has another hash."""

    def __init__(self) -> None:
        """Begin with one final block, in which enough was paid in for whatever comes back."""
        self._made = 0
        self.blocks: list[list[Found]] = []
        self.final = 1
        self._add([(WALLETS[0], MIGRATE, 2**200)])

    def turn(self, turn: Turn) -> None:
        """Move on; a final block is never dropped."""
        del self.blocks[max(self.final, len(self.blocks) - turn.dropped) :]
        for block in turn.added:
            self._add(block)
        self.final = min(len(self.blocks), self.final + turn.final)

    def found(self, after: int, last: int) -> list[Found]:
        """The events of the blocks after one, up to another."""
        return [item for block in self.blocks[after:last] for item in block]

    def mark(self, number: int) -> BlockMark:
        """A block by its number."""
        return BlockMark(number, f"0x{number:064x}", NOON)

    def _add(self, moves: Sequence[tuple[str, str, int]]) -> None:
        number = len(self.blocks) + 1
        self._made += 1
        at = NOON + timedelta(hours=9 * number)
        self.blocks.append(
            [
                Found(
                    Log(WALLETS[0], (), b"", number, f"0x{self._made:064x}", "0x00", index, at),
                    direction,
                    payer,
                    payer,
                    amount,
                    amount,
                )
                for index, (payer, direction, amount) in enumerate(moves)
            ]
        )


def begin(session: Session) -> Position:
    """The lease of a chain that was never read."""
    services.ensure(session, NOON, PACK, CHAIN)
    position = services.claim(session, NOON, PACK, CHAIN, plan="one")
    assert position is not None
    return position


def read(session: Session, position: Position, branch: Branch) -> tuple[Position, Totals]:
    """Read a chain to its head, as the job does."""
    reached, final = position.block or 0, branch.final
    if reached < final:
        position = services.keep_final(
            session,
            NOON,
            position,
            mark=branch.mark(final),
            found=branch.found(reached, final),
            span=100,
        )
    provisional = branch.found(final, len(branch.blocks))
    services.replace_provisional(session, position, provisional)
    head = Head(branch.mark(len(branch.blocks)), provisional, Balances(None, None, None, "open"))
    return position, totals_of(session, PLAN, position, head)


def recount(session: Session) -> tuple[int, int, int, int]:
    """Migrated, unmigrated, events and holders, from all rows of events."""
    rows = session.scalars(select(MigrationEvent)).all()
    sums = sums_of(move_of(row) for row in rows)
    paid = {row.payer for row in rows if row.direction == MIGRATE}
    return sums.migrated, sums.unmigrated, sums.events, len(paid)


def move_of(row: MigrationEvent) -> Move:
    """A row as sums see it."""
    return Move(row.direction, row.old_amount, row.new_amount, row.block_time.date())


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(turns=TURNS)
def test_totals_are_what_a_count_of_all_events_gives(engine: Engine, turns: list[Turn]) -> None:
    """After each read, through any growth and any reorganisation, to the unit."""
    with Session(engine) as session:
        start_writing(session)
        position, branch = begin(session), Branch()
        for turn in [Turn(0, [], 0), *turns]:
            branch.turn(turn)
            position, totals = read(session, position, branch)
            session.flush()
            session.expire_all()
            told = (totals.migrated, totals.unmigrated, totals.events, totals.holders)
            assert told == recount(session)
            final = session.scalars(select(MigrationEvent).where(MigrationEvent.final)).all()
            days = {row.day: row.net for row in session.scalars(select(ChainDay))}
            assert days == net_by_day(map(move_of, final))
            paid = {row.payer for row in final if row.direction == MIGRATE}
            assert set(session.scalars(select(ChainHolder.address))) == paid
        session.rollback()


def test_whoever_pays_in_on_a_dropped_branch_alone_is_no_holder(session: Session) -> None:
    """And becomes one when the event comes again, once."""
    position, branch = begin(session), Branch()
    branch.turn(Turn(0, [[(WALLETS[1], MIGRATE, 5)]], 0))
    position, totals = read(session, position, branch)
    assert totals.holders == 2
    branch.turn(Turn(1, [], 0))
    position, totals = read(session, position, branch)
    assert totals.holders == 1
    branch.turn(Turn(0, [[(WALLETS[1], MIGRATE, 5)], [(WALLETS[1], MIGRATE, 5)]], 1))
    position, totals = read(session, position, branch)
    assert totals.holders == 2


def test_many_wallets_in_one_read_are_asked_for_in_parts(session: Session) -> None:
    """A database takes only so many values at once."""
    many = [f"0x{number:040x}" for number in range(holders.AT_ONCE * 2 + 1)]
    assert holders.add(session, PACK, CHAIN, many) == len(many)
    assert holders.add(session, PACK, CHAIN, [*many, "0xnew"]) == 1
    assert holders.count_new(session, PACK, CHAIN, [*many, "0xother"]) == 1
    assert holders.count_new(session, PACK, "another", many[:3]) == 3


def test_a_chain_that_is_read_anew_begins_without_holders(session: Session) -> None:
    """`trustops chain sync --anew` forgets them with the events."""
    position, branch = begin(session), Branch()
    position, _ = read(session, position, branch)
    services.start_anew(session, PACK, CHAIN)
    session.flush()
    assert session.scalars(select(ChainHolder)).all() == []
    assert session.get_one(ChainCursor, (PACK, CHAIN)).holders == 0
    _, totals = read(session, begin(session), branch)
    assert (totals.holders, totals.events) == (1, 1)


@pytest.fixture
def schema(fresh_database: str) -> Iterator[Engine]:
    """An engine beside which the schema may change."""
    made = create_engine(fresh_database, **engine_options(fresh_database))
    yield made
    made.dispose()


def test_the_step_of_the_database_counts_the_holders_of_existing_events(
    fresh_database: str, schema: Engine
) -> None:
    """Final events that paid in, each wallet once; what is not final has no row yet."""
    with Session(schema) as session:
        start_writing(session)
        position, branch = begin(session), Branch()
        paid = [(WALLETS[1], MIGRATE, 5), (WALLETS[1], MIGRATE, 6), (WALLETS[2], BACK, 1)]
        branch.turn(Turn(0, [paid, [(WALLETS[3], MIGRATE, 7)]], 1))
        read(session, position, branch)
        session.commit()
    migrate.downgrade(fresh_database, BEFORE)
    with schema.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM migration_event")) == 5
    migrate.upgrade(fresh_database)
    with Session(schema) as session:
        assert set(session.scalars(select(ChainHolder.address))) == {WALLETS[0], WALLETS[1]}
        assert session.get_one(ChainCursor, (PACK, CHAIN)).holders == 2

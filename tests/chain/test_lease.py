"""Who holds the lease of a chain writes its final events, and nobody beside them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.chain.test_holders import CHAIN, PACK, Branch, begin
from tests.conftest import NOON, later
from trustops.chain import services
from trustops.chain.models import ChainCursor, ChainDay, MigrationEvent
from trustops.chain.services import LEASE, Position
from trustops.errors import ConflictError

TICK = timedelta(microseconds=1)


@pytest.fixture
def branch() -> Branch:
    """A chain of one final block, in which somebody migrated."""
    return Branch()


def keep(session: Session, now: datetime, position: Position, branch: Branch) -> Position:
    """Write the first block as final."""
    return services.keep_final(
        session, now, position, mark=branch.mark(1), found=branch.found(0, 1), span=7
    )


def claim(session: Session, now: datetime) -> Position | None:
    """What another process gets that would read the chain at once."""
    return services.claim(session, now, PACK, CHAIN, plan="one", at_once=True)


def test_each_part_that_was_written_makes_the_lease_last_longer(
    session: Session, branch: Branch
) -> None:
    """A long history takes many parts; nobody takes the chain away between two of them."""
    position = keep(session, later(minutes=4), begin(session), branch)
    session.flush()  # other claims read rows
    assert session.get_one(ChainCursor, (PACK, CHAIN)).leased_until == later(minutes=4) + LEASE
    assert claim(session, later(minutes=4) + LEASE) is None
    taken = claim(session, later(minutes=4) + LEASE + TICK)
    assert taken is not None
    assert taken.lease != position.lease


def test_what_was_written_moves_the_position(session: Session, branch: Branch) -> None:
    """The next part begins behind the block, under the same lease and with the span that worked."""
    first = begin(session)
    mark = branch.mark(1)
    after = keep(session, NOON, first, branch)
    assert after == Position(PACK, CHAIN, first.lease, mark.number, mark.hash, 7)
    row = session.get_one(ChainCursor, (PACK, CHAIN))
    assert (row.block, row.hash, row.span, row.events) == (1, mark.hash, 7, 1)


def test_who_lost_the_lease_writes_nothing(session: Session, branch: Branch) -> None:
    """Not an event, a sum or a day: whoever took the chain over would count it again."""
    lost = begin(session)
    assert claim(session, NOON + LEASE + TICK) is not None
    with pytest.raises(ConflictError, match="Another process reads"):
        keep(session, NOON + LEASE + TICK, lost, branch)
    with pytest.raises(ConflictError, match="Another process reads"):
        services.replace_provisional(session, lost, branch.found(0, 1))
    assert session.scalars(select(MigrationEvent)).all() == []
    assert session.scalars(select(ChainDay)).all() == []
    row = session.get_one(ChainCursor, (PACK, CHAIN))
    assert (row.block, row.migrated, row.events) == (None, 0, 0)

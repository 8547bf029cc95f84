"""Amounts larger than a word of the EVM: sums, and what a ratio makes of one."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from trustops.chain.models import ChainDay


@pytest.mark.parametrize("amount", [2**256 - 1, 1000 * (2**256 - 1), -(10**200) + 1])
def test_an_amount_comes_back_to_the_unit(session: Session, amount: int) -> None:
    """On both databases, however long it is."""
    day = date(2026, 11, 22)
    session.add(ChainDay(pack="one", chain="base", day=day, net=amount))
    session.flush()
    session.expire_all()
    assert session.get_one(ChainDay, ("one", "base", day)).net == amount

"""How a node is asked, and what a pack may leave open: ranges, limits, payers, paused contracts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.chain.bent import Bent
from tests.chain.conftest import Desk
from tests.chain.local import OLD, InProcess, nodes, pack_text, write_pack
from trustops.chain import queries
from trustops.chain.models import MigrationEvent


def test_a_refused_range_is_halved(desk: Desk, process: InProcess) -> None:
    """Until the node takes it, and the rows are the same."""

    def narrow(params: Sequence[object]) -> object:
        (asked,) = params
        assert isinstance(asked, dict)
        wide = int(asked["toBlock"], 16) - int(asked["fromBlock"], 16) > 2
        error = {"code": -32602, "message": "block range too large, try 3"}
        return {"error": error} if wide else None

    desk.chain.move(1, OLD)
    desk.chain.mine(20)
    desk.chain.move(2, OLD)
    desk.nodes = nodes(Bent(process, {"eth_getLogs": narrow}), clock=desk.clock)
    assert desk.totals().net == 2 * OLD


def test_a_count_that_looks_like_a_limit_is_asked_for_in_halves(
    desk: Desk, process: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some nodes cut the list and do not tell."""
    monkeypatch.setattr("trustops.chain.events.SUSPECT_COUNTS", frozenset({2}))

    def cut(params: Sequence[object]) -> object:
        answer = process.make_request("eth_getLogs", params)
        assert isinstance(answer, dict)
        return {"result": answer["result"][:2]}

    for holder in (1, 2, 3):
        desk.chain.move(holder, OLD)
    desk.nodes = nodes(Bent(process, {"eth_getLogs": cut}), clock=desk.clock)
    assert desk.totals().events == 3


def test_the_chart_holds_final_and_provisional_events(desk: Desk) -> None:
    """Net of each day, as the blocks date it."""
    desk.chain.move(1, 5 * OLD)
    desk.chain.mine(8)
    desk.chain.move(2, 6 * OLD)
    desk.totals()
    assert sum(net for _, net in desk.standing().by_day) == 11 * OLD


def test_a_paused_contract_is_told(desk: Desk) -> None:
    """As its own function says."""
    desk.chain.halt(halted=True)
    assert desk.totals().window == "paused"


def test_without_a_payer_the_sender_counts(desk: Desk, tmp_path: Path) -> None:
    """For events that name nobody."""
    desk.chain.move(2, OLD, to=3)
    text = pack_text(desk.chain).replace('payer = "payer", ', "")
    desk.pack = write_pack(tmp_path, text)
    assert desk.totals().holders == 1
    with Session(desk.engine) as session:
        (row,) = session.scalars(select(MigrationEvent))
        assert row.payer == desk.chain.people[2].lower()
        assert row.beneficiary == desk.chain.people[3].lower()


def test_a_solana_chain_is_told_as_not_read(desk: Desk, tmp_path: Path) -> None:
    """Beside the chains that are."""
    solana = '[[chains]]\nname = "solana"\nkind = "solana"'
    desk.pack = write_pack(tmp_path, pack_text(desk.chain, tail=solana))
    desk.read()
    with Session(desk.engine) as session:
        first, second = queries.standing(session, desk.pack, desk.clock.now())
    assert first.totals is not None
    assert (second.totals, second.chain) == (None, "solana")
    assert "cannot say" in second.problem

"""What happens when reads fail: who hears of it, when, and what stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.chain.bent import Bent, Dead
from tests.chain.conftest import Desk
from tests.chain.local import OLD, InProcess, nodes, pack_text, undone, write_pack
from trustops.alerts.models import Alert
from trustops.chain import queries, services
from trustops.chain.events import digest_of
from trustops.chain.models import ChainCursor
from trustops.errors import ConflictError


def alerts(desk: Desk) -> list[tuple[str, bool]]:
    """Kinds of the alerts there are, and whether each is over."""
    with Session(desk.engine) as session:
        found = session.scalars(select(Alert).order_by(Alert.id))
        return [(alert.kind, alert.resolved_at is not None) for alert in found]


def cursor(desk: Desk) -> ChainCursor:
    """How far the chain was read."""
    with Session(desk.engine, expire_on_commit=False) as session:
        return session.get_one(ChainCursor, ("test", "local"))


def test_ten_minutes_without_a_good_read_raise_one_alert(desk: Desk) -> None:
    """Not at once, not twice; the next good read resolves it."""
    good = desk.nodes
    desk.totals()
    desk.nodes = nodes(Dead(), clock=desk.clock)
    for _ in range(10):
        desk.read()
    assert alerts(desk) == []
    for _ in range(5):
        desk.read()
    assert alerts(desk) == [("chain.unread", False)]
    desk.nodes = good
    desk.totals()
    assert alerts(desk) == [("chain.unread", True)]


def test_a_chain_without_a_node_raises_nothing(desk: Desk) -> None:
    """It is a choice of the operator, and pages say so."""
    desk.nodes = None
    for _ in range(15):
        assert desk.read() == {"good": 0, "reading": 0, "failed": 0}
    assert alerts(desk) == []
    assert "not set up here" in desk.standing().problem
    assert desk.standing().totals is None


def test_before_the_first_read_nothing_is_claimed(desk: Desk) -> None:
    """No zero, and no moment of a check."""
    standing = desk.standing()
    assert (standing.totals, standing.checked_at, standing.by_day) == (None, None, ())
    assert "not read" in standing.problem


def test_figures_that_nobody_renewed_are_told_as_such(desk: Desk) -> None:
    """Though the last read was good."""
    desk.totals()
    desk.clock.advance(minutes=11)
    assert "could not check" in desk.standing().problem


def test_a_final_block_that_changed_stops_everything(
    desk_on_both: Desk, process: InProcess
) -> None:
    """A critical alert, and nothing is read until a person begins anew."""
    desk = desk_on_both
    with undone(process.tester):
        desk.chain.move(1, OLD)
        desk.chain.mine(8)
        before = desk.totals()
    desk.chain.move(2, 3 * OLD)
    desk.chain.mine(9)
    assert desk.read()["failed"] == 1
    assert alerts(desk) == [("chain.conflict", False)]
    assert desk.read() == {"good": 0, "reading": 0, "failed": 0}
    assert "has changed" in desk.standing().problem
    assert desk.standing().totals == before
    with desk.open_session() as session:
        services.start_anew(session, "test", "local")
    assert desk.totals().net == 3 * OLD
    assert alerts(desk) == [("chain.conflict", True)]


def test_one_node_alone_does_not_stop_everything(desk: Desk, process: InProcess) -> None:
    """While another has the block as it was."""
    desk.chain.mine(8)
    desk.totals()
    number = cursor(desk).block
    fork = {"result": {"number": hex(number or 0), "hash": "0x" + "ab" * 32, "timestamp": "0x1"}}

    def forked(params: Sequence[object]) -> object:
        return fork if params[0] == hex(number or 0) else None

    other = Bent(process, {"eth_getBlockByNumber": forked})
    desk.nodes = nodes(other, process, clock=desk.clock)
    assert desk.totals().events == 0
    desk.nodes = nodes(other, Dead(), clock=desk.clock)
    desk.read()
    assert alerts(desk) == []


def test_a_node_that_lags_is_refused(desk: Desk) -> None:
    """By the age of its newest block, where the pack says how old that may be."""
    chains = [desk.pack.chains[0].model_copy(update={"stale_after": 600})]
    desk.pack = desk.pack.model_copy(update={"chains": tuple(chains)})
    head = desk.chain.w3.eth.get_block("latest")["timestamp"]
    desk.clock.moment = datetime.fromtimestamp(head, UTC)
    desk.clock.advance(minutes=9)
    desk.totals()
    desk.clock.advance(minutes=3)
    assert desk.read()["failed"] == 1
    with Session(desk.engine) as session:
        assert "minutes old" in queries.reason(session, "test", "local")


def test_empty_logs_beyond_the_head_are_not_believed(desk: Desk, process: InProcess) -> None:
    """A node that lost its newest blocks between two answers."""
    desk.chain.mine(8)
    desk.chain.move(1, OLD)
    head = desk.chain.w3.eth.block_number
    lost = Bent(process, {"eth_getLogs": {"result": []}})

    def gone(params: Sequence[object]) -> object:
        logs_were_asked = any(method == "eth_getLogs" for method, _ in lost.asked)
        return {"result": None} if logs_were_asked and params[0] == hex(head) else None

    lost.changes["eth_getBlockByNumber"] = gone
    desk.nodes = nodes(lost, clock=desk.clock)
    assert desk.read()["failed"] == 1
    assert desk.standing().totals is None


def test_sums_that_contradict_the_sink_are_not_published(desk: Desk, process: InProcess) -> None:
    """A wrong pack decodes as well as a right one; what the contract holds gives it away."""
    desk.chain.move(1, 5 * OLD)
    before = desk.totals()
    nothing = {"result": "0x" + "00" * 32}
    balances = Bent(process, {"eth_call": lambda params: nothing if held(params) else None})
    desk.nodes = nodes(balances, clock=desk.clock)
    assert desk.read()["failed"] == 1
    with Session(desk.engine) as session:
        assert "fewer old tokens" in queries.reason(session, "test", "local")
    assert desk.standing().totals == before


def held(params: Sequence[object]) -> bool:
    """Whether a call asks for a balance."""
    (asked, _block) = params
    assert isinstance(asked, dict)
    return str(asked["data"]).startswith("0x70a08231")


def test_a_wrong_indexed_flag_is_refused(desk: Desk, tmp_path: Path) -> None:
    """The same topic, and nonsense behind it."""
    desk.chain.move(1, OLD)
    text = pack_text(desk.chain)
    wrong = text.replace(
        '"name": "payer", "type": "address", "indexed": true',
        '"name": "payer", "type": "address", "indexed": false',
    )
    assert wrong != text
    desk.pack = write_pack(tmp_path, wrong)
    assert desk.read()["failed"] == 1
    with Session(desk.engine) as session:
        assert "2 indexed" in queries.reason(session, "test", "local")


def test_a_pack_that_looks_for_something_else_is_read_anew(desk: Desk, tmp_path: Path) -> None:
    """Rows of the pack before would be a mixture."""
    desk.chain.move(1, 5 * OLD)
    desk.chain.mine(8)
    assert desk.totals().issued == 30 * 10**9
    text = pack_text(desk.chain).replace(', new_amount = "paid"', "")
    desk.pack = write_pack(tmp_path, text.replace("numerator = 6", "numerator = 7"))
    totals = desk.totals()
    assert (totals.issued, totals.events) == (35 * 10**9, 1)


def test_a_long_history_is_read_in_several_runs(desk: Desk, tmp_path: Path) -> None:
    """And says meanwhile that it is being read."""
    desk.chain.move(1, OLD)
    desk.chain.mine(30)
    with desk.open_session() as session:
        services.ensure(session, desk.clock.now(), "test", "local")
        row = session.get_one(ChainCursor, ("test", "local"))
        row.span = 4
        row.plan = digest_of(desk.pack, desk.pack.chains[0])
    desk.enough = lambda: True
    assert desk.read() == {"good": 0, "reading": 1, "failed": 0}
    assert "still reading" in desk.standing().problem
    runs = 1
    while desk.read() != {"good": 1, "reading": 0, "failed": 0}:
        runs += 1
    assert runs > 2
    assert desk.totals().net == OLD


def test_a_lease_that_was_lost_writes_nothing(desk_on_both: Desk) -> None:
    """Two readers never count the same event twice."""
    desk = desk_on_both
    plan = digest_of(desk.pack, desk.pack.chains[0])
    with desk.open_session() as session:
        services.ensure(session, desk.clock.now(), "test", "local")
        first = services.claim(session, desk.clock.now(), "test", "local", plan=plan)
        assert first is not None
        assert services.claim(session, desk.clock.now(), "test", "local", plan=plan) is None
        assert not queries.is_due(session, desk.clock.now())
    assert desk.read() == {"good": 0, "reading": 0, "failed": 0}
    desk.clock.advance(minutes=6)
    with desk.open_session() as session:
        assert queries.is_due(session, desk.clock.now())
        assert services.claim(session, desk.clock.now(), "test", "local", plan=plan) is not None
        with pytest.raises(ConflictError):
            services.replace_provisional(session, first, [])


def test_what_is_not_due_is_not_read(desk: Desk) -> None:
    """The pack says how long to wait between two reads."""
    desk.totals()
    plan = digest_of(desk.pack, desk.pack.chains[0])
    desk.clock.advance(seconds=-60)
    with desk.open_session() as session:
        assert services.claim(session, desk.clock.now(), "test", "local", plan=plan) is None
        desk.clock.advance(seconds=31)
        assert services.claim(session, desk.clock.now(), "test", "local", plan=plan) is not None

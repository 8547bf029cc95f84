"""A node of another make, over HTTP: totals to the unit, and reorganisations ten blocks deep."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from web3 import HTTPProvider, Web3
from web3.types import RPCEndpoint

from tests.chain.conftest import Desk
from tests.chain.local import NEW, OLD, LocalChain, deploy, pack_text, write_pack
from tests.cli.processes import free_port
from tests.fakes import FakeClock
from trustops.chain.nodes import Nodes, http_nodes
from trustops.chain.wallets import read_wallet
from trustops.db import engine_options

pytestmark = pytest.mark.e2e

ANVIL = Path(__file__).parent / "node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil"
CHAIN_ID = 31337
START_SECONDS = 10
DEEP = 10


@dataclass(frozen=True)
class Anvil:
    """A running node, with the methods of its own that move the chain."""

    url: str
    w3: Web3

    def do(self, method: str, *params: object) -> None:
        """Ask for something that only this node knows; it has to obey."""
        answer = self.w3.provider.make_request(RPCEndpoint(method), list(params))
        assert "error" not in answer, answer


@pytest.fixture
def anvil() -> Iterator[Anvil]:
    """A fresh chain that mines each transaction at once."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [str(ANVIL), "--port", str(port), "--silent", "--slots-in-an-epoch", "16"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        w3 = Web3(HTTPProvider(url))
        until = time.monotonic() + START_SECONDS
        while not w3.is_connected():
            assert time.monotonic() < until, "anvil did not start"
            time.sleep(0.05)
        yield Anvil(url, w3)
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def chain(anvil: Anvil) -> LocalChain:
    """Tokens and a migrator on it; accounts 1 and 2 own old tokens."""
    made = deploy(anvil.w3)
    made.give(1, 1_000)
    made.give(2, 1_000)
    return made


@pytest.fixture
def desk(
    sqlite_url: str, clock: FakeClock, anvil: Anvil, chain: LocalChain, tmp_path: Path
) -> Iterator[Desk]:
    """A desk that reads it over HTTP and takes the node's word for what is final."""
    text = pack_text(chain, chain_id=CHAIN_ID, finality="finalized")
    engine = create_engine(sqlite_url, **engine_options(sqlite_url))
    pack = write_pack(tmp_path, text)
    yield Desk(engine, clock, pack, http_nodes([anvil.url], CHAIN_ID, clock), chain)
    engine.dispose()


def moving(chain: LocalChain, units: int) -> str:
    """What a transaction sends that migrates units for the first account."""
    return str(chain.migrator.encode_abi("move", [chain.people[1], units]))


def test_totals_match_to_the_unit(desk: Desk, chain: LocalChain) -> None:
    """Final and provisional events alike, with balances at the same block."""
    chain.move(1, 100 * OLD + 7)
    chain.mine(40)
    chain.move(2, 33 * OLD, to=1)
    chain.give_back(1, 5 * NEW)
    chain.send_directly(2, 3)
    totals = desk.totals()
    assert totals.migrated == 133 * OLD + 7
    assert totals.unmigrated == 5 * OLD // 6
    assert totals.sent_directly == 3
    assert totals.old_in_sink == chain.old.functions.balanceOf(chain.migrator.address).call()
    assert totals.new_left == chain.new.functions.balanceOf(chain.migrator.address).call()
    assert (totals.events, totals.provisional) == (3, 2)
    assert totals.final_block < totals.block.number == chain.w3.eth.block_number


def test_a_reorganisation_of_ten_blocks_leaves_totals_right(
    desk: Desk, chain: LocalChain, anvil: Anvil
) -> None:
    """Events of the dropped blocks are gone, and what comes afterwards counts once."""
    chain.move(1, 10 * OLD)
    chain.mine(20)
    for _ in range(DEEP):
        chain.move(2, OLD)
    assert desk.totals().net == 20 * OLD
    anvil.do("anvil_reorg", DEEP, [])
    totals = desk.totals()
    assert (totals.net, totals.events) == (10 * OLD, 1)
    assert totals.net == totals.old_in_sink
    chain.move(2, 4 * OLD)
    assert desk.totals().net == 14 * OLD


def test_a_reorganisation_that_brings_other_migrations_counts_those(
    desk: Desk, chain: LocalChain, anvil: Anvil
) -> None:
    """The other branch has transactions of its own, at other places and of other amounts."""
    chain.move(1, 10 * OLD)
    chain.mine(20)
    for _ in range(DEEP):
        chain.move(2, OLD)
    assert desk.totals().holders == 2
    instead = [
        ({"from": chain.people[1], "to": chain.migrator.address, "data": moving(chain, units)}, at)
        for at, units in ((0, 3), (4, 7 * OLD), (9, 1))
    ]
    anvil.do("anvil_reorg", DEEP, instead)
    totals = desk.totals()
    assert totals.net == 17 * OLD + 4 == totals.old_in_sink
    assert (totals.events, totals.holders) == (4, 1)


def test_where_only_tokens_are_balances_are_read_over_http(desk: Desk, chain: LocalChain) -> None:
    """Without a contract in the pack."""
    desk.pack = desk.pack.model_copy(update={"contracts": (), "status": ()})
    facts = read_wallet(
        desk.open_session, desk.clock, desk.work, chain="local", address=chain.people[1]
    )
    assert (facts.problem, facts.old_balance, facts.allowance) == ("", 1_000 * OLD, None)


def test_a_chain_that_became_shorter_leaves_totals_right(
    desk: Desk, chain: LocalChain, anvil: Anvil
) -> None:
    """The head may fall back without another branch in its place."""
    chain.move(1, 10 * OLD)
    chain.mine(20)
    chain.move(1, 5 * OLD)
    assert desk.totals().net == 15 * OLD
    anvil.do("anvil_rollback", DEEP)
    assert desk.totals().net == 10 * OLD


def test_what_was_final_may_not_change(desk: Desk, chain: LocalChain, anvil: Anvil) -> None:
    """Deeper than the node's own word: reading stops, and the last good figures stay."""
    chain.move(1, 10 * OLD)
    chain.mine(60)
    before = desk.totals()
    anvil.do("anvil_reorg", 50, [])
    assert desk.read()["failed"] == 1
    standing = desk.standing()
    assert "a block that was final has changed" in standing.problem
    assert standing.totals == before


def test_a_wallet_is_read_over_http(desk: Desk, chain: LocalChain) -> None:
    """Balances, allowance and events at one block."""
    chain.move(1, 10 * OLD)
    desk.totals()
    facts = read_wallet(
        desk.open_session, desk.clock, desk.work, chain="local", address=chain.people[1]
    )
    assert facts.problem == ""
    assert (facts.old_balance, facts.new_balance) == (990 * OLD, 60 * NEW)
    assert len(facts.events) == 1


def test_a_dead_node_gives_way_to_the_next(desk: Desk, anvil: Anvil) -> None:
    """And where there is no next one, nothing is claimed."""
    dead = f"http://127.0.0.1:{free_port()}"
    desk.chain.move(1, OLD)
    desk.nodes = http_nodes([dead, anvil.url], CHAIN_ID, desk.clock)
    assert desk.totals().net == OLD
    desk.nodes = http_nodes([dead], CHAIN_ID, desk.clock)
    assert desk.read()["failed"] == 1
    assert "could not check" in desk.standing().problem
    assert isinstance(desk.nodes, Nodes)

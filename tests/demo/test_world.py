"""The demo's chain: a month of history, holders in every state, and figures that move.

One chain is made for all tests here, for it takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Thread
from typing import Any

import pytest
import requests

from trustops.demo.chain.node import Node
from trustops.demo.chain.start import HISTORY
from trustops.demo.chain.world import RATIO, World

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MIGRATED = "0xf2ea3ee6d4d03a11390cbbcd09097d9fe2d7efb1b2825c2b509415d2fb95a7ba"


@pytest.fixture(scope="module")
def world() -> World:
    """A chain whose present is NOW."""
    made = World(NOW, holders=9)
    made.go_on(NOW)
    return made


@pytest.fixture(scope="module")
def node(world: World) -> Iterator[Node]:
    """The chain behind loopback HTTP."""
    served = Node(world.provider)
    thread = Thread(target=served.serve_forever, args=(0.02,))
    thread.start()
    yield served
    served.shutdown()
    thread.join()
    served.server_close()


def ask(node: Node, method: str, *params: object) -> dict[str, Any]:
    """One request over HTTP, as a client sends it."""
    body = {"jsonrpc": "2.0", "id": 7, "method": method, "params": list(params)}
    answer = requests.post(node.url, json=body, timeout=20)
    found: dict[str, Any] = answer.json()
    assert found["id"] == 7
    return found


def balance(world: World, token: str, role: str) -> int:
    """What a holder with a role has of a token."""
    contract = world.old if token == "old" else world.new
    found: int = contract.functions.balanceOf(world.addresses[role]).call()
    return found


def test_holders_stand_in_every_state_that_tickets_are_about(world: World) -> None:
    """Untouched, approved, partly and fully migrated, sent straight to the contract."""
    allowance = world.old.functions.allowance(
        world.addresses["approved"], world.migrator.address
    ).call()
    assert balance(world, "old", "untouched") > 0
    assert allowance == balance(world, "old", "approved") > 0
    assert balance(world, "old", "partial") > 0 < balance(world, "new", "partial")
    assert balance(world, "new", "migrated") > 0
    assert balance(world, "new", "sent-directly") == 0


def test_the_sink_holds_the_net_and_what_was_sent_directly(world: World) -> None:
    """So that a reader of the chain can find the difference."""
    migrated = world.migrator.events.Migrated.get_logs(from_block=0)
    returned = world.migrator.events.Returned.get_logs(from_block=0)
    net = sum(log["args"]["old_amount"] for log in migrated)
    net -= sum(log["args"]["old_amount"] for log in returned)
    held = world.old.functions.balanceOf(world.migrator.address).call()
    assert returned
    assert held > net > 0
    assert all(log["args"]["new_amount"] == log["args"]["old_amount"] * RATIO for log in migrated)


def test_the_history_lies_in_the_past_and_ends_now(node: Node) -> None:
    """Times rise, from a month ago to the demo's present."""
    head = int(ask(node, "eth_blockNumber")["result"], 16)
    times = [
        int(ask(node, "eth_getBlockByNumber", hex(number), False)["result"]["timestamp"], 16)
        for number in (1, head // 2, head - 1, head)
    ]
    assert all(earlier < later for earlier, later in pairwise(times))
    assert times[0] >= int((NOW - HISTORY).timestamp())
    assert 0 <= times[-1] - int(NOW.timestamp()) < 60


def test_each_step_makes_a_block_and_figures_move(world: World, node: Node) -> None:
    """Every second step migrates something."""
    before = int(ask(node, "eth_blockNumber")["result"], 16)
    for seconds in (6, 12):
        world.go_on(NOW + timedelta(seconds=seconds))
    after = int(ask(node, "eth_blockNumber")["result"], 16)
    span = {"fromBlock": hex(before + 1), "toBlock": hex(after), "topics": [MIGRATED]}
    assert after == before + 2
    assert len(ask(node, "eth_getLogs", span)["result"]) == 1


def test_a_block_can_be_named_by_its_hash(world: World, node: Node) -> None:
    """As readers do that pin all figures to one block."""
    block = ask(node, "eth_getBlockByNumber", "finalized", False)["result"]
    call = {"to": world.addresses["old"], "data": "0x18160ddd"}
    by_hash = ask(node, "eth_call", call, {"blockHash": block["hash"]})
    assert by_hash["result"] == ask(node, "eth_call", call, block["number"])["result"]
    assert "error" in ask(node, "eth_call", call, {"blockHash": "0x" + "11" * 32})


@pytest.mark.parametrize("method", ["eth_sendTransaction", "evm_revert", "nonsense"])
def test_nobody_outside_writes_to_the_chain(node: Node, method: str) -> None:
    """Only what reads is answered."""
    assert ask(node, method, {})["error"]["code"] == -32601


@pytest.mark.parametrize("body", ["[]", "{", '[{"id":1,"method":"eth_chainId"}]', '"x"', ""])
def test_what_is_no_request_gets_an_error(node: Node, body: str) -> None:
    """Batches too: py-evm behind eth-tester has none."""
    answer = requests.post(node.url, data=body, timeout=20)
    assert answer.json()["error"]["code"] == -32600


def test_a_reverted_call_says_so(world: World, node: Node) -> None:
    """With the code that nodes use for it."""
    call = {"to": world.addresses["migrator"], "data": "0x12345678"}
    assert ask(node, "eth_call", call, "latest")["error"]["code"] == 3

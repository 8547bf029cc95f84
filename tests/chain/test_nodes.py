"""A node may fail in every way there is: we say so, ask the next one, and never claim a zero."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from web3 import Web3

from tests.chain.bad_answers import FAULTS, busy, forbidden, hung, page
from tests.chain.bad_node import Asked, BadNode, Fault, serving
from tests.chain.conftest import Desk
from tests.chain.local import CHAIN_ID, OLD, InProcess, LocalChain, deploy
from tests.fakes import FakeClock
from trustops.chain.faults import NodeError, RevertError, SlowError
from trustops.chain.nodes import TRIES, Node, Nodes, http_nodes
from trustops.chain.reading import call, header

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def still() -> tuple[InProcess, LocalChain]:
    """A chain with one migration on it, which no test here changes."""
    process = InProcess()
    chain = deploy(Web3(process.provider))
    chain.move(0, 5 * OLD)
    return process, chain


@pytest.fixture
def process(still: tuple[InProcess, LocalChain]) -> InProcess:
    """The chain that stands still."""
    return still[0]


@pytest.fixture
def chain(still: tuple[InProcess, LocalChain]) -> LocalChain:
    """What is on it."""
    return still[1]


@pytest.fixture
def node(process: InProcess) -> Iterator[BadNode]:
    """A node that behaves until a test says otherwise."""
    with serving(process) as running:
        yield running


def over(node: BadNode, clock: FakeClock, *, read_seconds: float = 20.0) -> Nodes:
    """The node as the product reaches it, but that nobody waits between two tries."""
    made = http_nodes([node.url], CHAIN_ID, clock, timeouts=(read_seconds, read_seconds))
    return Nodes(tuple(replace(item, sleep=lambda _: None) for item in made.nodes))


def on(method: str, act: Fault) -> Fault:
    """A fault that concerns one method."""
    return lambda asked: asked.method == method and act(asked)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("method", ["eth_chainId", "eth_getLogs", "eth_call"])
def test_a_fault_is_told_and_the_last_figures_stay(
    fault: Fault, method: str, desk: Desk, node: BadNode
) -> None:
    """Whatever the node does, and whichever answer it spoils."""
    before = desk.totals()
    desk.nodes = over(node, desk.clock, read_seconds=0.1)
    node.fault = on(method, fault)
    assert desk.read() == {"good": 0, "reading": 0, "failed": 1}
    standing = desk.standing()
    assert "could not check" in standing.problem
    assert standing.totals == before


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_next_node_takes_over(fault: Fault, desk: Desk, node: BadNode) -> None:
    """A read begins anew on it, so that no read mixes two nodes."""
    good = desk.nodes
    assert good is not None
    bad = over(node, desk.clock, read_seconds=0.1)
    node.fault = on("eth_getLogs", fault)
    desk.nodes = Nodes([*bad.nodes, *good.nodes])
    assert desk.totals().net == 5 * OLD


def test_a_node_that_is_busy_once_is_asked_again(node: BadNode, clock: FakeClock) -> None:
    """After the pause that it asks for."""
    pauses: list[float] = []

    def once(asked: Asked) -> bool:
        return len(node.seen) == 1 and busy(asked)

    node.fault = once
    made = http_nodes([node.url], CHAIN_ID, clock).nodes[0]
    assert header(replace(made, sleep=pauses.append), "latest").number >= 0
    assert pauses == [1.0]


def test_a_node_that_asks_for_a_long_pause_is_left(node: BadNode, clock: FakeClock) -> None:
    """A minute is longer than a read may wait."""

    def for_a_minute(asked: Asked) -> bool:
        asked.send(429, b"", Retry_After="60")
        return True

    node.fault = for_a_minute
    with pytest.raises(NodeError, match="429"):
        over(node, clock).nodes[0].ask("eth_blockNumber")
    assert len(node.seen) == 1


def test_tries_are_bounded(node: BadNode, clock: FakeClock) -> None:
    """Three, and no more."""
    node.fault = page
    with pytest.raises(NodeError, match="502"):
        over(node, clock).nodes[0].ask("eth_blockNumber")
    assert len(node.seen) == TRIES


@pytest.mark.parametrize("fault", [forbidden, hung])
def test_what_cannot_get_better_is_asked_once(
    fault: Fault, node: BadNode, clock: FakeClock
) -> None:
    """A closed door stays closed, and a hung node hangs again."""
    node.fault = fault
    with pytest.raises(NodeError):
        over(node, clock, read_seconds=0.1).nodes[0].ask("eth_blockNumber")
    assert len(node.seen) == 1


def test_a_node_of_another_chain_is_not_asked_anything_else(
    node: BadNode, clock: FakeClock
) -> None:
    """It proves its chain before its first answer counts."""
    wrong = replace(over(node, clock).nodes[0], chain_id=1)
    with pytest.raises(NodeError, match="not on 1"):
        header(wrong, "latest")
    assert node.seen == ["eth_chainId"]


def test_a_node_that_does_not_know_its_chain_is_refused(node: BadNode, clock: FakeClock) -> None:
    """Words in place of a number."""

    def words(asked: Asked) -> bool:
        asked.answer("mainnet")
        return True

    node.fault = words
    with pytest.raises(NodeError, match="which chain"):
        header(over(node, clock).nodes[0], "latest")


def test_a_revert_is_an_answer_and_does_not_move_on(
    node: BadNode, process: InProcess, clock: FakeClock
) -> None:
    """Every other node would say the same."""
    asked: list[int] = []

    def refuse(request: Asked) -> bool:
        request.refuse(3, "execution reverted: halted")
        return True

    node.fault = on("eth_call", refuse)
    first = over(node, clock).nodes[0]
    second = Node(process, CHAIN_ID, clock)

    def work(on_node: Node) -> bytes:
        asked.append(1)
        return call(on_node, "0x" + "11" * 20, "0x", at=0)

    with pytest.raises(RevertError):
        Nodes([first, second]).first(work)
    assert len(asked) == 1


def test_an_error_of_json_rpc_counts_under_any_status(node: BadNode, clock: FakeClock) -> None:
    """Some nodes tell a revert with the status 400."""

    def refuse(request: Asked) -> bool:
        request.refuse(3, "execution reverted", status=400)
        return True

    node.fault = on("eth_call", refuse)
    with pytest.raises(RevertError):
        call(over(node, clock).nodes[0], "0x" + "11" * 20, "0x", at=0)


def test_no_address_of_a_node_is_in_an_error(node: BadNode, clock: FakeClock) -> None:
    """It may hold a key."""
    for fault in FAULTS:
        node.fault = fault
        with pytest.raises(NodeError) as found:
            over(node, clock, read_seconds=0.1).nodes[0].ask("eth_blockNumber")
        assert "a-key-in-the-path" not in found.value.message


def test_a_node_that_drips_its_answer_is_left(
    node: BadNode, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit for the whole request, whatever comes between."""
    from datetime import timedelta

    monkeypatch.setattr("trustops.chain.nodes.LONGEST_REQUEST", timedelta(seconds=0.3))

    def drip(asked: Asked) -> bool:
        asked.handler.send_response(200)
        asked.handler.send_header("Content-Length", "100")
        asked.handler.end_headers()
        for _ in range(20):
            asked.handler.wfile.write(b" ")
            asked.handler.wfile.flush()
            if asked.ended.wait(0.05):
                break
        return True

    node.fault = drip
    with pytest.raises(SlowError):
        over(node, clock).nodes[0].ask("eth_blockNumber")


def test_without_a_node_nothing_is_claimed() -> None:
    """An empty list is an error of its own."""
    with pytest.raises(NodeError, match="no node"):
        Nodes(()).first(lambda node: node)

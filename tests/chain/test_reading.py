"""Every answer of a node has to have its shape; what does not is a fault and never a zero."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.conftest import NOON
from tests.fakes import FakeClock
from trustops.chain import reading
from trustops.chain.abi import call_data, read_call, read_event
from trustops.chain.events import Span
from trustops.chain.faults import (
    BehindError,
    MalformedError,
    NodeError,
    RangeError,
    RevertError,
    refusal,
)
from trustops.chain.nodes import Node

A = "0x" + "aa" * 20
B = "0x" + "bb" * 20
TOPIC = "0x" + "11" * 32
HASH = "0x" + "22" * 32
LOG: dict[str, object] = {
    "address": A,
    "topics": [TOPIC],
    "data": "0x",
    "blockNumber": "0x5",
    "blockHash": HASH,
    "transactionHash": HASH,
    "logIndex": "0x0",
    "blockTimestamp": "0x64",
}


class Saying:
    """A node that answers everything with the same result."""

    def __init__(self, result: object) -> None:
        """Take the result."""
        self.result = result

    def make_request(self, method: str, params: Sequence[object]) -> object:
        """Answer."""
        del params
        return {"result": 1 if method == "eth_chainId" else self.result}


def node(result: object) -> Node:
    """A node with one answer."""
    return Node(Saying(result), 1, FakeClock(NOON), sleep=lambda _: None)


def logs_of(*entries: object) -> tuple[reading.Log, ...]:
    """What is read of an answer with these logs, asked of blocks 1 to 9."""
    return reading.logs(node(list(entries)), [A], [TOPIC], first=1, last=9)


def without(name: str) -> dict[str, object]:
    """A log without one of its parts."""
    return {key: value for key, value in LOG.items() if key != name}


def test_a_log_is_read_with_its_time_where_the_node_gives_it() -> None:
    """A nought is no time: some nodes give one for not knowing."""
    (log,) = logs_of(LOG)
    assert log.at is not None
    assert (log.address, log.block_number, log.at.timestamp()) == (A, 5, 100)
    for given in (None, "0x0"):
        assert logs_of(LOG | {"blockTimestamp": given})[0].at is None


@pytest.mark.parametrize(
    "entry",
    [
        "a log",
        *(without(name) for name in LOG if name != "blockTimestamp"),
        LOG | {"address": B},
        LOG | {"address": "0x12"},
        LOG | {"topics": []},
        LOG | {"topics": TOPIC},
        LOG | {"topics": [HASH]},
        LOG | {"topics": ["0x12"]},
        LOG | {"data": "12"},
        LOG | {"data": "0xzz"},
        LOG | {"blockNumber": "0xa"},
        LOG | {"blockNumber": "five"},
        LOG | {"blockNumber": "0xzz"},
        LOG | {"blockNumber": True},
        LOG | {"blockTimestamp": "0x" + "ff" * 16},
    ],
    ids=str,
)
def test_a_log_that_does_not_fit_is_refused(entry: object) -> None:
    """Of another contract, event or block, or not a log at all."""
    with pytest.raises(MalformedError):
        logs_of(entry)


def test_the_same_log_twice_is_refused() -> None:
    """It would count twice."""
    with pytest.raises(MalformedError, match="twice"):
        logs_of(LOG, LOG)


def test_a_log_of_a_dropped_block_is_refused() -> None:
    """The next read finds the chain at rest."""
    with pytest.raises(BehindError):
        logs_of(LOG | {"removed": True})


@pytest.mark.parametrize("answer", [None, {}, "0x", 5])
def test_logs_have_to_be_a_list(answer: object) -> None:
    """Nothing else means that there are none."""
    with pytest.raises(MalformedError):
        reading.logs(node(answer), [A], [TOPIC], first=1, last=9)


def test_a_header_has_to_be_the_one_that_was_asked_for() -> None:
    """Another number is another block."""
    given = {"number": "0x5", "hash": HASH, "timestamp": "0x64"}
    assert reading.header(node(given), 5).number == 5
    with pytest.raises(MalformedError, match="another block"):
        reading.header(node(given), 6)
    with pytest.raises(BehindError):
        reading.header(node(None), 6)
    with pytest.raises(MalformedError):
        reading.header(node("0x5"), 5)


def test_nothing_at_an_address_is_no_balance_of_zero() -> None:
    """An empty answer means that no contract stands there."""
    with pytest.raises(MalformedError):
        reading.number(node("0x"), A, "totalSupply()", at=5)
    assert reading.number(node("0x" + "00" * 31 + "07"), A, "totalSupply()", at=5) == 7


@pytest.mark.parametrize(
    ("code", "holds"), [("0x", False), ("0x6001", True), ("0xef0100" + "aa" * 20, False)]
)
def test_an_account_that_lent_itself_code_is_no_contract(code: str, holds: bool) -> None:
    """It still has its key (EIP-7702)."""
    assert reading.holds_code(node(code), A, at=5) is holds


def test_a_transaction_that_is_gone_has_no_sender() -> None:
    """Though its log was there a moment ago."""
    assert reading.sender(node({"from": A.upper().replace("X", "x")}), HASH) == A
    with pytest.raises(BehindError):
        reading.sender(node(None), HASH)


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        (3, "", RevertError),
        (-32000, "execution reverted: no", RevertError),
        (-32005, "query returned more than 10000 results", RangeError),
        (-32602, "range 1000000 exceeds limit of 10000", RangeError),
        (-32602, "query exceeds max results 20000, retry with the range 1-2", RangeError),
        (-32005, "daily request count exceeded, request rate limited: rate limit", NodeError),
        (-32601, "the method does not exist", NodeError),
        (-32601, "", NodeError),
    ],
)
def test_words_of_a_refusal_decide_what_it_means(
    code: int, message: str, kind: type[NodeError]
) -> None:
    """As nodes of several makes word it."""
    assert type(refusal(code, message)) is kind


def test_a_span_shrinks_and_grows_within_bounds() -> None:
    """It never asks again for as many blocks as were refused."""
    span = Span(10)
    span.shrink()
    assert (span.blocks, span.ceiling) == (5, 9)
    for _ in range(9):
        span.grow(0)
    assert span.blocks == 9
    span.grow(1_000_000)
    assert span.blocks == 9


EVENT = {
    "type": "event",
    "name": "Moved",
    "inputs": [
        {"name": "who", "type": "address", "indexed": True},
        {"name": "amount", "type": "uint256", "indexed": False},
    ],
}


def test_an_event_decodes_exactly_or_not_at_all() -> None:
    """One topic or one byte too many is refused, and so is an address with more than its bytes."""
    event = read_event(EVENT)
    assert event.signature == "Moved(address,uint256)"
    topics = [bytes.fromhex(event.topic[2:]), bytes(12) + b"\xaa" * 20]
    found = event.decode(topics, (7).to_bytes(32, "big"))
    assert found == {"who": A, "amount": 7}
    wrong: list[Callable[[], object]] = [
        lambda: event.decode(topics[:1], bytes(32)),
        lambda: event.decode(topics, bytes(31)),
        lambda: event.decode(topics, bytes(64)),
        lambda: event.decode([topics[0], b"\xff" * 32], bytes(32)),
    ]
    for decode in wrong:
        with pytest.raises(MalformedError):
            decode()


def test_a_function_answers_one_value() -> None:
    """Of the type that its item says."""
    item = {"type": "function", "name": "paused", "inputs": [], "outputs": [{"type": "bool"}]}
    paused = read_call(item)
    assert paused.data == "0x5c975abb"
    assert paused.decode(bytes(31) + b"\x01") is True
    with pytest.raises(MalformedError):
        paused.decode(b"\xff" * 32)


def test_a_call_takes_only_what_its_signature_says() -> None:
    """A defect of ours is told as one."""
    assert call_data("totalSupply()") == "0x18160ddd"
    with pytest.raises(MalformedError):
        call_data("balanceOf(address)", "nobody")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"inputs": []}, "no inputs"),
        ({"inputs": "none"}, "list of tables"),
        ({"inputs": [{"name": "", "type": "address", "indexed": True}]}, "name and a type"),
        (
            {"inputs": [{"name": f"a{n}", "type": "address", "indexed": True} for n in range(4)]},
            "at most three",
        ),
    ],
)
def test_an_event_that_cannot_be_read_is_refused(change: dict[str, object], said: str) -> None:
    """With the reason."""
    with pytest.raises(ValueError, match=said):
        read_event(EVENT | change)

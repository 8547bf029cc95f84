"""What a node says, in our types: headers, logs, and answers of contracts at one block.

Every answer is checked for its shape; what does not fit is a fault of the node and never a zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from trustops.chain.abi import Value, call_data, read_answer
from trustops.chain.faults import BehindError, MalformedError
from trustops.chain.nodes import Node
from trustops.chain.shapes import kept, shown
from trustops.chain.values import BlockMark

HASH_BYTES = 32
ADDRESS_BYTES = 20
DELEGATED = bytes.fromhex("ef0100")
"""What the code of an account with a key begins with when it lent itself a contract (EIP-7702)."""

Tag = Literal["latest", "safe", "finalized"]


@dataclass(frozen=True, slots=True)
class Log:
    """One log as the node gave it; addresses and hashes in lower case.

    `at` is the time of its block, which newer nodes put into each log.
    """

    address: str
    topics: tuple[bytes, ...]
    data: bytes
    block_number: int
    block_hash: str
    tx_hash: str
    index: int
    at: datetime | None = None


def header(node: Node, block: int | Tag) -> BlockMark:
    """The header of a block.

    Raises:
        BehindError: the node does not have it.
        NodeError: it could not be read.
    """
    found = node.ask("eth_getBlockByNumber", hex(block) if isinstance(block, int) else block, False)
    if found is None:
        raise BehindError(f"The node does not have the block {block}.")
    entry = _mapping(found)
    mark = BlockMark(
        number=_whole(entry, "number"),
        hash=_hash(entry, "hash"),
        at=_moment(entry, "timestamp"),
    )
    if isinstance(block, int) and mark.number != block:
        raise MalformedError("The node answered with another block than it was asked for.")
    return mark


def logs(
    node: Node, addresses: Sequence[str], topics: Sequence[str], *, first: int, last: int
) -> tuple[Log, ...]:
    """The logs of several contracts and events between two blocks, both included, in order.

    Raises:
        NodeError: they could not be read, or are not what was asked for.
    """
    asked = {
        "address": list(addresses),
        "topics": [list(topics)],
        "fromBlock": hex(first),
        "toBlock": hex(last),
    }
    found = node.ask("eth_getLogs", asked)
    if not isinstance(found, Sequence) or isinstance(found, str | bytes):
        raise MalformedError("The node answered no list of logs.")
    read = sorted((_log(entry) for entry in found), key=lambda log: (log.block_number, log.index))
    wanted = {bytes.fromhex(topic.removeprefix("0x")) for topic in topics}
    known = {kept(address) for address in addresses}
    for log in read:
        if not first <= log.block_number <= last or log.address not in known:
            raise MalformedError("The node answered logs that were not asked for.")
        if not log.topics or log.topics[0] not in wanted:
            raise MalformedError("The node answered events that were not asked for.")
    if len({(log.block_hash, log.index) for log in read}) != len(read):
        raise MalformedError("The node answered the same log twice.")
    return tuple(read)


def call(node: Node, address: str, data: str, *, at: int) -> bytes:
    """What a contract answers to a call at a block.

    Raises:
        RevertError: the contract refuses it.
        NodeError: it could not be asked.
    """
    return _bytes(node.ask("eth_call", {"to": address, "data": data}, hex(at)))


def ask(node: Node, address: str, signature: str, *values: object, at: int) -> Value:
    """The one number or word that a function such as `balanceOf(address)` answers at a block.

    Raises:
        NodeError: it could not be asked, or nothing stands at the address.
    """
    raw = call(node, address, call_data(signature, *values), at=at)
    if not raw:
        name = signature.partition("(")[0]
        raise MalformedError(f"Nothing answers {name} at {shown(address)}: is it a contract here?")
    return read_answer("uint256", raw)


def number(node: Node, address: str, signature: str, *values: object, at: int) -> int:
    """The same, for answers that are numbers."""
    return int(ask(node, address, signature, *values, at=at))


def holds_code(node: Node, address: str, *, at: int) -> bool:
    """Whether a contract stands at an address; an account that lent itself code is none."""
    code = _bytes(node.ask("eth_getCode", address, hex(at)))
    return bool(code) and not code.startswith(DELEGATED)


def sender(node: Node, tx_hash: str) -> str:
    """Who sent a transaction, in lower case."""
    found = node.ask("eth_getTransactionByHash", tx_hash)
    if found is None:
        raise BehindError("The node does not have a transaction of its own log.")
    return _address(_mapping(found), "from")


def _log(entry: object) -> Log:
    given = _mapping(entry)
    if given.get("removed"):
        raise BehindError("The node answered a log of a block that it dropped.")
    topics = given.get("topics")
    if not isinstance(topics, Sequence) or isinstance(topics, str | bytes):
        raise MalformedError("A log has no topics.")
    return Log(
        address=_address(given, "address"),
        topics=tuple(_sized(_bytes(topic), HASH_BYTES) for topic in topics),
        data=_bytes(given.get("data")),
        block_number=_whole(given, "blockNumber"),
        block_hash=_hash(given, "blockHash"),
        tx_hash=_hash(given, "transactionHash"),
        index=_whole(given, "logIndex"),
        at=_moment(given, "blockTimestamp") if _gives_time(given) else None,
    )


def _gives_time(entry: Mapping[str, Any]) -> bool:
    """Whether a log has the time of its block; some nodes give a nought for not knowing."""
    return bool(entry.get("blockTimestamp")) and _whole(entry, "blockTimestamp") > 0


def _mapping(given: object) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise MalformedError("The node answered a value where a table belongs.")
    return given


def _whole(entry: Mapping[str, Any], name: str) -> int:
    """A number of an answer: hex by JSON-RPC, a number from providers within the process."""
    given = entry.get(name)
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if isinstance(given, str) and given.startswith("0x"):
        try:
            return int(given, 16)
        except ValueError as error:
            raise MalformedError(f"{name} is no number.") from error
    raise MalformedError(f"{name} is no number.")


def _moment(entry: Mapping[str, Any], name: str) -> datetime:
    try:
        return datetime.fromtimestamp(_whole(entry, name), UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise MalformedError("The time of a block is none.") from error


def _bytes(given: object) -> bytes:
    if isinstance(given, bytes):
        return bytes(given)
    if isinstance(given, str) and given.startswith("0x"):
        try:
            return bytes.fromhex(given[2:])
        except ValueError as error:
            raise MalformedError("The node answered broken hex.") from error
    raise MalformedError("The node answered something else than hex.")


def _sized(raw: bytes, size: int) -> bytes:
    if len(raw) != size:
        raise MalformedError(f"The node answered {len(raw)} bytes where {size} belong.")
    return raw


def _hash(entry: Mapping[str, Any], name: str) -> str:
    return "0x" + _sized(_bytes(entry.get(name)), HASH_BYTES).hex()


def _address(entry: Mapping[str, Any], name: str) -> str:
    return "0x" + _sized(_bytes(entry.get(name)), ADDRESS_BYTES).hex()

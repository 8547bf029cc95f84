"""ABI items of a pack: what an event's log and a function's answer decode to, strictly.

A log is refused unless it has exactly the topics and the bytes that the item says: an argument
declared as indexed that is not gives the same topic and nonsense behind it. Texts stay bytes,
because whoever migrates may put anything into them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import decode, encode
from eth_abi.exceptions import ABITypeError, DecodingError, EncodingError, ParseError
from eth_abi.grammar import parse
from eth_utils.crypto import keccak

from trustops.chain.faults import MalformedError

WORD = 32
MOST_INDEXED = 3

TEXT = re.compile(r"\bstring\b")

Value = int | str | bool | bytes


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of an event, in the order of the item."""

    name: str
    type: str
    indexed: bool


@dataclass(frozen=True, slots=True)
class EventAbi:
    """An event: its name, its arguments, and what its logs look like."""

    name: str
    arguments: tuple[Argument, ...]

    @property
    def signature(self) -> str:
        """The text that the first topic is the hash of."""
        return f"{self.name}({','.join(item.type for item in self.arguments)})"

    @property
    def topic(self) -> str:
        """The first topic of the event's logs, as lower-case hex."""
        return "0x" + keccak(text=self.signature).hex()

    def type_of(self, name: str) -> str | None:
        """The type of an argument, or None where there is none of that name."""
        return next((item.type for item in self.arguments if item.name == name), None)

    def decode(self, topics: Sequence[bytes], data: bytes) -> dict[str, Value]:
        """The arguments of a log by name.

        Raises:
            MalformedError: the log does not have the shape of the item.
        """
        indexed = [item for item in self.arguments if item.indexed]
        plain = [item for item in self.arguments if not item.indexed]
        if len(topics) != len(indexed) + 1:
            raise MalformedError(
                f"a log of {self.name} has {len(topics) - 1} indexed arguments, "
                f"and the pack says {len(indexed)}"
            )
        types = [item.type for item in plain]
        in_words = all(is_word(kind) for kind in types)
        if in_words and len(data) != WORD * len(plain):
            raise MalformedError(
                f"a log of {self.name} has {len(data)} bytes of data, "
                f"and the pack expects {WORD * len(plain)}"
            )
        found = {
            item.name: _decoded([item.type if is_word(item.type) else "bytes32"], topic)[0]
            for item, topic in zip(indexed, topics[1:], strict=True)
        }
        values = _decoded(types, data)
        if not in_words and encode(_raw(types), values) != data:
            raise MalformedError(f"a log of {self.name} has other data than the pack expects")
        return found | {item.name: value for item, value in zip(plain, values, strict=True)}


@dataclass(frozen=True, slots=True)
class CallAbi:
    """A function without arguments and with one answer."""

    name: str
    answer: str

    @property
    def data(self) -> str:
        """What a call of it sends."""
        return call_data(f"{self.name}()")

    def decode(self, raw: bytes) -> Value:
        """The answer.

        Raises:
            MalformedError: the answer does not have the type of the item.
        """
        return read_answer(self.answer, raw)


def call_data(signature: str, *values: object) -> str:
    """What a call of a function sends, such as `balanceOf(address)` with one address, as hex."""
    types = [item for item in signature.partition("(")[2].rstrip(")").split(",") if item]
    try:
        arguments = encode(types, values)
    except (EncodingError, ABITypeError) as error:
        raise MalformedError(f"{signature} does not take these values") from error
    return "0x" + (keccak(text=signature)[:4] + arguments).hex()


def read_answer(kind: str, raw: bytes) -> Value:
    """The one value that a function answered.

    Raises:
        MalformedError: it is empty, as where no contract stands, or of another type.
    """
    return _decoded([kind], raw)[0]


def read_event(given: object) -> EventAbi:
    """An event from its ABI item, which is JSON text or a TOML table.

    Raises:
        ValueError: it is no event that this desk can read; the message says why.
    """
    item = _item(given, "event")
    if item.get("anonymous"):
        raise ValueError("an anonymous event cannot be found by its first topic")
    arguments = tuple(_argument(entry) for entry in _list(item, "inputs"))
    if not arguments:
        raise ValueError("the event has no inputs")
    if sum(argument.indexed for argument in arguments) > MOST_INDEXED:
        raise ValueError("an event has at most three indexed inputs")
    names = [argument.name for argument in arguments]
    if len(set(names)) != len(names):
        raise ValueError("two inputs of the event have the same name")
    return EventAbi(str(item["name"]), arguments)


def read_call(given: object) -> CallAbi:
    """A function without arguments from its ABI item, which is JSON text or a TOML table.

    Raises:
        ValueError: it is no such function; the message says why.
    """
    item = _item(given, "function")
    outputs = _list(item, "outputs")
    if _list(item, "inputs") or len(outputs) != 1:
        raise ValueError("the function has to take nothing and to answer one value")
    answer = str(outputs[0].get("type", ""))
    _check_type(answer)
    if not is_word(answer):
        raise ValueError(f"the answer {answer} is not supported: only types of one word are")
    return CallAbi(str(item["name"]), answer)


def _item(given: object, kind: str) -> Mapping[str, Any]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except json.JSONDecodeError as error:
            raise ValueError(f"is not JSON: {error.msg} at character {error.pos}") from error
    table: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    if table.get("type") != kind:
        raise ValueError(f'has to be one item of an ABI that says "type": "{kind}"')
    if not str(table.get("name", "")).isidentifier():
        raise ValueError("the item has no name")
    return table


def _list(item: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    found = item.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, Mapping) for entry in found):
        raise ValueError(f"{name} has to be a list of tables")
    return found


def _argument(entry: Mapping[str, Any]) -> Argument:
    name, kind, indexed = entry.get("name"), entry.get("type"), entry.get("indexed")
    if not isinstance(name, str) or not name or not isinstance(kind, str):
        raise ValueError("each input needs a name and a type")
    if indexed is not True and indexed is not False:
        raise ValueError(f"the input {name} has to say whether it is indexed")
    whole = _whole_type(entry, kind)
    _check_type(whole)
    return Argument(name, whole, indexed)


def _whole_type(entry: Mapping[str, Any], kind: str) -> str:
    """The type as signatures have it: a structure is the list of its parts."""
    if not kind.startswith("tuple"):
        return kind
    parts = (_whole_type(part, str(part.get("type", ""))) for part in _list(entry, "components"))
    return f"({','.join(parts)}){kind.removeprefix('tuple')}"


def _check_type(kind: str) -> None:
    try:
        parse(kind).validate()
    except (ParseError, ABITypeError) as error:
        raise ValueError(f"{kind!r} is no type of an ABI") from error


def is_word(kind: str) -> bool:
    """Whether a type fills exactly one word: no array, structure, text or bytes of any length."""
    return not kind.startswith("(") and not kind.endswith("]") and kind not in {"string", "bytes"}


def _raw(types: Sequence[str]) -> list[str]:
    return [TEXT.sub("bytes", kind) for kind in types]


def _decoded(types: Sequence[str], raw: bytes) -> tuple[Value, ...]:
    try:
        values: tuple[Value, ...] = decode(_raw(types), raw)
    except (DecodingError, OverflowError) as error:
        raise MalformedError(f"{len(raw)} bytes are not {', '.join(types)}") from error
    return values

"""A body is read for as long as it comes at the pace that is asked, and holds nobody up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable

import pytest

from trustops.web.bodies import (
    BrokenBodyError,
    Pace,
    SlowBodyError,
    announced_length,
    has_body,
    read_body,
)

PACE = Pace(grace_seconds=0.2, bytes_per_second=100, deadline_seconds=0.6)


async def coming(chunks: Iterable[bytes], *, every_seconds: float = 0.0) -> AsyncIterator[bytes]:
    """A body that comes piece by piece."""
    for chunk in chunks:
        await asyncio.sleep(every_seconds)
        yield chunk


def read(chunks: AsyncIterator[bytes], *, announced: int | None = None, most: int = 1000) -> bytes:
    """The body as the gateway reads it."""
    return asyncio.run(read_body(chunks, announced=announced, pace=PACE, most=most))


def test_a_body_that_comes_at_once_is_read_whole() -> None:
    """Whatever the size of its pieces, whether or not its length was announced."""
    assert read(coming([b"ab", b"", b"c"]), announced=3) == b"abc"
    assert read(coming([b"abc"])) == b"abc"
    assert read(coming([])) == b""


def test_who_sends_a_byte_now_and_then_is_let_go() -> None:
    """Twenty bytes a second are fewer than a hundred."""
    with pytest.raises(SlowBodyError):
        read(coming([b"x"] * 50, every_seconds=0.05))


def test_who_sends_nothing_is_let_go() -> None:
    """After the grace, for no byte has come since."""
    with pytest.raises(SlowBodyError):
        read(coming([b"x"], every_seconds=30))


def test_who_sends_steadily_at_the_pace_is_heard() -> None:
    """Two hundred bytes a second, for longer than the grace."""
    assert len(read(coming([b"x" * 10] * 8, every_seconds=0.05))) == 80


def test_nobody_is_heard_beyond_the_deadline() -> None:
    """However fast the bytes come."""
    with pytest.raises(SlowBodyError):
        read(coming([b"x" * 1000] * 40, every_seconds=0.05), most=10**6)


def test_no_more_is_read_than_the_application_takes() -> None:
    """What is there already is enough for it to refuse the size."""
    assert len(read(coming([b"x" * 600] * 10**6))) == 1200


@pytest.mark.parametrize("chunks", [[b"ab"], [b"abcd"], []])
def test_a_body_of_another_length_than_announced_is_none(chunks: list[bytes]) -> None:
    """Half a form is no form: its sender went away."""
    with pytest.raises(BrokenBodyError):
        read(coming(chunks), announced=3)


@pytest.mark.parametrize(
    ("received", "seconds"), [(0, 10.0), (2_000, 11.0), (20_000, 20.0), (10**9, 60.0)]
)
def test_patience_grows_with_what_has_come(received: int, seconds: float) -> None:
    """Ten seconds for nothing, one more for each 2,000 bytes, a minute at most."""
    assert Pace().patience(received) == seconds


@pytest.mark.parametrize("chunks", [[b"ab", b"", b""], [b"", b""], [b"ab", b"", b"c"]])
def test_a_body_in_chunks_that_breaks_off_is_none(chunks: list[bytes]) -> None:
    """The server gives an empty chunk for what it could not read, and one for the end."""
    with pytest.raises(BrokenBodyError):
        read(coming(chunks))


def test_a_body_in_chunks_ends_with_an_empty_one() -> None:
    """Which is no part of it."""
    assert read(coming([b"ab", b"c", b""])) == b"abc"
    assert read(coming([b""])) == b""


@pytest.mark.parametrize(
    ("fields", "length"),
    [
        ({"content-length": "0"}, 0),
        ({"content-length": "005"}, 5),
        ({"transfer-encoding": "chunked"}, None),
        ({"transfer-encoding": "CHUNKED"}, None),
    ],
)
def test_headers_announce_a_body_by_its_length_or_in_chunks(
    fields: dict[str, str], length: int | None
) -> None:
    """Names in lower case, as the server gives them."""
    assert has_body(fields)
    assert announced_length(fields) == length


@pytest.mark.parametrize(
    "coding", ["", "gzip", "gzip, chunked", "chunked, chunked", "chunked,chunked", "identity"]
)
def test_a_body_in_another_coding_is_not_read(coding: str) -> None:
    """Nobody could say where it ends, or what it says."""
    assert has_body({"transfer-encoding": coding})
    with pytest.raises(BrokenBodyError):
        announced_length({"transfer-encoding": coding})


def test_a_request_without_such_headers_has_no_body() -> None:
    """As nearly every request of a reader."""
    assert not has_body({"host": "desk.example"})

"""Reads the body of a request against a deadline and a rate, holding no thread meanwhile.

Whoever sends slowly is heard for as long as the rate says and costs a coroutine; whoever sends
nothing is let go. Sizes are in bytes, times in seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass

from trustops.web.texts import MOST_BYTES


class SlowBodyError(Exception):
    """The sender was slower than the pace allows."""


class BrokenBodyError(Exception):
    """The sender went away, or sent another length or form than it had announced."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a body has to come.

    It is complete within `deadline_seconds`; once `grace_seconds` are over it has to have come at
    `bytes_per_second` since then. The defaults let a full form through on a slow mobile network
    (about 8 kB/s) and a message of ordinary length on the slowest.
    """

    grace_seconds: float = 10.0
    bytes_per_second: int = 2000
    deadline_seconds: float = 60.0

    def patience(self, received: int) -> float:
        """How long after its begin a body is waited for, with so many bytes received."""
        return min(self.deadline_seconds, self.grace_seconds + received / self.bytes_per_second)


def has_body(fields: Mapping[str, str]) -> bool:
    """Whether the headers announce a body, be it an empty one; names in lower case."""
    return "content-length" in fields or "transfer-encoding" in fields


def announced_length(fields: Mapping[str, str]) -> int | None:
    """The length that the headers give a body; None where it comes in chunks.

    Raises:
        BrokenBodyError: it comes in a coding that is not ours, or coded in chunks twice.
    """
    coding = fields.get("transfer-encoding")
    if coding is None:
        # The server has refused every length that is not one number (RFC 9112, section 6.3).
        return int(fields["content-length"])
    if coding.lower() != "chunked":
        raise BrokenBodyError
    return None


async def read_body(
    chunks: AsyncIterable[bytes], *, announced: int | None, pace: Pace, most: int = MOST_BYTES
) -> bytes:
    """The whole body, or its first bytes, more than `most`, where it is larger than that.

    Args:
        chunks: the body as it comes.
        announced: its `Content-Length`; None where it comes in chunks of unknown number.
        pace: how fast it has to come.
        most: from here on nothing more is read; the application refuses such a body by its size.

    Raises:
        SlowBodyError: it came more slowly than the pace allows.
        BrokenBodyError: it ended early.
    """
    body = bytearray()
    ended = False
    begun = asyncio.get_running_loop().time()
    try:
        async with asyncio.timeout_at(begun + pace.patience(0)) as patience:
            async for chunk in chunks:
                if ended:
                    raise BrokenBodyError
                # The server gives an empty chunk at the end; and one before that for a body that
                # broke off, or for fields after the last chunk, which nothing of ours reads.
                ended = announced is None and not chunk
                body += chunk
                if len(body) > most:
                    return bytes(body)
                patience.reschedule(begun + pace.patience(len(body)))
    except TimeoutError as error:
        raise SlowBodyError from error
    if announced is not None and len(body) != announced:
        raise BrokenBodyError
    return bytes(body)

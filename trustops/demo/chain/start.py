"""Starts the process of the demo's chain, and says where it is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import IO

from trustops.errors import TrustOpsError

NAME = "demo"
"""The chain's name in the demo's pack, tickets and settings."""

HISTORY = timedelta(days=30)
"""How far back the chain begins."""

END_SECONDS = 5


class ChainNotStartedError(TrustOpsError):
    """The demo's chain gave no sign of life."""

    slug = "demo-chain"
    title = "The demo's chain did not start"


@dataclass(frozen=True, slots=True)
class DemoChain:
    """The running chain: its node, its id, and addresses of contracts and of holders by role."""

    url: str
    chain_id: int
    addresses: Mapping[str, str]


@contextmanager
def running(offset: timedelta) -> Iterator[DemoChain]:
    """The chain while the block runs, on a clock moved like the demo's.

    Raises:
        ChainNotStartedError: the process ended before it listened.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "trustops.demo.chain", str(int(offset.total_seconds()))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,  # Ctrl-C is for its parent, which reads it to the end and then ends it
    )
    try:
        yield _told(process.stdout)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _told(output: IO[bytes] | None) -> DemoChain:
    """What the process says once it listens."""
    line = output.readline() if output is not None else b""
    if not line:
        raise ChainNotStartedError("The process of the demo's chain ended; see what it printed.")
    told = json.loads(line)
    return DemoChain(told["url"], told["chain_id"], told["addresses"])

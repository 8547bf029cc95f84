"""The process of the demo's chain: `python -m trustops.demo.chain SECONDS_OF_OFFSET`.

It prints one line of JSON once it listens, and ends when its standard input is closed, which
the system does for it however its parent ends.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from threading import Event, Thread

from trustops.clock import SystemClock
from trustops.demo.chain.node import Node
from trustops.demo.chain.world import World

EACH_SECONDS = 6


def main() -> None:
    """Run until the parent is gone."""
    clock = SystemClock(timedelta(seconds=int(sys.argv[1])))
    world = World(clock.now())
    world.go_on(clock.now())
    node = Node(world.provider)
    Thread(target=node.serve_forever, daemon=True).start()
    told = {"url": node.url, "chain_id": world.chain_id, "addresses": world.addresses}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    gone = Event()
    Thread(target=_watch, args=(gone,), daemon=True).start()
    while not gone.wait(EACH_SECONDS):
        with node.lock:
            world.go_on(clock.now())
    node.shutdown()


def _watch(gone: Event) -> None:
    """Wait for the end of the standard input."""
    sys.stdin.read()
    gone.set()


if __name__ == "__main__":
    main()

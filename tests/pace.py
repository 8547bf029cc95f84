"""How the time of a piece of work grows, for texts that somebody made to be slow.

No test asks how fast something is: a shared machine is slow now and then, and `make bench` measures
ratios. A test asks only whether time explodes, with so much room that a busy machine does not
look like an explosion.
"""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 20
"""How much larger the larger of two texts is."""

MOST = 100
"""How many times as long it may take: in proportion it is `TIMES`, by the square 400."""


LEAST_SECONDS = 0.01
"""What a short text counts as, so that nothing is compared with the grain of the clock."""


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def explodes(work: Callable[[str], object], piece: str, size: int) -> bool:
    """Whether a text of this many repeated characters takes far more than its share.

    The less of two each, compared with a text of a twentieth of the size.
    """

    def least(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        return min(seconds(lambda: work(text)) for _ in range(2))

    return least(size) > MOST * max(least(size // TIMES), LEAST_SECONDS)

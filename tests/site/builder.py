"""One of several real processes that build releases of one instance.

Started as `python -m tests.site.builder FOLDER WORK`, where WORK is `hang` or words of its own.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

from tests.conftest import NOON
from tests.site.released import a_tree, put
from trustops.site.release import PAGES, Releases

BUILDS = 5


def build_some(instance: Path, words: str) -> None:
    """Build a few releases, one after the other."""
    releases = Releases(instance)
    for turn in range(BUILDS):
        with releases.alone():
            put(instance, NOON + timedelta(seconds=turn), tree=a_tree(words))
            releases.clear()


def hang(instance: Path) -> None:
    """Begin a release, say so, and never finish it."""
    releases = Releases(instance)
    with releases.alone(), releases.unfinished(NOON) as out:
        (out / PAGES).mkdir()
        (out / PAGES / "index.html").write_bytes(b"half a pa")
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        time.sleep(60)


if __name__ == "__main__":
    folder, work = Path(sys.argv[1]), sys.argv[2]
    if work == "hang":
        hang(folder)
    else:
        build_some(folder, work)

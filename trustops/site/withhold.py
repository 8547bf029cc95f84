"""Takes the official facts off a release that stays up because a content file has a fault.

The pages cannot be built anew then, so those without the facts, which lie in every release, take
the place of the others. A fault in one file may not keep an address up that nobody vouches for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from trustops.official.rules import sentence_of
from trustops.official.values import Problem
from trustops.site.release import INDEX, PAGES, WITHHELD, Releases
from trustops.site.writer import Plain, Writer

Words = Sequence[tuple[bytes, bytes]]
"""What is said of an expired manifest, and what is said instead."""


def withhold(releases: Releases, now: datetime, problem: Problem) -> bool:
    """Serve the current release without official facts; tells whether it had any.

    Args:
        releases: those of the instance; call it while building alone.
        now: an aware instant, in UTC.
        problem: why the manifest is not trusted.

    Raises:
        OSError: the release cannot be read or written.
        ValueError: its index is none.
        KeyError: its index lacks something.
    """
    release = releases.current()
    if release is None:
        return False
    index = json.loads((release / INDEX).read_text(encoding="utf-8"))
    until = index["official_expires_at"]
    if until is None:
        return False
    words = _words(datetime.fromisoformat(until), now, problem)
    with releases.unfinished(now) as out:
        writer = Writer(out)
        rows: dict[str, Any] = {}
        for path, row in index["trees"][WITHHELD].items():
            body = _said((release / WITHHELD / row["file"]).read_bytes(), words)
            rows[path] = writer.write(PAGES, Plain(path, body, row["type"]), row["status"])
        changed: Mapping[str, Any] = {"official_expires_at": None, "trees": {PAGES: rows}}
        (out / INDEX).write_text(json.dumps({**index, **changed}), encoding="utf-8")
    return True


def _words(end: datetime, now: datetime, problem: Problem) -> Words:
    """The reason and the moment in every form in which the pages beside give them."""
    forms = ("%Y-%m-%dT%H:%M:%S", '"start_date":"%Y-%m-%d"', "%-d&nbsp;%b&nbsp;%Y, %H:%M")
    pairs = [(f"{end:{form}}", f"{now:{form}}") for form in forms]
    pairs.append((sentence_of(Problem.EXPIRED), sentence_of(problem)))
    return [(before.encode(), after.encode()) for before, after in pairs]


def _said(body: bytes, words: Words) -> bytes:
    for before, after in words:
        body = body.replace(before, after)
    return body

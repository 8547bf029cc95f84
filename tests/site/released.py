"""Small releases for tests: a few pages with words of their own, written as a build writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from trustops.site.release import INDEX, PAGES, WITHHELD, Releases
from trustops.site.writer import Plain, Writer

HTML = "text/html; charset=utf-8"
JSON = "application/json"
ATOM = "application/atom+xml"

ADDRESS = "So11111111111111111111111111111111111111112"
"""What stands on the open pages and may not stand on the withheld ones."""


@dataclass(frozen=True)
class Tree:
    """Pages of a small release: bodies by path, and what is gone."""

    files: Mapping[str, tuple[bytes, str]]
    gone: tuple[str, ...] = ()


def a_tree(words: str = "Open.", **more: bytes) -> Tree:
    """A front page, an answer, a machine file and a feed."""
    page = f"<!doctype html><title>Pages</title><p>{words} " + "All is well. " * 60
    files = {
        "/": (page.encode(), HTML),
        "/faq": (b"<!doctype html><title>Questions</title>", HTML),
        "/faq/is-it-over": (f"{page} Yes.".encode(), HTML),
        "/api/v2/summary.json": (json.dumps({"words": words}).encode(), JSON),
        "/api/v2/migration.json": (b"{}", JSON),
        "/api/v2/exchanges.json": (b"{}", JSON),
        "/heartbeats.atom": (b"<feed/>", ATOM),
    }
    return Tree(files | {path: (body, HTML) for path, body in more.items()}, ("/faq/taken-back",))


def put(
    instance: Path,
    now: datetime,
    *,
    tree: Tree | None = None,
    withheld: Tree | None = None,
    expires_at: datetime | None = None,
    watched: str = "",
) -> Path:
    """Put a release in place; gives its folder."""
    releases = Releases(instance)
    with releases.unfinished(now) as out:
        write(out, now, tree or a_tree(), withheld, expires_at=expires_at, watched=watched)
    found = releases.current()
    assert found is not None
    return found


def write(
    out: Path,
    now: datetime,
    tree: Tree,
    withheld: Tree | None = None,
    *,
    expires_at: datetime | None = None,
    watched: str = "",
) -> None:
    """Write the files of a release, its index last."""
    writer = Writer(out)
    trees = {PAGES: _rows(writer, PAGES, tree)}
    if withheld is not None:
        trees[WITHHELD] = _rows(writer, WITHHELD, withheld)
    index = {
        "built_at": now.isoformat(),
        "watched": watched,
        "official_expires_at": expires_at.isoformat() if expires_at else None,
        "trees": trees,
        "redirects": {"/faq/over": "/faq/is-it-over"},
    }
    (out / INDEX).write_text(json.dumps(index), encoding="utf-8")


def _rows(writer: Writer, name: str, tree: Tree) -> dict[str, object]:
    rows: dict[str, object] = {
        path: writer.write(name, Plain(path, body, kind))
        for path, (body, kind) in tree.files.items()
    }
    for path in tree.gone:
        rows[path] = writer.write(name, Plain(path, b"It was taken back.", HTML), status=410)
    return rows

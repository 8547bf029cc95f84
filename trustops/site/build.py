"""Builds a release: every page and machine file once with the official facts and once without.

The tree without them is there for the moment at which the manifest expires: whoever serves the
release changes over by the clock, even if no job runs any more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from trustops.content.facts import Facts
from trustops.content.kinds import Kind
from trustops.site import telling
from trustops.site.release import INDEX, PAGES, WITHHELD
from trustops.site.schemas import schemas
from trustops.site.sources import Sources, withheld
from trustops.site.writer import Plain, Writer, Written
from trustops.status import statuspage

GONE = "/410"
"""The path under which the pages give the words of an answer 410; nothing is served there."""

MANIFEST = "/.well-known/migration-manifest.json"
SIGNATURE = f"{MANIFEST}.minisig"

SHORT = {
    "/safety": "/migration-safety",
    "/safe": "/migration-safety",
    "/status": "/",
    "/home": "/",
    "/questions": "/faq",
    "/help": "/support",
    "/issues": "/known-issues",
    "/heartbeat": "/heartbeats",
}
"""Where addresses lead that people type. A page of the content folder goes before them."""

Render = Callable[[Sources, Facts], Iterable[Written]]
"""What writes the pages and feeds: `trustops.site.pages.files`."""


def build(sources: Sources, out: Path, render: Render) -> None:
    """Write a whole release into an empty folder, its index last of all.

    Args:
        sources: what the pages say.
        out: the folder; `Releases.unfinished` gives one.
        render: what writes pages and feeds.
    """
    writer = Writer(out)
    trees = {PAGES: write_tree(writer, PAGES, sources, render)}
    manifest = sources.official.manifest
    if manifest is not None:
        trees[WITHHELD] = write_tree(writer, WITHHELD, withheld(sources), render)
    index = {
        "built_at": sources.now.isoformat(),
        "watched": sources.watched,
        "official_expires_at": manifest.expires_at.isoformat() if manifest else None,
        "trees": trees,
        "redirects": redirects(sources),
        "foot": telling.ways_on(sources),
    }
    (out / INDEX).write_text(json.dumps(index), encoding="utf-8")


def write_tree(writer: Writer, tree: str, sources: Sources, render: Render) -> dict[str, Any]:
    """Write every file as the sources have it; gives the rows of the index by path.

    Raises:
        ValueError: two files have one path; a defect of whatever renders.
    """
    rows: dict[str, Any] = {}
    gone: Written | None = None
    for file in (*render(sources, sources.facts), *machine_files(sources)):
        if file.path == GONE:
            gone = file
            continue
        if file.path in rows:
            raise ValueError(f"two files of a release have the path {file.path}")
        rows[file.path] = writer.write(tree, file)
    for path in withdrawn_paths(sources):
        if gone is not None and path not in rows:
            page = Plain(path, gone.body, gone.content_type)
            rows[path] = writer.write(tree, page, HTTPStatus.GONE)
    return rows


def machine_files(sources: Sources) -> Iterable[Plain]:
    """The files for programs: the Statuspage shape, schemas, the manifest while it is trusted."""
    for path, body in statuspage.files(sources.snapshot, sources.base_url).items():
        yield Plain(path, body, "application/json")
    for name, schema in schemas().items():
        body = json.dumps(schema, indent=2, ensure_ascii=False).encode()
        yield Plain(f"/schemas/{name}.json", body, "application/schema+json")
    if sources.official.trusted:
        yield Plain(MANIFEST, sources.official.text, "application/json")
        yield Plain(SIGNATURE, sources.official.signature, "text/plain; charset=utf-8")


def redirects(sources: Sources) -> Mapping[str, str]:
    """Where addresses that people type lead, and former names of answers."""
    taken = {f"/{document.id}" for document in sources.library.all(Kind.PAGE)}
    taken.update(withdrawn_paths(sources))
    short = {path: target for path, target in SHORT.items() if path not in taken}
    former = {f"/faq/{alias}": f"/faq/{now}" for alias, now in sources.library.aliases.items()}
    return {**short, **former}


def withdrawn_paths(sources: Sources) -> Iterable[str]:
    """Addresses of what was taken back: it is gone, which says more than that it is not there."""
    for kind, prefix in ((Kind.PAGE, "/"), (Kind.FAQ, "/faq/")):
        yield from sorted(f"{prefix}{name}" for name in sources.library.withdrawn[kind])

"""A stand-in for the pages room: plain pages that name everything that could go wrong."""

from __future__ import annotations

from collections.abc import Iterator

from trustops.content.facts import Facts
from trustops.content.kinds import Kind
from trustops.content.markdown import render
from trustops.site.build import GONE
from trustops.site.sources import Sources
from trustops.site.writer import Plain

HTML = "text/html; charset=utf-8"


def files(sources: Sources, facts: Facts) -> Iterator[Plain]:
    """A front page, the documents, and the words for what is gone."""
    front = f"<!doctype html><h1>{sources.snapshot.migration_state}</h1>{facts.withheld}"
    yield Plain("/", front.encode(), HTML)
    yield Plain(GONE, b"<!doctype html>It was taken back.", HTML)
    for kind, prefix in ((Kind.PAGE, "/"), (Kind.FAQ, "/faq/")):
        for document in sources.library.all(kind):
            body = f"<!doctype html>{facts.withheld}{render(document.body, facts).html}"
            yield Plain(f"{prefix}{document.id}", body.encode(), HTML)

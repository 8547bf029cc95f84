"""The public pages and feeds as files: what each address of the site answers, made in one go.

Rendered within an application context and outside of any request: no session, no form, no reader.
What a page says is worked out in `telling` and `standing`; templates choose words alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template

from trustops.content.answering import in_words
from trustops.content.facts import Facts
from trustops.content.kinds import FaqMeta, Kind, PageMeta
from trustops.content.library import DEFAULT_LOCALE
from trustops.site import standing, telling
from trustops.site.build import GONE
from trustops.site.feeds import heartbeats_atom
from trustops.site.sources import Sources
from trustops.web.pages import SiteName

HTML = "text/html; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"

SAFETY = "migration-safety"
"""The page that carries the official list; it is there even where no file of it is."""

SITEMAP = "/sitemap.txt"


@dataclass(frozen=True, slots=True)
class File:
    """One file of the public site. `path` begins with `/` and is what a reader asks for."""

    path: str
    body: bytes
    content_type: str


def files(sources: Sources, facts: Facts) -> Iterator[File]:
    """Every page and feed of the site.

    Args:
        sources: what the pages say, as of one moment.
        facts: what prose may name; withheld ones are said to be withheld, on every page.
    """
    press = _Press(sources, facts)
    paths: list[str] = []
    for file in _pages(sources, press):
        if file.path != GONE:
            paths.append(file.path)
        yield file
    yield from _notices(sources, press)
    yield File("/heartbeats.atom", heartbeats_atom(sources), ATOM)
    addresses = "".join(f"{sources.base_url}{path}\n" for path in paths)
    yield File(SITEMAP, addresses.encode(), TEXT)


def _pages(sources: Sources, press: _Press) -> Iterator[File]:
    facts = press.facts
    yield press.page("/", "status", standing.status_page(sources), nav="home")
    yield press.page(f"/{SAFETY}", "safety", telling.safety_page(sources, facts), nav="safety")
    for document in sources.library.all(Kind.PAGE):
        if document.id != SAFETY:
            told = telling.told(document, PageMeta, facts, sources)
            yield press.page(f"/{document.id}", "document", told)
    yield press.page("/faq", "faq", telling.faq_page(sources), nav="faq")
    for document in sources.library.all(Kind.FAQ):
        answer = telling.answer_page(
            sources, telling.told(document, FaqMeta, facts, sources), facts
        )
        yield press.page(f"/faq/{document.id}", "answer", answer, nav="faq")
    yield press.page("/exchanges", "exchanges", standing.matrix_page(sources), nav="exchanges")
    yield press.page("/policy", "policy", telling.ledger(sources, facts))
    yield press.page("/known-issues", "known_issues", telling.issues(sources, facts))
    yield press.page("/heartbeats", "heartbeats", standing.archive_page(sources))
    for beat in sources.heartbeats:
        week = standing.HeartbeatPage(beat, telling.Clean(beat.html))
        yield press.page(f"/heartbeats/{beat.week}", "heartbeat", week)
    yield press.page(GONE, "gone", None)


def _notices(sources: Sources, press: _Press) -> Iterator[File]:
    """A page in place of each document that is being corrected and cannot be shown meanwhile."""
    for left in sources.library.left_out:
        if left.locale == DEFAULT_LOCALE and left.id != SAFETY:
            path = f"/faq/{left.id}" if left.kind is Kind.FAQ else f"/{left.id}"
            yield press.page(path, "correcting", None)


class _Press:
    """Puts the words of a page into its template, with what stands around all of them."""

    def __init__(self, sources: Sources, facts: Facts) -> None:
        content = sources.content
        self.facts = facts
        self._origin = sources.base_url
        self.around = {
            "site": SiteName(content.name, content.short_name),
            "now": sources.now,
            "demo": sources.demo,
            "unnamed": sources.unnamed,
            "operator": in_words(content.operator, demo=sources.demo),
            "preview": sources.preview,
            "withheld": facts.withheld,
            "listed": telling.is_listed(sources),
            **telling.ways_on(sources),
        }

    def page(self, path: str, template: str, page: object, *, nav: str = "") -> File:
        """One page. `nav` is the place in the menu that it belongs to."""
        address = f"{self._origin}{path}"
        text = render_template(
            f"site/{template}.html", page=page, nav=nav, page_address=address, **self.around
        )
        return File(path, text.encode(), HTML)

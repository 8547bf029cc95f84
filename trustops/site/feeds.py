"""The feed of the heartbeats: Atom as RFC 4287 has it, made from what went out.

An entry keeps its id for ever, even if the site moves to another address.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from trustops.content.operator import EXAMPLE
from trustops.posts.queries import Published
from trustops.site.sources import Sources

ATOM = "http://www.w3.org/2005/Atom"
PATH = "/heartbeats.atom"
MOST_ENTRIES = 52
"""A year of weeks; older ones stand in the archive."""

DEMONSTRATION = "A demonstration. What happens in it is made up."

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

register_namespace("", ATOM)


def heartbeats_atom(sources: Sources) -> bytes:
    """The feed as UTF-8 XML, the newest heartbeat first."""
    beats = sources.heartbeats[:MOST_ENTRIES]
    newest = max((beat.sent_at for beat in beats), default=sources.now)
    feed = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _text(feed, "id", stable_id(sources, "feed").urn)
    _text(feed, "title", _marked(sources, f"Heartbeats of {sources.content.name}"))
    if sources.example:
        _text(feed, "subtitle", EXAMPLE if sources.unnamed else DEMONSTRATION)
        _demo(feed)
    _text(feed, "updated", stamp(newest))
    _text(SubElement(feed, f"{{{ATOM}}}author"), "name", sources.content.name)
    _link(feed, "self", f"{sources.base_url}{PATH}", "application/atom+xml")
    _link(feed, "alternate", f"{sources.base_url}/heartbeats", "text/html")
    for beat in beats:
        _entry(feed, sources, beat)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def stable_id(sources: Sources, name: str) -> UUID:
    """An id that depends on the migration and the name alone, and on no address."""
    migration = sources.content.migration or sources.content.name
    return uuid5(NAMESPACE_URL, f"urn:trustops:{migration}:heartbeat:{name}")


def stamp(moment: datetime) -> str:
    """An aware moment as RFC 3339 has it, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def in_xml(words: str) -> str:
    """Words with a mark in place of every character that XML 1.0 cannot hold (section 2.2).

    Content is checked for them; what went out before it was, or came from elsewhere, is not.
    """
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words)


def _marked(sources: Sources, title: str) -> str:
    """A title as a list of many feeds shows it alone: with the word of the banner, if there is one.

    A reader of feeds does not see the banner over our pages. A desk that somebody answers for has
    none, and its titles stand as they are.
    """
    if sources.unnamed:
        return f"Example: {title}"
    return f"Demo: {title}" if sources.demo else title


def _entry(feed: Element, sources: Sources, beat: Published) -> None:
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    _text(entry, "id", stable_id(sources, beat.week).urn)
    _text(entry, "title", _marked(sources, beat.title))
    if sources.example:
        _demo(entry)
    _text(entry, "published", stamp(beat.sent_at))
    _text(entry, "updated", stamp(beat.sent_at))
    _link(entry, "alternate", f"{sources.base_url}/heartbeats/{beat.week}", "text/html")
    for link in beat.links:
        _link(entry, "related", link.url, "text/html")
    content = _text(entry, "content", beat.html)
    content.set("type", "html")


def _demo(parent: Element) -> None:
    """Say to programs that nobody may take this for the feed of a desk that somebody runs."""
    SubElement(parent, f"{{{ATOM}}}category", {"term": "demo"})


def _text(parent: Element, name: str, words: str) -> Element:
    child = SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = in_xml(words)
    return child


def _link(parent: Element, rel: str, href: str, content_type: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": in_xml(href), "type": content_type})

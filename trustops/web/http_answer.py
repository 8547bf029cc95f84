"""Answers that are sent without Flask: of built pages, of probes, and refusals of the gateway."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from trustops.web.headers import ALWAYS

Headers = list[tuple[str, str]]

READS = frozenset({"GET", "HEAD"})
"""Methods that only read, and are answered from memory."""


class HttpAnswer(NamedTuple):
    """An answer ready to be sent; its headers name its length."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class GatewayRefusal:
    """Why the gateway itself does not hand a request on, for people and for programs."""

    status: int
    slug: str
    title: str
    sentence: str
    headers: tuple[tuple[str, str], ...] = ()


SLOW = GatewayRefusal(
    408,
    "too-slow",
    "This came too slowly",
    "Your connection was too slow for us to read what you sent, so nothing was stored. Please "
    "send it again, from another network if you can.",
)
BUSY = GatewayRefusal(
    503,
    "busy",
    "Back in a moment",
    "Very many requests are waiting, so nothing was done with yours. Tickets that were accepted "
    "are safe. Please try again in half a minute, at this same address. Nobody of us will write "
    "to you first or ask for a recovery phrase.",
    (("Retry-After", "30"),),
)
UNREADABLE = GatewayRefusal(
    400, "bad-request", "This could not be read", "What was sent is not well formed."
)

READ_ALONE = GatewayRefusal(
    405,
    "method-not-allowed",
    "This cannot be done here",
    "The address does not take this method.",
    (("Allow", "GET, HEAD, OPTIONS"),),
)
TOO_LARGE = GatewayRefusal(413, "too-large", "That is too much at once", "Send less in one go.")
STRANGE_HOST = GatewayRefusal(
    400,
    "unknown-host",
    "This host name is not served here",
    "What was sent asks for no host, for two, or for one that is not ours. Please check the "
    "address.",
)

CLOSE = ("Connection", "close")
"""Said where a body was not read to its end: nothing after it can be told from the rest of it."""

_PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8>"
    "<meta name=viewport content='width=device-width'><title>{title}</title>"
    "<h1>{title}</h1><p>{sentence}</p></html>"
)


def as_json(
    status: int,
    content: Mapping[str, object],
    headers: Headers,
    content_type: str = "application/json",
) -> HttpAnswer:
    """A JSON answer with these headers and those that every answer has."""
    return _answer(status, content_type, json.dumps(content).encode(), headers)


def refusal(words: GatewayRefusal, path: str, headers: Headers) -> HttpAnswer:
    """A refusal: problem+json under `/api/` (RFC 9457), else a small page."""
    everything = [*headers, *words.headers]
    if path.startswith("/api/"):
        problem = {
            "type": f"/problems/{words.slug}",
            "title": words.title,
            "status": words.status,
            "detail": words.sentence,
        }
        return as_json(words.status, problem, everything, "application/problem+json")
    page = _PAGE.format(title=words.title, sentence=words.sentence).encode()
    return _answer(words.status, "text/html; charset=utf-8", page, everything)


def by_other_method(method: str, path: str, headers: Headers) -> HttpAnswer:
    """What a page from memory answers to a method that does not read it."""
    answer = refusal(READ_ALONE, path, headers)
    if method != "OPTIONS":
        return answer
    return _answer(200, "text/plain; charset=utf-8", b"", [*headers, *READ_ALONE.headers])


def _answer(status: int, content_type: str, body: bytes, headers: Headers) -> HttpAnswer:
    own = [
        *ALWAYS.items(),
        ("Cache-Control", "no-store"),
        ("Content-Type", content_type),
        ("Content-Length", str(len(body))),
    ]
    return HttpAnswer(status, [*own, *headers], body)

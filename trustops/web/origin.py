"""Where a form was sent from: one of our pages, or somebody else's."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

from flask import request

from trustops.settings import Settings


class Sender(StrEnum):
    """What the browser says of the page that sent a request."""

    OURS = "ours"
    FOREIGN = "foreign"
    SILENT = "silent"


def sender(settings: Settings) -> Sender:
    """Who sent this request, by `Sec-Fetch-Site` and `Origin`.

    Both are set by the browser, and no page can forge them. A neighbour under the same domain
    counts as foreign. A client that sends neither is silent; the CSRF token has to convince then.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site and site not in {"same-origin", "none"}:
        return Sender.FOREIGN
    origin = request.headers.get("Origin", "")
    if not origin:
        return Sender.OURS if site == "same-origin" else Sender.SILENT
    try:
        parts = urlsplit(origin)
    except ValueError:
        return Sender.FOREIGN
    ours = {request.host.lower(), urlsplit(settings.base_url).netloc.lower()}
    known = parts.scheme in {"http", "https"} and parts.netloc.lower() in ours
    return Sender.OURS if known else Sender.FOREIGN

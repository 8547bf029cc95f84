"""Sessions of HTTP that go where the settings say and read no more than was agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import requests
from urllib3.response import HTTPResponse


class TooLongError(ValueError):
    """An answer is longer than anybody means to read; the rest of it was left where it is."""


class _Bounded:
    """The stream of an answer, which ends in an error after so many bytes, unpacked ones."""

    def __init__(self, raw: HTTPResponse, most_bytes: int) -> None:
        self._raw = raw
        self._left = most_bytes

    def __getattr__(self, name: str) -> object:
        return getattr(self._raw, name)

    def stream(self, amt: int, *, decode_content: bool | None = None) -> Iterator[bytes]:
        """The pieces of the answer, as `requests` asks for them."""
        for piece in self._raw.stream(amt, decode_content=decode_content):
            self._left -= len(piece)
            if self._left < 0:
                raise TooLongError("the answer is too long")
            yield piece


class _Straight(requests.Session):
    """A session for which a redirect is an answer like any other."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Lead nowhere."""
        del resp


def plain_session(*, most_bytes: int) -> requests.Session:
    """A session without the machine's proxies and `.netrc`: what is sent where stands in settings.

    It follows no redirect, whatever the caller says. Reading more of an answer than `most_bytes`
    raises `TooLongError`, also where it is short on the wire and long once it is unpacked.
    """
    session = _Straight()
    session.trust_env = False
    session.headers["User-Agent"] = "TrustOps-Desk"

    def bound(answer: requests.Response, **_: object) -> None:
        answer.raw = _Bounded(answer.raw, most_bytes)

    session.hooks["response"] = [bound]
    return session


def retry_after_of(header: str | None, wall: datetime) -> timedelta | None:
    """The wait that a `Retry-After` header asks for: seconds or an HTTP date (RFC 9110, 10.2.3).

    `wall` is the machine's own time, which the date is compared with. Nonsense gives None.
    """
    text = (header or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return timedelta(seconds=int(text))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(moment - wall, timedelta(0))

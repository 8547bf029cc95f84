"""The Mastodon adapter: one public post through `POST /api/v1/statuses`.

The server keeps an `Idempotency-Key` for up to an hour, so an attempt whose answer was lost is
repeated once, seconds later, under the same key. After that only a person may send it again
(docs/decisions/0024-heartbeats.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from trustops.channels.rules import Claimed, Message, Outcome, PostLimits
from trustops.channels.webhook import Body
from trustops.clock import Clock
from trustops.logs import get_logger
from trustops.net import plain_session, retry_after_of
from trustops.settings import Credential

CONNECT_TIMEOUT = timedelta(seconds=4)
READ_TIMEOUT = timedelta(seconds=8)
ATTEMPTS = 2
"""How often one send tries while the outcome is unknown; together well inside `SEND_DEADLINE`."""

MOST_BYTES = 256_000
LONGEST_PERMALINK = 500

NOT_REACHED = "The Mastodon server could not be reached."
NO_ANSWER = "The Mastodon server took the post and gave no usable answer, twice."

NOT_TAKEN = frozenset({408, 425, 429})
"""Answers by which the server says that it took nothing (RFC 9110, 6585)."""

log = get_logger(__name__)


USUAL = PostLimits()
"""The limits of Mastodon as it is delivered, for servers that do not tell theirs."""


@dataclass(frozen=True, slots=True)
class MastodonSender:
    """Posts on one account of one server. The token is read again for each post."""

    base_url: str
    token: Credential
    clock: Clock
    connect_timeout: timedelta = CONNECT_TIMEOUT
    read_timeout: timedelta = READ_TIMEOUT

    def send(self, claimed: Claimed, message: Message) -> Outcome:
        """Post the message's text; a lost answer is asked for once more under the same key."""
        del claimed
        token = self.token.reveal()
        outcome = Outcome.unknown(NO_ANSWER)
        for _ in range(ATTEMPTS):
            attempt = self._try(token, message)
            if attempt is not None:
                return attempt
        return outcome

    def _try(self, token: str, message: Message) -> Outcome | None:
        """Post once; None where nobody knows whether the server took it."""
        fields = {"status": message.text, "visibility": "public", "language": "en"}
        body = Body(json.dumps(fields).encode())
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Connection": "close",
            "Idempotency-Key": message.id,
        }
        try:
            with (
                plain_session(most_bytes=MOST_BYTES) as session,
                session.post(
                    f"{self.base_url}/api/v1/statuses",
                    data=body,
                    headers=headers,
                    timeout=(
                        self.connect_timeout.total_seconds(),
                        self.read_timeout.total_seconds(),
                    ),
                    allow_redirects=False,
                    stream=True,
                ) as answer,
            ):
                return self._outcome_of(answer)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            timed_out = isinstance(error, requests.Timeout)
            return None if body.begun else Outcome.not_sent(NOT_REACHED, timed_out=timed_out)

    def _outcome_of(self, answer: requests.Response) -> Outcome | None:
        """What an answer means; None where the server failed after it had the post."""
        status = answer.status_code
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return _sent(answer)
        reason = f"The Mastodon server answered {status}."
        wait = retry_after_of(answer.headers.get("Retry-After"), self.clock.wall())
        asks_to_wait = status == HTTPStatus.SERVICE_UNAVAILABLE and wait is not None
        if status in NOT_TAKEN or asks_to_wait:
            return Outcome.not_sent(reason, retry_after=wait)
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return Outcome.rejected(reason)
        return None


def read_limits(base_url: str) -> PostLimits:
    """What a server says that it takes, or the usual limits where it does not tell.

    Reads `/api/v2/instance` (`configuration.statuses`). Called with no transaction open.
    """
    timeouts = (CONNECT_TIMEOUT.total_seconds(), READ_TIMEOUT.total_seconds())
    try:
        with (
            plain_session(most_bytes=MOST_BYTES) as session,
            session.get(
                f"{base_url}/api/v2/instance", timeout=timeouts, allow_redirects=False, stream=True
            ) as answer,
        ):
            answer.raise_for_status()
            return limits_in(_read_json(answer))
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        log.warning("limits of the Mastodon server cannot be read", problem=type(error).__name__)
        return USUAL


def limits_in(described: Mapping[str, Any]) -> PostLimits:
    """The limits in a server's description of itself; nonsense counts as the usual ones."""
    configuration = described.get("configuration")
    statuses = configuration.get("statuses") if isinstance(configuration, dict) else None
    told = statuses if isinstance(statuses, dict) else {}
    return PostLimits(
        characters=_between(told.get("max_characters"), 200, 10_000, USUAL.characters),
        link=_between(told.get("characters_reserved_per_url"), 1, 200, USUAL.link),
    )


def _between(value: object, least: int, most: int, usual: int) -> int:
    return value if isinstance(value, int) and least <= value <= most else usual


def _sent(answer: requests.Response) -> Outcome:
    """The post was taken; its address is kept where the server gives a usable one."""
    try:
        told = _read_json(answer)
    except (requests.RequestException, HTTPError, OSError, ValueError):
        return Outcome.sent()
    url = told.get("url")
    usable = isinstance(url, str) and _is_plain(url)
    return Outcome.sent(str(told.get("id", ""))[:64], permalink=str(url) if usable else "")


def _is_plain(url: str) -> bool:
    """Whether an address can be linked to: of the web, with nothing in it that hides its host.

    A server may name its web host, which need not be the one that programs ask.
    """
    try:
        place = urlsplit(url)
    except ValueError:
        return False
    shown = url.isprintable() and not {" ", "\\"} & set(url) and len(url) <= LONGEST_PERMALINK
    named = bool(place.hostname) and "@" not in place.netloc
    return shown and named and place.scheme in {"https", "http"}


def _read_json(answer: requests.Response) -> Mapping[str, Any]:
    """The JSON object of an answer, of which no more is read than a post can need.

    Raises:
        ValueError: it is too long, or no JSON.
    """
    found = answer.json()
    return found if isinstance(found, dict) else {}

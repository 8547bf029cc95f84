"""The webhook adapter: one signed JSON body to the address in `ALERT_WEBHOOK_URL`.

What the receiver gets, and how it checks the signature, stands in `docs/channels.md`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import requests
from urllib3.exceptions import HTTPError

from trustops.channels.rules import (
    Claimed,
    Message,
    Outcome,
    outcome_of_answer,
)
from trustops.clock import Clock
from trustops.net import plain_session, retry_after_of
from trustops.settings import Credential

CONNECT_TIMEOUT = timedelta(seconds=4)
READ_TIMEOUT = timedelta(seconds=10)

NOT_REACHED = "The receiver could not be reached."
NO_ANSWER = "The receiver took the message and gave no usable answer."


class Body:
    """A request body that remembers whether the network asked for it.

    Until it did, the receiver cannot have accepted anything, whatever went wrong.
    """

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.begun = False

    def __len__(self) -> int:
        return len(self.raw)

    def __iter__(self) -> Iterator[bytes]:
        self.begun = True
        yield self.raw


@dataclass(frozen=True, slots=True)
class WebhookSender:
    """Sends to one webhook. The secret is read again for each message."""

    url: str
    secret: Credential
    clock: Clock
    connect_timeout: timedelta = CONNECT_TIMEOUT
    read_timeout: timedelta = READ_TIMEOUT

    def send(self, claimed: Claimed, message: Message) -> Outcome:
        """Post the message's fields and translate whatever happens into an outcome."""
        del claimed
        raw = json.dumps(message.fields, separators=(",", ":"), sort_keys=True).encode()
        wall = self.clock.wall()
        body = Body(raw)
        headers = {
            "Content-Type": "application/json",
            "Connection": "close",
            "TrustOps-Event-Id": message.id,
            "Idempotency-Key": message.id,
            "TrustOps-Signature": signature(self.secret.reveal(), raw, wall),
        }
        try:
            return self._post(body, headers, wall)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            timed_out = isinstance(error, requests.Timeout)
            if body.begun:
                return Outcome.unknown(NO_ANSWER, timed_out=timed_out)
            return Outcome.not_sent(NOT_REACHED, timed_out=timed_out)

    def _post(self, body: Body, headers: dict[str, str], wall: datetime) -> Outcome:
        """Post once: no redirect is followed, and of the answer only status and wait are read."""
        with (
            plain_session(most_bytes=0) as session,
            session.post(
                self.url,
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
            wait = retry_after_of(answer.headers.get("Retry-After"), wall)
            return outcome_of_answer(answer.status_code, retry_after=wait)


def signature(secret: str, raw: bytes, wall: datetime) -> str:
    """The `TrustOps-Signature` header: HMAC-SHA256 over the Unix seconds, a dot and the raw body.

    `wall` is the machine's own time, because the receiver compares it with its own.
    """
    stamp = str(int(wall.timestamp()))
    mac = hmac.new(secret.encode(), f"{stamp}.".encode() + raw, hashlib.sha256)
    return f"t={stamp},v1={mac.hexdigest()}"

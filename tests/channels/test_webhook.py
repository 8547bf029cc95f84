"""The webhook: exactly the fields, a signature over the raw body, and honest outcomes."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta

import pytest

from tests.channels.receiver import (
    Behaviour,
    Receiver,
    answers,
    closed_port,
    drips,
    hangs,
    resets,
    talks_nonsense,
)
from tests.channels.things import BODY, MESSAGE, SECRET, claimed
from tests.conftest import NOON
from tests.fakes import FakeClock
from trustops.channels.rules import DeliveryState, Outcome
from trustops.channels.targets import Senders
from trustops.channels.webhook import WebhookSender
from trustops.settings import Credential

SHORT = timedelta(seconds=1)
LONG = timedelta(seconds=30)


def sender(url: str, clock: FakeClock, patience: timedelta = LONG) -> WebhookSender:
    """An adapter that waits so long."""
    return WebhookSender(
        url, Credential(SECRET), clock, connect_timeout=patience, read_timeout=patience
    )


def sent_to(receiver: Receiver, clock: FakeClock, patience: timedelta = LONG) -> Outcome:
    """Send the message to the receiver, within twice the patience."""
    senders = Senders({"webhook": sender(receiver.url, clock, patience)}, 2 * patience)
    return senders(claimed(), MESSAGE)


def test_the_body_is_exactly_what_the_contract_names(receiver: Receiver, clock: FakeClock) -> None:
    """Eight fields, as JSON, by POST; the alert's id stands in two headers as well."""
    assert sent_to(receiver, clock) == Outcome.sent()
    [request] = receiver.requests
    assert request.line == "POST /hook HTTP/1.1"
    assert json.loads(request.body) == BODY
    assert set(BODY) == {
        "id",
        "kind",
        "severity",
        "ticket",
        "dedupe_key",
        "at",
        "url",
        "summary",
    }
    assert request.headers["content-type"] == "application/json"
    assert request.headers["trustops-event-id"] == BODY["id"]
    assert request.headers["idempotency-key"] == BODY["id"]
    assert "authorization" not in request.headers


def test_the_signature_covers_the_time_and_the_raw_body(
    receiver: Receiver, clock: FakeClock
) -> None:
    """HMAC-SHA256 of "<unix seconds>.<raw body>" under the secret, computed here on its own."""
    sent_to(receiver, clock)
    [request] = receiver.requests
    stamp, _, mac = request.headers["trustops-signature"].partition(",")
    assert stamp == f"t={int(NOON.timestamp())}"
    block = 64
    key = SECRET.encode().ljust(block, b"\0")
    inner = hashlib.sha256(
        bytes(byte ^ 0x36 for byte in key) + stamp[2:].encode() + b"." + request.body
    )
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in key) + inner.digest())
    assert mac == f"v1={outer.hexdigest()}"
    another = hmac.new(b"another", stamp[2:].encode() + b"." + request.body, "sha256")
    assert mac != f"v1={another.hexdigest()}"


def test_the_time_in_the_signature_is_the_machine_s_own(receiver: Receiver) -> None:
    """A demo's clock is moved; the receiver compares with its own, so that one counts."""

    class Moved(FakeClock):
        """A clock that runs two days ahead of the machine's."""

        def now(self) -> datetime:
            return self.moment + timedelta(days=2)

    sent_to(receiver, Moved(NOON))
    assert (
        receiver.requests[0].headers["trustops-signature"].startswith(f"t={int(NOON.timestamp())},")
    )


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (answers(204), Outcome.sent()),
        (
            answers(302, Location="http://127.0.0.1:9/"),
            Outcome.rejected("The receiver answered 302."),
        ),
        (answers(404), Outcome.rejected("The receiver answered 404.")),
        (answers(500), Outcome.not_sent("The receiver answered 500.")),
        (
            answers(429, Retry_After="40"),
            Outcome.not_sent("The receiver answered 429.", retry_after=timedelta(seconds=40)),
        ),
        (
            answers(503, Retry_After="Sun, 22 Nov 2026 12:01:00 GMT"),
            Outcome.not_sent("The receiver answered 503.", retry_after=timedelta(seconds=60)),
        ),
    ],
    ids=["204", "302", "404", "500", "429 with seconds", "503 with a date"],
)
def test_an_answer_decides(
    receiver: Receiver, clock: FakeClock, behaviour: Behaviour, outcome: Outcome
) -> None:
    """One request, one answer; no redirect is followed and nothing is tried twice here."""
    receiver.will(behaviour)
    assert sent_to(receiver, clock) == outcome
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    ("behaviour", "timed_out"),
    [(hangs, True), (drips, True), (resets, False), (talks_nonsense, False)],
)
def test_without_a_usable_answer_nobody_knows(
    receiver: Receiver, clock: FakeClock, behaviour: Behaviour, timed_out: bool
) -> None:
    """The receiver had the whole message, so it may have taken it; it is not asked again."""
    receiver.will(behaviour)
    outcome = sent_to(receiver, clock, SHORT)
    assert outcome.state is DeliveryState.UNKNOWN
    assert outcome.timed_out is timed_out
    assert len(receiver.requests) == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_receiver_that_is_not_there_got_nothing(clock: FakeClock, scheme: str) -> None:
    """Refused connection: certainly not sent, so it is tried again later."""
    adapter = sender(f"{scheme}://127.0.0.1:{closed_port()}/hook", clock)
    outcome = adapter.send(claimed(), MESSAGE)
    assert outcome.state is DeliveryState.NOT_SENT


def test_a_name_that_does_not_resolve_got_nothing(clock: FakeClock) -> None:
    """The reserved ending .invalid never resolves (RFC 6761)."""
    outcome = sender("http://receiver.invalid/hook", clock).send(claimed(), MESSAGE)
    assert outcome.state is DeliveryState.NOT_SENT


def test_without_tls_nothing_is_said(receiver: Receiver, clock: FakeClock) -> None:
    """A receiver that speaks no TLS on an https address gets no byte of the message."""
    adapter = sender(receiver.url.replace("http:", "https:"), clock, SHORT)
    assert adapter.send(claimed(), MESSAGE).state is DeliveryState.NOT_SENT
    assert not any(b"MIG-7K3QRST" in request.body for request in receiver.requests)


def test_a_reason_tells_no_secret(clock: FakeClock) -> None:
    """Addresses of webhooks are often secrets themselves."""
    adapter = sender(f"http://user:hidden@127.0.0.1:{closed_port()}/hidden?hidden", clock)
    assert "hidden" not in repr(adapter.send(claimed(), MESSAGE))

"""What every adapter keeps, whatever it reaches.

It sends once, gives an outcome instead of an error, and its reasons tell no credential.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from tests.channels import mail
from tests.channels.receiver import Receiver, closed_port, hangs
from tests.channels.things import MESSAGE, claimed
from tests.conftest import NOON
from tests.fakes import FakeClock
from trustops.channels.apprise import AppriseSender
from trustops.channels.console import ConsoleSender
from trustops.channels.email import EmailSender
from trustops.channels.rules import Claimed, DeliveryState, apprise_target
from trustops.channels.sender import Sender
from trustops.channels.targets import Senders
from trustops.channels.webhook import WebhookSender
from trustops.settings import Credential

SHORT = timedelta(seconds=1)
HIDDEN = "hidden-credential"
pytestmark = pytest.mark.usefixtures("apprise_loaded")


@dataclass(frozen=True, slots=True)
class Reached:
    """An adapter with a delivery for it, and a way to count what the other side took."""

    sender: Sender
    delivery: Claimed
    taken: Callable[[], int]


def webhook(port: int) -> tuple[Sender, Claimed]:
    """A webhook on a local port."""
    url = f"http://127.0.0.1:{port}/{HIDDEN}"
    adapter = WebhookSender(
        url, Credential(HIDDEN), FakeClock(NOON), connect_timeout=SHORT, read_timeout=SHORT
    )
    return adapter, claimed()


def email(port: int) -> tuple[Sender, Claimed]:
    """A mail server on a local port."""
    url = Credential(f"smtp://127.0.0.1:{port}/?{HIDDEN}")
    adapter = EmailSender(url, "desk@example.org", FakeClock(NOON), timeout=SHORT)
    return adapter, claimed("email", "ops@example.org")


def apprise(port: int) -> tuple[Sender, Claimed]:
    """A service of Apprise on a local port."""
    url = f"json://user:{HIDDEN}@127.0.0.1:{port}/x?rto=0.3&cto=0.3"
    adapter = AppriseSender(Credential(url), Credential(HIDDEN))
    return adapter, claimed("apprise", apprise_target(url, HIDDEN))


def console(port: int) -> tuple[Sender, Claimed]:
    """The log, which needs no port."""
    del port
    return ConsoleSender(), claimed("console", "console")


@contextmanager
def reached(name: str, receiver: Receiver, *, slow: bool) -> Iterator[Reached]:
    """An adapter whose other side accepts, or hangs once it has the whole message."""
    if name == "email":
        with mail.listening() as mailbox:
            mailbox.hang_at = "DATA" if slow else ""
            yield Reached(*email(mailbox.port), lambda: mailbox.whole_messages)
    elif name == "console":
        with capture_logs() as lines:
            yield Reached(*console(0), lambda: len(lines))
    else:
        if slow:
            receiver.will(hangs)
        make = {"webhook": webhook, "apprise": apprise}[name]
        yield Reached(*make(receiver.port), lambda: len(receiver.requests))


NETWORKS = ("webhook", "email", "apprise")


@pytest.mark.parametrize("name", [*NETWORKS, "console"])
def test_what_is_accepted_is_sent_once(name: str, receiver: Receiver) -> None:
    """One message on the other side, and the outcome says so."""
    with reached(name, receiver, slow=False) as side:
        outcome = side.sender.send(side.delivery, MESSAGE)
        assert outcome.state is DeliveryState.SENT
        assert outcome.reason == ""
        assert side.taken() == 1


@pytest.mark.parametrize("name", NETWORKS)
def test_what_was_taken_without_an_answer_is_unknown(name: str, receiver: Receiver) -> None:
    """It is not tried a second time, and the reason tells no credential."""
    with reached(name, receiver, slow=True) as side:
        outcome = side.sender.send(side.delivery, MESSAGE)
        assert outcome.state is DeliveryState.UNKNOWN
        assert outcome.reason
        assert HIDDEN not in repr(outcome)
        assert side.taken() == 1


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (webhook, DeliveryState.NOT_SENT),
        (email, DeliveryState.NOT_SENT),
        (apprise, DeliveryState.UNKNOWN),
    ],
)
def test_nobody_there_is_an_outcome_and_no_error(
    make: Callable[[int], tuple[Sender, Claimed]], state: DeliveryState
) -> None:
    """Where the adapter can know that nothing was sent, it says so."""
    sender, delivery = make(closed_port())
    outcome = sender.send(delivery, MESSAGE)
    assert outcome.state is state
    assert outcome.reason
    assert HIDDEN not in repr(outcome)


@pytest.mark.parametrize("name", NETWORKS)
def test_no_send_outlasts_its_deadline(name: str, receiver: Receiver) -> None:
    """The composition's limit holds above every timeout of a library."""
    with reached(name, receiver, slow=True) as side:
        senders = Senders({side.delivery.channel: side.sender}, timedelta(seconds=0.05))
        outcome = senders(side.delivery, MESSAGE)
        assert outcome.state is DeliveryState.UNKNOWN
        assert outcome.timed_out

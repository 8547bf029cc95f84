"""Which targets alerts and heartbeats have by the settings, and the senders that reach them.

Rows name targets by labels; addresses and credentials stay in the settings and are read again
for each message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.errors import MessageError

from trustops.channels.apprise import AppriseSender
from trustops.channels.networks import CONSOLE, EMAIL, NETWORKS
from trustops.channels.rules import (
    SEND_DEADLINE,
    Claimed,
    Message,
    Outcome,
    Target,
    apprise_target,
    split_urls,
)
from trustops.channels.sender import Sender
from trustops.channels.webhook import WebhookSender
from trustops.clock import Clock
from trustops.errors import SettingsError
from trustops.logs import get_logger
from trustops.net import DeadlineError, within
from trustops.settings import Settings

WEBHOOK = "webhook"
APPRISE = "apprise"

NOT_SET_UP = "This channel is not set up here."
NO_CREDENTIAL = "A credential of this channel cannot be read."
TOO_LONG = "No outcome within the time that a message may take."
FAILED = "The adapter failed in a way that nobody foresaw; the log says where."

DEFECTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MessageError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a defect of an adapter or of a library under it raises."""

log = get_logger(__name__)


def alert_targets(settings: Settings) -> tuple[Target, ...]:
    """Where every alert goes: webhook, mail, Apprise URLs; the log where none of them is set.

    Credentials that cannot be read are logged and passed over: no ticket is refused for them.
    """
    targets: list[Target] = []
    if settings.alert_webhook_url:
        targets.append(Target(WEBHOOK, WEBHOOK))
    if settings.smtp_url:
        targets.extend(Target(EMAIL.channel, address) for address in settings.alert_email_to)
    try:
        key = settings.secret_key.reveal()
        urls = split_urls(settings.alert_urls.reveal())
        targets.extend(Target(APPRISE, apprise_target(url, key)) for url in urls)
    except SettingsError as error:
        log.warning("alert targets cannot be read", problem=error.message)
    return tuple(dict.fromkeys(targets)) or CONSOLE.targets(settings)


def heartbeat_targets(settings: Settings) -> tuple[Target, ...]:
    """Where a heartbeat can go by the settings, one target for each network and address.

    The log is among them always; which of them a heartbeat goes to, its schedule says.
    """
    targets = [target for network in NETWORKS for target in network.targets(settings)]
    return tuple(dict.fromkeys(targets))


def senders_of(settings: Settings, clock: Clock) -> Mapping[str, Sender]:
    """One adapter for each channel that the settings allow, by its name."""
    senders: dict[str, Sender] = {
        APPRISE: AppriseSender(settings.alert_urls, settings.secret_key),
    }
    if settings.alert_webhook_url:
        senders[WEBHOOK] = WebhookSender(
            settings.alert_webhook_url, settings.alert_webhook_secret, clock
        )
    for network in NETWORKS:
        sender = network.sender(settings, clock)
        if sender is not None:
            senders[network.channel] = sender
    return senders


@dataclass(frozen=True, slots=True)
class Senders:
    """Sends a message over the channel that its delivery names, within one deadline."""

    channels: Mapping[str, Sender]
    deadline: timedelta = SEND_DEADLINE

    def __call__(self, claimed: Claimed, message: Message) -> Outcome:
        """Send once. What did not end in time may have arrived, so its outcome is unknown.

        So is that of an adapter which failed in a way that nobody foresaw: one bad row stops no
        other.
        """
        sender = self.channels.get(claimed.channel)
        if sender is None:
            return Outcome.not_sent(NOT_SET_UP)
        try:
            return within(self.deadline, lambda: sender.send(claimed, message))
        except DeadlineError:
            return Outcome.unknown(TOO_LONG, timed_out=True)
        except SettingsError as error:
            log.warning("credential cannot be read", problem=error.message)
            return Outcome.not_sent(NO_CREDENTIAL)
        except DEFECTS:
            log.exception("adapter failed", channel=claimed.channel)
            return Outcome.unknown(FAILED)

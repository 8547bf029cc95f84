"""Mailing lists and readers: one target for each address."""

from __future__ import annotations

from trustops.channels.email import EmailSender
from trustops.channels.networks.network import Network, TextKind
from trustops.channels.rules import Target
from trustops.clock import Clock
from trustops.settings import Settings

CHANNEL = "email"


def _targets(settings: Settings) -> tuple[Target, ...]:
    if not settings.smtp_url:
        return ()
    return tuple(Target(CHANNEL, address) for address in settings.heartbeat_email_to)


def _sender(settings: Settings, clock: Clock) -> EmailSender | None:
    if not settings.smtp_url:
        return None
    return EmailSender(settings.smtp_url, settings.mail_from, clock)


EMAIL = Network(
    name="email",
    words="E-mail",
    channel=CHANNEL,
    settings=("SMTP_URL", "MAIL_FROM", "HEARTBEAT_EMAIL_TO"),
    text=TextKind.FULL,
    targets=_targets,
    sender=_sender,
)

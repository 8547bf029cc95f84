"""A program of the operator's own that gets each heartbeat as signed JSON."""

from __future__ import annotations

from trustops.channels.networks.network import Network, TextKind
from trustops.channels.rules import Target
from trustops.channels.webhook import WebhookSender
from trustops.clock import Clock
from trustops.settings import Settings

CHANNEL = "heartbeat-webhook"


def _targets(settings: Settings) -> tuple[Target, ...]:
    return (Target(CHANNEL, CHANNEL),) if settings.heartbeat_webhook_url else ()


def _sender(settings: Settings, clock: Clock) -> WebhookSender | None:
    if not settings.heartbeat_webhook_url:
        return None
    return WebhookSender(settings.heartbeat_webhook_url, settings.heartbeat_webhook_secret, clock)


WEBHOOK = Network(
    name="webhook",
    words="Webhook",
    channel=CHANNEL,
    settings=("HEARTBEAT_WEBHOOK_URL", "HEARTBEAT_WEBHOOK_SECRET"),
    text=TextKind.FULL,
    targets=_targets,
    sender=_sender,
)

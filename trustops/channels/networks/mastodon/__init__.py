"""One public post on one account of a Mastodon server."""

from __future__ import annotations

from trustops.channels.networks.mastodon.length import length
from trustops.channels.networks.mastodon.sender import MastodonSender, read_limits
from trustops.channels.networks.network import Network, TextKind
from trustops.channels.rules import PostLimits, Target
from trustops.clock import Clock
from trustops.settings import Settings

CHANNEL = "mastodon"


def _targets(settings: Settings) -> tuple[Target, ...]:
    return (Target(CHANNEL, CHANNEL),) if settings.mastodon_base_url else ()


def _sender(settings: Settings, clock: Clock) -> MastodonSender | None:
    if not settings.mastodon_base_url:
        return None
    return MastodonSender(settings.mastodon_base_url, settings.mastodon_token, clock)


def _limits(settings: Settings) -> PostLimits:
    return read_limits(settings.mastodon_base_url)


MASTODON = Network(
    name="mastodon",
    words="Mastodon",
    channel=CHANNEL,
    settings=("MASTODON_BASE_URL", "MASTODON_TOKEN"),
    text=TextKind.SHORT,
    targets=_targets,
    sender=_sender,
    length=length,
    limits=_limits,
)

"""The log: it needs nothing, so a heartbeat goes somewhere on every instance."""

from __future__ import annotations

from trustops.channels.console import ConsoleSender
from trustops.channels.networks.network import Network, TextKind
from trustops.channels.rules import Target

CHANNEL = "console"

CONSOLE = Network(
    name="console",
    words="Log",
    channel=CHANNEL,
    settings=(),
    text=TextKind.FULL,
    targets=lambda _settings: (Target(CHANNEL, CHANNEL),),
    sender=lambda _settings, _clock: ConsoleSender(),
)

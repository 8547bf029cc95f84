"""The networks that heartbeats go to: one folder each, and the tuple that everybody else reads.

Another one is a folder beside these and a name in `NETWORKS`; CONTRIBUTING.md has the list.
"""

from trustops.channels.networks.console import CONSOLE
from trustops.channels.networks.email import EMAIL
from trustops.channels.networks.mastodon import MASTODON
from trustops.channels.networks.network import Network, TextKind
from trustops.channels.networks.webhook import WEBHOOK

__all__ = [
    "BY_CHANNEL",
    "BY_NAME",
    "CONSOLE",
    "EMAIL",
    "MASTODON",
    "NETWORKS",
    "WEBHOOK",
    "Network",
    "TextKind",
]

NETWORKS: tuple[Network, ...] = (CONSOLE, WEBHOOK, MASTODON, EMAIL)
"""In the order in which pages name them."""

BY_NAME = {network.name: network for network in NETWORKS}
BY_CHANNEL = {network.channel: network for network in NETWORKS}

"""What every adapter is, whatever it reaches."""

from __future__ import annotations

from typing import Protocol

from trustops.channels.rules import Claimed, Message, Outcome


class Sender(Protocol):
    """It sends once, and never raises for what the network does."""

    def send(self, claimed: Claimed, message: Message) -> Outcome:
        """Send once and tell what is known about it.

        Raises:
            SettingsError: a credential cannot be read; nothing was sent.
        """
        ...

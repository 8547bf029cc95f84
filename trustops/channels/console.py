"""The console adapter: a line in the log, so that an alert goes somewhere on every instance.

It is the target of alerts where no other one is set, and the stand-in that needs no network.
"""

from __future__ import annotations

from trustops.channels.rules import Claimed, Message, Outcome
from trustops.logs import get_logger

log = get_logger(__name__)


class ConsoleSender:
    """Writes messages to the log as warnings."""

    def send(self, claimed: Claimed, message: Message) -> Outcome:
        """Write one line; a line that was written was sent."""
        log.warning(
            message.subject,
            message_id=message.id,
            about=claimed.subject,
            **{key: value for key, value in message.fields.items() if key in {"kind", "at", "url"}},
        )
        return Outcome.sent()

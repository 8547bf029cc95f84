"""What a network is to the rest of the desk: one value with all that anybody asks about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from trustops.channels.rules import PostLimits, Target
from trustops.channels.sender import Sender
from trustops.clock import Clock
from trustops.settings.values import Settings


class TextKind(StrEnum):
    """Which of the two texts of a heartbeat a network gets."""

    FULL = "full"
    SHORT = "short"


def usual_limits(settings: Settings) -> PostLimits:
    """The limits of a network that tells none."""
    del settings
    return PostLimits()


def count_characters(text: str, limits: PostLimits) -> int:
    """The length of a text for a network that counts every character."""
    del limits
    return len(text)


@dataclass(frozen=True, slots=True)
class Network:
    """Where heartbeats go.

    Attributes:
        name: as `heartbeat.toml` and the rows of heartbeats have it; it never changes.
        words: as the pages of the desk call it.
        channel: the channel of its deliveries, which has the sender below.
        settings: the names of the settings that it needs, without `TRUSTOPS_`.
        text: which text it gets; a short one is made to fit.
        targets: the targets that the settings allow, none where it is not set up. A target that is
            named as its channel is the only one; any other, such as an address, is shown.
        sender: the adapter that reaches them, None where it is not set up.
        length: how many characters a text has, as the network counts.
        limits: how long a text may be; may ask the network, so no transaction is open.
    """

    name: str
    words: str
    channel: str
    settings: tuple[str, ...]
    text: TextKind
    targets: Callable[[Settings], tuple[Target, ...]]
    sender: Callable[[Settings, Clock], Sender | None]
    length: Callable[[str, PostLimits], int] = count_characters
    limits: Callable[[Settings], PostLimits] = usual_limits

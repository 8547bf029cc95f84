"""What the templates of a heartbeat can name, as values. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What templates can name. Lists hold whole sentences; an empty string is left out.

    Attributes:
        project: the name of the migration.
        week: the ISO week, such as `2026-W47`.
        url: the permalink of this heartbeat.
        state: one sentence on the migration.
        as_of: the moment of the figures, in words.
        late: says when this heartbeat was due, where it is late.
        unchanged: says that nothing changed since the last heartbeat.
        missed: a sentence for each week without a heartbeat since then.
        addresses: why official addresses are withheld.
        chains: the figures of each chain; `chains_short` for short texts.
        support: how support did in the seven days before; `support_short` in one line.
        exchanges: how the exchanges stand, and which changed; `exchanges_short` in one line.
        issues: the known issues that are open.
        troubles: components that do not work as they should.
        next: when the next heartbeat is due.
    """

    project: str
    week: str
    url: str
    state: str
    as_of: str
    late: str
    unchanged: str
    missed: Sequence[str]
    addresses: str
    chains: Sequence[str]
    chains_short: Sequence[str]
    support: Sequence[str]
    support_short: str
    exchanges: Sequence[str]
    exchanges_short: str
    issues: Sequence[str]
    troubles: Sequence[str]
    next: str

    @classmethod
    def example(cls) -> Told:
        """One of everything, to try a template out with."""
        line = ("A sentence.",)
        return cls(
            project="Example",
            week="2026-W47",
            url="https://desk.example/heartbeats/2026-W47",
            state="A sentence.",
            as_of="22 Nov 2026, 12:00 UTC",
            late="A sentence.",
            unchanged="A sentence.",
            missed=line,
            addresses="A sentence.",
            chains=line,
            chains_short=line,
            support=line,
            support_short="A sentence.",
            exchanges=line,
            exchanges_short="A sentence.",
            issues=line,
            troubles=line,
            next="A sentence.",
        )


@dataclass(frozen=True, slots=True)
class About:
    """Which heartbeat is written: its week and permalink, when it is due, whether it is late."""

    week: str
    url: str
    due_at: datetime
    late: bool
    next_at: datetime

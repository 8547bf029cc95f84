"""The delivery run: claim one row, commit, send with no transaction open, settle, and so on.

A process that is killed loses at most the outcome of the one message in its hands; any number
of processes may run this at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from trustops.channels.rules import TARGET_STRAIN, Claimed, Message, Outcome, Target
from trustops.channels.services import claim, settle
from trustops.clock import Clock
from trustops.errors import TrustOpsError
from trustops.logs import get_logger

OpenSession = Callable[[], AbstractContextManager[Session]]
"""Opens a writing session that commits when it is left without an error."""

Composer = Callable[[Session, Claimed], Message | None]
"""Writes the message of a delivery inside the claim's transaction; None: no longer needed.

What may not be stored, such as a private link, is made here.
"""

Send = Callable[[Claimed, Message], Outcome]
"""Sends one message over the channel that the delivery names; `targets.Senders` is one."""

NO_LONGER_NEEDED = "No longer needed."
NOT_WRITTEN = "The message could not be written."

log = get_logger(__name__)


@dataclass
class _Run:
    """What one run needs, and what it has learnt about its targets."""

    open_session: OpenSession
    clock: Clock
    send: Send
    composers: Mapping[str, Composer]
    strain: Counter[Target] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)

    def tired(self) -> list[Target]:
        """Targets that are left alone until the next run."""
        return [target for target, strain in self.strain.items() if strain >= TARGET_STRAIN]

    def learn(self, claimed: Claimed, outcome: Outcome) -> None:
        """Count an outcome, and what it says about the target."""
        self.strain[Target(claimed.channel, claimed.target)] += outcome.strain
        self.done[outcome.state] += 1


def deliver_due(
    open_session: OpenSession,
    clock: Clock,
    send: Send,
    *,
    composers: Mapping[str, Composer],
    budget: timedelta = timedelta(seconds=50),
    stopping: Callable[[], bool] = lambda: False,
) -> dict[str, int]:
    """Send what is due until nothing is, or the time budget is used; gives counts by outcome.

    Args:
        open_session: opens a writing session that commits when left without an error.
        clock: tells when a row is due and when the budget is used.
        send: reaches the network; called with no transaction open.
        composers: writes the message of each kind of delivery.
        budget: no new row is claimed after this long; a send under way still ends.
        stopping: whether the process is to end, asked before each row is claimed.
    """
    run = _Run(open_session, clock, send, composers)
    until = clock.now() + budget
    while clock.now() < until and not stopping() and _deliver_one(run):
        pass
    return dict(run.done)


def _deliver_one(run: _Run) -> bool:
    """Claim, send and settle one delivery; False when nothing is due."""
    with run.open_session() as session:
        claimed = claim(session, run.clock.now(), skip=run.tired())
        if claimed is None:
            return False
        written = _compose(run, session, claimed)
        if isinstance(written, Outcome):
            settle(session, run.clock.now(), claimed, written)
    if isinstance(written, Outcome):
        run.learn(claimed, written)
        return True
    outcome = run.send(claimed, written)
    with run.open_session() as session:
        settle(session, run.clock.now(), claimed, outcome)
    run.learn(claimed, outcome)
    return True


def _compose(run: _Run, session: Session, claimed: Claimed) -> Message | Outcome:
    """The message, or what becomes of a delivery that has none.

    A message that cannot be written is put off like one that could not be sent, so that one bad
    row stops no other.
    """
    composer = run.composers.get(claimed.kind)
    if composer is None:
        log.error("no composer for a delivery", kind=claimed.kind, delivery_id=claimed.id)
        return Outcome.not_sent(NOT_WRITTEN)
    try:
        with session.begin_nested():
            message = composer(session, claimed)
    except (TrustOpsError, SQLAlchemyError, LookupError, ValueError):
        log.exception("delivery could not be written", kind=claimed.kind, delivery_id=claimed.id)
        return Outcome.not_sent(NOT_WRITTEN)
    return Outcome.rejected(NO_LONGER_NEEDED) if message is None else message

"""Reads the events of a migration from its chains into rows, and its totals at one block.

Final blocks are read once and stay. What stands after them is read anew each time and replaces
what stood there, so a reorganisation leaves nothing behind. No transaction is open while a node
is asked; any number of processes may call this, one reads a chain at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session

from trustops.alerts.services import raise_alert, resolve
from trustops.chain import rules, services, totals
from trustops.chain.events import Plan, Span, digest_of, plan_of, read_some
from trustops.chain.faults import BehindError, ConflictError, NodeError
from trustops.chain.nodes import Node, Nodes
from trustops.chain.reading import header
from trustops.chain.rules import State
from trustops.chain.schema import ChainPart, Pack
from trustops.chain.services import Position
from trustops.chain.values import BlockMark
from trustops.channels.rules import Target
from trustops.clock import Clock
from trustops.errors import ConflictError as TakenOverError
from trustops.logs import get_logger

log = get_logger(__name__)

OpenSession = Callable[[], AbstractContextManager[Session]]


def never() -> bool:
    """The answer to `enough` where a read goes on to its end."""
    return False


@dataclass(frozen=True, slots=True)
class Work:
    """What to read and whom to tell. `nodes` has the chains that the settings name nodes of.

    `enough` is asked between two steps of a long history; when it says so, the next call goes on.
    """

    pack: Pack
    nodes: Mapping[str, Nodes]
    targets: Sequence[Target] = ()
    base_url: str = ""
    enough: Callable[[], bool] = field(default=never)


def readable(pack: Pack) -> tuple[ChainPart, ...]:
    """The chains of a pack that have something to read: EVM chains with contracts."""
    return tuple(
        chain for chain in pack.chains if chain.kind == "evm" and pack.contracts_on(chain.name)
    )


def holds_tokens(pack: Pack) -> tuple[ChainPart, ...]:
    """The chains of a pack on which a wallet can be asked for its balances."""
    return tuple(
        chain for chain in pack.chains if chain.kind == "evm" and pack.tokens_on(chain.name)
    )


def refuse_stale(chain: ChainPart, head: BlockMark, clock: Clock) -> None:
    """Refuse a node whose newest block is too old, by the machine's own time.

    Raises:
        BehindError: it lags by more than the pack allows.
    """
    age = clock.wall() - head.at
    if chain.stale_after and age > timedelta(seconds=chain.stale_after):
        minutes = age // timedelta(minutes=1)
        raise BehindError(f"The newest block of the node is {minutes} minutes old.")


def sync(
    open_session: OpenSession, clock: Clock, work: Work, *, at_once: bool = False
) -> dict[str, int]:
    """Read every chain of the pack that is due; give how many were read well, on, or badly.

    Args:
        open_session: opens a writing session that commits when it is left.
        clock: the time.
        work: what to read and whom to tell.
        at_once: read also what is not due yet.
    """
    done = {"good": 0, "reading": 0, "failed": 0}
    for chain in readable(work.pack):
        outcome = _Reader(open_session, clock, work, chain).run(at_once=at_once)
        if outcome is not None:
            done[outcome] += 1
    return done


@dataclass(slots=True)
class _Reader:
    """One attempt to read one chain."""

    open_session: OpenSession
    clock: Clock
    work: Work
    chain: ChainPart

    def run(self, *, at_once: bool) -> str | None:
        """Claim the chain and read it; what came of it, or None where there was nothing to do."""
        name, pack = self.chain.name, self.work.pack
        nodes = self.work.nodes.get(name)
        with self.open_session() as session:
            now = self.clock.now()
            services.ensure(session, now, pack.id, name)
            if nodes is None:
                services.note_not_set_up(session, pack.id, name)
                self._resolve(session)
                return None
            plan = digest_of(pack, self.chain)
            position = services.claim(session, now, pack.id, name, plan=plan, at_once=at_once)
        if position is None:
            return None
        try:
            return nodes.first(lambda node: self._read(node, position))
        except NodeError as error:
            self._note(position, error)
            return "failed"
        except TakenOverError:
            return None

    def _read(self, node: Node, position: Position) -> str:
        """Read on from where the rows end, to the head if there is time."""
        with self.open_session() as session:
            position = services.here(session, position)
        head = header(node, "latest")
        refuse_stale(self.chain, head, self.clock)
        self._refuse_conflict(node, position)
        plan = plan_of(node, self.work.pack, self.chain)
        span = Span(position.span)
        final = self._final(node, head)
        position = self._advance(node, plan, position, final=final, span=span)
        if position.block is not None and position.block < final:
            with self.open_session() as session:
                services.note_progress(session, self.clock.now(), position)
            return "reading"
        after = plan.first_block - 1 if position.block is None else position.block
        read = totals.read_head(node, self.work.pack, plan, after=after, span=span)
        with self.open_session() as session:
            now = self.clock.now()
            services.replace_provisional(session, position, read.provisional)
            found = totals.totals_of(session, plan, position, read)
            services.keep_totals(session, now, found)
            services.note_good(session, now, position, next_at=now + self._pause())
            self._resolve(session)
        return "good"

    def _advance(
        self, node: Node, plan: Plan, position: Position, *, final: int, span: Span
    ) -> Position:
        """Keep what became final since, step by step, each in a transaction of its own."""
        reached = plan.first_block - 1 if position.block is None else position.block
        while reached < final:
            found, upto = read_some(node, plan, reached + 1, last=final, span=span)
            mark = header(node, upto)
            with self.open_session() as session:
                position = services.keep_final(
                    session, self.clock.now(), position, mark=mark, found=found, span=span.blocks
                )
            reached = upto
            if self.work.enough():
                break
        return position

    def _final(self, node: Node, head: BlockMark) -> int:
        """The newest final block; below zero where a young chain has none yet."""
        finality = self.chain.finality
        if isinstance(finality, int):
            return head.number - finality
        return min(header(node, finality).number, head.number)

    def _refuse_conflict(self, node: Node, position: Position) -> None:
        """Refuse to go on from a final block that the node has with another hash."""
        if position.block is None:
            return
        found = header(node, position.block)
        if found.hash != position.hash:
            raise ConflictError(f"The final block {position.block} has another hash now.")

    def _note(self, position: Position, error: NodeError) -> None:
        """Note a failed attempt, and raise the alert that belongs to it."""
        pack, name = self.work.pack.id, self.chain.name
        conflict = isinstance(error, ConflictError)
        log.warning("chain not read", chain=name, because=error.message)
        with self.open_session() as session:
            now = self.clock.now()
            position = services.here(session, position)
            since = services.note_failed(
                session,
                now,
                position,
                state=State.CONFLICT if conflict else State.FAILED,
                reason=error.message,
                next_at=now + self._pause(),
            )
            alert, title = None, self.chain.shown
            if conflict:
                block, was = position.block or 0, position.hash or ""
                alert = rules.conflict(pack, name, block=block, was=was, at=now, title=title)
            elif now - since >= rules.UNREAD_AFTER:
                alert = rules.unread(pack, name, since=since, at=now, title=title)
            if alert is not None:
                targets, base_url = self.work.targets, self.work.base_url
                raise_alert(session, now, alert, targets=targets, base_url=base_url)

    def _resolve(self, session: Session) -> None:
        """Note that what alerts of this chain told of is over."""
        subject = rules.subject_of_chain(self.work.pack.id, self.chain.name)
        resolve(session, self.clock.now(), subject=subject)

    def _pause(self) -> timedelta:
        return timedelta(seconds=self.chain.poll)

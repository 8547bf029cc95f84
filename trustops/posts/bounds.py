"""How far a figure may move between an approval and the moment at which a heartbeat goes out. Pure.

What only grows may grow by a share and a floor, and fall by what a reorganisation takes back. What
was not known stays so: a reading that came or went is for a person to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from trustops.chain.values import Standing, TokenName
from trustops.content.chain_names import chain_shown
from trustops.posts.figures import duration, tokens
from trustops.status.snapshot import Component, ComponentStatus, Snapshot, Support

NOT_KNOWN = "not known"

NUMBER = re.compile(r"\d[\d,]*+(?!\s(?:hour|minute|day)s?\b)")
"""A figure inside the reason of a component. A promised time is none: it is one of the words."""


class Measure(StrEnum):
    """What a figure counts; its leeway hangs on this."""

    AMOUNT = "amount"
    WALLETS = "wallets"
    BLOCK = "block"
    TICKETS = "tickets"
    OVERDUE = "overdue"
    SHARE = "share"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class Leeway:
    """By how much a figure may fall and rise: a share of it in percent, and a floor.

    The floor of an amount is in whole tokens. `rise` is None where there is no end.
    """

    fall_percent: int
    fall: int
    rise_percent: int
    rise: int | None


LEEWAYS: Mapping[Measure, Leeway] = MappingProxyType(
    {
        Measure.AMOUNT: Leeway(1, 0, 10, 1_000),
        Measure.WALLETS: Leeway(1, 1, 10, 50),
        Measure.BLOCK: Leeway(0, 100, 0, None),
        Measure.TICKETS: Leeway(50, 20, 50, 20),
        Measure.OVERDUE: Leeway(100, 0, 0, 5),
        Measure.SHARE: Leeway(0, 5, 0, 5),
        Measure.SECONDS: Leeway(50, 3_600, 50, 3_600),
    }
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a heartbeat tells. `value` is None while it is not known.

    An amount is in the smallest unit of its `token`, a share in percent, rounded down.
    """

    name: str
    value: int | None
    measure: Measure
    token: TokenName | None = None

    @property
    def words(self) -> str:
        """The figure as people read it."""
        return NOT_KNOWN if self.value is None else _in_words(self, self.value)


@dataclass(frozen=True, slots=True)
class Bound:
    """Between which values a figure may lie, both included; a missing end is open.

    `known` says whether it has to be known. `was` is the figure that was approved, `words` the
    bounds, both as people read them.
    """

    known: bool
    low: int | None
    high: int | None
    was: str
    words: str

    def holds(self, value: int | None) -> bool:
        """Whether a figure lies within the bounds."""
        if value is None or not self.known:
            return value is None and not self.known
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)


def bound_of(figure: Figure) -> Bound:
    """The bounds around a figure that is approved now."""
    value = figure.value
    if value is None:
        return Bound(known=False, low=None, high=None, was=NOT_KNOWN, words=NOT_KNOWN)
    leeway = LEEWAYS[figure.measure]
    unit = 10**figure.token.decimals if figure.token else 1
    low = max(0, value - value * leeway.fall_percent // 100 - leeway.fall * unit)
    least = _in_words(figure, low)
    if leeway.rise is None:
        return Bound(known=True, low=low, high=None, was=figure.words, words=f"{least} or later")
    high = value + value * leeway.rise_percent // 100 + leeway.rise * unit
    most = _in_words(figure, high if figure.measure is not Measure.SHARE else min(high, 100))
    return Bound(known=True, low=low, high=high, was=figure.words, words=f"{least} to {most}")


def figures_in(snapshot: Snapshot) -> Sequence[Figure]:
    """Every figure that a heartbeat of a snapshot tells, each under a name of its own.

    The count of each topic is none of them: it is part of those that were opened.
    """
    chains = [figure for item in snapshot.chains for figure in _of_chain(item)]
    parts = [figure for item in snapshot.components for figure in _of_reason(item)]
    return (*chains, *_of_support(snapshot.support), *parts)


def name_of(standing: Standing) -> str:
    """What a chain is called among the figures, whether or not it could be read."""
    return standing.chain or (standing.totals.chain if standing.totals else standing.pack)


def _of_chain(standing: Standing) -> Iterator[Figure]:
    """The figures of a chain; those of an older reading are not known now."""
    chain = standing.title or chain_shown(name_of(standing))
    totals = None if standing.problem else standing.totals
    token = totals.old if totals else None
    yield Figure(f"Migrated on {chain}", totals.net if totals else None, Measure.AMOUNT, token)
    yield Figure(f"Wallets on {chain}", totals.holders if totals else None, Measure.WALLETS)
    yield Figure(f"Read on {chain}", totals.block.number if totals else None, Measure.BLOCK)


def _of_support(support: Support) -> Iterator[Figure]:
    judged = support.met + support.breached
    share = 100 * support.met // judged if judged else None
    yield Figure("Tickets opened", support.opened, Measure.TICKETS)
    yield Figure("Tickets closed", support.closed, Measure.TICKETS)
    yield Figure("First responses that fell due", judged, Measure.TICKETS)
    yield Figure("First responses in time", share, Measure.SHARE)
    yield Figure("Median first response", support.median_seconds, Measure.SECONDS)
    yield Figure("Waiting for a first response", support.waiting, Measure.TICKETS)
    yield Figure("Overdue", support.overdue, Measure.OVERDUE)


def _of_reason(component: Component) -> Iterator[Figure]:
    """The numbers in the reason of a component that does not work as it should."""
    if component.status is ComponentStatus.OPERATIONAL:
        return
    for place, number in enumerate(NUMBER.findall(component.reason), start=1):
        name = f"{component.name}: the figure in its reason"
        name = name if place == 1 else f"{name}, number {place}"
        yield Figure(name, int(number.replace(",", "")), Measure.TICKETS)


def _in_words(figure: Figure, value: int) -> str:
    if figure.token is not None:
        return tokens(value, figure.token)
    if figure.measure is Measure.SECONDS:
        return duration(value)
    return {
        Measure.WALLETS: f"{value:,} wallets",
        Measure.BLOCK: f"block {value:,}",
        Measure.SHARE: f"{value} %",
    }.get(figure.measure, f"{value:,}")

"""What the figures mean: components, the indicator, the Statuspage shape. Pure.

A component is judged by what it watches. What cannot be judged is not listed: an unknown state is
never shown as a good one. Thresholds are explained in docs/status.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from trustops.chain.values import Standing
from trustops.status.inputs import Listed, Watches
from trustops.status.snapshot import Component, ComponentStatus, Support

PARTLY_LATE_SHARE = 0.25
PARTLY_LATE_LEAST = 5
"""From this share of the waiting tickets on, and from so many, answers are partly out."""

MOSTLY_LATE_SHARE = 0.5
MOSTLY_LATE_LEAST = 20
"""From this share on, and from so many, answers are out."""

LONGEST_QUEUED = timedelta(minutes=15)
"""A message that should have gone out longer ago is held up."""


class Indicator(StrEnum):
    """The overall state in the Statuspage vocabulary."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"
    MAINTENANCE = "maintenance"


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall state for programs, with the words that clients of Statuspage expect."""

    indicator: Indicator
    description: str


ALL_WELL = Overall(Indicator.NONE, "All Systems Operational")
NOTHING_LISTED = Overall(Indicator.NONE, "No components are listed")
"""Without a component nobody can say that all is well."""

_WORST_FIRST: Mapping[ComponentStatus, Overall] = MappingProxyType(
    {
        ComponentStatus.MAJOR_OUTAGE: Overall(Indicator.CRITICAL, "Major Service Outage"),
        ComponentStatus.PARTIAL_OUTAGE: Overall(Indicator.MAJOR, "Partial System Outage"),
        ComponentStatus.DEGRADED: Overall(Indicator.MINOR, "Partially Degraded Service"),
        ComponentStatus.MAINTENANCE: Overall(Indicator.MAINTENANCE, "Service Under Maintenance"),
    }
)


@dataclass(frozen=True, slots=True)
class Sending:
    """How what we send went in the last day. `failed` was not sent, or nobody knows.

    `held_up_since` is when the longest waiting one should have gone out; None where none waits.
    """

    sent: int = 0
    failed: int = 0
    held_up_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What components are judged by, as of an aware instant."""

    as_of: datetime
    support: Support
    chains: Sequence[Standing]
    addresses: str
    mail: Sending
    heartbeats: Sending


_ON_THE_PAGE = "Every answer stands on the page of its ticket."
_NOT_EVERYWHERE = (
    "The last heartbeat may not have reached every place where we post it. It stands on this site."
)

HEADINGS: Mapping[Watches, str] = MappingProxyType(
    {
        Watches.DESK: "We are late with first answers.",
        Watches.SITE: "These pages do not work as they should.",
        Watches.CHAIN: "Our figures from the chain are not up to date.",
        Watches.OFFICIAL: "We show no official address.",
        Watches.DELIVERIES: "Some of what we send is late, or may not arrive.",
    }
)
"""What does not work, in a sentence that is true whatever is wrong with it, by what is watched."""

_HEADINGS_AT: Mapping[tuple[Watches, ComponentStatus], str] = MappingProxyType(
    {
        (Watches.CHAIN, ComponentStatus.PARTIAL_OUTAGE): "We have no figures from some chains.",
        (Watches.CHAIN, ComponentStatus.MAJOR_OUTAGE): "We have no figures from any chain.",
        (Watches.DELIVERIES, ComponentStatus.PARTIAL_OUTAGE): "What we send may not arrive.",
    }
)
"""The same where the status alone tells more."""

Verdict = tuple[ComponentStatus, str]
"""The status of a component, and the reason where it is not operational."""

FINE: Verdict = (ComponentStatus.OPERATIONAL, "")


def heading_of(watches: Watches, status: ComponentStatus) -> str:
    """What does not work, in a sentence: never that a part is gone where all of it is."""
    return _HEADINGS_AT.get((watches, status), HEADINGS[watches])


def overall(components: Sequence[Component]) -> Overall:
    """The overall state: that of the worst component, and nothing where none is listed."""
    if not components:
        return NOTHING_LISTED
    found = {component.status for component in components}
    return next((words for status, words in _WORST_FIRST.items() if status in found), ALL_WELL)


def components(
    listed: Sequence[Listed], figures: Figures, previous: Sequence[Component] = ()
) -> tuple[Component, ...]:
    """Every component that can be judged, in the order of its file.

    `previous` are those of the Snapshot before: a status that stays keeps its beginning.
    """
    before = {component.id: component for component in previous}
    judged = ((item, judge(Watches(item.watches), figures)) for item in listed)
    return tuple(
        _component(item, verdict, before.get(item.id), figures)
        for item, verdict in judged
        if verdict is not None
    )


def judge(watches: Watches, figures: Figures) -> Verdict | None:
    """The status of whatever a component watches; None where nothing can be said of it."""
    if watches is Watches.DESK:
        return of_desk(figures.support)
    if watches is Watches.CHAIN:
        return of_chains(figures.chains)
    if watches is Watches.OFFICIAL:
        return of_addresses(figures.addresses)
    if watches is Watches.DELIVERIES:
        mail = of_mail(figures.mail, figures.as_of)
        return mail if mail is not FINE else of_heartbeats(figures.heartbeats, figures.as_of)
    return FINE  # the site: whoever reads this reads it


def of_desk(support: Support) -> Verdict:
    """First answers: by how many of those who wait have waited for too long."""
    overdue = support.overdue
    if not overdue:
        return FINE
    noun = "ticket has" if overdue == 1 else "tickets have"
    reason = (
        f"{support.overdue_words} {noun} waited for a first answer for more than "
        f"{support.promise_hours} hours."
    )
    share = overdue / max(support.waiting, overdue)
    if overdue >= MOSTLY_LATE_LEAST and share >= MOSTLY_LATE_SHARE:
        return ComponentStatus.MAJOR_OUTAGE, reason
    if overdue >= PARTLY_LATE_LEAST and share >= PARTLY_LATE_SHARE:
        return ComponentStatus.PARTIAL_OUTAGE, reason
    return ComponentStatus.DEGRADED, reason


def of_chains(chains: Sequence[Standing]) -> Verdict | None:
    """Figures from the chain: old ones are degraded, missing ones an outage.

    A chain that nobody ever tried to read is not set up here, and no figure is expected of it.
    """
    tried = [standing for standing in chains if standing.checked_at is not None]
    if not tried:
        return None
    troubled = [standing for standing in tried if standing.problem]
    if not troubled:
        return FINE
    reason = troubled[0].problem
    blind = [standing for standing in troubled if standing.totals is None]
    if len(blind) == len(tried):
        return ComponentStatus.MAJOR_OUTAGE, reason
    return (ComponentStatus.PARTIAL_OUTAGE if blind else ComponentStatus.DEGRADED), reason


def of_addresses(withheld: str) -> Verdict:
    """Official addresses: withheld ones are an outage of that part, and a safe one."""
    return (ComponentStatus.PARTIAL_OUTAGE, withheld) if withheld else FINE


def of_mail(mail: Sending, now: datetime) -> Verdict:
    """Mail about tickets of the last day: failures degrade, nothing but failures is an outage."""
    if mail.failed:
        what = "e-mail about a ticket" if mail.failed == 1 else "e-mails about tickets"
        reason = f"{mail.failed} {what} may not have arrived. {_ON_THE_PAGE}"
        return (ComponentStatus.DEGRADED if mail.sent else ComponentStatus.PARTIAL_OUTAGE), reason
    if _is_held_up(mail, now):
        return ComponentStatus.DEGRADED, f"E-mails about tickets go out late. {_ON_THE_PAGE}"
    return FINE


def of_heartbeats(heartbeats: Sending, now: datetime) -> Verdict:
    """The weekly heartbeat: it stands on this site, and may be missing where people follow us."""
    if heartbeats.failed or _is_held_up(heartbeats, now):
        return ComponentStatus.DEGRADED, _NOT_EVERYWHERE
    return FINE


def _is_held_up(sending: Sending, now: datetime) -> bool:
    since = sending.held_up_since
    return since is not None and now - since > LONGEST_QUEUED


def _began(watches: Watches, figures: Figures) -> datetime | None:
    """Since when a thing has not worked, where that is known better than from who noticed it.

    A build that starts on a late desk does not make it late since then.
    """
    if watches is Watches.DESK:
        return figures.support.late_since
    if watches is Watches.CHAIN:
        read = (item.totals.block.at for item in figures.chains if item.problem and item.totals)
        return min(read, default=None)
    return None


def _component(
    item: Listed, verdict: Verdict, before: Component | None, figures: Figures
) -> Component:
    status, reason = verdict
    works = status is ComponentStatus.OPERATIONAL
    watches = Watches(item.watches)
    noticed = before.since if before is not None and before.status is status else figures.as_of
    began = None if works else _began(watches, figures)
    return Component(
        id=item.id,
        name=item.name,
        description=item.description,
        status=status,
        reason=reason,
        since=began or noticed,
        heading="" if works else heading_of(watches, status),
    )

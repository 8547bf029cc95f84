"""What the figures mean: a component by what it watches, the whole by its worst component.

What cannot be judged is not listed, and what fails says why in a sentence.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.conftest import NOON
from tests.status.things import (
    NOT_CHECKED,
    a_component,
    a_standing,
    a_support,
    an_unread_standing,
)
from trustops.chain.values import Standing
from trustops.status import rules
from trustops.status.inputs import Watched, Watches
from trustops.status.rules import Figures, Indicator, Sending
from trustops.status.snapshot import Component, ComponentStatus, Support

HOUR = timedelta(hours=1)
QUIET = Sending(sent=3, failed=0, held_up_since=None)
OPERATIONAL = ComponentStatus.OPERATIONAL
DEGRADED = ComponentStatus.DEGRADED
PARTIAL = ComponentStatus.PARTIAL_OUTAGE
MAJOR = ComponentStatus.MAJOR_OUTAGE
NEVER_TRIED = an_unread_standing(checked_at=None)


def figures(
    support: Support | None = None,
    chains: tuple[Standing, ...] | None = None,
    addresses: str = "",
    mail: Sending = QUIET,
    heartbeats: Sending = QUIET,
) -> Figures:
    """Figures of a calm day, with changes."""
    return Figures(
        as_of=NOON,
        support=support or a_support(),
        chains=(a_standing(),) if chains is None else chains,
        addresses=addresses,
        mail=mail,
        heartbeats=heartbeats,
    )


@pytest.mark.parametrize("watches", Watches)
def test_on_a_calm_day_everything_is_operational_and_needs_no_reason(watches: Watches) -> None:
    """A reason stands only where something is wrong."""
    assert rules.judge(watches, figures()) == (OPERATIONAL, "")


@pytest.mark.parametrize(
    ("overdue", "waiting", "expected"),
    [
        (0, 0, OPERATIONAL),
        (0, 500, OPERATIONAL),
        (1, 1, DEGRADED),
        (4, 4, DEGRADED),
        (5, 21, DEGRADED),
        (5, 20, PARTIAL),
        (19, 19, PARTIAL),
        (20, 41, PARTIAL),
        (20, 40, MAJOR),
        (900, 900, MAJOR),
    ],
)
def test_the_desk_is_judged_by_the_share_that_waits_too_long(
    overdue: int, waiting: int, expected: ComponentStatus
) -> None:
    """One late answer is never an outage, however few wait."""
    status, _ = rules.of_desk(a_support(overdue=overdue, waiting=waiting))
    assert status is expected


def test_the_desk_says_how_many_wait() -> None:
    """In the singular too."""
    assert rules.of_desk(a_support(overdue=1))[1] == (
        "1 ticket has waited for a first answer for more than 48 hours."
    )
    assert rules.of_desk(a_support(overdue=3))[1] == (
        "3 tickets have waited for a first answer for more than 48 hours."
    )


@pytest.mark.parametrize(
    ("chains", "expected"),
    [
        ((a_standing(), a_standing()), OPERATIONAL),
        ((a_standing(), a_standing(problem=NOT_CHECKED)), DEGRADED),
        ((a_standing(problem=NOT_CHECKED),), DEGRADED),
        ((a_standing(), an_unread_standing()), PARTIAL),
        ((a_standing(problem=NOT_CHECKED), an_unread_standing()), PARTIAL),
        ((an_unread_standing(), an_unread_standing()), MAJOR),
        ((a_standing(), NEVER_TRIED), OPERATIONAL),
        ((an_unread_standing(), NEVER_TRIED), MAJOR),
    ],
)
def test_old_figures_are_degraded_and_missing_ones_an_outage(
    chains: tuple[Standing, ...], expected: ComponentStatus
) -> None:
    """A chain that nobody ever tried to read is not set up here, and counts for nothing."""
    found = rules.of_chains(chains)
    assert found is not None
    assert found == (expected, "" if expected is OPERATIONAL else NOT_CHECKED)


@pytest.mark.parametrize("chains", [(), (NEVER_TRIED,)])
def test_a_chain_component_without_a_chain_is_not_listed(chains: tuple[Standing, ...]) -> None:
    """Operational would claim a good read that never was."""
    assert rules.of_chains(chains) is None
    listed = (Watched("chain", "Chain", "", "chain"), Watched("site", "Pages", "", "site"))
    assert [one.id for one in rules.components(listed, figures(chains=chains))] == ["site"]


def test_withheld_addresses_are_a_partial_outage() -> None:
    """With the sentence that readers see."""
    told = "The list could not be verified."
    assert rules.judge(Watches.OFFICIAL, figures(addresses=told)) == (PARTIAL, told)


@pytest.mark.parametrize(
    ("watches", "status", "heading"),
    [
        (Watches.OFFICIAL, PARTIAL, "We show no official address."),
        (Watches.CHAIN, DEGRADED, "Our figures from the chain are not up to date."),
        (Watches.CHAIN, PARTIAL, "We have no figures from some chains."),
        (Watches.CHAIN, MAJOR, "We have no figures from any chain."),
        (Watches.DELIVERIES, DEGRADED, "Some of what we send is late, or may not arrive."),
        (Watches.DELIVERIES, PARTIAL, "What we send may not arrive."),
    ],
)
def test_a_part_that_does_not_work_says_what_is_so(
    watches: Watches, status: ComponentStatus, heading: str
) -> None:
    """Not that a part is gone where all of it is, nor that something is lost that is late."""
    assert rules.heading_of(watches, status) == heading


@pytest.mark.parametrize(
    ("mail", "status", "reason"),
    [
        (Sending(0, 0, None), OPERATIONAL, ""),
        (Sending(9, 1, None), DEGRADED, "1 e-mail about a ticket may not have arrived."),
        (Sending(0, 2, None), PARTIAL, "2 e-mails about tickets may not have arrived."),
        (Sending(9, 0, NOON - timedelta(minutes=15)), OPERATIONAL, ""),
        (
            Sending(9, 0, NOON - timedelta(minutes=16)),
            DEGRADED,
            "E-mails about tickets go out late.",
        ),
    ],
)
def test_mail_is_judged_by_the_last_day(
    mail: Sending, status: ComponentStatus, reason: str
) -> None:
    """One that may not have arrived degrades; if none arrived it is an outage."""
    found = rules.judge(Watches.DELIVERIES, figures(mail=mail))
    assert found == (
        status,
        f"{reason} Every answer stands on the page of its ticket." * bool(reason),
    )


@pytest.mark.parametrize(
    "heartbeats", [Sending(3, 1, None), Sending(3, 0, NOON - timedelta(minutes=16))]
)
def test_a_heartbeat_that_hangs_is_told_as_one_and_as_no_message_that_waits(
    heartbeats: Sending,
) -> None:
    """It degrades, says where the heartbeat stands, and gives way to a word on mail."""
    status, reason = rules.judge(Watches.DELIVERIES, figures(heartbeats=heartbeats)) or ("", "")
    assert status is DEGRADED
    assert reason.startswith("The last heartbeat may not have reached every place")
    late = Sending(0, 2, None)
    _, other = rules.judge(Watches.DELIVERIES, figures(mail=late, heartbeats=heartbeats)) or (
        "",
        "",
    )
    assert "e-mails" in other


def test_components_keep_the_order_and_the_words_of_their_file() -> None:
    """The file is the truth for both."""
    listed = (
        Watched("messages", "Messages", "That we send.", "deliveries"),
        Watched("answers", "Answers", "To tickets.", "desk"),
    )
    found = rules.components(listed, figures(support=a_support(overdue=1)))
    assert [(one.id, one.name, one.description, one.status) for one in found] == [
        ("messages", "Messages", "That we send.", OPERATIONAL),
        ("answers", "Answers", "To tickets.", DEGRADED),
    ]
    assert found[1].reason == "1 ticket has waited for a first answer for more than 48 hours."


@pytest.mark.parametrize(
    ("before", "since"),
    [
        ((), NOON),
        ((a_component(id="other"),), NOON),
        ((a_component(id="answers", status=DEGRADED),), NOON),
        ((a_component(id="answers"),), NOON - timedelta(days=3)),
    ],
)
def test_a_status_that_stays_keeps_its_beginning(
    before: tuple[Component, ...], since: object
) -> None:
    """A build each minute does not make every status a minute old."""
    listed = (Watched("answers", "Answers", "", "desk"),)
    assert rules.components(listed, figures(), before)[0].since == since


@pytest.mark.parametrize(
    ("watches", "seen", "since"),
    [
        ("desk", figures(a_support(overdue=1, late_since=NOON - HOUR)), NOON - HOUR),
        ("chain", figures(chains=(a_standing(problem="No."),)), NOON - timedelta(minutes=1)),
        ("chain", figures(chains=(an_unread_standing(),)), NOON),
        ("official", figures(addresses="Withheld."), NOON),
    ],
)
def test_a_trouble_dates_from_its_beginning_where_that_is_known(
    watches: str, seen: Figures, since: datetime
) -> None:
    """Not from the first build that noticed: a process may have started a minute ago."""
    (found,) = rules.components((Watched("one", "One", "", watches),), seen)
    assert found.since == since


@pytest.mark.parametrize(
    ("statuses", "indicator", "description"),
    [
        ([], Indicator.NONE, "No components are listed"),
        ([OPERATIONAL], Indicator.NONE, "All Systems Operational"),
        ([ComponentStatus.MAINTENANCE], Indicator.MAINTENANCE, "Service Under Maintenance"),
        ([ComponentStatus.MAINTENANCE, DEGRADED], Indicator.MINOR, "Partially Degraded Service"),
        ([OPERATIONAL, DEGRADED], Indicator.MINOR, "Partially Degraded Service"),
        ([DEGRADED, PARTIAL], Indicator.MAJOR, "Partial System Outage"),
        ([PARTIAL, MAJOR, DEGRADED], Indicator.CRITICAL, "Major Service Outage"),
    ],
)
def test_the_whole_is_as_well_as_its_worst_component(
    statuses: list[ComponentStatus], indicator: Indicator, description: str
) -> None:
    """In the words that programs made for Statuspage expect."""
    found = rules.overall([a_component(status=status) for status in statuses])
    assert (found.indicator, found.description) == (indicator, description)

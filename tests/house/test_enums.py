"""A new value of an enum is placed everywhere its kind is named, or knowingly left out.

Tables and sets are found in the code and the templates, not listed here: only what one of them
leaves out is, so a value that is new stands in neither and is met. Columns are compared with
their CHECK in `tests/db/test_values_of_columns.py`; a `match` with `assert_never` by mypy.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel
from sqlalchemy.orm import Session

from tests.conftest import NOON
from tests.factories import a_person, a_ticket, an_ending, by
from tests.house.enums import enums, groups, groups_of_templates, in_columns, matched
from tests.house.tree import read
from trustops.chain.rules import SIGNS, problem
from trustops.chain.rules import State as ChainState
from trustops.chain.schema import Direction
from trustops.content.kinds import Kind as ContentKind
from trustops.content.schema import ComponentEntry
from trustops.desk.chain_facts import DIRECTIONS
from trustops.official.schema import DomainEntry
from trustops.official.values import DomainKind
from trustops.sla.rules import ClockState
from trustops.status.inputs import Watches
from trustops.tickets import services
from trustops.tickets.api_models import ClockOut, HeldOut, MessageOut, TicketSummary
from trustops.tickets.held import HeldState
from trustops.tickets.queries import View, queue_page
from trustops.tickets.rules import Author, Status, Visibility

LEFT_OUT: dict[str, str] = {
    "trustops.addresses.ADDRESSES": "EVM_HASH SOLANA_SIGNATURE NAME SEVERAL OTHER",
    "trustops.addresses.TRANSACTIONS": "EVM_ADDRESS SOLANA_ADDRESS NAME SEVERAL OTHER",
    "trustops.channels.rules.UNDECIDED": "QUEUED SENDING SENT",
    "trustops.cli.health.manifest._REMEDIES": "NO_KEY KEY_CHANGED NO_OPERATOR",
    "trustops.cli.instance.DONE": "NEWER",
    "trustops.cli.official_verify._REASONS": (
        "NO_KEY KEY_CHANGED MISSING BAD_SIGNATURE MALFORMED ROLLED_BACK NO_OPERATOR"
    ),
    "trustops.content.checks._DATED_KINDS": "PAGE REPLY",
    "trustops.content.checks._ENTRIES": "PAGE KNOWN_ISSUE REPLY",
    "trustops.content.checks._IN_A_QUOTE": "DATE RATIO",
    "trustops.content.kinds.BY_LOCALE": "POLICY KNOWN_ISSUE REPLY",
    "trustops.content.outgoing._LITERALS": (
        "ACCOUNT SIGNATURE PROMISED_DATE PROMISED_AMOUNT SENSITIVE PROGRAM APPROVAL MONEY "
        "ELSEWHERE LANGUAGE SECRET ONE_TIME_CODE PAYMENT REMOTE_CONTROL WALLET"
    ),
    "trustops.content.outgoing._WITH_FIGURES": "ADDRESS DOMAIN HANDLE",
    "trustops.desk.lines.PRIORITY_TONES": "NORMAL",
    "trustops.desk.queue.ORDERS": "ALL UNASSIGNED MINE SOON OVERDUE",
    "trustops.exchanges.rules.GOES_AGAINST": (
        "UNKNOWN CONTACTED UNDER_REVIEW ANNOUNCED HALTED IN_PROGRESS COMPLETED "
        "COMPLETED_EXCEPTIONS CAUTION DISPUTED"
    ),
    "trustops.exchanges.rules.GOES_ALONG": (
        "UNKNOWN CONTACTED UNDER_REVIEW HALTED NOT_SUPPORTED DECLINED CAUTION DELISTING "
        "DELISTED DISPUTED"
    ),
    "trustops.exchanges.rules.RESTS": (
        "UNKNOWN CONTACTED UNDER_REVIEW ANNOUNCED NOT_SUPPORTED DECLINED CAUTION DISPUTED"
    ),
    "trustops.exchanges.wording._ACTS": (
        "UNKNOWN CONTACTED UNDER_REVIEW HALTED IN_PROGRESS COMPLETED COMPLETED_EXCEPTIONS "
        "NOT_SUPPORTED DECLINED CAUTION DELISTED DISPUTED"
    ),
    "trustops.exchanges.wording._SAID_OF_IT": "UNKNOWN CONTACTED DISPUTED",
    "trustops.exchanges.wording._SENTENCES": (
        "UNDER_REVIEW ANNOUNCED HALTED IN_PROGRESS COMPLETED COMPLETED_EXCEPTIONS "
        "NOT_SUPPORTED DECLINED CAUTION DELISTING DELISTED"
    ),
    "trustops.guard.advice.WARNINGS_IN_DOUBT": "KEYSTORE API_TOKEN",
    "trustops.guard.outgoing._SUBJECTS": (
        "HOST SHORTENED ADDRESS EMAIL ACCOUNT SIGNATURE PROMISED_DATE PROMISED_AMOUNT "
        "PROGRAM APPROVAL MONEY ELSEWHERE LANGUAGE PAYMENT REMOTE_CONTROL WALLET"
    ),
    "trustops.guard.outgoing_figures.TIMES": "AMOUNT RATIO",
    "trustops.guard.outgoing_reasons.REFUSED": (
        "HOST SHORTENED ADDRESS EMAIL ACCOUNT SIGNATURE PROMISED_DATE PROMISED_AMOUNT "
        "SENSITIVE PROGRAM APPROVAL MONEY ELSEWHERE LANGUAGE"
    ),
    "trustops.guard.refusal.ASKED": "KEYSTORE API_TOKEN",
    "trustops.official.alerting._NOT_SET_UP": (
        "KEY_CHANGED MISSING BAD_SIGNATURE MALFORMED EXPIRED NOT_YET ROLLED_BACK"
    ),
    "trustops.official.marking._NOTES": "OFFICIAL UNKNOWN",
    "trustops.posts.values.OPEN": "SENT MISSED",
    "trustops.site.corrections._LISTS": "PAGE FAQ REPLY",
    "trustops.sla.rules.WITHDRAWN": "CLOSED_BY_AGENT CLOSED_BY_REQUESTER",
    "trustops.status.rules._WORST_FIRST": "OPERATIONAL",
    "trustops.tickets.queries.QUEUE_VIEWS": "WAITING ENDED SPAM QUARANTINE",
    "trustops.tickets.rules.ENDED": "OPEN WAITING",
    "trustops.tickets.rules.WITHDRAWN": "OPEN WAITING SOLVED CLOSED",
    "trustops.tickets.wallets._KINDS": "EVM_HASH SOLANA_SIGNATURE NAME SEVERAL OTHER",
    "trustops.tickets.wording.ENDED_WORDS": "OPEN WAITING",
    "trustops/desk/templates/desk/ticket.html:without a name": "LOW NORMAL",
    "trustops/official/templates/official/check.html:kinds": "UNKNOWN UNCHECKED",
    "trustops/tickets/templates/tickets/follow.html:without a name": "SYSTEM",
    "trustops/web/templates/components/alert_entry.html:delivery_states": "UNKNOWN",
}
"""For each table or set that does not name every value: the values that it leaves out."""

BRANCHES: dict[str, tuple[str, str]] = {
    "jobs.runner.Result": ("OK FAILED TAKEN NOT_DUE", "jobs.runner; its value is said"),
    "trustops.cli.health.finding.Level": ("OK WARN FAIL", "cli.doctor; its value is said"),
    "trustops.content.sentences.Speaker": ("US OTHERS", "content.sentences"),
    "trustops.guard.context.Weight": ("PUBLIC KEY DOUBT", "guard.hexkeys, at two places"),
    "trustops.guard.context._Voice": ("SILENT WEAK STRONG", "guard.context, at four places"),
    "trustops.guard.explorers.Place": ("NONE PUBLIC UNKNOWN IMITATION", "guard.context"),
    "trustops.guard.outgoing_reasons.Ruling": (
        "PASS HELD REFUSED",
        "tickets.outgoing, posts.outgoing and content.outgoing",
    ),
    "trustops.official.values.DomainKind": ("DESK PROJECT CLOSED", "official.wording, marking"),
    "trustops.channels.networks.network.TextKind": ("FULL SHORT", "posts.text, jobs.heartbeat"),
    "trustops.posts.values.Approval": ("LEAD RULE", "posts.rules, at two places, and services"),
    "trustops.sla.rules.EventKind": (
        "ACTIVATE AT_RISK BREACH FULFIL CANCEL",
        "tickets.clocks says which alert; its value is the kind of the event",
    ),
    "trustops.status.rules.Indicator": (
        "NONE MINOR MAJOR CRITICAL MAINTENANCE",
        "the fixed vocabulary of Statuspage; nothing asks which",
    ),
    "trustops.web.access.Kind": ("PUBLIC REQUESTER STAFF TOKEN PUBLIC_OR_TOKEN", "web.lifecycle"),
    "trustops.web.origin.Sender": ("OURS FOREIGN SILENT", "web.lifecycle and giving_back"),
}
"""Enums that no table, column or `match` names as a whole: their values, and where to look first
when there is another one."""

API: list[tuple[type[BaseModel], str, type[Enum], str]] = [
    (ClockOut, "state", ClockState, ""),
    (HeldOut, "state", HeldState, ""),
    (MessageOut, "author", Author, ""),
    (MessageOut, "visibility", Visibility, ""),
    (TicketSummary, "opened_by", Author, "SYSTEM"),
    (ComponentEntry, "watches", Watches, ""),
    (DomainEntry, "kind", DomainKind, ""),
]
"""Fields of the API and of files that spell an enum: with the values that cannot stand there."""


def names(values: frozenset[Enum]) -> set[str]:
    """Values by their name in the code."""
    return {value.name for value in values}


def all_groups() -> Iterator[tuple[str, type[Enum], frozenset[Enum]]]:
    """Those of modules and of templates."""
    yield from groups()
    yield from groups_of_templates()


def test_every_table_names_every_value_or_says_which_not() -> None:
    """A new value is in no table and in no line of `LEFT_OUT`; whoever adds it decides."""
    wrong = {
        name: sorted(left ^ set(LEFT_OUT.get(name, "").split()))
        for name, kind, values in all_groups()
        if (left := names(frozenset(kind)) - names(values)) != set(LEFT_OUT.get(name, "").split())
        and not (left == set() and name.endswith("without a name"))
    }
    assert wrong == {}


def test_no_line_outlives_its_table() -> None:
    """What is gone or names every value today leaves the list."""
    known = {name for name, kind, values in all_groups() if len(kind) > len(values)}
    assert sorted(set(LEFT_OUT) - known) == []


def test_no_enum_is_named_by_nothing() -> None:
    """Each has a table, a column, a `match` that is closed, or its line in `BRANCHES`."""
    closed = {kind for _, kind, _ in all_groups()} | in_columns() | matched()
    open_ones = {name for name, kind in enums().items() if kind not in closed}
    assert open_ones == set(BRANCHES)
    assert len(enums()) > 40


@pytest.mark.parametrize("name", BRANCHES)
def test_the_values_that_branches_tell_apart_are_known(name: str) -> None:
    """Whoever adds one reads where to look, and adds it here once the branches are right."""
    values, where = BRANCHES[name]
    assert set(values.split()) == names(frozenset(enums()[name])), f"look at {where}"


def test_every_direction_of_an_event_adds_up_and_has_its_words() -> None:
    """A pack may say it, so the sums know its sign and the desk its word."""
    assert set(SIGNS) == set(DIRECTIONS) == set(get_args(Direction))


@pytest.mark.parametrize("kind", ContentKind)
def test_every_kind_of_content_is_documented(kind: ContentKind) -> None:
    """Its folder stands in the table of front matter, for whoever edits."""
    assert f"`{kind}/" in read(Path("docs/content.md"))


@pytest.mark.parametrize(("model", "field", "kind", "never"), API)
def test_programs_read_every_value_by_its_name(
    model: type[BaseModel], field: str, kind: type[Enum], never: str
) -> None:
    """Else the first row with it answers 500."""
    spelled = model.model_fields[field].annotation
    assert get_origin(spelled) is Literal
    assert set(get_args(spelled)) == {one.value for one in kind if one.name not in never.split()}


@pytest.mark.parametrize("state", [state for state in ChainState if state != ChainState.GOOD])
def test_the_public_reads_a_sentence_for_every_state_of_a_chain(state: ChainState) -> None:
    """While it is read well there is none."""
    assert problem("BSC", state, good_at=NOON, now=NOON).endswith(".")


@pytest.mark.parametrize("status", Status)
def test_a_ticket_of_every_status_stands_in_a_list(session: Session, status: Status) -> None:
    """Nobody has to search for it."""
    ticket = a_ticket(session)
    staff = a_person(session, role="lead")
    change = an_ending(session, status)
    services.change(session, by(staff, NOON + timedelta(hours=1)), ticket, change)
    session.flush()  # the lists read rows
    lists = [
        view
        for view in View
        if any(
            row.ticket.id == ticket.id
            for row in queue_page(session, view, staff_id=staff.id, now=NOON).rows
        )
    ]
    assert lists

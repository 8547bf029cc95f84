"""What the page of one ticket shows, and how it is filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import render_template, request

from trustops.accounts.queries import Colleague, colleagues
from trustops.content import Content
from trustops.content.chain_names import chain_shown
from trustops.desk.chain_facts import ChainFacts, chain_facts
from trustops.desk.held import HeldLine, lines_of
from trustops.desk.standing import QUARANTINE_WORDS, STATUS_WORDS, Standing, standing
from trustops.desk.timeline import Entry, timeline, told
from trustops.errors import ConflictError, InvalidInputError
from trustops.official.marking import Marker
from trustops.sla import rules as sla
from trustops.tickets import clocks, queries
from trustops.tickets.duplicates import duplicates_of
from trustops.tickets.marking import marker_now
from trustops.tickets.models import SlaClock, Ticket
from trustops.tickets.ours import wallet_now
from trustops.tickets.rules import Priority, Status
from trustops.tickets.taken_out import Run, in_runs
from trustops.tickets.wallets import TO_STAFF, WalletLine
from trustops.tickets.wording import LANGUAGES
from trustops.web import context

EDITED = ("status", "priority", "assignee", "original")
"""The fields of the form that changes a ticket."""

SOURCES = {
    "form": "by the support form",
    "api": "by a program, through the API",
    "desk": "by staff, for the requester",
}
"""How a ticket came, by the value in its row."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A percentage of a clock's time, and when it is reached."""

    percent: int
    at: datetime
    passed: bool


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock with the arithmetic behind its due time, for "why this due time?"."""

    row: SlaClock
    state: str
    overdue: bool
    late: bool
    awaiting: bool
    target_hours: float
    policy: str
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Context of `desk/ticket.html`. `seen` is the newest event that the page shows.

    `conflict` lists what others changed in between, where an edit was refused; `typed` gives
    back the words of that edit, `chosen` the values of the form that changes the ticket, and
    `error` says what else needs mending. `held` are answers that did not go out. `wallet_note`
    says why the wallet is none that can be looked at, else it is empty. `earlier` is the place at
    which the part before this one ends, None where this is the first; `later` is how many messages
    come after it. `marker` marks what words name.
    """

    ticket: Ticket
    assignee: str | None
    standing: Standing
    status_word: str
    topic_title: str
    chain_title: str | None
    language: str
    source: str
    set_aside: str
    duplicates: Sequence[str]
    entries: Sequence[Entry]
    earlier: int | None
    later: int
    clocks: Sequence[ClockLine]
    statuses: Sequence[tuple[str, str]]
    priorities: Sequence[tuple[str, str]]
    owners: Sequence[tuple[str, str]]
    chosen: Mapping[str, str]
    seen: int
    now: datetime
    wallet: WalletLine | None
    wallet_note: str
    chain: ChainFacts | None
    marker: Marker
    conflict: Sequence[str] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    held: Sequence[HeldLine] = ()

    @property
    def runs(self) -> list[Run[Entry]]:
        """The entries, of which those are folded that have nothing left to read."""
        return in_runs(
            self.entries,
            words=lambda one: "" if one.kind == "event" else one.body,
            author=lambda one: f"{one.kind} {one.author}",
        )

    @property
    def returned(self) -> str:
        """The reader's own words that somebody declined, for the field in which they are mended."""
        own = [line.body for line in self.held if line.is_own and line.is_declined]
        return own[-1] if own else ""


def show(
    reference: str,
    *,
    error: InvalidInputError | ConflictError | None = None,
    until: int | None = None,
) -> str:
    """The page of a ticket; after a refusal, with what was typed and why it was refused.

    `until` is the place at which the part of a long conversation ends that is shown.

    Raises:
        NotFoundError: there is no such ticket.
    """
    found = queries.ticket_page(context.session(), reference, until=until)
    ticket, now, content = found.ticket, context.clock().now(), context.part(Content)
    wallet = wallet_now(ticket)
    changes = error.changes if isinstance(error, ConflictError) else ()
    page = TicketPage(
        ticket=ticket,
        assignee=found.assignee,
        standing=standing(ticket, now, content.policy(sla.FIRST_RESPONSE)),
        status_word=STATUS_WORDS[Status(ticket.status)],
        topic_title=content.topic_title(ticket.topic),
        chain_title=_chain_title(content, ticket.chain),
        language=LANGUAGES.get(ticket.locale, ticket.locale),
        source=SOURCES.get(ticket.source, ticket.source),
        set_aside=_set_aside(ticket),
        duplicates=duplicates_of(context.session(), ticket.reference),
        entries=timeline(found.part.messages, found.events),
        earlier=found.part.until,
        later=found.part.after,
        clocks=[_clock_line(row, now) for row in found.clocks],
        statuses=list(STATUS_WORDS.items()),
        priorities=[(item, item.capitalize()) for item in Priority],
        owners=_owners(ticket, found.assignee, colleagues(context.session())),
        chosen=_chosen(ticket, request.form if error else {}),
        seen=found.seen,
        now=now,
        wallet=wallet,
        wallet_note=TO_STAFF[wallet.note] if wallet and wallet.note else "",
        marker=marker_now(ticket),
        # Of what is no wallet nothing is shown as the holder's own, whoever else asked for it.
        chain=None if wallet and wallet.note else chain_facts(context.session(), ticket),
        conflict=[told(str(item["kind"]), str(item["by"]), item) for item in changes],
        typed=request.form if error else {},
        error=_words(error) if error else "",
        held=lines_of(context.session(), ticket.id),
    )
    return render_template("desk/ticket.html", page=page, nav="queue")


def _words(error: InvalidInputError | ConflictError) -> str:
    names = {
        "message": "Your message",
        "request": "What was sent",
        "original": "“Original of a duplicate”",
        "assignee": "“Owner”",
        "reason": "“Reason for your decision”",
    }
    sentences = [
        f"{names.get(item.field, item.field.capitalize())} {item.message}." for item in error.errors
    ]
    return " ".join(sentences) or error.message


def _chain_title(content: Content, chain: str | None) -> str | None:
    titles = {item.id: item.title for item in content.chains}
    return chain_shown(chain, titles) if chain else None


def _set_aside(ticket: Ticket) -> str:
    """Why a ticket is in quarantine, in words; empty where it is not."""
    if ticket.quarantined_at is None or ticket.quarantine_reason is None:
        return ""
    return QUARANTINE_WORDS[ticket.quarantine_reason]


def _owners(
    ticket: Ticket, assignee: str | None, people: Sequence[Colleague]
) -> list[tuple[str, str]]:
    """Who can be chosen as owner; whoever has the ticket now is kept, able to answer or not."""
    owners = [("0", "Nobody"), *((str(person.id), person.name) for person in people)]
    if ticket.assignee_id is not None and str(ticket.assignee_id) not in dict(owners):
        owners.append((str(ticket.assignee_id), f"{assignee} (does not answer any more)"))
    return owners


def _chosen(ticket: Ticket, form: Mapping[str, str]) -> dict[str, str]:
    """The values of the form that changes a ticket: what somebody chose anew, else what is so."""
    present = {
        "status": ticket.status,
        "priority": ticket.priority,
        "assignee": str(ticket.assignee_id or 0),
        "original": ticket.duplicate_of or "",
    }
    anew = {name: form[name] for name in EDITED if name in form and is_chosen_anew(form, name)}
    return present | anew


def is_chosen_anew(form: Mapping[str, str], name: str) -> bool:
    """Whether a field of a form was set to something else than it showed at first.

    The form sends beside each field what it showed. So an edit that was refused because others
    changed the ticket does not, when it is sent again, put back what it never touched.
    """
    return bool(form.get(name)) and form[name] != form.get(f"was_{name}")


def _clock_line(row: SlaClock, now: datetime) -> ClockLine:
    value = clocks.value_of(row)
    overdue = sla.is_overdue(value, now)
    state: str = value.state
    if overdue:
        state = sla.ClockState.BREACHED
    elif value.state is sla.ClockState.RUNNING and value.mark:
        state = "at_risk"
    marks = ((percent, sla.instant_of(value, percent)) for percent in value.policy.at_risk_percent)
    return ClockLine(
        row=row,
        state=state,
        overdue=overdue,
        late=value.met_at is not None and value.met_at > value.due_at,
        awaiting=value.awaiting,
        target_hours=value.policy.target / timedelta(hours=1),
        policy=value.policy.name,
        marks=[Mark(percent, at, passed=at <= (value.met_at or now)) for percent, at in marks],
    )

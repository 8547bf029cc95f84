"""The timeline of a ticket: messages and events, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trustops.db import Event
from trustops.tickets.models import Message

CARRIED_BY_MESSAGE = frozenset({"ticket.replied", "ticket.noted", "ticket.requester_wrote"})
"""Events whose message stands in the timeline itself."""

CLOCK_STATES: dict[str, str] = {
    "sla.activate": "running",
    "sla.at_risk": "at_risk",
    "sla.breach": "breached",
    "sla.fulfil": "met",
    "sla.cancel": "cancelled",
}
"""The state that each event of a clock is drawn with."""

_OPENED, _MESSAGE, _EVENT = range(3)
"""What comes first of things that happened in one instant."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `kind`: requester, reply, note, automatic or event; `body` is plain text.

    `state` is that of a clock, for events that tell of one.
    """

    kind: str
    author: str
    at: datetime
    body: str
    state: str | None = None


def timeline(messages: Sequence[Message], events: Sequence[Event]) -> list[Entry]:
    """Messages and the events that no message carries, oldest first."""
    ranked = [(message.created_at, _MESSAGE, _of_message(message)) for message in messages] + [
        (_moment(event), _OPENED if event.kind == "ticket.opened" else _EVENT, _of_event(event))
        for event in events
        if event.kind not in CARRIED_BY_MESSAGE
    ]
    return [entry for _, _, entry in sorted(ranked, key=lambda one: one[:2])]


def told(kind: str, by: str, data: Mapping[str, object]) -> str:
    """An event as one line: who did what. What a clock did by itself names nobody."""
    if kind in CLOCK_STATES:
        return _clock_sentence(kind, data)
    return f"{by} {sentence(kind, by, data)}"


def sentence(kind: str, by: str, data: Mapping[str, object]) -> str:
    """What somebody did, in words. Unknown kinds show their name, so that nothing is hidden."""
    words = {
        "ticket.opened": "opened the ticket",
        "ticket.assigned": _assigned(by, data.get("to")),
        "ticket.status": _status(data),
        "ticket.original": f"named {data.get('to')} as the original",
        "ticket.priority": f"changed the priority from {data.get('from')} to {data.get('to')}",
        "ticket.released": "took the ticket out of quarantine",
        "ticket.email_confirmed": "confirmed the e-mail address",
        "ticket.replied": "answered",
        "ticket.answer_held": "wrote an answer that waits for a lead",
        "ticket.answer_released": f"released {_held(data)}",
        "ticket.answer_declined": f"declined {_held(data)}",
        "ticket.noted": "wrote an internal note",
        "ticket.pieces_out": _pieces_out(data),
        "ticket.requester_wrote": "wrote again",
        "ticket.link_sent": "asked for a new private link",
    }
    return words.get(kind, kind)


def _held(data: Mapping[str, object]) -> str:
    return f"an answer of {data.get('author')}: {data.get('reason')}"


def _pieces_out(data: Mapping[str, object]) -> str:
    count = data.get("texts")
    texts = "one text" if count == 1 else f"{count} texts"
    return f"took the pieces of a secret out of {texts}: what completed it was refused"


def _clock_sentence(kind: str, data: Mapping[str, object]) -> str:
    words = {
        "sla.activate": f"First-response clock runs, due {_due(data)}",
        "sla.at_risk": f"{data.get('percent')} % of the time for a first response has passed",
        "sla.breach": "First response is overdue: the clock breached",
        "sla.fulfil": "First response given, late" if data.get("late") else "First response given",
        "sla.cancel": f"First-response clock cancelled: {_reason(data)}",
    }
    return words[kind]


def _assigned(by: str, to: object) -> str:
    if not to:
        return "gave the ticket back to nobody"
    return "took the ticket" if to == by else f"gave the ticket to {to}"


def _status(data: Mapping[str, object]) -> str:
    changed = f"changed the status from {data.get('from')} to {data.get('to')}"
    return f"{changed} of {data['original']}" if data.get("original") else changed


def _due(data: Mapping[str, object]) -> str:
    moment = datetime.fromisoformat(str(data["due_at"]))
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"


def _reason(data: Mapping[str, object]) -> str:
    return str(data.get("reason", "")).replace("_", " ")


def _moment(event: Event) -> datetime:
    """When it happened: a clock's mark may have been noticed later than it was passed."""
    if event.kind in CLOCK_STATES:
        return datetime.fromisoformat(str(event.data["happened_at"]))
    return event.at


def _of_event(event: Event) -> Entry:
    by = event.actor_name or event.actor
    late = event.kind == "sla.fulfil" and event.data.get("late")
    return Entry(
        kind="event",
        author=by,
        at=_moment(event),
        body=told(event.kind, by, event.data),
        state="breached" if late else CLOCK_STATES.get(event.kind),
    )


def _of_message(message: Message) -> Entry:
    kinds = {"requester": "requester", "system": "automatic"}
    kind = "note" if message.visibility == "internal" else kinds.get(message.author_kind, "reply")
    author = message.author_name or ("Requester" if kind == "requester" else "TrustOps Desk")
    return Entry(kind, author, message.created_at, message.body)

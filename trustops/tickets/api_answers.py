"""From rows to the JSON of tickets: what each answer of the API says of them."""

from __future__ import annotations

from collections.abc import Mapping

from trustops.guard.outgoing_reasons import SENTENCES, Code
from trustops.guard.placeholders import in_words
from trustops.tickets.api_models import (
    ClockOut,
    HeldOut,
    HeldReason,
    MessageOut,
    TicketSummary,
    WalletNoteOut,
)
from trustops.tickets.held import HeldAnswer
from trustops.tickets.models import Message, SlaClock, Ticket
from trustops.tickets.ours import wallet_of
from trustops.tickets.wallets import TO_STAFF, Surroundings, WalletLine, WalletNote

_SAME = frozenset(TicketSummary.model_fields) - {
    "assignee",
    "subject_in_words",
    "quarantined",
    "first_response_due_at",
    "wallet",
    "wallet_as_written",
    "wallet_note",
}
"""Fields that stand in the row under the same name."""


def summary_out(ticket: Ticket, assignee: str | None, around: Surroundings) -> TicketSummary:
    """One ticket in a list, with the name of whoever has it."""
    line = wallet_of(ticket, around)
    return TicketSummary.model_validate(
        {
            **{name: getattr(ticket, name) for name in _SAME},
            "assignee": assignee,
            "subject_in_words": _for_people(ticket.subject),
            "quarantined": ticket.quarantined_at is not None,
            "first_response_due_at": ticket.due_at,
            "wallet": line.text if line else None,
            "wallet_as_written": (line.as_written or None) if line else None,
            "wallet_note": note_out(line, TO_STAFF),
        }
    )


def note_out(line: WalletLine | None, sentences: Mapping[WalletNote, str]) -> WalletNoteOut | None:
    """What is said of a wallet that is none; None where it is one."""
    if line is None or line.note is None:
        return None
    return WalletNoteOut(code=line.note, sentence=sentences[line.note])


def message_out(row: Message) -> MessageOut:
    """One message."""
    return MessageOut.model_validate(
        {
            "id": row.id,
            "author": row.author_kind,
            "author_name": row.author_name,
            "visibility": row.visibility,
            "message": row.body,
            "message_in_words": _for_people(row.body),
            "created_at": row.created_at,
        }
    )


def _for_people(text: str) -> str | None:
    """The text with words in place of what was taken out; None where nothing was."""
    told = in_words(text)
    return told if told != text else None


def held_out(row: HeldAnswer) -> HeldOut:
    """An answer that waits, or what became of it."""
    return HeldOut.model_validate(
        {
            "id": row.id,
            "state": row.state,
            "reasons": [
                HeldReason(code=code, sentence=f"The answer {SENTENCES[Code(code)]}.")
                for code in row.codes
            ],
            "created_at": row.created_at,
            "message_id": row.message_id,
        }
    )


def clock_out(row: SlaClock) -> ClockOut:
    """One cycle of a clock."""
    return ClockOut.model_validate({name: getattr(row, name) for name in ClockOut.model_fields})

"""The JSON of tickets: what goes in and out of `/api/v1/tickets`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from trustops.tickets.forms import Words
from trustops.tickets.rules import Priority, Status
from trustops.tickets.wallets import WalletNote
from trustops.web.cursor import LARGEST_KEY

MOST = 100


class TicketPath(BaseModel):
    """The reference in the address."""

    reference: str = Field(description="Such as MIG-7K3Q9FX.")


class TicketQuery(BaseModel):
    """How the list is cut."""

    model_config = ConfigDict(extra="forbid")

    status: Status | None = Field(default=None, description="Only tickets with this status.")
    after: str | None = Field(default=None, description="The `next` of the page before.")
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class MessageQuery(BaseModel):
    """How the messages of a ticket are cut."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[int, Field(ge=0, le=LARGEST_KEY)] = 0
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class TicketChange(BaseModel):
    """What a ticket should become; what is absent stays. `assignee` null or "" is nobody."""

    model_config = ConfigDict(extra="forbid")

    status: Status | None = None
    priority: Priority | None = None
    assignee: str | None = Field(default=None, description="E-mail address of a colleague.")
    original: str | None = Field(
        default=None, description="For a duplicate: the ticket that is answered in its place."
    )
    version: int | None = Field(
        default=None,
        ge=1,
        description="The version that the change rests on; another one is refused with 409.",
    )


class NewMessage(BaseModel):
    """A public answer or an internal note.

    A public answer stands for a human agent and ends the first-response clock. A program that
    answers by itself has to say `automatic`, and ends nothing.
    """

    model_config = ConfigDict(extra="forbid")

    message: Words
    visibility: Literal["public", "internal"] = "public"
    automatic: bool = False
    status: Status | None = Field(default=None, description="The status the ticket takes.")
    version: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _note_takes_no_status(self) -> Self:
        """Refuse what a note would leave undone: it changes nothing but the notes."""
        if self.visibility == "internal" and self.status is not None:
            raise ValueError("asks a note to change the status; only a public answer does")
        return self


class WalletNoteOut(BaseModel):
    """Why what was given as a wallet is none that can be looked at, or an address of ours."""

    code: WalletNote
    sentence: str


class TicketOpened(BaseModel):
    """The answer to an accepted ticket. `url` is private: whoever has it reads the ticket.

    `wallet_note` is for the holder, where `wallet` is none; the ticket is kept all the same.
    """

    reference: str
    url: str
    status: Status
    created_at: datetime
    first_response_due_at: datetime | None
    wallet_note: WalletNoteOut | None


class TicketSummary(BaseModel):
    """One ticket in a list. Instants are in UTC.

    `wallet` and `tx_hash` stand in one spelling, whatever was typed: EVM addresses with their
    checksum, EVM hashes in lower case, Solana's as they are. `wallet_as_written` and
    `tx_as_written` are what was typed where it was more. `wallet_note` says why `wallet` is none.

    `pieces_out_at` is when pieces of a secret were last taken out of its words, `pieces_since` when
    the first of them came: words are missing there, and nobody should ask for them. Else null.
    `subject_in_words` is what people should read where that was in the subject, else null.
    """

    reference: str
    topic: str
    subject: str
    subject_in_words: str | None
    status: Status
    priority: Priority
    locale: str
    wallet: str | None
    wallet_as_written: str | None
    wallet_note: WalletNoteOut | None
    chain: str | None
    tx_hash: str | None
    tx_as_written: str | None
    assignee: str | None
    duplicate_of: str | None
    quarantined: bool
    opened_by: Literal["requester", "agent"]
    created_at: datetime
    updated_at: datetime
    first_response_due_at: datetime | None
    first_replied_at: datetime | None
    pieces_since: datetime | None
    pieces_out_at: datetime | None
    version: int


class HeldReason(BaseModel):
    """Why an answer waits: a word for programs and a sentence for people."""

    code: str
    sentence: str


class HeldOut(BaseModel):
    """An answer that no requester sees until a lead released it; its clock runs on.

    `message_id` is that of the message once it went out.
    """

    id: int
    state: Literal["held", "released", "declined", "settled"]
    reasons: list[HeldReason]
    created_at: datetime
    message_id: int | None


class MessageOut(BaseModel):
    """One message. `author` is requester, agent or system.

    `message_in_words` is what people should read instead where a secret was taken out of it;
    else null.
    """

    id: int
    author: Literal["requester", "agent", "system"]
    author_name: str
    visibility: Literal["public", "internal"]
    message: str
    message_in_words: str | None
    created_at: datetime


class ClockOut(BaseModel):
    """One cycle of a clock."""

    metric: str
    cycle: int
    state: Literal["running", "met", "breached", "cancelled"]
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    breached_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str | None


class TicketDetail(TicketSummary):
    """One ticket with its words and clocks. The requester's e-mail address is not given out.

    `messages` are the newest; `messages_before` is how many came before them, which
    `/messages` lists.
    """

    messages: list[MessageOut]
    messages_before: int
    clocks: list[ClockOut]


class TicketChanged(TicketSummary):
    """The answer to a change. `messages` is null for a token that may not read tickets."""

    messages: list[MessageOut] | None
    messages_before: int | None
    clocks: list[ClockOut]


class MessageList(BaseModel):
    """A page of the messages of a ticket, oldest first; `next` is null on the last one."""

    items: list[MessageOut]
    next: int | None


class TicketList(BaseModel):
    """A page of tickets, newest first; `next` is absent on the last one."""

    items: list[TicketSummary]
    next: str | None

"""What a requester reads about the state of a ticket, in plain words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from trustops.tickets.rules import Status


@dataclass(frozen=True, slots=True)
class RequesterState:
    """A state for the requester: a heading that says it, and what happens next.

    `chip` is one of the states of the design language: running, at_risk, breached, met, paused.
    """

    chip: str
    heading: str
    sentence: str


ENDED_WORDS: dict[Status, RequesterState] = {
    Status.SOLVED: RequesterState(
        "met",
        "We believe this is solved.",
        "If it is not, write below within 30 days and the ticket opens again.",
    ),
    Status.CLOSED: RequesterState(
        "met",
        "This ticket is closed.",
        "If you still need us, write below within 30 days and it opens again.",
    ),
    Status.SPAM: RequesterState(
        "paused",
        "This ticket is closed.",
        "If that is a mistake, open a new ticket. Words written here are kept, but they do not "
        "open this one again.",
    ),
    Status.DUPLICATE: RequesterState(
        "paused",
        "This ticket repeats another one of yours.",
        "We answer on the other one, so please write there. Words written here are kept, but they "
        "do not open this one again.",
    ),
}

TOO_OLD = (
    "It ended more than 30 days ago. If you still need us, open a new ticket and name this "
    "reference in it."
)

LANGUAGES: dict[str, str] = {"en": "English", "ko": "한국어", "zh-Hans": "简体中文"}
"""Locales by the names that their speakers know."""

OTHER_CHAIN = ("other", "Another chain")
"""The choice for whoever finds no better one, as value and words."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "topic": "What is it about?",
        "subject": "In one line",
        "message": "What happened?",
        "locale": "The language you write in",
        "wallet": "Wallet address",
        "chain": "Chain",
        "tx_hash": "Transaction hash",
        "email": "E-mail address",
        "reference": "Reference of the ticket",
    }
)
"""What stands above each field of a requester's forms; a sentence about it says the same."""


def label_of_words(*, ended: bool) -> str:
    """What stands above the field for further words on a ticket."""
    return "Write to us again" if ended else "Add something"


def sentence_about(field: str, words: str, labels: Mapping[str, str] = LABELS) -> str:
    """What is wrong with a field, as a sentence that calls it what its form calls it.

    Args:
        field: its name.
        words: those of a `FieldError`.
        labels: what stands above the fields of the form.
    """
    label = labels.get(field)
    return (
        f"\N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK} {words}."
        if label
        else f"What was sent {words}."
    )


def masked_address(address: str) -> str:
    """An e-mail address by which its owner knows it, and nobody else can write to it."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def state_for_requester(
    status: Status,
    *,
    due_at: datetime | None,
    answered: bool,
    now: datetime,
    asked_again: bool = False,
    may_write: bool = True,
) -> RequesterState:
    """Where a ticket stands for its requester, who reads it to know whether somebody heard.

    Args:
        status: that of the ticket.
        due_at: by when a person answers: the first time, or a message that came later.
        answered: whether a person has answered before.
        now: an aware instant.
        asked_again: whether the requester wrote after the last answer.
        may_write: False once a ticket ended too long ago to be opened again.
    """
    if status in ENDED_WORDS:
        ended = ENDED_WORDS[status]
        return ended if may_write else replace(ended, sentence=TOO_OLD)
    if due_at is not None and now > due_at:
        first = "your ticket is among the first in the queue."
        return RequesterState(
            "breached",
            "We are late. You should have had an answer by now.",
            first.capitalize() if asked_again else f"The people in charge are alerted, and {first}",
        )
    if due_at is not None:
        return RequesterState(
            "running",
            "We have your new message. A person will answer it."
            if asked_again
            else "We have your message. A person will answer it.",
            "You need not write again: more messages do not change your place.",
        )
    if not answered:
        return RequesterState(
            "running",
            "We have opened this ticket for you.",
            "Please read below. If something is missing, write to us here; a person will answer.",
        )
    if status is Status.WAITING:
        return RequesterState(
            "paused",
            "We have answered. Please read the answer below.",
            "If something is open, write below. If all is well, you can close the ticket.",
        )
    return RequesterState(
        "running",
        "This ticket is with us.",
        "There is nothing that you have to do here. You will find every answer on this page.",
    )

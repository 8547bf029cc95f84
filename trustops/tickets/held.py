"""The table of answers that wait for a lead, and who may let one go. Words here reach no holder."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from trustops.db import Base, BigId, JsonValue, one_of
from trustops.tickets.rules import Author, Status

ALERT_AFTER = timedelta(minutes=30)
"""How long an answer may wait before ops are told."""


class HeldState(StrEnum):
    """Where an answer stands that did not go out by itself.

    Declined words wait for their author; they are settled once the author writes anew.
    """

    HELD = "held"
    RELEASED = "released"
    DECLINED = "declined"
    SETTLED = "settled"


class HeldAnswer(Base):
    """An answer that goes out only once somebody released it. `codes` are those of the guard.

    It is no message: no page of the requester, no search and no export reads this table. `body` is
    empty once the words stand elsewhere: in the message `message_id`, or with their author.
    """

    __tablename__ = "held_answer"
    __table_args__ = (
        Index(
            "ix_held_answer_waiting",
            "created_at",
            "id",
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    author_kind: Mapped[Author] = mapped_column(one_of(Author, 16))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    author_name: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    then: Mapped[Status | None] = mapped_column(one_of(Status, 16))
    codes: Mapped[list[str]] = mapped_column(JsonValue)
    state: Mapped[HeldState] = mapped_column(one_of(HeldState, 16))
    created_at: Mapped[datetime]
    alerted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_name: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))


def may_decide(role: str, *, is_author: bool, leads: int) -> bool:
    """Whether somebody may release or decline a held answer: nobody their own.

    A lead may, and an admin where there is one lead at most. `leads` counts those who can sign in.
    """
    return not is_author and (role == "lead" or (role == "admin" and leads <= 1))

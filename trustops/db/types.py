"""Column types shared by all tables, alike on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, DateTime, Enum, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from trustops.addresses import spelled

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit key; SQLite only counts up by itself on plain INTEGER."""

JsonValue = JSON().with_variant(JSONB(), "postgresql")
"""A JSON document."""


def one_of(values: type[StrEnum], length: int) -> Enum:
    """The type of a column that holds a value of an enum, with the CHECK that it does.

    The database refuses every other text, so a new value needs a migration (CONTRIBUTING). Rows
    hold the value, not its name in the code, and give back the member.

    Args:
        values: which texts a row may hold.
        length: of the column, in characters.
    """
    return Enum(
        values,
        name=None,  # the naming convention of the tables names the constraint
        native_enum=False,  # PostgreSQL cannot take a value out of an enum type of its own
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
        length=length,
    )


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: refuses naive values, always gives aware ones.

    SQLite keeps it as text of fixed width (`YYYY-MM-DD HH:MM:SS.ffffff`, UTC), so that it sorts
    by time; mixed widths do not.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into UTC; a naive one is a defect of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware instant in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Spelled(TypeDecorator[str]):
    """A wallet address in its one spelling, or a transaction hash, as `trustops.addresses` has it.

    What is written and what is compared with the column go through the same rule, so no query can
    ask for another spelling than rows have.
    """

    impl = String
    cache_ok = True

    def __init__(self, length: int, *, transaction: bool = False) -> None:
        """Take the column's length in characters, and whether it holds transactions."""
        super().__init__(length)
        self.transaction = transaction

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Spell the value as rows have it."""
        del dialect
        return None if value is None else spelled(value, transaction=self.transaction)

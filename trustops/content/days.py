"""Days in content files that cannot be right: something that was done on a day that is to come.

A day of the author's calendar counts: it is tomorrow in Korea while it is today in UTC. Neither a
day ahead nor a review that is due takes a page away, so no clock can (docs/decisions/0036).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from trustops.content.fronts import Plain, plain_files
from trustops.content.toml_file import Where
from trustops.content.values import Problem

EASTERNMOST = timedelta(hours=14)
"""How far the first calendar of the world is ahead of UTC."""

_DONE = frozenset({"updated", "said_on", "checked", "verified", "since"})
_DUE = frozenset({"review_by", "verify_by"})


def days_ahead(folder: Path, now: datetime) -> Iterator[Problem]:
    """Every day on which something is said to have been done, and that has begun nowhere yet.

    Args:
        folder: the content folder.
        now: an aware instant.
    """
    latest = (now + EASTERNMOST).date()
    for plain in plain_files(folder):
        for where, day in _days(plain.values, (), _DONE):
            if day > latest and not plain.is_withdrawn:
                words = f"is {day}, a day ahead of today ({now.date()}); write the day on which it"
                yield plain.at(where, f"{words} was done, not the one for which it is planned")


def reviews_due(folder: Path, now: datetime) -> Iterator[Problem]:
    """Every document that somebody meant to read again by a day that has passed."""
    for plain in plain_files(folder):
        for where, day in _days(plain.values, (), _DUE):
            if day < now.date() and not plain.is_withdrawn:
                yield plain.at(where, f"was {day}; {_again(plain)}")


def _again(plain: Plain) -> str:
    if plain.file.endswith(".toml"):
        return "look at the source again, then set the day on which you looked and the next"
    return "read the document again, then set updated and a new review_by"


def _days(value: object, where: Where, names: frozenset[str]) -> Iterator[tuple[Where, date]]:
    """The days that stand under some names, wherever they are."""
    if isinstance(value, dict):
        for key, part in value.items():
            day = _day(part) if key in names else None
            if day is not None:
                yield (*where, str(key)), day
            yield from _days(part, (*where, str(key)), names)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _days(part, (*where, number), names)


def _day(value: object) -> date | None:
    """A value as a day, also where it is written in quotes."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None

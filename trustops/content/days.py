"""Days in content files that cannot be right: something that was done on a day that is to come.

Or so long ago, or to be done so far ahead, that a digit of its year is mistyped.

A day of the author's calendar counts: it is tomorrow in Korea while it is today in UTC. Neither a
day ahead nor a review that is due takes a page away, so no clock can (docs/decisions/0036).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from trustops.content.fronts import Plain, plain_files
from trustops.content.toml_file import Where
from trustops.content.values import Problem

EASTERNMOST = timedelta(hours=14)
"""How far the first calendar of the world is ahead of UTC."""

_DONE = frozenset({"updated", "said_on", "checked", "verified", "since"})
_YEARS_BACK: Mapping[str, int] = {
    **dict.fromkeys(("updated", "checked", "verified"), 5),
    **dict.fromkeys(("said_on", "since"), 10),
}
"""Years before today from which on a day is taken for mistyped: of our own work, and of others."""

YEARS_AHEAD = 2
"""Years after today within which somebody has to read a document again."""

_YEAR = timedelta(days=366)
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


def far_days(folder: Path, now: datetime) -> Iterator[Problem]:
    """Every day whose year cannot be meant, and windows of packs that their days contradict.

    Args:
        folder: the content folder.
        now: an aware instant.
    """
    today = now.date()
    for plain in plain_files(folder):
        if plain.is_withdrawn:
            continue
        for where, day in _days(plain.values, (), frozenset(_YEARS_BACK)):
            years = _YEARS_BACK[str(where[-1])]
            if day < today - years * _YEAR:
                words = f"is {day}, more than {years} years ago; look at its year"
                yield plain.at(where, words)
        for where, day in _days(plain.values, (), _DUE):
            if day > today + YEARS_AHEAD * _YEAR:
                words = f"is {day}, more than {YEARS_AHEAD} years ahead; name a day before that"
                yield plain.at(where, words)
        yield from _wrong_window(plain, now)


def _wrong_window(plain: Plain, now: datetime) -> Iterator[Problem]:
    """A window of a pack whose days and whose state cannot both be right."""
    window = plain.values.get("window")
    if not plain.file.startswith("migrations/") or not isinstance(window, dict):
        return
    opens, closes, state = (window.get(name) for name in ("opens", "closes", "state"))
    begins, ends = day_of(opens), day_of(closes)
    latest, earliest = (now + EASTERNMOST).date(), (now - EASTERNMOST).date()
    if begins and begins > latest and state in {"open", "closed"}:
        words = f"is {begins}, a day ahead of today, and the state is {state}; correct one of them"
        yield plain.at(("window", "opens"), words)
    if ends and ends > latest and state == "closed":
        words = f"is {ends}, a day ahead of today, and the state is closed; correct one of them"
        yield plain.at(("window", "closes"), words)
    if ends and ends < earliest and state == "open":
        words = f"is {ends}, a day that has passed, and the state is open; correct one of them"
        yield plain.at(("window", "closes"), words)
    if begins and ends and ends < begins:
        words = f"is {ends}, before it opens on {begins}; correct one of them"
        yield plain.at(("window", "closes"), words)


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
            day = day_of(part) if key in names else None
            if day is not None:
                yield (*where, str(key)), day
            yield from _days(part, (*where, str(key)), names)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _days(part, (*where, number), names)


def day_of(value: object) -> date | None:
    """A value as a day, also where it is written in quotes."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None

"""Days as people type them, and as a file has to hold them: `29.11.2026` is 2026-11-29. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TH = r"(?:st|nd|rd|th)?"
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})\s*[./-]\s*(?P<two>\d{1,2})\s*[./-]\s*(?P<year>\d{4})\.?")
_FORMS = (
    re.compile(
        rf"(?P<day>\d{{1,2}}){_TH}\.?[\s-]*(?:of\s+)?(?P<month>[A-Za-z]{{3,9}})\.?,?[\s-]*(?P<year>\d{{4}})"
    ),
    re.compile(
        rf"(?P<month>[A-Za-z]{{3,9}})\.?\s+(?:the\s+)?(?P<day>\d{{1,2}}){_TH},?\s+(?P<year>\d{{4}})"
    ),
    re.compile(r"(?P<year>\d{4}),?[\s-]+(?P<month>[A-Za-z]{3,9})\.?[\s-]+(?P<day>\d{1,2})"),
    re.compile(
        "(?P<year>\\d{4})\\s*[\ub144\u5e74]\\s*(?P<month>\\d{1,2})\\s*[\uc6d4\u6708]"
        "\\s*(?P<day>\\d{1,2})\\s*[\uc77c\u65e5\u53f7\u865f]"
    ),
    re.compile(r"(?P<year>\d{4})\s*[./_-]\s*(?P<month>\d{1,2})\s*[./_-]\s*(?P<day>\d{1,2})\.?"),
    re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)"),
)
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE
)
_WITH_LETTERS = re.compile(r"[\dOolI]{4}[./-][\dOolI]{1,2}[./-][\dOolI]{1,2}")
_DIGITS = str.maketrans("OolI", "0011")
"""Letters that look like digits, in a day that is typed with them: 2O26-01-09."""

_TIME = re.compile(r"(?:,?\s+|T)(?:at\s+)?\d{1,2}:\d{2}.*\Z", re.DOTALL)


def days_meant(words: str) -> tuple[str, ...]:
    """The days that somebody may have typed, as `2026-11-29`.

    Two where the day and its month could be the other way round, none where no day is meant.
    """
    if _WITH_LETTERS.fullmatch(words.strip()):
        words = words.translate(_DIGITS)
    plain = _WEEKDAY.sub("", _TIME.sub("", words.strip().strip("\"'").strip()), count=1)
    return tuple(dict.fromkeys(day.isoformat() for day in _readings(plain)))


def written_day(words: str) -> str:
    """The end of a sentence that says which day to write; empty where no day was typed."""
    return " or ".join(days_meant(words))


def _readings(words: str) -> Iterator[date]:
    last = _YEAR_LAST.fullmatch(words)
    if last:
        one, two, year = (int(last[name]) for name in ("one", "two", "year"))
        yield from (*_day(year, two, one), *_day(year, one, two))
        return
    for form in _FORMS:
        match = form.fullmatch(words)
        if match is None:
            continue
        year, day, month = int(match["year"]), int(match["day"]), _month(match["month"])
        # With the year first the month comes next; another order is meant where that is no month.
        yield from _day(year, month, day) or _day(year, day, month)
        return


def _day(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _month(name: str) -> int:
    if name.isdecimal():
        return int(name)
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0

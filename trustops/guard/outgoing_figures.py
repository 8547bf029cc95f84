"""Dates, spans of time, amounts and ratios in outgoing words, and whether a known fact has them.

English, Korean and Chinese, in digits and in the words of small numbers. Read in a text as a reader
sees it, in lower case (`trustops.guard.reading.plain`). A fact is read in the same way, so that
"4 February 2026" supports 2026年2月4日, and "48 hours" supports "two days".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache


class FigureKind(Enum):
    """What a figure says."""

    DAY = auto()
    """A day of a month, with its year or without."""

    MONTH = auto()
    SPAN = auto()
    """So many hours."""

    MOMENT = auto()
    """Tomorrow, Friday, next week: no fact says so."""

    AMOUNT = auto()
    RATIO = auto()


TIMES = frozenset({FigureKind.DAY, FigureKind.MONTH, FigureKind.SPAN, FigureKind.MOMENT})
"""What says when."""

_Value = tuple[object, ...]
Known = frozenset[tuple[FigureKind, _Value]]
"""What facts say, to compare figures with."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it may mean, of which one is enough, and its place in the reading."""

    kind: FigureKind
    values: frozenset[_Value]
    start: int
    end: int


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SMALL = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "일 이 삼 사 오 육 칠 팔 구 십",
        "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열",
        "一 二 三 四 五 六 七 八 九 十",
    )
    for number, word in enumerate(words.split(), 1)
} | {"两": 2, "a": 1, "an": 1, "each": 1, "every": 1, "每": 1}
_HOURS = {"hour": 1, "시간": 1, "小时": 1, "day": 24, "일": 24, "天": 24, "week": 168, "주": 168}
_HOURS |= {"周": 168, "星期": 168}
_UNITS = {"dollar": "usd", "$": "usd", "달러": "usd", "美元": "usd", "token": "", "coin": ""}
_UNITS |= {"new token": "", "old token": "", "개": "", "个": "", "枚": ""}
"""Words for one unit; a token that is not named is any of them."""


def _number(text: str) -> Decimal:
    plain = text.strip().replace(",", "").rstrip(".")
    return Decimal(_SMALL[plain]) if plain in _SMALL else Decimal(plain)


def _day(match: re.Match[str]) -> frozenset[_Value]:
    part = match.groupdict()
    year = int(part["y"]) if part.get("y") else None
    if part.get("first"):  # 4/2/2026: nobody can tell which of the two is the month
        one, other = int(part["first"]), int(part["second"])
        return frozenset({(year, one, other), (year, other, one)})
    name = part.get("name")
    month = _MONTHS.index(name[:3]) + 1 if name else int(part["m"])
    return frozenset({(year, month, int(part["d"]))})


def _month(match: re.Match[str]) -> frozenset[_Value]:
    part = match.groupdict()
    name = part.get("name")
    month = _MONTHS.index(name[:3]) + 1 if name else int(part["m"])
    return frozenset({(int(part["y"]), month)})


def _span(match: re.Match[str]) -> frozenset[_Value]:
    hours = next((n for unit, n in _HOURS.items() if match["unit"].startswith(unit)), 0)
    return frozenset({(_number(match["n"]) * hours,)}) if hours else frozenset()


def _moment(_match: re.Match[str]) -> frozenset[_Value]:
    return frozenset()


def _amount(match: re.Match[str]) -> frozenset[_Value]:
    unit = (match["unit"] or match["sign"] or "").strip()
    known = next((plain for word, plain in _UNITS.items() if unit.startswith(word)), unit)
    return frozenset({(_number(match["n"]), known)})


def _ratio(match: re.Match[str]) -> frozenset[_Value]:
    return frozenset({tuple(sorted((_number(match["a"]), _number(match["b"] or "1"))))})


_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_D = r"(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_M = r"(?P<m>1[0-2]|0?[1-9])"
_Y = r"(?P<y>20\d\d)"
_N = r"(?<![\d.,:])(?P<n>\d[\d,]*(?:\.\d+)?)"
_WORDS = "|".join(sorted((word for word in _SMALL if word.isascii()), key=len, reverse=True))
_SMALL_N = rf"(?<![\w.,:])(?P<n>\d[\d,]*|{_WORDS})"
_EAST = "[" + "".join(word for word in _SMALL if len(word) == 1 and not word.isascii()) + "]"
_UNIT = (
    r"usd[tc]?|eth|sol|btc|bnb|dai|eur|trx|krw|dollars?|달러|美元|원|元"
    r"|(?:new |old )?(?:tokens?|coins?)|[$]?[a-z][a-z0-9]{1,15}(?= tokens?\b|\b)"
)
_OF_TOKENS = r"ai16z|elizaos|tokens?|coins?|old|new"
_LEFT = (
    r"(?<![\w.])(?P<a>\d[\d,]*(?:\.\d+)?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_SIDE = r"(?:\$?[a-z][a-z0-9]*\s){0,3}?"


def _any(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, patterns))


_SHAPES: tuple[tuple[FigureKind, tuple[re.Pattern[str], ...]], ...] = (
    (
        FigureKind.DAY,
        _any(
            rf"(?<![\d/#_-]){_Y}\s?[-./年년]\s?{_M}\s?[-./月월]\s?(?P<d>3[01]|[12]\d|0?[1-9])(?![\d-])",
            r"(?<!\d)(?P<first>3[01]|[12]\d|0?[1-9])[/.](?P<second>3[01]|[12]\d|0?[1-9])[/.]"
            rf"{_Y}(?!\d)",
            rf"(?<!\d){_M}\s?[月월]\s?(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\s?[日号일]?",
            rf"(?<![\d-]){_D}(?= (?:or|and|to) \d{{1,2}}(?:st|nd|rd|th)? {_NAME}(?:,? {_Y})?)",
            rf"(?<![\d-]){_D}(?: of)? {_NAME}(?:,? {_Y})?",
            rf"\b{_NAME} (?:the )?{_D}\b(?:,? {_Y})?",
        ),
    ),
    (FigureKind.MONTH, _any(rf"\b{_NAME},? {_Y}\b", rf"(?<!\d){_Y}\s?[年년]\s?{_M}\s?[月월]")),
    (
        FigureKind.RATIO,
        _any(
            r"(?<![\d:.])(?P<a>\d{1,6}(?:\.\d+)?)\s?:\s?(?P<b>\d{1,6}(?:\.\d+)?)(?![\d:])"
            r"(?!\s?(?:[ap]\.?m\b|utc|gmt|kst|o.clock))",
            rf"(?<![\w.])(?P<a>\d{{1,6}}|{_WORDS})[\s-]to[\s-](?P<b>\d{{1,6}}|{_WORDS})\b",
            rf"{_LEFT} {_SIDE}(?:per|for each|for every|for (?=one|1))\b ?(?P<b>\d+|one)?",
            rf"{_LEFT} {_SIDE}(?:{_OF_TOKENS})(?: tokens?| coins?)? for "
            rf"(?P<b>\d+|one|a|an)? ?{_SIDE}(?:{_OF_TOKENS})\b",
            rf"{_LEFT} {_SIDE}= ?(?P<b>\d[\d,]*(?:\.\d+)?)\b",
            rf"(?<!\d)(?P<a>\d+|{_EAST})\s?(?:대|比|换|兑|兌|換)\s?(?P<b>\d+|{_EAST})(?!\d)",
            r"(?P<b>1|한|每|一)\s?[개个枚][^.。\n\d]{0,12}?(?P<a>\d+)\s?[개个枚]",
        ),
    ),
    (
        FigureKind.SPAN,
        _any(
            rf"{_SMALL_N}[\s-](?P<unit>(?:business |working )?(?:minute|hour|day|week|month)s?)\b",
            r"(?<!\d)(?P<n>\d+)\s?(?P<unit>시간|일(?! ?대)|주|小时|天|周|星期|个工作日|영업일)",
        ),
    ),
    (
        FigureKind.MOMENT,
        _any(
            r"\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
            r"|(?:this|next) (?:week|month|year)|end of (?:the |this |next )?(?:day|week|month)"
            r"|soon|shortly|immediately)\b",
            r"오늘|내일|모레|이번\s?주|다음\s?주|다음\s?달|[월화수목금토일]요일|곧",
            r"今天|明天|后天|本周|下周|这周|本月|下个?月|周[一二三四五六日]|星期[一二三四五六日]|马上|很快",
        ),
    ),
    (
        FigureKind.AMOUNT,
        _any(
            rf"(?P<sign>[$])\s?{_N.replace('(?<![', '(?<![a-z')}(?P<unit>)",
            rf"{_N}(?P<sign>)\s?(?:[km]\s)?(?P<unit>%|{_UNIT})",
            rf"{_N}(?P<sign>)\s?(?P<unit>개|枚|个|万)",
        ),
    ),
)
"""What figures look like, in the order in which they are looked for: what one has taken, the next
ones pass over."""

_READ: dict[FigureKind, Callable[[re.Match[str]], frozenset[_Value]]] = {
    FigureKind.DAY: _day,
    FigureKind.MONTH: _month,
    FigureKind.RATIO: _ratio,
    FigureKind.SPAN: _span,
    FigureKind.MOMENT: _moment,
    FigureKind.AMOUNT: _amount,
}


def figures(text: str) -> Iterator[Figure]:
    """Every figure of a text in lower case, each part of it once."""
    taken: list[tuple[int, int]] = []
    for kind, patterns in _SHAPES:
        for match in (match for pattern in patterns for match in pattern.finditer(text)):
            start, end = match.span()
            if not any(one < end and start < other for one, other in taken):
                taken.append((start, end))
                yield Figure(kind, _READ[kind](match), start, end)


@lru_cache(maxsize=64)
def known_figures(facts: frozenset[str]) -> Known:
    """What facts say, as written, in values to compare with; a day without its year among them."""
    found = {
        (figure.kind, value)
        for fact in facts
        for figure in figures(fact.lower())
        for value in figure.values
    }
    days = [value for kind, value in found if kind is FigureKind.DAY]
    found |= {(FigureKind.DAY, (None, *value[1:])) for value in days}
    found |= {(FigureKind.MONTH, value[:2]) for value in days}
    return frozenset(found)


def is_known(figure: Figure, known: Known) -> bool:
    """Whether a fact has the figure."""
    return any((figure.kind, value) in known for value in figure.values)

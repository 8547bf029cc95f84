"""Spans of time as people write them, in English, Korean and Chinese. Pure.

`24 hours`, `2-3 working days`, `the next day`, `by Monday`, `1~2일`, `스물네 시간`, `两三天`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """One span of time in a text.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        words: what stands there.
        longest: how long it can be at most; None where only a calendar knows, as of working days.
        is_named: whether it has a name instead of a number and a unit.
    """

    start: int
    end: int
    words: str
    longest: timedelta | None
    is_named: bool


_ENGLISH = {
    **dict.fromkeys(("a couple of", "couple of"), 2),
    **{
        word: number
        for number, word in enumerate(
            ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
        )
    },
    "a": 1,
    "an": 1,
    "twenty-four": 24,
    "twenty four": 24,
    "thirty-six": 36,
    "forty-eight": 48,
    "forty eight": 48,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "sixty": 60,
    "ninety": 90,
    "seventy-two": 72,
    "seventy two": 72,
}
_CHINESE = {
    **{sign: number for number, sign in enumerate("一二三四五六七八九十", 1)},
    "两": 2,
    "兩": 2,
    "一两": 2,
    "一兩": 2,
    "两三": 3,
    "兩三": 3,
    "三五": 5,
    "十二": 12,
    "二十四": 24,
    "四十八": 48,
    "七十二": 72,
    "三十": 30,
    "二十": 20,
    "一二": 2,
    "三四": 4,
}
_KOREAN = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "열": 10,
    "열두": 12,
    "한두": 2,
    "두세": 3,
    "서너": 4,
    "스물네": 24,
    "이십사": 24,
    "마흔여덟": 48,
    "사십팔": 48,
    "일흔두": 72,
    "칠십이": 72,
}
_SINO_KOREAN = {
    **{sign: number for number, sign in enumerate("삼사오육칠팔구십", 3)},
    "일이": 2,
    "이삼": 3,
    "삼사": 4,
    "사오": 5,
    "오륙": 6,
}
"""Counted before days, weeks and months; beside other units they begin words of their own."""

_WORDS: Mapping[str, int] = {**_ENGLISH, **_CHINESE, **_KOREAN, **_SINO_KOREAN}
_UNITS: Mapping[str, float] = {
    **dict.fromkeys(("minute", "min", "분", "分钟", "分鐘"), 1 / 60),
    **dict.fromkeys(("hour", "hr", "h", "시간", "小时", "小時"), 1.0),
    **dict.fromkeys(("day", "일", "天", "日"), 24.0),
    **dict.fromkeys(("week", "주일", "주", "周", "週", "星期"), 168.0),
    **dict.fromkeys(("month", "개월", "달", "个月", "個月"), 720.0),
}
"""Hours of each unit."""

_SOME = "a few|few|several|some|a number of|몇|수|几|幾|数|數"
_DIGITS = r"\d{1,4}(?:[.,]\d{1,2})?"
_LINK = r"\s?(?:-|\N{EN DASH}|~|to|or|and|至|到|或)\s?"


def _any(words: Mapping[str, object]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_COUNTED = (
    r"(?=\s?(?:영업일|근무일|개월"
    r"|[일주](?=\s?(?:안|내|이내|뒤|후|정도|이면|쯤|걸|까지|만에)|[\s,.]|\Z)))"
)
_NUMBER = (
    rf"(?:{_DIGITS}|{_any({**_ENGLISH, **_CHINESE, **_KOREAN})}"
    rf"|(?<![가-힣])(?:{_any(_SINO_KOREAN)}){_COUNTED})"
)
_SPAN = re.compile(
    r"(?<![0-9A-Za-z_.-])(?<!\d:)(?P<calendar>(?:영업일|근무일)\s?(?:기준)?\s?)?"
    rf"(?:(?P<number>(?:{_NUMBER}{_LINK})?(?P<last>{_NUMBER}))|(?P<some>{_SOME}))(?P<more>\sand\sa\shalf)?"
    r"[\s-]{0,2}(?:个|個)?(?P<working>(?:business|working|week)[\s-]|영업|工作|个工作|個工作)?"
    rf"(?P<unit>{_any(_UNITS)})(?:e?s)?(?P<half>半|\s?반(?![가-힣])|\sand\sa\shalf)?(?![A-Za-z])",
    re.IGNORECASE,
)
_WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_NAMED: tuple[tuple[str, float | None], ...] = (
    (
        (
            r"at once|immediately|instantly|right away|straight away|in real time"
            r"|即[时時](?=回|答)|즉시|바로|立即|立刻|马上|馬上"
        ),
        0,
    ),
    (r"within (?:the|an) hour|in under an hour|一小时内|한 시간 내", 1),
    (
        (
            r"(?:the|that) same (?:day|morning|afternoon|evening|night)|same[\s-]day|today|tonight"
            r"|overnight|오늘|당일|当天|當天|当日|當日|今天"
        ),
        24,
    ),
    (r"the next day|next[\s-]day|tomorrow|하루|다음\s?날|내일|익일|次日|隔天|第二天|明天|翌日", 24),
    (r"(?:within|in) minutes", 1),
    (r"half an hour|반\s?시간|半(?:小[时時]|个小时|個小時)", 0.5),
    (r"half a day|반나절|한나절|半[天日]", 12),
    (r"(?:within|in) hours", 24),
    (r"이틀|모레|后天|後天", 48),
    (r"사흘", 72),
    (r"나흘", 96),
    (r"닷새", 120),
    (r"열흘", 240),
    (r"일주일|이번\s?주|this week|本周|本週", 168),
    (
        (
            rf"(?:the )?(?:next|following) (?:business|working) day|(?:on|until|till) {_WEEKDAY}"
            rf"|by (?:next |the end of )?{_WEEKDAY}|next (?:week|month|{_WEEKDAY})"
            r"|(?:by|before) the (?:weekend|end of (?:the|this|next) (?:week|month))"
            r"|(?:within|in) (?:days|weeks)|다음\s?주|다음\s?달|[월화수목금토일]요일"
            r"|下周|下週|下个月|下個月|(?:本|这|這)?(?:周|週|星期|礼拜|禮拜)[一二三四五六日末]"
        ),
        None,
    ),
)
"""Spans that have a name of their own, in hours; at once is none, and a day at most 24 hours."""

_NAMES = tuple(
    (re.compile(rf"(?<![A-Za-z])(?:{names})(?![A-Za-z])", re.IGNORECASE), hours)
    for names, hours in _NAMED
)


def spans_in(text: str) -> Iterator[Span]:
    """Every span of time of a text, those with a number first."""
    for match in _SPAN.finditer(text):
        yield Span(match.start(), match.end(), match.group(), _longest(match), is_named=False)
    for form, hours in _NAMES:
        for match in form.finditer(text):
            longest = None if hours is None else timedelta(hours=hours)
            yield Span(match.start(), match.end(), match.group(), longest, is_named=True)


def _longest(match: re.Match[str]) -> timedelta | None:
    """The end of a range. None for working days and for some days: no clock knows them."""
    if match["calendar"] or match["working"] or match["some"]:
        return None
    last = match["last"].lower()
    count = _WORDS.get(last) or float(last.replace(",", "."))
    count += 0.5 if match["half"] or match["more"] else 0
    return timedelta(hours=round(count * _UNITS[match["unit"].lower()], 4))

"""Dates: days, months, seasons, quarters and ends of a year, in three languages. Pure."""

from __future__ import annotations

import re

from trustops.content.figures.counted import is_counted, is_numbered
from trustops.content.figures.numbers import HAN, LETTERS
from trustops.content.figures.shapes import KOREAN_OR_CHINESE, Family, always

_START = r"(?<![0-9A-Za-z_])"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_SHORT_YEAR = r"['\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]\d\d(?!\d)"
_ANY_YEAR = rf"(?:{_YEAR}|{_SHORT_YEAR})"

_MONTH = (
    r"(?:(?i:jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)|M(?i:ar(?:ch)?|ay))(?![A-Za-z])\.?"
)
_LONG_MONTH = r"(?:January|February|April|June|July|August|(?:Sept|Nov|Dec)ember|October)"
_ORDINAL = (
    r"(?i:(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    r"|thirtieth)(?![A-Za-z])"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s*(?:[/,&\N{{EN DASH}}\N{{EM DASH}}-]|to|and|or)\s*{_DAY}(?![:\d])){{0,6}}"
_MORE_DAYS = r"(?:\s{0,2}[~,\N{EN DASH}\N{MIDDLE DOT}-]\s{0,2}\d{1,2}){0,6}"
_THEN_YEAR = rf"(?:[\s,-]+{_ANY_YEAR})?"

_NEAR_A_MONTH = (
    r"(?i:in|by|since|until|till|before|after|during|early|late|mid|last|this|next|past|previous"
    r"|coming|following|through|throughout|from|between|around|as\s+of"
    r"|(?:beginning|start|end|middle|half|week|part|days?)\s+of)"
)
_WITH_A_MONTH = rf"{_NEAR_A_MONTH}[\s-]+(?:(?:the|last|this|next)\s+)?{_MONTH}"
_THE_MONTH = (
    rf"(?i:the|that|our|their)\s+(?:{_LONG_MONTH}|March|May)(?=\s+(?i:deadline|date|snapshot"
    r"|cut-?off|closing|close|end|window|migration|announcement|post|statement|update|extension))"
)

_MONTHS_OWN = rf"(?:{_LONG_MONTH}|March|May)['\u2019]s(?![a-z])"

_SEASON = r"(?i:spring|summer|autumn|fall|winter)"
_PART = (
    r"(?i:(?:early|late|mid)(?:\s+in)?|year[\s-]?end|(?:the\s+)?(?:very\s+)?(?:beginning|start|end"
    r"|middle|close"
    r"|turn)(?:\s+of)?"
    r"|(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th)\s+(?:half|quarter|third|months?"
    r"|weeks?|days?))"
)
_OF_A_YEAR = (
    rf"(?:{_SEASON}|{_PART}|(?i:christmas|easter"
    rf"|new\s+year(?:['\N{{RIGHT SINGLE QUOTATION MARK}}]s)?"
    rf"(?:\s+(?:eve|day))?|thanksgiving))[\s,-]+(?:of\s+)?(?:the\s+year\s+)?{_ANY_YEAR}"
)
_QUARTER = r"(?:[QH][1-4]|[1-4][QH])"

_DE = "년年"  # the words for year, of Korean and of Chinese
_MOON = "월月"  # the words for month
_SUN = "일日号號"  # the words for day
_AFTER_MOON_ZH = "(?:[份底初中末前后後]|[上中下]旬|以前|之前|截止|里)"
_THIS_MOON_KO = "(?:지난해?|올해?|작년|내년|금년|이번|다음)"
_THIS_MOON_ZH = "(?:今年|去年|明年|上年|本年|截至|直到|[到至在于於自从從])"
_MOON_ZH = rf"(?:(?:1[0-2]|[1-9])\s?|{HAN}{{1,3}})月"

_PART_OF_YEAR_KO = (
    "\\s?(?:초(?:반)?|말|중반|중순|연말|연초"
    "|[상하]반기|[1-4일이삼사]\\s?분기|첫\\s?분기|[초후중]반|중(?=에|으로|순|반|\\W|\\Z)|봄|여름"
    "|가을|겨울)"
)
_PART_OF_YEAR_ZH = (
    "\\s?(?:年?[初底末]|中(?![国國文心华華])"
    "|[上下]半年|[上中下]旬"
    f"|第?(?:[1-4]|{HAN})季度|Q[1-4]|[春夏秋冬][季天]?)"
)

_MONTH_ALONE = re.compile(
    rf"{_WITH_A_MONTH}|{_THE_MONTH.partition('(?=')[0]}"
    rf"|(?:{_THIS_MOON_KO}\s?)?\d{{1,2}}\s?[{_MOON}]|(?:{_THIS_MOON_ZH}\s?)?{_MOON_ZH}"
    rf"|{_MONTHS_OWN}"
)
_MONTH_OF_A_YEAR = re.compile(rf"{_MONTH}\s+{_YEAR}|{_OF_A_YEAR}|{_QUARTER}\s+{_YEAR}")
_ITS_DAY = re.compile(
    rf"(?:{_DAY}|{_ORDINAL})\s{{0,2}},\s{{0,2}}{_MONTH}\s+{_YEAR}"
    rf"|{_MONTH}\s+{_YEAR}\s{{0,2}},?\s{{0,2}}\(?(?:the\s+)?(?:{_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))"
)


def is_month_of_a_year(date: str, words: str) -> bool:
    """Whether a date is a month and its year alone, such as `November 2025`, and names no day.

    So is what is longer than a month: a quarter, a season or the end of a year.

    Args:
        date: what was found, as it stands there.
        words: all the text around it, in which its day may stand behind a comma.
    """
    return _MONTH_OF_A_YEAR.fullmatch(date) is not None and not _ITS_DAY.search(words)


def is_month_alone(date: str) -> bool:
    """Whether a date is a month without its year and day, such as `in February`."""
    return _MONTH_ALONE.fullmatch(date) is not None


_LAST_DAY = 31
_LAST_MONTH = 12
_FRACTIONS = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 6), (1, 8), (1, 10)})
_ALWAYS_OPEN = (24, 7)

_WEEKDAY = r"(?i:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?i:day)?(?![A-Za-z])\.?"
_OF_A_DAY = re.compile(
    rf"(?:(?<![A-Za-z])(?:(?i:on|until|till|since|due|dated?|as\s+of|deadline|cut-?off"
    rf"|snapshot"
    rf"|closes?|closed|closing|ends?|ended|ending|opens?|opened|starts?|started|starting|begins?"
    rf"|began"
    rf"|expires?|expired)(?:\s(?i:is|was|on))?(?:\s(?i:the))?|{_WEEKDAY})"
    "|截止日?期?|截至|直到|[至於于自]"
    "|마감일?|기한|종료일?)[,:은는为是]?\\s{0,3}\\Z"
)
"""Words before what then is a day, whatever its numbers."""

_OF_A_DAY_OR_PART = re.compile(
    r"(?<![A-Za-z])(?i:by|before|after|from|to|through|between|around|and)\s{1,3}\Z"
    "|[到从從在]\\s{0,2}\\Z"
)
"""Words before a day, and before a part of something: by 1/2."""

_THEN_A_DAY = re.compile(
    "\\s?(?:까지|부터|이전|이후|마감|종료|일(?!부)"
    "|\\(?[월화수목금토일一二三四五六日]\\)"
    f"|[前后後起止]|之前|以前|截止|\\s?(?:(?i:snapshot|deadline|cut-?off)|스냅샷|快照)"
    f"|에\\s?(?:마감|종료|시작|열|닫)|[,(]?\\s?{_WEEKDAY}|,?\\s\\d{{1,2}}:[0-5]\\d(?!\\d))"
)
_TO_A_DAY = re.compile(r"\s?[-\u2013~]\s?(\d{1,2})/(\d{1,2})(?![\d/])")
_OF_SOMETHING = re.compile(r"\s{1,3}(?i:of|have|has|had|full|done|complete[d]?)(?![A-Za-z])|\s?%")


def _is_day_of_a_month(match: re.Match[str]) -> bool:
    """Whether two numbers with a slash are a day and its month, and no part of something."""
    pair = (int(match["one"]), int(match["two"]))
    if not _may_be_a_day(*pair) or pair == _ALWAYS_OPEN:
        return False
    return _is_marked(match, pair) and not is_numbered(match)


def _is_marked(match: re.Match[str], pair: tuple[int, int]) -> bool:
    """Whether what stands around two numbers, or a nought, makes a day of them."""
    if _THEN_A_DAY.match(match.string, match.end()):
        return True
    if is_counted(match) or _OF_SOMETHING.match(match.string, match.end()):
        return False
    if "0" in (match["one"][0], match["two"][0]):
        return True
    before = match.string[max(0, match.start() - 24) : match.start()]
    until = _TO_A_DAY.match(match.string, match.end())
    in_parts = pair in _FRACTIONS
    if until and not in_parts and _may_be_a_day(int(until[1]), int(until[2])):
        return True
    return bool(_OF_A_DAY.search(before) or (not in_parts and _OF_A_DAY_OR_PART.search(before)))


def _is_short_date(match: re.Match[str]) -> bool:
    """Whether three numbers with one sign are a date, and no version or address of a network."""
    one, two, year = int(match["one"]), int(match["two"]), match["year"]
    sure = re.fullmatch(r"[23]\d|\d{4}", year) is not None
    return _may_be_a_day(one, two) and sure and not is_numbered(match)


def _may_be_a_day(one: int, two: int) -> bool:
    """Whether one of two numbers can be a month, and the other a day of it."""
    return 1 <= min(one, two) <= _LAST_MONTH and max(one, two) <= _LAST_DAY


_DAY_AND_MONTH = r"(?<![A-Za-z0-9_./-])(?P<one>\d{1,2})/(?P<two>\d{1,2})(?![A-Za-z0-9_/]|[.,-]\d)"
_SHORT_DATE = (
    r"(?<![0-9A-Za-z_.])(?P<one>\d{1,2})\s?(?P<sign>[-/.])\s?(?P<two>\d{1,2})\s?(?P=sign)\s?"
    rf"(?P<year>{_YEAR}|\d\d)(?!\d|\.\d)"
)
_DIGIT_OR_NAME = re.compile(
    rf"\d|{LETTERS}(?:{_MONTH}|(?i:spring|summer|autumn|winter|christmas|new\s+year))|(?i:quarter)"
)
"""What every date in English has at least once."""

_WHOLE = rf"{_START}{_YEAR}\s?([-/.])\s?\d{{1,2}}\s?\1\s?\d{{1,2}}(?!\d)"
_ENGLISH = (
    # 26. 2. 4., with a space behind each stop, as no version has
    rf"{_START}2\d\.\s(?:1[0-2]|0?[1-9])\.\s(?:3[01]|[12]\d|0?[1-9])(?!\d|\.\d)",
    rf"{_START}{_YEAR}[-/.](?:1[0-2]|0[1-9])(?![\d./-])",
    rf"{_START}(?:1[0-2]|0?[1-9])[-/.]20[2-3]\d(?![\d./-])",
    rf"{_START}{_YEAR}/[1-9](?![\d./-])",
    rf"{_START}20\d\d(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])(?![\dA-Za-z])",
    (
        rf"{_START}(?:{_QUARTER}(?:[\s/-]{{0,2}}|\s+of\s+){_ANY_YEAR}"
        rf"|{_YEAR}[\s/-]{{0,2}}(?:{_QUARTER}|W\d\d)\b)"
    ),
    rf"{_START}(?:[1-4][QH][/']?|[QH][1-4][/'])2\d(?!\d)",
    rf"{_START}\d{{1,2}}(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:20)?2\d(?!\d)",
    rf"{_START}{_DAYS}[\s-]+(?:(?:of|de)\s+)?{_MONTH}{_THEN_YEAR}",
    rf"{LETTERS}{_MONTH}[\s-]*(?:the\s+)?{_DAYS}(?![\dA-Za-z]){_THEN_YEAR}",
    rf"{LETTERS}{_ORDINAL}\s+(?:day\s+)?of\s+{_MONTH}{_THEN_YEAR}",
    rf"{LETTERS}{_MONTH}\s+(?:the\s+)?{_ORDINAL}{_THEN_YEAR}",
    rf"{LETTERS}{_MONTH}(?:[\s,/-]+|\s+of\s+){_ANY_YEAR}",
    rf"{_START}{_YEAR}[\s,/-]+{_MONTH}",
    rf"{LETTERS}{_OF_A_YEAR}",
    rf"{LETTERS}(?i:week)\s+\d{{1,2}}(?:,|\s+of)?\s+{_YEAR}",
    (
        rf"{LETTERS}(?i:(?:in|by|until|till|since|during|before|after|early|late|mid"
        rf"|end\s+of)[\s-]+)Q[1-4](?![\w&])"
    ),
    rf"{LETTERS}(?i:last|this|next)\s+(?i:spring|summer|autumn|winter)(?![A-Za-z-])",
    (
        rf"{LETTERS}(?i:in|by|until|till|since|during|before|after|end\s+of)\s+(?i:the\s+)"
        r"(?i:first|second|third|fourth|1st|2nd|3rd|4th)\s+(?i:quarter)(?![A-Za-z]|\s+(?i:of)\s)"
    ),
    (
        rf"{LETTERS}(?i:(?:new\s+year['\N{{RIGHT SINGLE QUOTATION MARK}}]s|christmas)\s+(?:eve"
        rf"|day))(?![A-Za-z])"
    ),
    # 2026-02-04 without its year: until 04-02, by 02.04
    (
        rf"{LETTERS}(?i:on|until|till|by|since|before|after|from|due)\s{{1,3}}"
        r"(?:0[1-9][-.](?:3[01]|[12]\d|0[1-9])|(?:3[01]|[12]\d)[-.]0[1-9])(?!\d|[-.]\d|\s?%)"
    ),
    # in February, last February, the February deadline
    rf"{LETTERS}{_WITH_A_MONTH}",
    rf"{LETTERS}{_THE_MONTH}",
    rf"{LETTERS}{_MONTHS_OWN}",
)
_KOREAN_AND_CHINESE = (
    "(?<![\\d.])\\d{1,2}\\.\\s?\\d{1,2}\\.?\\s?\\([월화수목금토일]\\)",
    # 2026년 2월 3일, 2월 4일, '26년 2월; 2026年2月3日, 2月4号
    (
        rf"(?<!\d)\d{{2,4}}\s?(?:[{_DE}]|\.)\s?\d{{1,2}}\s?[{_MOON}]"
        rf"(?:\s?\d{{1,2}}{_MORE_DAYS}\s?[{_SUN}]?)?"
    ),
    rf"(?<!\d)\d{{1,2}}\s?[{_MOON}]\s?\d{{1,2}}{_MORE_DAYS}\s?[{_SUN}]",
    rf"(?:{HAN}{{2,4}}年)?{HAN}{{1,3}}月{HAN}{{1,3}}[{_SUN}]",
    rf"{HAN}{{4}}年{HAN}{{1,3}}月",
    # 2026년 초, 2026년 1분기, 1분기에; 2026年初, 二〇二六年底, 第一季度
    rf"(?<!\d)\d{{2,4}}\s?년{_PART_OF_YEAR_KO}",
    rf"(?:(?<!\d)(?:\d{{4}}\s?|\d\d(?=年[底末初]))|{HAN}{{4}})年{_PART_OF_YEAR_ZH}",
    "(?<![\\d.])[1-4]\\s?분기",
    "第[1-4一二三四]季度",
    # 2월에, 지난 2월; 2月份, 二月初, 去年二月
    rf"(?:{_THIS_MOON_KO}\s?)?(?<![\d.])(?:1[0-2]|[1-9])\s?월(?!드컵|요일)",
    rf"(?:{_THIS_MOON_ZH}\s?)?(?<![\d.])(?:1[0-2]|[1-9])\s?月(?!内|內|费|費|球|亮|供|薪)",
    rf"{HAN}{{1,3}}月(?={_AFTER_MOON_ZH})",
    rf"{_THIS_MOON_ZH}\s?{HAN}{{1,3}}月",
    r"(?<![\d.])0[1-9]\.(?:3[01]|[12]\d|0[1-9])(?=\s?(?:까지|부터|이전|이후|마감|에\s))",
)

DATES: tuple[Family, ...] = (
    Family(
        _DIGIT_OR_NAME,
        (
            (_WHOLE, always),
            (_SHORT_DATE, _is_short_date),
            *((form, always) for form in _ENGLISH),
        ),
    ),
    Family(KOREAN_OR_CHINESE, tuple((form, always) for form in _KOREAN_AND_CHINESE)),
    Family(_DIGIT_OR_NAME, ((_DAY_AND_MONTH, _is_day_of_a_month),)),
)

"""Times of day and hours of opening, which are written as ratios are. Pure."""

from __future__ import annotations

import re

from trustops.content.figures.numbers import value
from trustops.content.figures.shapes import sentence_of

_HOURS_WORD = re.compile(
    r"(?<![A-Za-z])(?i:open(?:s|ing)?|hours?|weekdays?|weekends?|daily|mon|tue|wed|thu|fri|sat|sun"
    r"|monday"
    r"|tuesday|wednesday|thursday|friday|saturday|sunday|every\s+day|staffed|reachable|shifts?"
    r"|working"
    r"|o'clock|utc|gmt|kst|cet|cest|est|pst|jst)(?![A-Za-z])"
)
_HOURS = range(6, 25)
_MORNING, _EVENING = range(7, 12), range(4, 8)


def is_office_hours(match: re.Match[str]) -> bool:
    """Whether two numbers are hours at which something is open: 9 to 5, open 8 to 17."""
    first, second = value(match["first"]), value(match["second"])
    if first in _MORNING and second in _EVENING and first > second:
        return True
    in_hours = first in _HOURS and second in range(1, 25)
    return in_hours and _HOURS_WORD.search(sentence_of(match)) is not None


_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)")
_ZONE = (
    r"(?:UTC|GMT|KST|JST|CST|HKT|SGT|CEST|CET|BST|EST|EDT|PST|PDT|MST|MDT|CDT|AEST|ET|PT)"
    r"(?![A-Za-z])"
)
_TILL = r"(?:to|until|till|and|through|-|\u2013|\u2014|~|至|到|부터|에서)"
_BEFORE_CLOCK = re.compile(
    rf"(?:{_ZONE}|(?:上午|下午|早上|早晨|晚上|凌晨|中午|傍晚|夜里|午前|午後|时间|時間|每天|每日"
    rf"|시간|오전|오후|새벽|아침|저녁|밤|낮|정오|매일|평일)"
    rf"|(?:[01]?\d|2[0-4]):[0-5]\d(?:\s?(?i:[ap]\.?m\.?)|\s?{_ZONE})?\s?{_TILL}|(?i:until|till"
    rf"|since)|\d-\d\dT?)\s{{0,3}}\Z"
)
_AFTER_CLOCK = re.compile(
    rf":[0-5]\d(?!\d)|\s?(?:(?i:[ap]\.?m(?![a-z])|h(?:ours?|rs?)?(?![a-z])|o'clock|local\s+time"
    rf"|in\s+the\s+(?:morning|evening|afternoon)|at\s+night)"
    rf"|{_ZONE}|Z(?![A-Za-z])|부터|까지|에(?![가-힣])|이후|이전|경|쯤|左右|开始|開始|起|之?前"
    rf"|之?后|之?後|以前)"
    rf"|\s?{_TILL}\s?(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)|\s?(?:to|until|till|-|\u2013"
    rf"|~)\s?\d{{1,2}}\s?(?i:[ap]\.?m)"
)
_RATIO_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?i:ratio|rate|proportion|swap\w{0,4}|exchang\w{1,3}|convert\w{0,3}"
    r"|migrat\w{1,3}|conversion"
    r"|redeem\w{0,3}|split|trad\w{1,3})(?:\s(?i:of|at|is|was|were|in|by|on|a|an|the|now|still"
    r"|about)){0,3}"
    r"|비율[은는이가]?|교환|전환|스왑|比例[为為是]?|比率|兑换?|兌換?|按|以)[\s:]{0,3}\Z"
)
_RATIO_AFTER = re.compile(
    r"[\s-]{1,2}(?i:ratio|rate|basis|swap|exchange|conversion|split|redenomination)"
    "|\\s?의?\\s?(?:비율|비로|로\\s?(?:교환|전환|스왑))|\\s?的?(?:比例|比率|兑换|兌換)"
)
_CLOSING = re.compile(
    r"(?<![A-Za-z])(?i:(?:is|was|were)\s+over|deadline|cut-?off|snapshot)(?![A-Za-z])|마감|스냅샷"
    r"|截止|快照"
)
_MARKED_CLOCK = 2


def is_clock(match: re.Match[str]) -> bool:
    """Whether two numbers with a colon are a time of day.

    With a zone, a half of the day, or a second time they are. Without, `1:30` may be a ratio, and
    so may be what stands by its word; a closing time without its zone has to be a fact anyway.
    """
    clock = _CLOCK.fullmatch(match.group())
    if clock is None:
        return False
    start = match.start()
    ratio = _RATIO_BEFORE.search(match.string, max(0, start - 30), start) or _RATIO_AFTER.match(
        match.string, match.end()
    )
    if _AFTER_CLOCK.match(match.string, match.end()):
        return True
    if not ratio and _BEFORE_CLOCK.search(match.string, max(0, start - 16), start):
        return True
    sure = len(clock["hour"]) == _MARKED_CLOCK or clock["hour"] != "1" or clock["minute"] == "00"
    return sure and not ratio and not _CLOSING.search(sentence_of(match))

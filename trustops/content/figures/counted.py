"""What is counted and what is numbered: spans of days and words, steps and versions. Pure."""

from __future__ import annotations

import re

from trustops.content.figures.numbers import value

_COUNTED_EN = (
    "account|address(?:e(?=s))?|adult|agent|answer|app|application|attempt|block|box|browser"
    "|byte|case|chain|chapter|char|character|child|children|click|computer|confirmation|copies"
    "|copy|day|decimal|device|digit|document|e-mail|email|epoch|exchange|field|file|form"
    "|helper|holder|hour|hr|image|item|key|kilobyte|kilometre|language|letter|line|link|mail"
    "|megabyte|member|message|meter|metre|mile|min|minute|moderator|month|network|night|node"
    "|number|option|page|paragraph|part|participant|parties|party|people|per cent|percent"
    "|person|phone|photo|picture|pixel|point|px|quarter|question|replies|reply|request|screen"
    "|screenshot|sec|second|section|sentence|signature|signer|site|slot|state|status|step|tab"
    "|team|ticket|time|transaction|transfer|tries|try|user|validator|video|vote|voter|wallet"
    "|week|weekday|word|year"
)
_PLAIN_UNITS = r"[kmgt]i?b|[ckm]?m|k?g|px|ms|am|pm"
_COUNTED_CJK = (
    "\\s?(?:[개個个]\\s?)?(?:영업일|근무일|개월|시간|분(?!의)|초(?![기과])|일(?!부|\\s?대)"
    "|주(?!소)|년|명|장|페이지|단어|단계|회|번|통|건|가지|곳"
    "|대(?!\\s?\\d)|컨펌|확인|승인|글자|자리"
    "|天|日|小时|小時|分钟|分鐘|秒|周|週|年|个月|個月|次|人|位|张|張|页|頁|步|字|词|詞|单词|單詞"
    "|助记词|助記詞|工作日"
    "|区块|區塊|确认|確認|台|章|节|節|条|條)"
)
_COUNTED = re.compile(
    r"\s{0,4}-?(?:%|°"
    r"|(?i:(?:(?:business|working|calendar|trading|full|more|other|short|single|network|block"
    r"|free)[\s-])?"
    rf"(?:{_COUNTED_EN})s?(?![A-Za-z])"
    rf"|(?:{_PLAIN_UNITS})(?![A-Za-z]))"
    rf"|{_COUNTED_CJK})"
)
"""What can follow numbers that are a span: something that is counted."""

_NUMBERED = re.compile(
    r"(?<![A-Za-z])(?i:(?:step|item|point|question|answer|page|line|section|sec|part|day|week"
    r"|month|number|no|nos|rule|row"
    r"|column|case|paragraph|para|screen|screenshot|image|photo|figure|fig|table|class|version"
    r"|release|build|ver|v|list|chapter|article"
    r"|clause|annex|appendix|level|tier|phase|stage|round|port|volume|grade|age|floor|room|tab|tip"
    r"|note|option|box"
    r"|field|slide|season|episode|block|epoch|slot|issue|ticket|attempt|ios|ipados|android|windows"
    r"|macos|node"
    r"|python|chrome|firefox|safari|edge|ubuntu|debian|layer|group|word|line|hour|error|code)(?:s"
    r"|es)?\.?"
    r"|aged|scale\s+(?:of|from))[\s#:]{1,3}(?:\d{1,6}(?:,|\s(?:and|to)|,\s?and)?\s){0,3}\Z"
    "|第\\s?\\Z|(?:단계|페이지|버전|步骤|版本|页|頁)\\s?\\Z"
)
"""Words for what is numbered: `steps 1 to 3` before two numbers is no ratio, nor 1/2 after it."""


def is_counted(match: re.Match[str]) -> bool:
    """Whether what follows is counted: days, words, confirmations, `%`."""
    return _COUNTED.match(match.string, match.end()) is not None


def is_numbered(match: re.Match[str]) -> bool:
    """Whether what stands before is numbered: steps, chapters, versions, pages."""
    return _NUMBERED.search(match.string, max(0, match.start() - 30), match.start()) is not None


def is_of_counted(words: str) -> bool:
    """Whether some words, such as those between an amount and a sign, say what is counted."""
    last = words.strip().rpartition(" ")[2]
    return (
        _COUNTED.fullmatch(f" {last}") is not None
        or _COUNTED.match(f" {words.strip()}") is not None
    )


_TRIED = re.compile(
    r"(?<![A-Za-z])(?i:(?:re)?tr(?:y|ies|ied)|click(?:s|ed)?|press(?:ed)?|tap(?:s|ped)?|check(?:s"
    r"|ed)?|failed|asked|sent"
    r"|repeat(?:ed)?|tested|confirm(?:ed)?)(?:\s(?:it|this|that))?\s{1,3}\Z"
)


def is_tried(match: re.Match[str]) -> bool:
    """Whether `3x` says how often something is done, or stands behind what is numbered."""
    tried = _TRIED.search(match.string, max(0, match.start() - 24), match.start())
    return tried is not None or is_numbered(match)


_ALL = 100
"""Percent."""


def is_of_a_hundred(match: re.Match[str]) -> bool:
    """Whether two parts are all of it: a 50/50 split."""
    return value(match["first"]) + value(match["second"]) == _ALL

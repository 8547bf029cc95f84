"""Dates and ratios in the forms in which people and exchanges write them. Pure.

English, Korean and Chinese, in digits and in words. Looked for in a text as a reader sees it
(`trustops.content.prose`), where full-width digits and signs are plain ones already. What has
the form of a ratio and counts something (3 to 5 business days, 12 to 24 words) is a span.
"""

from __future__ import annotations

import re

_START = r"(?<![0-9A-Za-z_])"
_YEAR = r"(?:19|20)\d\d(?!\d)"

_MONTH = (
    r"(?:(?i:jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)|M(?i:ar(?:ch)?|ay))(?![A-Za-z])\.?"
)
_ORDINAL = (
    r"(?i:(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    r"|thirtieth)(?![A-Za-z])"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s*(?:[/,&\N{{EN DASH}}\N{{EM DASH}}-]|to|and|or)\s*{_DAY}){{0,6}}"
_MORE_DAYS = r"(?:\s{0,2}[~,\N{EN DASH}\N{MIDDLE DOT}-]\s{0,2}\d{1,2}){0,6}"
_HAN = "[\u3007\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u5eff]"
"""Chinese digits, for years, months and days."""

DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_START}{_YEAR}\s?([-/.])\s?\d{{1,2}}\s?\1\s?\d{{1,2}}(?!\d)",
        rf"{_START}\d{{1,2}}\s?([-/.])\s?\d{{1,2}}\s?\1\s?(?:{_YEAR}|\d\d)(?!\d)",
        rf"{_START}{_YEAR}[-/.](?:1[0-2]|0[1-9])(?![\d./-])",
        rf"{_START}20\d\d(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])(?![\dA-Za-z])",
        rf"{_START}(?:Q[1-4][\s/-]{{0,2}}{_YEAR}|{_YEAR}[\s/-]{{0,2}}(?:Q[1-4]|W\d\d)\b)",
        rf"{_START}{_DAYS}[\s-]+(?:of\s+)?{_MONTH}(?:[\s,-]+{_YEAR})?",
        rf"(?<![A-Za-z]){_MONTH}[\s-]*(?:the\s+)?{_DAYS}(?![\dA-Za-z])(?:[\s,-]+{_YEAR})?",
        rf"(?<![A-Za-z]){_ORDINAL}\s+(?:day\s+)?of\s+{_MONTH}(?:[\s,-]+{_YEAR})?",
        rf"(?<![A-Za-z]){_MONTH}\s+(?:the\s+)?{_ORDINAL}(?:[\s,-]+{_YEAR})?",
        rf"(?<![A-Za-z]){_MONTH}[\s,-]+{_YEAR}",
        # 2026년 2월 3일, 2월 4일, '26년 2월; 2026年2月3日, 2月4号
        (
            rf"(?<!\d)\d{{2,4}}\s?[\ub144\u5e74]\s?\d{{1,2}}\s?[\uc6d4\u6708]"
            rf"(?:\s?\d{{1,2}}{_MORE_DAYS}\s?[\uc77c\u65e5\u53f7\u865f]?)?"
        ),
        rf"(?<!\d)\d{{1,2}}\s?[\uc6d4\u6708]\s?\d{{1,2}}{_MORE_DAYS}\s?[\uc77c\u65e5\u53f7\u865f]",
        rf"(?:{_HAN}{{2,4}}\u5e74)?{_HAN}{{1,3}}\u6708{_HAN}{{1,3}}[\u65e5\u53f7\u865f]",
        rf"{_HAN}{{4}}\u5e74{_HAN}{{1,3}}\u6708",
        # in February; 2월에, 2月份
        rf"(?<![A-Za-z])(?i:in|by|since|until|till|before|after|during|early|late|mid)[\s-]+{_MONTH}",
        (
            r"(?<![\d.])(?:1[0-2]|[1-9])\s?(?:\uc6d4(?=\s?(?:\uc5d0|\ub9d0|\ucd08|\uc911|\uae4c\uc9c0|\ubd80\ud130|\uc774\uc804|\uc774\ud6c4))"
            r"|\u6708(?=[\u4efd\u5e95\u521d\u4e2d\u672b\u524d\u540e\u5f8c]))"
        ),
    )
)

_MONTH_ALONE = re.compile(
    rf"(?i:in|by|since|until|till|before|after|during|early|late|mid)[\s-]+{_MONTH}|\d{{1,2}}\s?[\uc6d4\u6708]"
)
_MONTH_OF_A_YEAR = re.compile(rf"{_MONTH}\s+{_YEAR}")
_ITS_DAY = re.compile(
    rf"(?:{_DAY}|{_ORDINAL})\s{{0,2}},\s{{0,2}}{_MONTH}\s+{_YEAR}"
    rf"|{_MONTH}\s+{_YEAR}\s{{0,2}},?\s{{0,2}}\(?(?:the\s+)?(?:{_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))"
)


def is_month_of_a_year(date: str, words: str) -> bool:
    """Whether a date is a month and its year alone, such as `November 2025`, and names no day.

    Args:
        date: what was found, as it stands there.
        words: all the text around it, in which its day may stand behind a comma.
    """
    return _MONTH_OF_A_YEAR.fullmatch(date) is not None and not _ITS_DAY.search(words)


def is_month_alone(date: str) -> bool:
    """Whether a date is a month without its year and day, such as `in February`."""
    return _MONTH_ALONE.fullmatch(date) is not None


_WORD = (
    r"(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|forty|fifty|hundred|thousand)(?![A-Za-z])"
)
_NUMBER = r"\d{1,30}(?:[.,]\d{1,30}){0,8}"
_AMOUNT = rf"(?:{_NUMBER}|(?:a\s+)?{_WORD})"
_BEFORE = r"(?<![0-9A-Za-z_.:,])"
_COUNTED = re.compile(
    r"\s{0,4}-?(?:%|\N{DEGREE SIGN}|(?i:percent|per\s+cent|[kmgt]i?b"
    r"|(?:(?:business|working|calendar|trading|full|more|other|short|single|network|block)[\s-])?"
    r"(?:second|sec|minute|min|hour|hr|day|night|week|month|quarter|year|time|confirmation|block"
    r"|epoch|slot|word|character|letter|digit|number|line|sentence|paragraph|page|step|item|point"
    r"|question|answer|message|mail|e-mail|email|ticket|request|try|tries|attempt|click|screen"
    r"|person|people|agent|helper|holder|wallet|account|address(?:e(?=s))?|network|chain|exchange"
    r"|transaction|signature|site|file|megabyte|kilobyte|pixel|metre|meter|kilometre|mile"
    r"|participant|validator|node)s?)(?![A-Za-z]))"
)
"""What can follow two numbers that are a span: something that is counted."""

_HALF_DAY = re.compile(r"\s{0,4}(?i:[ap]\.?m)(?![A-Za-z])")

_SYMBOL = (
    r"\s{0,3}(?:(?=[0-9.]{0,14}[A-Za-z$])\$?[A-Za-z]{0,12}[A-Z0-9$][A-Za-z0-9$.]{0,14}+"
    r"|(?i:(?:(?:old|new)\s)?(?:tokens?|coins?)))"
)
"""A token as exchanges write it: a letter, and a capital or a digit, or it is called one."""

_UNIT_WORD = r"[$\w.]{1,24}+"
_UNIT = rf"(?:[^\S\n]{{0,3}}+{_UNIT_WORD}(?:[^\S\n]{{1,3}}+{_UNIT_WORD}){{0,2}}?)??"
"""Up to three words between an amount and what it becomes. Possessive, so that a long word is
tried once."""

_BECOMES = (
    r"(?:[=\N{ALMOST EQUAL TO}\N{RIGHTWARDS ARROW}\N{RIGHTWARDS DOUBLE ARROW}\N{LEFT RIGHT ARROW}]"
    r"|[-=]>|(?i:equals?|becomes?|became|gives?|gave|buys|yields?"
    r"|(?:is|are|was|were|will\s+be)(?:\s+(?:worth|exchanged\s+for|swapped\s+for"
    r"|(?:converted|swapped|migrated|exchanged)\s+(?:in)?to))))"
)
_CJK_COUNTS = "[\u679a\u4e2a\u500b\uac1c]?"
RATIOS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_BEFORE}{_NUMBER}\s{{0,8}}[:\N{{RATIO}}]\s{{0,8}}{_NUMBER}(?!\d)",
        (
            rf"{_BEFORE}{_AMOUNT}[-\s]{{1,8}}(?i:to|for|per|into)[-\s]{{1,8}}"
            rf"(?:(?i:each|every)\s{{1,4}})?{_AMOUNT}(?!\d)"
        ),
        # 1 AGIX = 0.433350 ASI, 1 old token becomes 6 new ones
        rf"{_BEFORE}{_AMOUNT}{_CJK_COUNTS}{_UNIT}\s{{0,4}}{_BECOMES}\s{{0,4}}{_AMOUNT}(?!\d){_SYMBOL}?",
        # 1 MKR to 24,000 SKY, 1 KLAY : 1 KAIA
        (
            rf"{_BEFORE}{_AMOUNT}{_SYMBOL}\s{{0,4}}(?:[:\N{{RATIO}}/]|(?i:(?:in)?to|for|per))\s{{0,4}}{_AMOUNT}(?!\d)"
            rf"(?:{_SYMBOL})?"
        ),
        # 24,000 SKY per MKR, six new tokens for each old one
        (
            rf"{_BEFORE}{_AMOUNT}{_SYMBOL}\s{{1,4}}(?i:for|per)\s{{1,4}}"
            rf"(?:(?i:each|every|an?|one)(?:\s{{1,4}}(?i:old|new))?(?![A-Za-z])(?:{_SYMBOL})?|{_SYMBOL})"
        ),
        # 1 MATIC is 1 POL; 1 KLAY\ub2f9 1 KAIA, with the Korean word for each and particles
        (
            rf"{_BEFORE}{_AMOUNT}{_SYMBOL}(?:\s{{1,4}}(?i:is|are|was|were)\s{{1,4}}"
            rf"|\s?[\ub2f9\uc740\ub294\uc774\uac00\uc744\ub97c]\s{{1,4}}){_AMOUNT}(?!\d){_SYMBOL}"
        ),
        # For each OM you get 4 MANTRA, for 1 X there were 6 Y; each AI16Z became 6 elizaOS
        (
            rf"(?<![A-Za-z])(?i:for)\s{{1,4}}(?:(?i:each|every)|{_AMOUNT}){_UNIT},?\s{{1,4}}"
            rf"(?i:there\s+(?:is|are|was|were)|(?:you|holders|they|people)\s+(?:get|got|receive|received))"
            rf"\s{{1,4}}{_AMOUNT}(?!\d)"
        ),
        (
            rf"(?<![A-Za-z])(?i:each|every){_UNIT}\s{{1,4}}"
            rf"(?:{_BECOMES}|(?i:turn(?:s|ed)\s+into))\s{{1,4}}{_AMOUNT}(?!\d)"
        ),
        rf"(?i:\bratio|\brate)\s{{1,4}}(?i:of|is|was)\s{{1,4}}{_AMOUNT}(?!\d)",
        # 1대 6, 1 대 6; 1比6, 一比六, 1 兑 6; 1 枚 OM 兑换 4 枚 MANTRA
        rf"(?<![0-9.:]){_NUMBER}\s{{0,4}}[\ub300\u5bf9\u5c0d\u5bfe\u6bd4\u5151\u514c\u6362\u63db]\s{{0,4}}{_NUMBER}(?!\d)",
        rf"{_HAN}{{1,6}}[\u6bd4\u5151\u514c]{_HAN}{{1,6}}",
        # 1개당 6개, 6배로; 一换六, 1枚换6枚, 6倍
        rf"(?<![0-9.:]){_NUMBER}\s?(?:\uac1c|\ud1a0\ud070|\ucf54\uc778)\s?\ub2f9\s{{0,4}}{_NUMBER}",
        rf"(?<![0-9.:]){_NUMBER}\s?\ubc30(?![\uac00-\ud7a3])",
        rf"(?<![0-9.:]){_NUMBER}\s?\ubc30(?=\ub85c|\uc758|\uac00|\ub97c|\ub9cc\ud07c|\uc785\ub2c8\ub2e4)",
        rf"(?:(?<![0-9.:]){_NUMBER}|{_HAN}{{1,4}})\s?\u500d",
        (
            rf"(?:(?<![0-9.:]){_NUMBER}|{_HAN}{{1,4}})\s?[\u679a\u4e2a\u500b]?\s?\u53ef?[\u6362\u63db\u5151\u514c\u6bd4]"
            rf"[\u6362\u63db\u6210\u4e3a\u70ba\u5f97]?\s?(?:{_NUMBER}|{_HAN}{{1,4}})(?![\u6b21\u4e0b\u4e9b\u6837\u6a23\u6b65\u5929\u5929])"
        ),
        (
            rf"(?<![0-9.:]){_NUMBER}\s{{0,2}}{_CJK_COUNTS}\s{{0,2}}[$A-Za-z][\w$.]{{0,15}}?\s{{0,3}}"
            rf"(?:\u53ef)?(?:[\u5151\u514c\u6362\u63db\u7b49]|\u76f8\u7576|\u76f8\u5f53)[\u6362\u63db\u4e8e\u65bc\u6210\u4e3a\u70ba]{{0,3}}\s{{0,3}}{_NUMBER}"
        ),
    )
)
_ASKING = re.compile("\\s{0,2}(?:\ubb38\uc758|\uc0c1\ub2f4|\ucc44\ud305)")
"""Korean for a question, advice or chat between two: `1:1` before it is no ratio."""


_NUMBERED = re.compile(
    r"(?i:step|item|point|question|answer|page|line|section|part|day|week|number|rule|row|case"
    r"|paragraph|screen|figure|class|version|list)(?:s|es)?\s{1,3}\Z"
)
"""Words for what is numbered: `steps 1 to 3` before two numbers is no ratio."""


def is_ratio(match: re.Match[str]) -> bool:
    """Whether what has the form of a ratio is one: no span of time, words or confirmations."""
    rest = match.string[match.end() : match.end() + 40]
    if _COUNTED.match(rest) or _ASKING.match(rest):
        return False
    if _NUMBERED.search(match.string, max(0, match.start() - 20), match.start()):
        return False
    # `3 days to 5 days` and `9 AM to 5 PM` have their unit inside.
    inside = re.search(rf"{_NUMBER}(?P<unit>.*)", match.group(), re.DOTALL)
    unit = inside["unit"] if inside else ""
    return not (_COUNTED.match(unit) or _HALF_DAY.match(unit))

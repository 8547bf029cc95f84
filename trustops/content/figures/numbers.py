"""Numbers as people write them: digits, English, Korean and Chinese words. Pure."""

from __future__ import annotations

import re

BEFORE = r"(?<![0-9A-Za-z_.:,/])"
"""No number begins within a word, a version, an address of a network or a larger number."""

LETTERS = r"(?<![A-Za-z])"
"""No word begins within another one."""

NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,30})?|\d{1,30}(?:[.,]\d{1,30})?)(?!\d|[.,]\d)"
"""One number; `1.2.3` and `10.0.0.1` are none."""

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)
_VALUES = {
    **{word: place for place, word in enumerate(_SMALL)},
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
}
_WORD = rf"(?i:{'|'.join(sorted(_VALUES, key=len, reverse=True))})"
_A = r"(?:(?i:an?)\s(?=(?i:hundred|thousand|million|billion)))"
WORDS = rf"{_A}?{_WORD}(?:[\s-]{_WORD}){{0,4}}(?![A-Za-z])"
AMOUNT = rf"(?:{NUMBER}|{WORDS})"
ANY_AMOUNT = re.compile(rf"\d|{LETTERS}{_WORD}(?:(?![A-Za-z])|(?=(?i:fold)))")
"""What every ratio in English has at least once; `six` of `sixfold` too."""

HAN = "[〇零一二三四五六七八九十廿]"
"""Chinese digits, for years, months and days."""

HAN_COUNT = f"(?:{HAN}|[两兩百千万萬]){{1,6}}"
"""The same for counting: two as a count, and hundreds."""

KOREAN_COUNT = (
    "(?<![가-힣])(?:열\\s?)?(?:한|하나|두|둘|세|셋|네|넷|다섯|여섯|일곱|여덟|아홉|열|스무|스물)"
)
SINO_KOREAN = "[일이삼사오육칠팔구십백천만]{1,6}"


def value(amount: str) -> float:
    """What an amount in digits or in English words comes to, to compare two of them."""
    if amount[0].isdigit():
        thousands = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", amount)
        return float(amount.replace(",", "" if thousands else "."))
    total = part = 0
    for word in re.split(r"[\s-]+", amount.lower()):
        worth = _VALUES.get(word, 0)
        if worth < _VALUES["hundred"]:
            part += worth
        elif worth == _VALUES["hundred"]:
            part = max(part, 1) * worth
        else:
            total, part = total + max(part, 1) * worth, 0
    return total + part

"""Ratios: how many new tokens an old one becomes, in three languages. Pure."""

from __future__ import annotations

import re

from trustops.content.figures import excuses
from trustops.content.figures.clock import is_clock, is_office_hours
from trustops.content.figures.counted import is_counted, is_numbered, is_of_a_hundred, is_of_counted
from trustops.content.figures.korean_chinese import KOREAN_AND_CHINESE
from trustops.content.figures.multiples import MULTIPLES
from trustops.content.figures.numbers import AMOUNT, ANY_AMOUNT, BEFORE, LETTERS, NUMBER
from trustops.content.figures.shapes import KOREAN_OR_CHINESE, Family, Form, unless
from trustops.content.figures.tokens import NAME, QUOTE, TOKEN

_GAP = r"[^\S\n]{0,4}"
_FIRST = rf"(?!0[xX])(?P<first>{AMOUNT})"
_SECOND = rf"(?P<second>{AMOUNT})(?!\d)"

_LEFT_TOKEN = rf"\s{{0,3}}(?P<left>{TOKEN}){QUOTE}?"
_RIGHT_TOKEN = rf"\s{{0,3}}(?P<right>{TOKEN})"

_UNIT_WORD = r"[$\w.()\"'`\u201c\u201d\u2018\u2019\u00d7]{1,24}+"
_UNIT = rf"(?P<left>(?:[^\S\n]{{0,3}}+{_UNIT_WORD}(?:[^\S\n]{{1,3}}+{_UNIT_WORD}){{0,2}}?)??)"
"""Up to three words between an amount and what it becomes. Possessive, so that a long word is
tried once."""

_SIGN = r"(?:[=≈≒≡→⇒⇨⟶➔➜➡↔⇄⇌⇔]|[-=]{1,2}>|<[-=]{1,2}>)"
_HELPING = (
    r"(?:(?i:will|would|can|could|may|shall|should|is|are|was|were|be|been|being|has|have|had|get"
    r"|gets"
    r"|got|now|then|automatically)\s{1,3}){0,4}"
)
_BECOMES = (
    rf"(?:{_SIGN}|{_HELPING}(?i:equals?|becomes?|became|worth|equal\s+to|equivalent\s+to|turn(?:s"
    rf"|ed)?\s+into"
    r"|(?:convert(?:s|ed)?|swap(?:s|ped)?|migrat(?:es?|ed)|exchang(?:es?|ed)|redeem(?:s|ed|able)?"
    r"|trad(?:es?|ed)"
    r"|chang(?:es?|ed)|map(?:s|ped)?|translat(?:es?|ed)|correspond(?:s|ed)?|upgrad(?:es?|ed)"
    r"|split(?:s)?"
    r"|replac(?:es?|ed)|merg(?:es?|ed))\s+(?:in)?(?:to|for|with|by)))"
)
_GIVES = (
    rf"{_HELPING}(?i:gives?|gave|given|gets?|got|buys?|brings?|yields?|yielded|makes?|made|earns?"
    rf"|nets?|entitles?"
    r"|receives?|received)"
)
_TO_WHOM = (
    r"(?:\s{1,3}(?i:you|them|holders|its\s+holder|exactly|about|approximately|roughly|up\s+to"
    r"|a\s+total\s+of|to)){0,3}"
)
_AROUND = r"[\s~≈]{0,4}[\"'`\u201c\u201d\u2018\u2019(\[]?"


def _left_is_counted(match: re.Match[str]) -> bool:
    return bool(match["left"]) and is_of_counted(match["left"])


_EQUATION = unless(
    is_counted,
    _left_is_counted,
    excuses.is_unit_of_a_chain,
    excuses.is_of_one_unit,
    excuses.is_of_money,
)
_PLAIN_COUNT = unless(is_counted)

_ENGLISH: tuple[Form, ...] = (
    # 1:6
    (
        rf"{BEFORE}(?P<first>{NUMBER}){_GAP}[:\u2236]{_GAP}(?P<second>{NUMBER})",
        unless(is_clock, is_counted, is_numbered, excuses.is_talk),
    ),
    # one : six, one:six; "step one: six words" is a sentence
    (
        rf"{BEFORE}{_FIRST}(?:[^\S\n]{{1,4}}[:\u2236]{_GAP}|[:\u2236]){_SECOND}",
        unless(is_clock, is_counted, is_numbered, excuses.is_talk),
    ),
    # 1 to 6, six for every one
    (
        (
            rf"{BEFORE}{_FIRST}[-\s]{{1,8}}(?i:to|for|per|into)[-\s]{{1,8}}(?:(?i:each"
            rf"|every)\s{{1,4}})?{_SECOND}"
        ),
        unless(
            is_counted,
            is_numbered,
            excuses.is_talk,
            is_office_hours,
            excuses.is_range,
            excuses.is_span,
            excuses.is_counted_before,
            excuses.is_unit_of_a_chain,
        ),
    ),
    # 1 AGIX = 0.433350 ASI, 1 old token becomes 6 new ones
    (
        rf"{BEFORE}{_FIRST}[枚个個개]?{_UNIT}\s{{0,4}}{_BECOMES}{_TO_WHOM}{_AROUND}{_SECOND}(?:{_RIGHT_TOKEN})?",
        _EQUATION,
    ),
    # 1 MKR to 24,000 SKY, 1 KLAY : 1 KAIA
    (
        (
            rf"{BEFORE}{_FIRST}{_LEFT_TOKEN}\s{{0,4}}(?:[:\u2236/~>]|>>|(?i:(?:in)?to|for|per"
            rf"|against))\s{{0,4}}{_SECOND}(?:{_RIGHT_TOKEN})?"
        ),
        _EQUATION,
    ),
    # 1 MATIC is 1 POL; 1 KLAY당 1 KAIA, with the Korean word for each and particles
    (
        (
            rf"{BEFORE}(?:(?i:each|every|an)|{_FIRST}){_LEFT_TOKEN}(?:\s{{1,4}}(?i:is|are|was"
            rf"|were)\s{{1,4}}"
            rf"|\s?(?:당|은|는|이|가|을|를|마다)\s{{1,4}}){_SECOND}{_RIGHT_TOKEN}"
        ),
        _EQUATION,
    ),
    # AI16Z 1 = ELIZAOS 6
    (
        (
            rf"{BEFORE}(?P<left>{NAME})\s{{1,3}}\(?{_FIRST}\)?\s{{0,4}}(?:{_SIGN}|[:\u2236/]|(?i:to"
            rf"|for|becomes))\s{{0,4}}"
            rf"(?P<right>{NAME})\s{{1,3}}\(?{_SECOND}"
        ),
        _EQUATION,
    ),
    # AI16Z/ELIZAOS 1/6
    (
        (
            rf"{BEFORE}{NAME}\s?(?:[/:→\u2013-]|(?i:to|for|into"
            rf"|and))\s?{NAME}[\s:=(]{{1,4}}{NUMBER}\s?[/:→\u2013-]\s?{NUMBER}"
        ),
        _PLAIN_COUNT,
    ),
    (
        rf"{BEFORE}{NUMBER}\s?[/:→\u2013-]\s?{NUMBER}\s?\(?{NAME}\s?[/:→\u2013-]\s?{NAME}",
        _PLAIN_COUNT,
    ),
    # 24,000 SKY per MKR, six new tokens for each old one
    (
        (
            rf"{BEFORE}{_FIRST}(?:{_LEFT_TOKEN})?\s{{1,4}}(?i:for|per)\s{{1,4}}(?i:each|every|an?"
            rf"|one)\s{{1,4}}"
            rf"(?i:of\s+)?(?i:(?:the|your|their)\s+)?{TOKEN}"
        ),
        _PLAIN_COUNT,
    ),
    (
        (
            rf"{BEFORE}{_FIRST}{_LEFT_TOKEN}\s{{1,4}}(?i:for|per)\s{{1,4}}(?:(?i:each|every"
            rf"|one)(?![A-Za-z])(?!\s{{1,4}}[a-z])|{TOKEN})"
        ),
        _PLAIN_COUNT,
    ),
    (rf"{BEFORE}{_FIRST}\s{{1,4}}(?i:per)\s{{1,4}}{TOKEN}", _PLAIN_COUNT),
    # For each OM you get 4 MANTRA, for 1 X there were 6 Y; each AI16Z became 6 elizaOS
    (
        (
            rf"{LETTERS}(?i:for)\s{{1,4}}(?:(?i:each|every|an)|{AMOUNT}){_UNIT},?\s{{1,4}}"
            rf"(?i:there\s+(?:is|are|was|were|will\s+be)|(?:(?:you|holders|they|people|we|one|everyone"
            rf"|everybody)"
            rf"(?:['\u2019]ll)?\s+)?(?:{_HELPING}(?:get|got|receive[ds]?|obtain|claim|given|credited"
            rf"|paid)|had))"
            rf"{_TO_WHOM}\s{{1,4}}{_SECOND}"
        ),
        unless(is_counted, _left_is_counted),
    ),
    (
        rf"{LETTERS}(?i:each|every){_UNIT}\s{{1,4}}{_BECOMES}{_TO_WHOM}{_AROUND}{_SECOND}",
        unless(is_counted, _left_is_counted),
    ),
    (
        (
            rf"{LETTERS}(?:(?i:each|every|an?)|{AMOUNT}){_LEFT_TOKEN}\s{{1,4}}(?:{_BECOMES}"
            rf"|{_GIVES}){_TO_WHOM}{_AROUND}{_SECOND}"
        ),
        _EQUATION,
    ),
    # a ratio of 6, ratio 1/6, a 1/6 swap, a factor of six
    (
        (
            rf"{LETTERS}(?i:ratio|rate|proportion|multiplier|multiple|factor|coefficient)\s{{0,4}}"
            rf"(?:(?i:of|is|was|at|by)\s|[:=])\s{{0,4}}{_SECOND}"
        ),
        _PLAIN_COUNT,
    ),
    (
        rf"{LETTERS}(?i:ratio|(?:swap|exchange|conversion|migration)\s+rate)\s{{1,4}}{_SECOND}",
        _PLAIN_COUNT,
    ),
    (
        (
            rf"{BEFORE}(?P<first>{NUMBER})\s?[/\u2013-]\s?(?P<second>{NUMBER})[\s-]{{1,3}}(?i:ratio"
            rf"|swap|conversion|split|redenomination)(?![A-Za-z])"
        ),
        unless(is_of_a_hundred),
    ),
)

RATIOS: tuple[Family, ...] = (
    Family(ANY_AMOUNT, (*_ENGLISH, *MULTIPLES)),
    Family(KOREAN_OR_CHINESE, KOREAN_AND_CHINESE),
)

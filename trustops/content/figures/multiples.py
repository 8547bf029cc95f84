"""Multiples that stand for a ratio: sixfold, 6x, six times your balance. Pure."""

from __future__ import annotations

from trustops.content.figures.counted import is_counted, is_tried
from trustops.content.figures.numbers import AMOUNT, BEFORE, LETTERS, NUMBER
from trustops.content.figures.shapes import Form, always, unless
from trustops.content.figures.tokens import AGE, NAME

_PLAIN_COUNT = unless(is_counted)
MULTIPLES: tuple[Form, ...] = (
    # six times your balance, sixfold, multiply by six
    (
        (
            rf"{BEFORE}{AMOUNT}[\s-]{{1,4}}(?i:times)\s{{1,4}}(?:(?i:as\s+(?:many|much|big|large)"
            rf"|more(?!\s+[a-z]+ly)|larger|bigger|greater|what|that|of)(?![A-Za-z])"
            rf"|(?i:(?:the|your|their|his|her|our|its|that|this"
            rf"|my)\s+)(?:[\w-]{{1,20}}+\s+){{0,3}}?(?:(?i:amount|number|balance|tokens?|coins?"
            rf"|holdings?|quantity|size|value|supply|stake|position)|{NAME})"
            rf"|(?:{AGE}\s+)?(?i:tokens?|coins?|balance|amount))"
        ),
        always,
    ),
    (
        (
            rf"{LETTERS}(?i:balance|amount|tokens?|coins?|number|quantity|holdings?|it"
            rf"|that)\s+(?i:times)\s+{AMOUNT}"
        ),
        _PLAIN_COUNT,
    ),
    (
        (
            rf"(?:{BEFORE}{NUMBER}[\s-]?|{LETTERS}(?i:three|four|five|six|seven|eight|nine|ten|twelve"
            rf"|twenty|hundred)[\s-]?)(?i:fold)(?:ed|s)?(?![A-Za-z])"
        ),
        always,
    ),
    (
        (
            rf"{LETTERS}(?i:multiply(?:ing)?|multiplie[sd]"
            rf"|multiplication)(?:\s+[^\s.!?;:]{{1,24}}+){{0,5}}?\s+(?:(?i:by|with|times)\s+"
            rf"|[x\u00d7]\s*)(?:a\s+factor\s+of\s+)?{AMOUNT}"
        ),
        _PLAIN_COUNT,
    ),
    (
        (
            rf"{LETTERS}(?i:divid(?:e|es|ed"
            rf"|ing))(?:\s+[^\s.!?;:]{{1,24}}+){{0,5}}?\s+(?i:by)\s+{AMOUNT}"
        ),
        _PLAIN_COUNT,
    ),
    (rf"{LETTERS}(?i:multiplied)\s+{AMOUNT}[\s-](?i:times|fold)", always),
    (
        (
            rf"{LETTERS}(?i:balance|amount|tokens?|coins?|number|quantity"
            rf"|holdings?)\sx\s{NUMBER}(?!\w)"
        ),
        always,
    ),
    # 6x, tokens x6
    (
        rf"{BEFORE}{NUMBER}\s?[xX\u00d7]\s(?i:your|the|their|his|her|our|as|more)(?![A-Za-z])",
        always,
    ),
    (
        (
            rf"{BEFORE}(?!0[x\u00d7]){NUMBER}(?:[xX\u00d7]|\s\u00d7)(?!\w"
            rf"|\s{{0,2}}\d)(?!\s{{0,2}}(?i:faster|slower|speed|zoom|leverage|returns?|profits?|gains?"
            r"|per|an?\s+(?:day|week|month)|daily|weekly|in\s+a\s+row|photos?|screenshots?|files?"
            r"|pictures?|images?|copies)(?![A-Za-z]))"
        ),
        unless(is_tried),
    ),
    (
        (
            rf"(?:(?:(?i:balance|amount|tokens?|coins?|number|quantity|holdings?)\s{{0,2}}"
            rf"|{NAME}\s{{0,2}})|(?:\A|(?<=[\n(:,=] )|(?<=[\n(:,=])))(?:\u00d7\s?|x(?!(?:86|64"
            rf"|32)\b)){NUMBER}(?!\w|\s?[x\u00d7])"
        ),
        _PLAIN_COUNT,
    ),
)

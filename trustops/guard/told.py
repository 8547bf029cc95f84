"""Chinese signs that are told one a message, each glued to the talk that leads to it.

A sign counts as told where its clause ends with it and leads to it: `然后是擦`, `next is 擦`,
`次は擦です`. Talk has such clauses as well, with everyday signs; lots have seldom ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trustops.guard.rhythm import SIGN
from trustops.guard.signs import FEWEST_LISTED, weight_of
from trustops.guard.words import CHINESE, Lexicon, plain

LIKE_LOTS = -3.0
"""Weight from which signs are taken for lots: nearly all lots have more, and ten of talk less."""

SAME_LEAD = 4
"""How many clauses with the same beginning make a lead of it."""

_PARTICLES = frozenset("吗嗎呢吧啊呀么麼了的")
"""Signs that end questions and sentences."""

EVERYDAY = -1.0
"""Weight up to which a sign is among those that are written most."""

_CLAUSE = re.compile(r"[^\n,.;!?。、~…]+")
_LEAD = re.compile(
    r"(?:然[后後]|接[着著]|跟[着著]|接下[来來]|之[后後]|[后後]面|下一?[个個]?|再[来來]?|[还還]有|最[后後](?:一[个個])?"
    r"|首先|先是|第\s?[一二三四五六七八九十\d]{1,3}\s?[个個]?|另外|以及|其次|[轮輪]到|剩下的?|我的|[这這那][个個]?|[开開][头頭]|末尾)"
    r"(?:[字词詞]|[单單][词詞])?[就也呢的]?[是叫为為:]?"
)
_NAMES = re.compile(rf"[{SIGN}]{{0,10}}[是叫为為:]")
_TOLD = re.compile(
    rf"^(?P<lead>.{{0,40}}?)(?P<sign>[{SIGN}])[\"'」』”)\]》】\s]{{0,3}}"
    rf"(?:[字吧呢哦啊喔]|这个字|這個字|です|だ|でした|입니다|이에요|예요|이고)?[\"'」』”)\]\s]{{0,3}}$"
)
_OPENING = re.compile(r"[\s\"'「『“(\[《【-]+$")
_ENDS_IN_SIGN = re.compile(rf"[{SIGN}]$")


class Told(NamedTuple):
    """A sign that a clause ends in."""

    text: int
    """The number of its text."""

    start: int
    """Where in the text it stands."""

    sign: str
    lead: str
    """What leads to it."""

    is_all: bool
    """Whether the text has no other clause."""


def _told(at: int, low: str) -> Iterator[Told]:
    clauses = list(_CLAUSE.finditer(low))
    for clause in clauses:
        match = _TOLD.match(clause[0].rstrip())
        if match and match["sign"] not in _PARTICLES and _weight(match["sign"]) is not None:
            lead = _OPENING.sub("", match["lead"].strip())
            start = clause.start() + match.start("sign")
            yield Told(at, start, match["sign"], lead, is_all=len(clauses) == 1)


def _weight(sign: str) -> float | None:
    """How much likelier a sign is drawn than written, by the list that says most for it."""
    bare = plain(sign)
    own = [weight_of(each.place[bare], each) for each in CHINESE if bare in each.place]
    return max(own, default=None)


def _leads(told: Told) -> bool:
    """Whether a clause leads to its sign; words of another script do, and nothing before it.

    An everyday sign with nothing before it is how people agree, unless nothing else is said.
    """
    if not told.lead and not told.is_all:
        return _is_rare(told.sign)
    if not _ENDS_IN_SIGN.search(told.lead):
        return True
    named = _NAMES.fullmatch(told.lead) is not None and _is_rare(told.sign)
    return named or _LEAD.fullmatch(told.lead) is not None


def _is_rare(sign: str) -> bool:
    """Whether it is not among the signs that are written most."""
    weight = _weight(sign)
    return weight is not None and weight > EVERYDAY


def signs_told(texts: Sequence[str]) -> Iterator[Told]:
    """Signs that texts lead to, in lower case."""
    told = [each for at, low in enumerate(texts) for each in _told(at, low)]
    often = Counter(each.lead for each in told)
    for each in told:
        again = each.lead and often[each.lead] >= SAME_LEAD and _is_rare(each.sign)
        if again or _leads(each):
            yield each


def goes_on(low: str) -> bool:
    """Whether words lead to one more sign of a phrase that others began."""
    return any(_LEAD.fullmatch(told.lead) and _is_rare(told.sign) for told in _told(0, low))


def _are_lots(signs: Sequence[str], lexicon: Lexicon) -> bool:
    listed = {sign for sign in signs if sign in lexicon.place}
    return (
        len(listed) >= FEWEST_LISTED
        and sum(weight_of(lexicon.place[sign], lexicon) for sign in listed) >= LIKE_LOTS
    )


def are_lots(signs: Sequence[str]) -> bool:
    """Whether ten signs and more of one list read like lots and not like talk."""
    plains = [plain(sign) for sign in signs]
    return any(_are_lots(plains, lexicon) for lexicon in CHINESE)

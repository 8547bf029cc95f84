"""What is written in the shape of a figure and is none: spans, what is numbered, units. Pure.

Each question is asked of a place that has the shape; it looks a few words to the left and right.
"""

from __future__ import annotations

import re

from trustops.content.figures.counted import is_of_counted
from trustops.content.figures.numbers import NUMBER, value
from trustops.content.figures.shapes import sentence_of

_TOKEN_WORD = re.compile(
    r"(?i:tokens?|coins?|ones?|units?|shares?|new|old|legacy|ratio|rate|basis|swaps?|swapp\w*"
    r"|exchang\w*"
    r"|convert\w*|conversions?|migrat\w*|splits?|elizas?|[a-z]*aos)\Z"
)
"""Words after a ratio. No English plural ends in -aos; names of systems do."""

_FUNCTION_WORD = re.compile(
    r"(?i:and|or|but|in|on|at|of|for|to|from|by|with|without|as|so|if|when|while|because|that"
    r"|which|who|is"
    r"|are|was|were|will|would|can|may|must|has|have|had|do|does|did|be|been|being|the|an?|this"
    r"|that|these"
    r"|those|its?|they|them|he|she|we|you|your|our|their|my|his|her|not|no|than|then|there|here"
    r"|where"
    r"|after|before|until|since|during|upon|across|through|via|per|under|over|about|into|onto"
    r"|within"
    r"|regardless|instead|only|also|already|still|yet|plus|minus|always|us|[a-z]+ly|[a-z]+ss"
    r"|[a-z]+is"
    r"|applies|means|gives|holds|stays|remains|works|counts|happens|comes|goes|gets|makes|takes"
    r"|starts"
    r"|ends|begins|becomes|equals|yields|seems|looks|closes|opens|changes|keeps|exists|follows"
    r"|depends"
    r"|differs|includes|requires|needs|says|reads|stands|sounds)\Z"
)
_PLURAL = re.compile(r"[a-z][a-z'-]+s\Z|people\Z|children\Z|feet\Z|data\Z")
_CURRENCY = re.compile(
    r"\s*(?:USD[CT]?|EURC?|GBP|KRW|JPY|CNY|CHF|HKD|SGD|AUD|CAD|DAI|[Uu]s [Dd]ollars?)\s*"
)
_NETWORK_COIN = re.compile(r"(?:SOL|W?ETH|W?BTC|BNB|TRX|AVAX)\Z")
_MONEY = re.compile(
    r"(?i:USD[CT]?|EURC?|GBP|KRW|JPY|CNY|CHF|HKD|SGD|AUD|CAD|DAI|cents?|won|yen|yuan)(?![A-Za-z])"
    "|[€$£₩¥元円]|원(?!래)|달러|유로|엔(?![가-힣])|美元|欧元|歐元"
)
_NEXT_WORDS = re.compile(
    r"[\s-]{1,4}([A-Za-z][A-Za-z0-9'-]{0,30})" + r"(?:[\s-]{1,4}([A-Za-z][A-Za-z0-9'-]{0,30}))?" * 2
)


def is_span(match: re.Match[str]) -> bool:
    """Whether two rising numbers are a span of what the next words name: 1 to 2 clear photos."""
    if value(match["first"]) >= value(match["second"]):
        return False
    if _MONEY.match(match.string[match.end() : match.end() + 12].lstrip()):
        return True
    following = _NEXT_WORDS.match(match.string, match.end())
    return following is not None and _name_something([*filter(None, following.groups())])


def _name_something(words: list[str]) -> bool:
    """Whether words name what is counted, before any of them is of a ratio or ends the phrase."""
    if words[0] == "of":
        return True
    for word in words:
        if _TOKEN_WORD.match(word) or (_FUNCTION_WORD.match(word) and word != "US"):
            return False
        if _PLURAL.match(word) or _NETWORK_COIN.match(word):
            return True
        if not (word.islower() or word == "US"):
            return False
    return False


_YEAR = re.compile(r"20[0-4]\d")
_FROM = re.compile(r"(?<![A-Za-z])(?i:from|between|anything|range\s+of)\s{1,3}\Z")
_OF_RATIOS = re.compile(
    r"(?<![A-Za-z])(?i:ratio|rates?(?!\s+(?:it|us|this))|swap|exchange|convert|migrat|conversion"
    r"|tokens?|coins?)|비율|교환|전환|스왑|토큰|코인|比例|比率|兑|兌|换|換|币|幣"
)


def is_range(match: re.Match[str]) -> bool:
    """Whether two rising numbers are a range that begins with a word: from 1 to 10."""
    if all(_YEAR.fullmatch(match[side]) for side in ("first", "second")):
        return True
    return (
        value(match["first"]) < value(match["second"])
        and _FROM.search(match.string, max(0, match.start() - 20), match.start()) is not None
        and not _OF_RATIOS.search(sentence_of(match))
    )


_SPANS_BEFORE = re.compile(
    r"(?<![A-Za-z])(?i:confirmations?|blocks?|slots?|epochs?|seconds?|secs?|minutes?|mins?|hours?"
    r"|hrs?|days?|weeks?|months?|years?)(?![A-Za-z])"
    "|\ucee8\ud38c|\ud655\uc778|\ube14\ub85d|\\d\\s?(?:\uc2dc\uac04|\ubd84|\ucd08|\uc77c|\uc8fc|\uac1c\uc6d4|\ub144)"
    "|\u786e\u8ba4|\u78ba\u8a8d|\u533a\u5757|\u5340\u584a|\\d\\s?\u4e2a?\u500b?(?:\u5929|\u5c0f\u65f6|\u5c0f\u6642|\u5206\u949f|\u5206\u9418|\u79d2|\u5468|\u9031|\u6708|\u5e74)"
)
"""What is counted in time or in confirmations, as other numbers of the sentence say."""


def is_counted_before(match: re.Match[str]) -> bool:
    """Whether two rising numbers go on with a count: 32 confirmations, and Ethereum 12 to 15."""
    if not 1 < value(match["first"]) < value(match["second"]):
        return False
    before = sentence_of(match).partition(match.group())[0]
    counted = [place.end() for place in _SPANS_BEFORE.finditer(before)]
    return bool(counted) and not _OF_RATIOS.search(before[counted[-1] :])


_TALK = re.compile(
    r"[\s-]{1,3}(?i:(?:[a-z]+\s){0,2}?(?:support|chats?|help|calls?|conversations?|contact|talks?"
    r"|sessions?|meetings?"
    r"|advice|messages?|messaging|correspondence|answers?|care|assistance|consultations?|service|guidance"
    r"|training))(?![a-z])"
    "|\\s{0,2}(?:로\\s)?(?:맞춤\\s?|고객\\s?|개인\\s?|실시간\\s?|온라인\\s?)?"
    "(?:문의|상담|채팅|대화|지원|응대|고객|톡|질문|답변|안내|메시지|메일|케어|서비스|과외|면담)"
    "|\\s?的?(?:在线|人工|专属|真人|中文)?(?:客服|咨询|諮詢|服务|服務|支持|支援|沟通|溝通|交流"
    "|聊天|对话|對話|解答|指导|帮助|辅导|人工|回复)"
)
"""What two people do with each other: one-to-one support, 1:1 문의, 一对一客服."""
_ONE = frozenset({"one", "1", "一", "일"})


def is_talk(match: re.Match[str]) -> bool:
    """Whether one to one says that two people talk. In words it does, unless it is of tokens."""
    first, second = match["first"].lower(), match["second"].lower()
    if first not in _ONE or second not in _ONE:
        return False
    if _TALK.match(match.string, match.end()):
        return True
    in_words = {first, second}.isdisjoint({"1"}) and re.search(
        r"to|대|对|對", match.group()
    ) is not None
    return in_words and not _OF_RATIOS.search(sentence_of(match))


_UNITS_OF_CHAINS = (
    r"(?:(?i:lamports?|gwei|wei|kwei|mwei|satoshis?|sats?|lovelaces?|octas?|mist|kei|peb|nanotons?"
    r"|microalgos?|uatom|finney"
    r"|msats?|drops|sun|yocto\w*|planck)(?![A-Za-z])|聪|聰|램포트|람포트|사토시|그웨이|웨이)"
)
_THEN_UNIT = re.compile(
    rf"[\^\d\s억조만億亿万萬]{{0,6}}(?:(?i:(?:hundred|thousand|million|billion"
    rf"|trillion)\s)){{0,2}}{_UNITS_OF_CHAINS}"
)
_UNIT_WITHIN = re.compile(_UNITS_OF_CHAINS)


def is_unit_of_a_chain(match: re.Match[str]) -> bool:
    """Whether an equation says how a network counts: 1 SOL = 1,000,000,000 lamports."""
    return bool(_UNIT_WITHIN.search(match.group()) or _THEN_UNIT.match(match.string, match.end()))


def is_of_money(match: re.Match[str]) -> bool:
    """Whether both sides of an equation are money: 1 USDT = 1 USD."""
    sides = match.groupdict()
    right = sides.get("right") or match.string[match.end() : match.end() + 5]
    return bool(_CURRENCY.fullmatch(sides.get("left") or "") and _CURRENCY.fullmatch(right))


_HALF_DAY = re.compile(r"\s{0,4}(?i:[ap]\.?m)(?![A-Za-z])|\s?h(?![a-z])")


def is_of_one_unit(match: re.Match[str]) -> bool:
    """Whether both amounts are of the same unit, or of hours: 0.1 SOL to 0.2 SOL, 9 AM to 5 PM."""
    inside = re.match(rf"(?:{NUMBER}|[A-Za-z-]+)(?P<unit>.*)", match.group(), re.DOTALL)
    unit = inside["unit"] if inside else ""
    if is_of_counted(unit) or _HALF_DAY.match(unit):
        return True
    groups = match.groupdict()
    left, right = (
        re.sub(r"[^a-z]", "", (groups.get(side) or "").lower()) for side in ("left", "right")
    )
    return left == right != "" and not _TOKEN_WORD.search(left)

"""Which sentences promise that we answer, and in what time. Pure.

A sentence with an answer and a span of time is a promise, unless it says that others answer, that
the reader should, that nobody does, or speaks of the past or of how long something lasts. English,
Korean and Chinese; the last two leave out who answers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from trustops.content.prose import as_read
from trustops.content.spans import Span, spans_in


class Speaker(Enum):
    """Who answers where a sentence names nobody."""

    US = auto()
    OTHERS = auto()


def _words(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


_ANSWER = _words(
    r"\b(?:answer|repl(?:y|ies|ied)|respon[ds]|feedback|hears? from us|hears? back)\w*",
    r"\b(?:gets?|getting|got|writes?|come|comes|be) back\b",
    r"답변|답(?:을|해|해서)?\s?드[리립릴]|(?<![가-힣])답(?:을|은|이)?\s?(?:합|하(?!라)|해|옵|오|갑|나|남)|답신|회답",
    r"응답|회신|답장|答复|回音|回信|答覆|回复|回覆|回应|回應|回答|收到答案|回(?:您|你)?(?:邮件|郵件)",
)
_SERVES = _words(
    r"\b(?:we|I|us|you|(?:our|a|the) (?:team|desk|person|agent)|agents?|staff|support"
    r"|tickets?|cases?|requests?|questions?|messages?|enquir\w+|specialists?|colleagues?|someone"
    r"|experts?)(?:'ll)?\W+(?:\w+\W+){0,7}?"
    r"(?:contact(?:ed)?|call(?:ed)?|handled?|process(?:ed)?|resolved?|solved?|reviewed|dealt with"
    r"|looked at|picked up|looked into|attended to|taken care of|helped|help you|assisted?|in touch"
    r"|writes? to you|(?:e-?)?mails? you"
    r"|tells? you|lets? you know|informs? you|notif(?:y|ies) you)\b",
    r"\bturnaround\b",
    r"\bhelp (?:comes|arrives|reaches)\b",
    r"(?:연락|안내|처리|해결|응대)(?:을|를|해)?\s?(?:드[리립릴]|됩|합니다)|(?:알려|보내|전해|도와)\s?드[리립릴]",
    "(?:联系|聯絡|联络|聯繫)[您你]|[与與跟和同][您你](?:联系|聯絡|联络|聯繫)",
    "(?:告[诉訴知]|通知|寄[给給]|发给|發給)[您你]",
    "(?:工单|工單|案件|个案|個案|请求|請求|问题|問題|我们|我們|人员|人員|客服|专人|專人)[^。]{0,60}"
    "(?:处理|處理|跟进|跟進|解决|解決)",
)
"""Other words for an answer, where it is said who or what is served."""

_US = _words(
    r"\b(?:we|us|our|I|my|this desk|(?:the|our) (?:desk|team|staff|agents?))\b",
    r"\b(?:somebody|someone|people) (?:from|of|on|at) (?:us|our|support|the (?:desk|team))\b",
    "저희|우리|담당|我们|我們|客服",
)
_STAFF = frozenset({"담당", "客服"})
"""Staff of whoever is named right before it."""

_OTHERS = _words(
    r"\b(?:exchange|police|scammer|impostor|impersonator|fraudster|criminal|attacker|stranger"
    r"|thief|thieves|(?:fake|false|so-called) \w+|bank|court|lawyer|bot|maker|validator|vendor"
    r"|provider|issuer|custodian|broker|platform"
    r"|project|founder|moderator|they|he|she|somebody|someone|anybody|anyone|whoever|who|ledger"
    r"|trezor|metamask|phantom|bithumb|coinone|korbit|upbit|binance|coinbase|kraken|kucoin|mexc|okx"
    r"|bybit|bitget|gate|htx|crypto\.com)(?:s|e?s'|'s)?\b",
    r"\b(?:answers?|repl(?:y|ies)|responses?) (?:from|of) (?:the|your|their|its)"
    r" (?!desk|team|staff|support|agent)\w+",
    "업비트|빗썸|코인원|코빗|고팍스|바이낸스|코인베이스|크라켄|쿠코인|바이비트|비트겟|게이트아이오|오케이엑스",
    "币安|幣安|欧易|歐易|火币|火幣|库币|庫幣|抹茶|芝麻开门|派网|[币幣]所",
    "거래소|경찰|은행|사기꾼|사칭|법원|프로젝트|제조사|厂商|廠商|供应商|供應商|交易所|警方|警察|银行|銀行|骗子|騙子|冒充|假冒|法院|项目方|項目方",
)
_READER = _words(
    r"\b(?:you|please|kindly)\W+(?:(?:can|could|must|should|may|might|have to|need to|will|do|to"
    r"|still|simply|just|also|then|only|kindly|always)\W+){0,3}"
    r"(?:answer|reply|respond|write back|get back)\b",
    r"\byou (?:still )?have\b.{0,40}?\bto (?:answer|reply|respond)\b",
    r"\b(?:answer|(?:reply|respond|back) to|reply from) (?:us|our|this)\b",
    r"\b(?:your|holder's) (?:answer|reply|response) (?:has to|must|should|is due|to us)\b",
    r"^\W*(?:answer|reply|respond)\b(?=.*\b(?:or|it|this|that)\b)",
    r"(?:답변|회신|답장|응답)(?:을|를|으로)?\s?(?:보내|해|하여)?\s?(?:주세요|주십시오|주시|하세요|하십시오|바랍니다)",
    r"[请請](?:(?!等)[^\N{FULLWIDTH COMMA}。,]){0,60}?(?:回复|答复|回覆|答覆|回答)",
    "(?:回复|答复|回覆|答覆|回答)(?:我们|我們)",
)
"""That the reader answers us."""

_NEGATED = _words(
    r"\b(?:not|never|nobody|no one|none|cannot|without)\b|n't\b",
    "[않못]|없|不能|不会|不會|无法|無法|没有|沒有|不是|未能|不(?:回|答|承|保|可能)",
)
_LIMITED = _words(
    r"\b(?:later|longer|more|over|exceeds?|beyond|slower)\b", "넘|초과|늦|超过|超過|晚于|晚於"
)
"""Not longer than a time is a promise."""

_PAST = _words(
    r"\b(?:waited|took|was|were|had|lasted|saw|gave|came|has been|have been)\b",
    r"\byesterday\b|답변(?:했|드렸|되었|됐|을 받았)|걸렸|기다렸|等了|用了|曾",
)
_ANSWERED = _words(r"\b(?:answered|replied|responded)\b")
_IS_ANSWERED = _words(
    r"\b(?:is|are|be|being|gets?)\b(?:\W+\w+){0,2}?\W+(?:answered|replied|responded)\b"
)
_LASTS = _words(
    r"\b(?:closes?|closed|closing|expir\w+|deletes?|deleted|remov\w+|keeps?|kept|stays?|works?|valid|archived"
    r"|lock(?:s|ed)?|reopen\w*|visible|between)\b",
    "닫|만료|삭제|보관|유효|关闭|關閉|过期|過期|删除|刪除|保留|有效",
)
"""What ends or lasts for a time, instead of coming in that time."""

_DOES = _words(
    r"\b(?:takes?|lasts?|needs?|is|are|closes?|opens?|expires?|counts?|runs?|waits?|stays?"
    r"|arrives?|appears?|shows?|moves?|ends?|wait|ask|look|try|keep)\b",
    "걸|필요|需要|需",
)
"""Verbs of clauses that say something of their own."""

_CONDITION = _words(
    r"^\W*(?:(?:and|but|or|then|so|even)\W+)?(?:if|unless|when|in case)\b",
    "^\\W*(?:如果|若|万一|萬一|如)",
)
_CLAUSE = _words(
    r"[;:()\N{EM DASH}\N{FULLWIDTH COMMA}\N{FULLWIDTH SEMICOLON}\N{FULLWIDTH COLON}]|,(?!\d)",
    r"\b(?=(?:if|unless|but|while|whereas|whether|because)\b)",
    r"\band(?= (?:a|an|the|we|you|it|then)\b)",
)
_AGO = _words(
    r"^\W*(?:ago|old|earlier|before|of silence|a day|a week|per|of the week|each)\b",
    r"^\W*(?:after|from|of|since) (?:the |our |your |an |this |that |its )?(?:first |last )?"
    r"(?:answer|reply|response)",
)
_LAST = _words(
    r"(?:\b(?:last|past|previous|every|each|these|those|hours?|days?|once|twice|times)|지난|최근|过去|過去|最近|每|매)\s*$"
)
_ON_DAYS = re.compile(r"\bon\s*$", re.IGNORECASE)
_LONG_AGO = _words(
    r"\blast (?:week|month|year|spring|summer|autumn|winter)\b|\byesterday\b",
    r"지난\s?(?:달|주|해)|작년|어제|去年|上个月|上個月|上周|上週|昨天",
)
_NOT_US = _words(
    r"\b(?:(?:is|are|was|were) (?:not|none|never)|isn't|aren't)\W+(?:\w+\W+){0,3}"
    r"(?:us|ours|our (?:team|desk|staff))\b",
    r"\b(?:none|not one) of us\b",
    "아닙니다|아니다|不是我[们們]|不是本",
)
_ASKED = _words(
    r"\b(?:how (?:long|soon|fast|quickly)|when|what is the (?:wait|response|answer))\b",
    "언제|얼마나|多久|何时|何時|什么时候|什麼時候|多长时间|多長時間",
)
"""Questions whose answer is a time."""

_EXPECTED = _words(
    r"\b(?:we|I|team|desk|staff|agents?|persons?|humans?|helpers?|everybody|tickets?|questions?"
    r"|messages?|requests?|cases?|colleagues?|support|others)\b(?:\W+\w+){0,8}?"
    r"\W+(?:answer|repl|respond|(?:get|come|write)s? back)",
    r"\b(?:expect|get|receive|have|hear)\b(?:\W+\w+){0,4}?\W+(?:answer|repl|response|from us)",
    r"\b(?:answers?|repl(?:y|ies)|responses?)(?:\W+\w+){0,2}?\W+(?:by|comes?|arrives?|within|in|time)\b",
    r"[\uac00-\ud7a3\u4e00-\u9fff]",
)
"""Sentences in which today or tomorrow is a promise, not a day."""

_NEAR = 60
"""Letters beside a span that are looked at."""

_CLAUSE_ENDS = 300
"""Letters on each side of a span at which a clause ends for us, however long somebody made it."""

_IT = re.compile(r"\W*(?:it|they|their|that|he|she|this)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[ap]\.m\.|\.(?=\d)|[^.!?\u3002\uff01\uff1f])+")
_BREAK = re.compile(r"\s*$|\s*(?:[-*+#>|]|\d{1,9}[.)]\s)")
"""A line that begins a block of its own, or is empty."""


def promised_in(text: str, speaker: Speaker, asked: str = "") -> Iterator[tuple[int, Span]]:
    """Spans of time in which sentences of a text say that we answer, with their lines from 0.

    Args:
        text: Markdown, or a value of a file.
        speaker: who answers where a sentence names nobody.
        asked: the question that the text answers, such as its title.
    """
    before = asked
    for first, block in _blocks(text):
        for match in _SENTENCE.finditer(block):
            said = match.group()
            for span in _promised(said, speaker, before):
                yield first + block.count("\n", 0, match.start() + span.start), span
            before = said
        if not block.startswith("#"):
            before = ""


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs, items, rows and headings, each with its first line; facts are no words."""
    first, lines = 0, list[str]()
    for number, line in enumerate(text.split("\n")):
        if lines and (_BREAK.match(line) or lines[-1].startswith("#")):
            yield first, "\n".join(lines)
            lines = []
        if not lines:
            first = number
        lines.append(as_read(line))
    if lines:
        yield first, "\n".join(lines)


def _promised(said: str, speaker: Speaker, before: str) -> Iterator[Span]:
    is_reply = _is_asked_of_us(before) and not _OTHERS.search(said)
    if not (is_reply or _speaks_of_our_answer(said, speaker, before)):
        return
    expected = is_reply or _EXPECTED.search(said) is not None or _SERVES.search(said) is not None
    borders = [0, *(match.end() for match in _CLAUSE.finditer(said)), len(said)]
    for span in spans_in(said):
        clause = _clause(said, borders, span)
        if (span.is_named and not expected) or _says_otherwise(clause) or _is_beside(said, span):
            continue
        if is_reply or not _has_its_own_say(clause):
            yield span


def _is_asked_of_us(before: str) -> bool:
    """Whether what was said before asks how long our answer takes."""
    asks = _ASKED.search(before) and _ANSWER.search(before)
    return bool(asks) and not _OTHERS.search(before)


def _speaks_of_our_answer(said: str, speaker: Speaker, before: str) -> bool:
    answer = _ANSWER.search(said) or _SERVES.search(said)
    if answer is None or any(form.search(said) for form in (_READER, _LONG_AGO, _NOT_US)):
        return False
    if _IT.match(said) and _OTHERS.search(before):
        speaker = Speaker.OTHERS
    return _is_of_us(said, answer, speaker)


def _clause(said: str, borders: Sequence[int], span: Span) -> str:
    start = borders[bisect_right(borders, span.start, hi=len(borders) - 1) - 1]
    end = borders[bisect_left(borders, span.end)]
    return said[max(start, span.start - _CLAUSE_ENDS) : min(end, span.end + _CLAUSE_ENDS)]


def _is_of_us(said: str, answer: re.Match[str], speaker: Speaker) -> bool:
    """Who answers is who was named last before the answer, or beside it."""
    before = said[: answer.end()]
    others = [match.start() for match in _OTHERS.finditer(before)]
    ends = {match.end() for match in _OTHERS.finditer(before)}
    us = [
        match.start()
        for match in _US.finditer(before)
        if not (match.group() in _STAFF and ends & {match.start(), match.start() - 1})
    ]
    if us or others:
        return max(us, default=-1) >= max(others, default=-1)
    if _OTHERS.search(said):
        return False
    return speaker is Speaker.US or _US.search(said) is not None


def _has_its_own_say(clause: str) -> bool:
    """Whether a clause says something beside the answer, such as that a bridge takes minutes."""
    if _ANSWER.search(clause) or _SERVES.search(clause):
        return False
    return _DOES.search(clause) is not None


def _says_otherwise(clause: str) -> bool:
    """Whether a clause is of the past, of what lasts, a condition, or denied."""
    if any(form.search(clause) for form in (_CONDITION, _PAST, _LASTS)):
        return True
    if _ANSWERED.search(clause) and not _IS_ANSWERED.search(clause):
        return True
    return _NEGATED.search(clause) is not None and not _LIMITED.search(clause)


def _is_beside(said: str, span: Span) -> bool:
    """Whether the words beside a span say that it is no time until an answer."""
    before = said[max(0, span.start - _NEAR) : span.start]
    if _LAST.search(before) or _AGO.search(said[span.end : span.end + _NEAR]):
        return True
    return not span.is_named and _ON_DAYS.search(before) is not None

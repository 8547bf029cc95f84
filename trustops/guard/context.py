"""The words around a value that say what it is: a key, or something that everybody may see.

Shape cannot tell a 64-digit private key from a transaction hash; only the text beside it can
(docs/guard.md). Evidence for and against is weighed within a sentence; without any, we ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from urllib.parse import unquote

from trustops.guard import cues
from trustops.guard.explorers import Link, Place, link_before

__all__ = ["Weight", "has_key_cue", "is_called_key", "weigh"]

EVIDENCE_CHARACTERS = 40
"""How near a word such as `tx` has to stand where it does not name the value directly."""

CUE_CHARACTERS = 60
"""How far a word such as `private` reaches over the end of a sentence."""

SENTENCE_CHARACTERS = 200
"""How much of a sentence is read before a value, and half of it behind."""

_FILLER = (
    "a|an|is|was|are|were|the|my|your|of|for|this|that|it|here|with|as|on|number|no|nr|id|ids|named"
    "|called|in|base64|hex|es|fue|era|est|ist|war|foi|adalah|la|le|el|il|lo|der|die|das|de|da|del|di|del"
)
_CALLED = rf"(?:[^\w.!?;]{{1,3}}(?:{_FILLER}|[#]?\d{{1,3}}|[^\W\d_a-z]{{1,6}}))"
_MARKS = r"[^\w!?]{0,8}$"
_LABELS_KEY = re.compile(
    rf"(?:{cues.STRONG}|{cues.WEAK}|(?<![a-z])phrases?)(?:[\s_-]{{0,3}}(?:keys?|phrases?))?"
    rf"(?:{_CALLED}{{0,4}}[^\w.!?;]{{0,8}}$"
    rf"|(?:[^\w.!?,;]{{1,3}}(?!{cues.PUBLIC})\w{{1,14}}){{0,4}}\s{{0,2}}[:=][^\w.!?]{{0,4}}$)"
)
_LABELS_PUBLIC = re.compile(
    rf"(?:{cues.PUBLIC})(?:'?[^\W\d_]{{1,6}})?{_CALLED}{{0,4}}[\W_]{{0,8}}$"
    r"|\"[rs]\"\s?:\s?\"$|(?<![a-z])(?:sha|blake|md)[\w-]{1,8}\s?\([^()\n]{1,80}\)\s?=\s?$"
)
_CALLED_KEY = re.compile(
    rf"(?:{cues.STRONG}|(?<![a-z])(?:priv\w*|sk))(?:[\s_-]{{0,3}}keys?)?"
    rf"(?:{_CALLED}{{0,4}}|(?:[^\w.!?,;\n]{{1,3}}(?!{cues.PUBLIC})\w{{1,14}}){{0,4}}[^\w.!?\n]{{0,3}}[:=])"
    r"[^\w.!?]{0,8}(?:ed25519:|0x)?$"
)
_CALLED_ENTROPY = re.compile(
    r"(?<![a-z])(?:[a-z_]{0,12}(?:entropy|seed)|entropie|entropia|энтропи[яи])(?![a-z])"
    rf"(?:[\s_-]?(?:hex|bits|bytes|value|code))?{_CALLED}{{0,4}}[^\w.!?]{{0,8}}$"
)
_CALLED_PART = re.compile(
    rf"(?:(?<![a-z])(?:half|part|piece|rest|remainder|first|second|last|remaining|beginning|begins|starts?|ends?"
    rf"|ending|continues)(?![a-z])|{cues.PARTS})[^\W\d_a-z]{{0,6}}(?:[^\w.!?;\n]{{1,3}}\w{{1,12}}){{0,5}}[^\w.!?;]{{0,8}}$"
)
_NO = r"(?:not|no|never|without|nothing)(?![a-z])"
_WORDS = rf"(?:(?!{_NO})[\w']{{1,12}}[^\w.!?;\n]{{1,3}})"
_IS_KEY = re.compile(
    rf"[^\w\n]{{0,4}}(?:(?:this|that|it|which)[^\w]{{1,3}})?(?:is|was|as|are)[^\w]{{1,3}}{_WORDS}{{0,3}}?"
    rf"(?:{cues.STRONG}|{cues.KEY})"
    rf"|[^\w.!?\n]{{0,3}}(?:(?:my|the|a|old|own)\s){{0,2}}(?:{cues.STRONG}|{cues.KEY})"
)
_IS_PUBLIC = re.compile(
    rf"[^\w\n]{{0,4}}(?:(?:this|that|it|which|is|was|as|are|the|a|my|our)[^\w]{{1,3}}){{0,4}}"
    rf"(?:[^\W\d_a-z]{{1,3}}\s?)?(?!{_NO})(?:{cues.PUBLIC})"
    r"|[ ][ *][\w./+-]{1,80}\.(?:zip|tar|t?gz|xz|bz2|7z|dmg|exe|msi|apk|deb|rpm|appimage|iso|pdf"
    r"|whl|bin|pkg|asar|wasm|jar|asc|sig|js|png|jpe?g)(?![a-z])"
)
_TRANSACTION = re.compile(cues.TRANSACTION)
_CHECKSUM = re.compile(cues.CHECKSUM)
_FILE = re.compile(cues.FILE)
_STRONG = re.compile(cues.STRONG)
_WEAK = re.compile(cues.WEAK)
_SENTENCE_END = re.compile(r"(?<![\s.]no)(?<![\s.]nr)[.!?][\"')\]]?\s|。|\n")
_CLAUSE_END = re.compile(r"[,;()\n]|\s-\s|[。、]|(?<![a-z])but(?![a-z])")
_REST_OF_LINK = re.compile(r"^[^\s\"'<>)]+")
_DIGITS = re.compile(r"(?<![a-z])[0-9a-f]{16,}")
_OWN_LINE = re.compile(
    r"\n(?:[\s>*#\-]{0,8}(?:\(?\d{1,3}[.)\]:])?[\s\"'`(\[{<*-]{0,8}|[\d\s|,;:.+/-]{1,40})$"
)


class Weight(Enum):
    """What the text says of a value."""

    PUBLIC = auto()
    KEY = auto()
    DOUBT = auto()


class _Voice(Enum):
    """How a stretch of words speaks of keys."""

    SILENT = auto()
    WEAK = auto()
    STRONG = auto()


def _voice(words: str) -> _Voice:
    if _STRONG.search(words):
        return _Voice.STRONG
    return _Voice.WEAK if _WEAK.search(words) else _Voice.SILENT


def _split(pattern: re.Pattern[str], words: str) -> tuple[str, str]:
    """The words before the last match, and those after it."""
    ends = [match.end() for match in pattern.finditer(words)]
    return (words[: ends[-1]], words[ends[-1] :]) if ends else ("", words)


@dataclass(frozen=True)
class _Surroundings:
    """The words on both sides of a value, without the web address that it may stand in."""

    low: str
    start: int
    end: int
    link: Link

    @cached_property
    def head(self) -> str:
        """What stands before, with a value on a line of its own drawn to the line before it."""
        begin = self.link.start
        head = unquote(self.low[max(0, begin - SENTENCE_CHARACTERS) : begin])
        own_line = _OWN_LINE.search(head)
        return head[: own_line.start()].rstrip() + " " if own_line else head

    @cached_property
    def _parts(self) -> tuple[str, str]:
        earlier, own = _split(_SENTENCE_END, self.head)
        if not any(map(str.isalnum, own)):
            earlier, own = _split(_SENTENCE_END, self.head.rstrip("\"'([{<*-_ \t\n.!?。"))
        return earlier, own

    @property
    def sentence(self) -> str:
        """The sentence of the value up to it; the one before where it stands alone."""
        return self._parts[1]

    @property
    def earlier(self) -> str:
        """What stands before that sentence, as far as a word reaches over its end."""
        return self._parts[0][-CUE_CHARACTERS:]

    @cached_property
    def tail(self) -> str:
        """What stands after the value."""
        tail = self.low[self.end : self.end + SENTENCE_CHARACTERS // 2]
        if self.link.place is not Place.NONE:
            tail = _REST_OF_LINK.sub("", tail)
        return unquote(tail)

    @property
    def following(self) -> str:
        """The rest of the sentence."""
        end = _SENTENCE_END.search(self.tail)
        return self.tail[: end.start()] if end else self.tail

    @property
    def later(self) -> str:
        """What follows that sentence, as far as a word reaches over its end."""
        return self.tail[len(self.following) : len(self.following) + CUE_CHARACTERS]

    @property
    def is_silent(self) -> bool:
        """Whether nothing around the value sounds like a key: most values of a long list."""
        words = _DIGITS.sub("0", f"{self.head} ; {self.in_link} ; {self.tail}")
        return _voice(words) is _Voice.SILENT and "phrase" not in words

    @property
    def in_link(self) -> str:
        """What stands before the value within its web address."""
        return unquote(self.low[self.link.start : self.start])

    @property
    def clause(self) -> str:
        """The part of the sentence in which the value stands."""
        end = _CLAUSE_END.search(self.following)
        after = self.following[: end.start()] if end else self.following
        return _split(_CLAUSE_END, self.sentence)[1] + " ; " + after

    @property
    def other_clauses(self) -> str:
        """The whole sentence without denials, and without parts that say no."""
        return _said(f"{self.sentence} ; {self.following}")


def _plain(words: str) -> str:
    if _voice(words) is _Voice.SILENT:
        return words  # nothing to take out, and the search for denials is dear
    return cues.without_denials(cues.without_compounds(words))


def _said(words: str) -> str:
    parts = _CLAUSE_END.split(_plain(words))
    return " ; ".join(part for part in parts if not cues.is_negated(part))


def _is_labelled_key(around: _Surroundings) -> bool:
    """Whether the words directly beside the value call it a key, whatever else is said."""
    before = cues.without_compounds(around.sentence)
    beside = around.in_link[-EVIDENCE_CHARACTERS:]
    return (
        _LABELS_KEY.search(before) is not None
        or _LABELS_KEY.search(cues.without_compounds(beside)) is not None
        or _IS_KEY.match(_plain(around.tail)) is not None
    )


def _is_named(around: _Surroundings) -> bool:
    """Whether the words directly beside the value name it as something public."""
    return (
        _LABELS_PUBLIC.search(around.sentence) is not None
        or _IS_PUBLIC.match(around.tail) is not None
    )


def _is_near_transaction(around: _Surroundings) -> bool:
    """Whether a transaction is spoken of near the value, in its sentence or its address."""
    before = (around.sentence + around.in_link)[-EVIDENCE_CHARACTERS:]
    return any(map(_TRANSACTION.search, (before, around.following[:EVIDENCE_CHARACTERS])))


def _is_near_checksum(around: _Surroundings) -> bool:
    """Whether a checksum, or the hash of a file, is spoken of before the value in its sentence."""
    before = around.sentence[-CUE_CHARACTERS:]
    if _CHECKSUM.search(before):
        return True
    return _FILE.search(before) is not None and _TRANSACTION.search(before) is not None


def weigh(low: str, start: int, end: int, *, prefixed: bool, in_list: bool = False) -> Weight:
    """What the text says of 64 digits between `start` and `end`.

    Digits without `0x` (`prefixed`) have to be named directly; `in_list` says that they follow a
    value that was named.
    """
    link = link_before(low, start)
    if link.place is Place.PUBLIC:
        return Weight.PUBLIC
    around = _Surroundings(low, start, end, link)
    silent = around.is_silent
    if not silent and _is_labelled_key(around):
        return Weight.KEY
    if link.place is Place.IMITATION:
        return Weight.DOUBT
    named = in_list or _is_named(around)
    near = _is_near_checksum(around) or (prefixed and _is_near_transaction(around))
    called = named or near
    if silent:
        return Weight.PUBLIC if called else Weight.DOUBT
    return _weigh_words(around, named=named, called=called)


def _weigh_words(around: _Surroundings, *, named: bool, called: bool) -> Weight:
    """Weigh what is said of keys in the clause, the sentence and around it against the name."""
    own = _voice(_plain(around.clause))
    if own is not _Voice.SILENT and (own is _Voice.STRONG or not called):
        negated = called and cues.is_negated(around.clause)
        return Weight.DOUBT if negated else Weight.KEY
    others = _voice(around.other_clauses)
    if others is _Voice.STRONG:
        return Weight.DOUBT if named else Weight.KEY
    if called:
        return Weight.PUBLIC if own is _Voice.SILENT else Weight.DOUBT
    beyond = _voice(_said(f"{around.earlier} ; {around.later}"))
    certain = others is _Voice.WEAK or beyond is _Voice.STRONG
    return Weight.KEY if certain else Weight.DOUBT


def has_key_cue(low: str, start: int, end: int) -> bool:
    """Whether somebody speaks of keys or secrets near the value."""
    before, after = low[max(0, start - CUE_CHARACTERS) : start], low[end : end + CUE_CHARACTERS]
    return any(_voice(_plain(words)) is not _Voice.SILENT for words in (before, after))


def is_called_entropy(low: str, start: int) -> bool:
    """Whether the words directly before the value call it entropy or a seed."""
    return _CALLED_ENTROPY.search(low[max(0, start - CUE_CHARACTERS) : start]) is not None


def is_called_part(low: str, start: int) -> bool:
    """Whether the words directly before the value call it a half, the first part or the rest."""
    return _CALLED_PART.search(low[max(0, start - CUE_CHARACTERS) : start]) is not None


def is_called_key(low: str, start: int) -> bool:
    """Whether the words directly before the value say that it is a secret."""
    before = low[max(0, start - CUE_CHARACTERS) : start]
    return _CALLED_KEY.search(cues.without_compounds(before)) is not None

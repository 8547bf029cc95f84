"""Ways to read outgoing words, each with the places that lead back to what was written.

Words are read as they stand, and again without what hides them: look-alike letters, invisible
characters, markup, escapes, letters set apart, digits for letters, the older forms of signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from trustops.guard.normalise import decode, fold, fold_offsets

_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+")
_TAG = re.compile(r"<[!/?]?[a-z][^<>]{0,200}>|[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}")
_GAP = r"[ .\-_*·|/,+]"
_LETTERS_APART = re.compile(
    rf"(?<![a-z0-9])(?:[a-z0-9@$!]{_GAP}{{1,3}}){{3,}}[a-z0-9@$!](?![a-z0-9])"
)
_SIGNS_APART = re.compile(rf"(?:[\u4e00-\u9fff]{_GAP}+)+[\u4e00-\u9fff]")
_SYLLABLES_APART = re.compile(
    rf"(?<![\uac00-\ud7a3])(?:[\uac00-\ud7a3]{_GAP}){{2,}}[\uac00-\ud7a3](?![\uac00-\ud7a3])"
)
_LINK_APART = re.compile(
    r"(?<![a-z0-9])(?=[a-z0-9:/_ -]{0,40}\.)(?:[a-z0-9.:/_-][ \t\n]{1,3}){6,}[a-z0-9/](?![a-z0-9])"
)
"""A link or a host whose every character stands alone."""

_GLUED = re.compile(
    r"recovery|phrase|secret|seed|private|mnemonic|wallet|connect|validate|verify|words?|keys?"
    r"|tell|send|give|share|enter|type|please|your|the|code|fee|deposit|pay|need|with|us|me"
)
"""Words that are put apart again, after letters that stood alone were joined."""

_MIXED = re.compile(r"(?<![a-z0-9@$!|])[a-z0-9@$!|]*(?:[a-z][0-9@$!|]|[0-9@$!|][a-z])[a-z0-9@$!|]*")
_AS_I = str.maketrans("0134578@$!|", "oieastbasil")
_AS_L = str.maketrans("0134578@$!|", "oleastbasil")

_TRADITIONAL = (
    "助記詞恢復種子鑰驗證碼發給輸寫錢連綁請將們訴這個單詞費帳戶轉賬帳號開啟遠協幕紅萬買點擊鏈網頁"
    "絕對會從無須應當誰騙詐專權導儲歸還償獎勵內鐘時間號週後機憶語質歡壓匯實際讓嗎麼"
)
_SIMPLIFIED = (
    "助记词恢复种子钥验证码发给输写钱连绑请将们诉这个单词费帐户转账帐号开启远协幕红万买点击链网页"
    "绝对会从无须应当谁骗诈专权导储归还偿奖励内钟时间号周后机忆语质欢压汇实际让吗么"
)
_ONE_SCRIPT = str.maketrans(_TRADITIONAL, _SIMPLIFIED)

_DEFANGED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bh(?:xx|\*\*|__)p(?=s?\b)"), "http"),
    (re.compile(r"\[:\]|:(?=\[//\])"), ":"),
    (re.compile(r"(?<=:)\[//\]"), "//"),
    (re.compile(r"(?<=[a-z0-9])\s*[\[({<]\s*(?:\.|dot|점|点)\s*[\])}>]\s*(?=[a-z0-9])"), "."),
    (re.compile(r"(?<=[a-z0-9])\s+(?:dot|점|点)\s+(?=[a-z])"), "."),
    (re.compile(r"(?<=[a-z0-9])\s*[。｡]\s*(?=[a-z0-9])"), "."),
    (re.compile(r"(?<=[a-z0-9])\s?\.\s?(?=(?:com|net|org|io|xyz|app|top|site)\b)"), "."),
    (re.compile(r"(?<=[a-z0-9])\s*[\[({<]\s*(?:at|@|골뱅이)\s*[\])}>]\s*(?=[a-z0-9])"), "@"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a text, in lower case.

    `places` has for every character, and for the end, the place in the text that it came from.
    """

    text: str
    places: Sequence[int]

    def replaced(self, pattern: re.Pattern[str], put: Callable[[re.Match[str]], str]) -> Reading:
        """The same with every match replaced; what is put there stands where the match began."""
        parts: list[str] = []
        places: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            new = put(match)
            parts += [self.text[done : match.start()], new]
            places += [*self.places[done : match.start()], *[self.places[match.start()]] * len(new)]
            done = match.end()
        return Reading("".join([*parts, self.text[done:]]), [*places, *self.places[done:]])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in what was written a part of the reading stands."""
        return self.places[start], max(self.places[end], self.places[end - 1] + 1)


def plain(text: str) -> Reading:
    """The text folded to what a reader sees, in lower case and in simplified signs."""
    whole = Reading(text, range(len(text) + 1))
    composed = whole.replaced(_JAMO, lambda match: unicodedata.normalize("NFC", match.group()))
    places = [composed.places[place] for place in fold_offsets(composed.text)]
    return Reading(fold(composed.text).lower().translate(_ONE_SCRIPT), places)


def _all_of(text: str, size: int) -> Reading:
    """A reading of decoded text: what is decoded is shown as the whole of what was written."""
    read = plain(text)
    return Reading(read.text, [*[0] * len(read.text), size])


def starts(text: str) -> tuple[Reading, ...]:
    """The text as it stands and, where it holds escapes, as they decode."""
    decoded = decode(text)
    return (plain(text),) if decoded == text else (plain(text), _all_of(decoded, len(text)))


def _apart(match: re.Match[str]) -> str:
    joined = re.sub(_GAP, "", match.group())
    return " " + " ".join(_GLUED.sub(r" \g<0> ", joined.translate(_AS_I)).split()) + " "


def _joined(match: re.Match[str]) -> str:
    return re.sub(_GAP, "", match.group())


def readings(text: str) -> Iterator[Reading]:
    """All different readings in which an ask is looked for."""
    seen: set[str] = set()
    for first in starts(text):
        bare = first.replaced(_TAG, lambda _: "")
        spaced = bare.replaced(_LETTERS_APART, _apart).replaced(_SIGNS_APART, _joined)
        spaced = spaced.replaced(_SYLLABLES_APART, _joined)
        as_i = spaced.replaced(_MIXED, lambda match: match.group().translate(_AS_I))
        as_l = spaced.replaced(_MIXED, lambda match: match.group().translate(_AS_L))
        for reading in (first, bare, spaced, as_i, as_l):
            if reading.text not in seen:
                seen.add(reading.text)
                yield reading


def _link_joined(match: re.Match[str]) -> str:
    return "".join(match.group().split())


def _put(put: str, _match: re.Match[str]) -> str:
    return put


def without_defanging(reading: Reading) -> Reading:
    """The reading with links as a browser takes them: `hxxp` is `http`, and `[.]` is a dot."""
    reading = reading.replaced(_LINK_APART, _link_joined)
    for pattern, put in _DEFANGED:
        reading = reading.replaced(pattern, partial(_put, put))
    return reading

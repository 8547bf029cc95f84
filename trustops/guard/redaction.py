"""Take secrets out of a text that cannot be sent back: imported mail, chat, lines of a log.

In doubt the whole text goes. Of a phrase no word may stay, because eleven of twelve known words are
as good as twelve.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trustops.guard.detect import detectors
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View, fold_offsets, plain_view
from trustops.guard.placeholders import PLACEHOLDER, placeholder, without_placeholders
from trustops.guard.rules import MAX_SCAN_CHARS, find_secrets
from trustops.guard.tokens import Prose, Text, Token
from trustops.guard.words import LEXICONS, Lexicon

STRANGERS = 2
"""How many words in a row may be no words of the phrase before it counts as ended."""

REMAINDER = 3
"""List words in a row that may not remain beside a phrase that was taken out."""


def _everything(kinds: Iterable[SecretKind]) -> str:
    return " ".join(map(placeholder, dict.fromkeys(kinds)))


def belongs(word: str, lexicon: Lexicon) -> bool:
    """Whether it may be a word of a phrase that is cut or misspelt."""
    if word in lexicon.common:
        return False
    return word in lexicon.abbreviations or lexicon.is_misspelt(word)


def _reach(words: Sequence[str], lexicon: Lexicon) -> int:
    """How many of the words beside a phrase may still be of it; a sentence ends it."""
    reach = 0
    for at, word in enumerate(words, start=1):
        if word in lexicon.prose or at > reach + STRANGERS + 1:
            break
        if belongs(word, lexicon):
            reach = at
    return reach


def likely(tokens: Sequence[Token]) -> list[Lexicon]:
    """The lists that most of the words are on; all of them where the words are glued together."""
    known = {lexicon: sum(token.word in lexicon.words for token in tokens) for lexicon in LEXICONS}
    most = max(known.values())
    return [lexicon for lexicon, count in known.items() if count == most]


def _widened(view: View, span: Span) -> Span:
    """A phrase with the words around it that may be of it, and the rest of their lines."""
    text = Text(view)
    start, end = span.start, span.end
    for lexicon in likely([token for token in text.every if start <= token.start < end]):
        words = Prose(text, lexicon).words
        before = [token for token in words if token.end <= span.start]
        after = [token for token in words if token.start >= span.end]
        back = _reach([token.word for token in reversed(before)], lexicon)
        on = _reach([token.word for token in after], lexicon)
        start = min(start, before[-back].start if back else start)
        end = max(end, after[on - 1].end if on else end)
    line_end = view.text.find("\n", end)
    return Span(
        view.text.rfind("\n", 0, start) + 1,
        len(view.text) if line_end < 0 else line_end,
        span.kind,
    )


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans without overlap, the last first, each under the kind that began it."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if merged and span.start <= merged[-1].end:
            last = merged[-1]
            certain = last.is_certain or span.is_certain
            merged[-1] = Span(last.start, max(last.end, span.end), last.kind, is_certain=certain)
        else:
            merged.append(span)
    return merged[::-1]


def _found(view: View, *, exactly: bool) -> list[Span]:
    """What is found in the view; phrases with their lines, but `exactly` where they are doubted."""
    found = merged(span for detector in detectors().values() for span in detector(view))
    phrase = SecretKind.RECOVERY_PHRASE
    return merged(
        _widened(view, span) if span.kind is phrase and (span.is_certain or not exactly) else span
        for span in found
    )


def _is_remainder(prose: Prose) -> bool:
    """Whether words stand in a row that could be of a phrase of one list."""
    lexicon = prose.lexicon
    row = rare = 0
    for token in prose.words:
        known = token.word in lexicon.words
        row = row + 1 if known else 0
        rare = rare + (token.word not in lexicon.common) if known else 0
        if row >= REMAINDER and rare >= REMAINDER - 1:
            return True
    return False


def _has_remainder(text: str) -> bool:
    """Whether words stand in a row that could be of the phrase that was taken out."""
    rest = Text(plain_view(without_placeholders(text)))
    return any(_is_remainder(Prose(rest, lexicon)) for lexicon in LEXICONS)


def _without(text: str, view: View, *, exactly: bool) -> str:
    offsets = fold_offsets(text)
    for span in _found(view, exactly=exactly):
        text = text[: offsets[span.start]] + placeholder(span.kind) + text[offsets[span.end] :]
    return text


def redact(text: str) -> str:
    """The text with a placeholder for each secret, or only placeholders where it is doubtful.

    Doubtful are long texts, keystores, and secrets that show only once escapes or markup are
    undone. The result passes `find_secrets` with no finding.
    """
    return _redacted(text, exactly=False)


def _redacted(text: str, *, exactly: bool) -> str:
    kinds = [finding.kind for finding in find_secrets(text)]
    if not kinds:
        return text
    view = plain_view(text)
    if len(text) > MAX_SCAN_CHARS or SecretKind.KEYSTORE in kinds:
        return _everything(kinds)
    cleaned = _without(text, view, exactly=exactly)
    if find_secrets(cleaned):
        return _everything(kinds)
    if SecretKind.RECOVERY_PHRASE in kinds and _has_remainder(cleaned):
        return _everything(kinds)
    return cleaned


def without_secrets(text: str, instead: str) -> str:
    """The text with `instead` for each secret; nothing where no place of it is known.

    For a form that goes back to whoever sent it: of a phrase that is only doubted the rest of its
    line stays, so that nobody loses a message whose signs were a phrase by chance.
    """
    left = _redacted(text, exactly=True)
    if not PLACEHOLDER.sub("", left).strip():
        return ""
    return PLACEHOLDER.sub(instead, left) if left != text else text

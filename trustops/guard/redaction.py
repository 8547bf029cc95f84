"""Take secrets out of a text that cannot be sent back: imported mail, chat, lines of a log.

In doubt the whole text goes. Of a phrase no word may stay, because eleven of twelve known words are
as good as twelve.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from trustops.guard.detect import detectors
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View, fold_offsets, plain_view
from trustops.guard.rules import MAX_SCAN_CHARS, find_secrets
from trustops.guard.tokens import Prose
from trustops.guard.words import ABBREVIATIONS, COMMON, PROSE, WORDS, is_misspelt

STRANGERS = 2
"""How many words in a row may be no words of the phrase before it counts as ended."""

REMAINDER = 3
"""List words in a row that may not remain beside a phrase that was taken out."""


_PLACEHOLDER = re.compile(r"\[REDACTED:\w+\]")
_BREAK = "[redacted]"
"""A placeholder without the words of its kind, some of which are on the list."""


def placeholder(kind: SecretKind) -> str:
    """What stands where a secret stood."""
    return f"[REDACTED:{kind}]"


def _everything(kinds: Iterable[SecretKind]) -> str:
    return " ".join(map(placeholder, dict.fromkeys(kinds)))


def _belongs(word: str) -> bool:
    if word in COMMON:
        return False
    return word in ABBREVIATIONS or is_misspelt(word)


def _reach(words: Sequence[str]) -> int:
    """How many of the words beside a phrase may still be of it; a sentence ends it."""
    reach = 0
    for at, word in enumerate(words, start=1):
        if word in PROSE or at > reach + STRANGERS + 1:
            break
        if _belongs(word):
            reach = at
    return reach


def _widened(view: View, span: Span) -> Span:
    """A phrase with the words around it that may be of it, and the rest of their lines."""
    words = Prose(view).words
    before = [token for token in words if token.end <= span.start]
    after = [token for token in words if token.start >= span.end]
    back = _reach([token.word for token in reversed(before)])
    on = _reach([token.word for token in after])
    start = before[-back].start if back else span.start
    end = after[on - 1].end if on else span.end
    line_end = view.text.find("\n", end)
    return Span(
        view.text.rfind("\n", 0, start) + 1,
        len(view.text) if line_end < 0 else line_end,
        span.kind,
    )


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans without overlap, the last first, each under the kind that began it."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if merged and span.start <= merged[-1].end:
            last = merged[-1]
            merged[-1] = Span(last.start, max(last.end, span.end), last.kind)
        else:
            merged.append(span)
    return merged[::-1]


def _found(view: View) -> list[Span]:
    found = _merged(span for detector in detectors().values() for span in detector(view))
    phrase = SecretKind.RECOVERY_PHRASE
    return _merged(_widened(view, span) if span.kind is phrase else span for span in found)


def _has_remainder(text: str) -> bool:
    """Whether words stand in a row that could be of the phrase that was taken out."""
    row = rare = 0
    for token in Prose(plain_view(_PLACEHOLDER.sub(_BREAK, text))).words:
        known = token.word in WORDS
        row = row + 1 if known else 0
        rare = rare + (token.word not in COMMON) if known else 0
        if row >= REMAINDER and rare >= REMAINDER - 1:
            return True
    return False


def _without(text: str, view: View) -> str:
    offsets = fold_offsets(text)
    for span in _found(view):
        text = text[: offsets[span.start]] + placeholder(span.kind) + text[offsets[span.end] :]
    return text


def redact(text: str) -> str:
    """The text with a placeholder for each secret, or only placeholders where it is doubtful.

    Doubtful are long texts, keystores, and secrets that show only once escapes or markup are
    undone. The result passes `find_secrets` with no finding.
    """
    kinds = [finding.kind for finding in find_secrets(text)]
    if not kinds:
        return text
    view = plain_view(text)
    if len(text) > MAX_SCAN_CHARS or SecretKind.KEYSTORE in kinds:
        return _everything(kinds)
    cleaned = _without(text, view)
    if find_secrets(cleaned):
        return _everything(kinds)
    if SecretKind.RECOVERY_PHRASE in kinds and _has_remainder(cleaned):
        return _everything(kinds)
    return cleaned


def without_secrets(text: str, instead: str) -> str:
    """The text with `instead` for each secret; nothing where no place of it is known.

    For a form that goes back to whoever sent it.
    """
    left = redact(text)
    if not _PLACEHOLDER.sub("", left).strip():
        return ""
    return _PLACEHOLDER.sub(instead, left) if left != text else text

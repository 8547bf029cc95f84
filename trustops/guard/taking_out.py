"""Take the pieces of a secret out of earlier texts, once a later one completed it.

Words that merely stand beside the pieces stay: the texts are somebody's account of their trouble.
In doubt a whole text goes, because eleven of twelve known words are as good as twelve.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from trustops.guard.detect import detectors, key_spans, phrase_spans
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View, fold_offsets, joined_views, plain_view
from trustops.guard.pieces import Texts
from trustops.guard.placeholders import PLACEHOLDER, placeholder, without_placeholders
from trustops.guard.redaction import REMAINDER, belongs, likely, merged
from trustops.guard.rules import completed, find_secrets
from trustops.guard.tokens import END, Prose, Text, Token
from trustops.guard.words import LEXICONS, Lexicon

PHRASE = SecretKind.RECOVERY_PHRASE

_FEWEST_OF_TALK = 2
"""A word alone may be one of the phrase, however common it is."""

_ENDS_SENTENCE = re.compile(r"[.!?;:。]")
_ENDS_LINE = re.compile(r"[.!?;:。\n]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The same texts without the pieces, in their order."""

    earlier: tuple[str, ...]
    others: tuple[str, ...]


def take_out(earlier: Sequence[str], new: str, others: Sequence[str] = ()) -> Cleaned:
    """Earlier texts without the pieces of what a new one completes, and others without quotes.

    What is only doubted takes nothing out.

    Args:
        earlier: what the same side said before, the newest last.
        new: the text that was refused.
        others: whatever else may quote the pieces, such as an answer.
    """
    whole = any(item.kind is PHRASE and item.is_certain for item in find_secrets(new))
    if not whole and not any(item.is_certain for item in completed(earlier, new)):
        return Cleaned(tuple(earlier), tuple(others))
    texts = Texts([*earlier, new])
    spans = [] if whole else merged(_pieces(texts))[::-1]
    known = _words_in(texts, spans, only_newest=whole)
    cleaned = _without(earlier, _by_text(texts, spans))
    if not whole and any(item.is_certain for item in completed(cleaned, new)):
        cleaned = _without_wholes(cleaned, new)
    return Cleaned(
        tuple(_without_quotes(text, known) for text in cleaned),
        tuple(_without_quotes(text, known) for text in others),
    )


def _pieces(texts: Texts) -> Iterator[Span]:
    """Where pieces stand in the joined view, the newest text among them."""
    newest = texts.starts[-2]
    for span in phrase_spans(texts.view, in_parts=False):
        if span.is_certain and span.end > newest:
            yield from _of_its_script(texts, span)
            yield from (row for row in texts.rows_of_signs if span.start <= row.start < span.end)
    for span in key_spans(texts.view):
        if span.end > newest > span.start:
            yield span
    for lexicon in LEXICONS:
        yield from _told(texts, lexicon)
    if texts.are_signs():
        yield from (_all_of(texts, at) for at in texts.signs_only)
    if texts.are_rows_of_signs():
        yield from texts.rows_of_signs


def _told(texts: Texts, lexicon: Lexicon) -> Iterator[Span]:
    """The pieces of a phrase that is told with talk between, by one list."""
    bare, as_parts = texts.are_bare(lexicon), texts.are_parts(lexicon)
    if bare or as_parts:
        for at in texts.bare(lexicon):
            words = {token.word for token in Text(texts.views[at]).every}
            if bare or not words <= lexicon.common:
                yield _all_of(texts, at)
    if as_parts:
        for span in texts.parts(lexicon):
            for at, pieces in enumerate(_by_text(texts, [span])):
                for piece in pieces:
                    yield from _moved(texts, at, piece, lexicon)


def _of_its_script(texts: Texts, span: Span) -> Iterator[Span]:
    """A row of words without texts in another script, which the row passes over as talk."""
    own = _scripts(texts.view.text[max(span.start, texts.starts[-2]) : span.end])
    tokens = [token for token in texts.words.every if span.start <= token.start < span.end]
    lexicons = likely(tokens)
    for at, pieces in enumerate(_by_text(texts, [span])):
        view = texts.views[at]
        for piece in pieces:
            scripts = _scripts(view.text[piece.start : piece.end])
            if not scripts or scripts & own:
                for lexicon in lexicons:
                    yield from _moved(texts, at, piece, lexicon)


def _moved(texts: Texts, at: int, piece: Span, lexicon: Lexicon) -> Iterator[Span]:
    """The piece of one text in the joined view, as far as it is no talk."""
    view, by = texts.views[at], texts.starts[at]
    for span in _without_talk(view, _widened(view, piece, lexicon), lexicon):
        yield replace(span, start=span.start + by, end=span.end + by)


def _without_talk(view: View, span: Span, lexicon: Lexicon) -> Iterator[Span]:
    """The piece without sentences at its ends that are made of common words alone."""
    words = [each for each in Text(view).every if span.start <= each.start < span.end]
    if not words:
        yield span
        return
    breaks = [each.start() for each in _ENDS_LINE.finditer(view.text, span.start, span.end)]
    sentences = [
        list(group) for _, group in groupby(words, lambda word: bisect_right(breaks, word.start))
    ]
    while sentences and _is_talk(sentences[0], lexicon):
        sentences.pop(0)
    while sentences and _is_talk(sentences[-1], lexicon):
        sentences.pop()
    if sentences:
        yield replace(span, start=sentences[0][0].start, end=sentences[-1][-1].end)


def _is_talk(sentence: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a phrase would hardly have these words one after the other."""
    words = {token.word for token in sentence if token.word not in lexicon.labels}
    listed = words & lexicon.abbreviations
    if len(words) < _FEWEST_OF_TALK or not listed <= lexicon.common:
        return False
    is_glued = max(map(len, words)) > lexicon.longest
    return listed == words or not (listed or is_glued) or not lexicon.prose.isdisjoint(words)


def _scripts(text: str) -> set[str]:
    """The scripts of the letters in a text, such as LATIN or CJK."""
    return {unicodedata.name(char, "").split(" ")[0] for char in text if char.isalpha()}


def _widened(view: View, span: Span, lexicon: Lexicon) -> Span:
    """A piece with the words beside it that may be of the phrase, to the end of its sentence.

    Where the piece itself goes from line to line, the words of the next line may be of it too.
    """
    words = Prose(Text(view), lexicon).words
    inside = [at for at, token in enumerate(words) if span.start <= token.start < span.end]
    if not inside:
        return span
    ends = _ENDS_SENTENCE if "\n" in view.text[span.start : span.end] else _ENDS_LINE
    start, end = span.start, span.end
    for token in reversed(words[: inside[0]]):
        if not _may_belong(token.word, lexicon) or ends.search(view.text, token.end, start):
            break
        start = token.start
    for token in words[inside[-1] + 1 :]:
        if not _may_belong(token.word, lexicon) or ends.search(view.text, end, token.start):
            break
        end = token.end
    return Span(start, end, PHRASE)


def _may_belong(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.words or belongs(word, lexicon)


def _all_of(texts: Texts, at: int) -> Span:
    return Span(texts.starts[at], texts.starts[at + 1] - 1, PHRASE)


def _by_text(texts: Texts, spans: Sequence[Span]) -> list[list[Span]]:
    """The spans of each text in its own places; one that reaches over several is cut."""
    cut: list[list[Span]] = [[] for _ in texts.views]
    for span in spans:
        for at in range(bisect_right(texts.starts, span.start) - 1, len(texts.views)):
            begin, end = texts.starts[at], texts.starts[at + 1] - 1
            if span.end <= begin:
                break
            start, stop = max(span.start, begin) - begin, min(span.end, end) - begin
            if start < stop:
                cut[at].append(Span(start, stop, span.kind))
    return cut


def _without(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[str]:
    return [_replaced(text, own) for text, own in zip(texts, spans, strict=False)]


def _replaced(text: str, spans: Sequence[Span]) -> str:
    """The text with a placeholder for each span of its plain view.

    A placeholder of before is longer than what stands for it in the view, so that a text which
    holds one goes whole where more is found in it.
    """
    if spans and PLACEHOLDER.search(text):
        return placeholder(spans[0].kind)
    offsets = fold_offsets(text) if spans else []
    for span in sorted(spans, key=lambda each: each.start, reverse=True):
        text = text[: offsets[span.start]] + placeholder(span.kind) + text[offsets[span.end] :]
    return text


def _without_wholes(earlier: Sequence[str], new: str) -> list[str]:
    """The texts without those that hold pieces behind markup or escapes.

    Their places in a reading lead to none in the text, so all of the text goes.
    """
    texts = [*map(without_placeholders, earlier), new]
    touched: dict[int, SecretKind] = {}
    for view, starts in joined_views(texts)[1:]:
        for detector in detectors().values():
            for span in detector(view):
                if span.end > starts[-2]:
                    begun = bisect_right(starts, span.start) - 1
                    touched |= dict.fromkeys(range(begun, len(earlier)), span.kind)
    return [placeholder(touched[at]) if at in touched else text for at, text in enumerate(earlier)]


def _words_in(texts: Texts, spans: Sequence[Span], *, only_newest: bool) -> frozenset[str]:
    """The words of the secret: those of its pieces, or of the text that holds all of it."""
    if only_newest:
        newest = texts.views[-1]
        spans = [span for span in detectors()[PHRASE](newest) if span.is_certain]
        every: Sequence[Token] = Text(newest).every
    else:
        every = texts.words.every
    return frozenset(
        token.word
        for span in spans
        for token in every
        if span.start <= token.start < span.end and _is_listed(token.word)
    )


def _is_listed(word: str) -> bool:
    return any(word in lexicon.words for lexicon in LEXICONS)


def _without_quotes(text: str, known: Collection[str]) -> str:
    """The text without words of the secret that stand in a row, or that are all of it."""
    view = plain_view(without_placeholders(text))
    words = Text(view)
    if not known or words.different.isdisjoint(known):
        return text
    return _replaced(text, merged(_quotes(Prose(words), known))[::-1])


def _quotes(prose: Prose, known: Collection[str]) -> Iterator[Span]:
    row: list[Token] = []
    for token in (*prose.words, END):
        if token.word in known:
            row.append(token)
            continue
        rare = [each for each in row if each.word not in prose.lexicon.common]
        is_all = bool(rare) and len(row) == len(prose.words)
        if is_all or (len(row) >= REMAINDER and len(rare) >= REMAINDER - 1):
            yield Span(row[0].start, row[-1].end, PHRASE)
        row = []

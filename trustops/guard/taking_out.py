"""Take the pieces of a secret out of earlier texts, once a later one completed it.

Words that merely stand beside the pieces stay: the texts are somebody's account of their trouble.
In doubt a whole text goes, because eleven of twelve known words are as good as twelve.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from trustops.guard.beside import FEWEST_OF_TALK, widened, without_talk
from trustops.guard.detect import detectors, key_spans, phrase_spans
from trustops.guard.fragments import ENOUGH
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import fold_offsets, joined_views, plain_view
from trustops.guard.pieces import Texts
from trustops.guard.placeholders import PLACEHOLDER, placeholder, without_placeholders
from trustops.guard.redaction import REMAINDER, likely, merged
from trustops.guard.rules import completed, find_secrets
from trustops.guard.tokens import END, Prose, Text, Token
from trustops.guard.words import LEXICONS, Lexicon

PHRASE = SecretKind.RECOVERY_PHRASE


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
    spans = merged(_pieces(texts, whole=whole))[::-1]
    known = _words_in(texts, spans, only_newest=whole)
    cleaned = _without(earlier, _by_text(texts, spans))
    if not whole and any(item.is_certain for item in completed(cleaned, new)):
        cleaned = _without_wholes(cleaned, new)
    return Cleaned(
        tuple(_without_quotes(text, known) for text in cleaned),
        tuple(_without_quotes(text, known) for text in others),
    )


def _pieces(texts: Texts, *, whole: bool) -> Iterator[Span]:
    """Where pieces stand in the joined view, the newest text among them.

    Where it holds a whole phrase, what stands beside it in a row is none of it.
    """
    known: list[Lexicon] = []
    if not whole:
        in_a_row = list(_in_a_row(texts))
        tokens = [each for each in texts.words.every if _is_within(each, in_a_row)]
        known = likely(tokens) if tokens else []
        yield from in_a_row
        yield from _of_keys(texts)
        for lexicon in LEXICONS:
            yield from _bare(texts, lexicon)
    for lexicon in LEXICONS:
        if lexicon in known or texts.are_parts(lexicon):
            yield from _told(texts, lexicon)
    yield from _told_in_signs(texts)


def _is_within(token: Token, spans: Sequence[Span]) -> bool:
    return any(span.start <= token.start < span.end for span in spans)


def _in_a_row(texts: Texts) -> Iterator[Span]:
    """Words that stand one after the other, from text to text."""
    newest = texts.starts[-2]
    for span in phrase_spans(texts.view, in_parts=False):
        if span.is_certain and span.end > newest:
            yield from _of_its_script(texts, span)
            yield from (row for row in texts.rows_of_signs if span.start <= row.start < span.end)


def _of_keys(texts: Texts) -> Iterator[Span]:
    newest = texts.starts[-2]
    for span in key_spans(texts.view):
        if span.end > newest > span.start:
            yield span


def _told_in_signs(texts: Texts) -> Iterator[Span]:
    """The pieces of a phrase in Chinese that is told with talk between."""
    if texts.are_signs():
        yield from (_all_of(texts, at) for at in texts.signs_only)
    if texts.are_rows_of_signs():
        yield from texts.rows_of_signs
    if texts.are_signs_told():
        yield from texts.signs_told


def _bare(texts: Texts, lexicon: Lexicon) -> Iterator[Span]:
    """Texts with nothing but list words; common ones in a row only where the phrase needs them."""
    if not texts.are_bare(lexicon):
        return
    words = {
        at: {token.word for token in Text(texts.views[at]).every} for at in texts.bare(lexicon)
    }
    talk = {at for at, own in words.items() if len(own) >= FEWEST_OF_TALK and own <= lexicon.common}
    rest = set[str]().union(*(own for at, own in words.items() if at not in talk))
    for at in words:
        if at not in talk or len(rest) < ENOUGH:
            yield _all_of(texts, at)


def _told(texts: Texts, lexicon: Lexicon) -> Iterator[Span]:
    """The parts of a phrase that is told with talk between, by one list."""
    for at in texts.bare(lexicon):
        if not {token.word for token in Text(texts.views[at]).every} <= lexicon.common:
            yield _all_of(texts, at)
    for span in chain(texts.parts(lexicon), texts.parts_of_each(lexicon)):
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
    for span in without_talk(view, widened(view, piece, lexicon), lexicon):
        yield replace(span, start=span.start + by, end=span.end + by)


def _scripts(text: str) -> set[str]:
    """The scripts of the letters in a text, such as LATIN or CJK."""
    return {unicodedata.name(char, "").split(" ")[0] for char in text if char.isalpha()}


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

"""All detectors by the kind that they find, the cheap and certain ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from trustops.guard import (
    base58keys,
    documents,
    fragments,
    hexkeys,
    phrases,
    prefixes,
    signs,
    stream,
)
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View
from trustops.guard.tokens import Prose, Text
from trustops.guard.words import CHINESE, LEXICONS, Lexicon

Detector = Callable[[View], Iterator[Span]]
"""Looks at one view and yields what it finds there, lazily, so that a caller can stop early."""


PART = 50_000
"""Characters that are read at once, longer than any form: the memory for more would be slow."""

OVERLAP = 5_000
"""Characters of a part that are read again with the next."""

FEWEST_KNOWN = 7
"""Different list words without which no rule but the first can hold: nine of twelve, two twice."""


def _spans_of_list(text: Text, lexicon: Lexicon, *, in_parts: bool) -> Iterator[Span]:
    """Phrases of one list, by every rule that compares words."""
    prose = Prose(text, lexicon)
    known = len(lexicon.words & text.different)
    if known > 1:
        yield from phrases.runs(prose)
    if known >= FEWEST_KNOWN:
        yield from phrases.interrupted(prose)
        yield from phrases.filled(prose)
        yield from phrases.periodic(prose)
        yield from phrases.labelled(prose)
        if in_parts:
            yield from fragments.told_in_parts(prose)
    if len(lexicon.abbreviations & text.different) >= FEWEST_KNOWN:
        yield from phrases.abbreviated(prose)


def _chinese(view: View) -> Iterator[Span]:
    if not signs.has_enough(view.low):
        return
    yield from signs.parted(view)
    for lexicon in CHINESE:
        beside = signs.Signs(view.low, lexicon)
        yield from signs.labelled(beside)
        yield from signs.alone(beside)
        yield from signs.inside(beside)


def _spans_of_part(view: View, *, in_parts: bool) -> Iterator[Span]:
    text = Text(view)
    for lexicon in LEXICONS:
        yield from _spans_of_list(text, lexicon, in_parts=in_parts)
    yield from stream.chained(view)
    yield from stream.glued_abbreviations(view)
    yield from stream.indexed(view)
    yield from stream.numbered(view)
    yield from _chinese(view)


def phrase_spans(view: View, *, in_parts: bool = True) -> Iterator[Span]:
    """Recovery phrases of every list, by every rule; long texts part by part.

    Parts overlap by more than the words of one phrase may take. Without `in_parts`, only phrases
    whose words stand in one row: those told in parts have words of a sentence between them.
    """
    for start in range(0, max(1, len(view.text) - OVERLAP), PART - OVERLAP):
        for span in _spans_of_part(View(view.text[start : start + PART]), in_parts=in_parts):
            yield replace(span, start=start + span.start, end=start + span.end)


def key_spans(view: View, *, transaction: bool = False) -> Iterator[Span]:
    """Private keys, by every rule."""
    yield from prefixes.prefixed(view)
    yield from hexkeys.whole(view, transaction=transaction)
    yield from hexkeys.cut(view)
    yield from hexkeys.pairs(view)
    yield from hexkeys.announced(view)
    yield from hexkeys.joined_to_address(view)
    yield from hexkeys.entropy(view)
    yield from base58keys.proven(view)
    yield from base58keys.called(view)
    yield from hexkeys.numbers(view)
    yield from documents.pem_blocks(view)
    yield from documents.cardano_files(view)
    yield from documents.web_keys(view)
    yield from documents.byte_arrays(view)
    yield from documents.base64_pairs(view)


def detectors(*, transaction: bool = False) -> Mapping[SecretKind, Detector]:
    """The detector of each kind; `transaction` for the field that is meant for hashes."""
    return {
        SecretKind.RECOVERY_PHRASE: phrase_spans,
        SecretKind.PRIVATE_KEY: partial(key_spans, transaction=transaction),
        SecretKind.KEYSTORE: documents.keystores,
        SecretKind.API_TOKEN: prefixes.tokens,
    }

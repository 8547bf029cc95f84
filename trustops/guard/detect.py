"""All detectors by the kind that they find, the cheap and certain ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from trustops.guard import base58keys, documents, fragments, hexkeys, phrases, prefixes, stream
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View
from trustops.guard.tokens import Prose

Detector = Callable[[View], Iterator[Span]]
"""Looks at one view and yields what it finds there, lazily, so that a caller can stop early."""


def phrase_spans(view: View) -> Iterator[Span]:
    """Recovery phrases, by every rule."""
    yield from phrases.runs(view)
    prose = Prose(view)
    yield from phrases.interrupted(prose)
    yield from phrases.abbreviated(prose)
    yield from phrases.filled(prose)
    yield from phrases.periodic(prose)
    yield from fragments.told_in_parts(prose)
    yield from stream.chained(view)
    yield from stream.glued_abbreviations(view)
    yield from stream.indexed(view)


def key_spans(view: View, *, transaction: bool = False) -> Iterator[Span]:
    """Private keys, by every rule."""
    yield from prefixes.prefixed(view)
    yield from hexkeys.whole(view, transaction=transaction)
    yield from hexkeys.cut(view)
    yield from hexkeys.joined_to_address(view)
    yield from hexkeys.entropy(view)
    yield from base58keys.proven(view)
    yield from base58keys.called(view)
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
        SecretKind.API_TOKEN: prefixes.own_tokens,
    }

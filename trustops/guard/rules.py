"""What the rest of the desk asks of the guard: is there a secret in these words?

Pure: strings in, findings out. Nothing here stores, logs or sends, and no finding carries any part
of what was found (docs/design.md, 1). docs/guard.md says what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from secrets import token_bytes

from trustops.guard import documents
from trustops.guard.detect import OVERLAP, detectors
from trustops.guard.fields import spread
from trustops.guard.kinds import Finding, SecretKind, Span
from trustops.guard.names import without_names
from trustops.guard.normalise import joined_views, views
from trustops.guard.pieces import Texts, goes_on
from trustops.guard.placeholders import without_placeholders

MAX_SCAN_CHARS = 20_000
"""The length, in characters, that the guard is made for; forms and the API refuse longer text.

Longer text is read to its end all the same, in time that grows with its length.
"""

SHORTEST_SECRET = 12
"""Characters of the shortest text that is a secret: a Chinese phrase of twelve signs."""

LONGEST_REMEMBERED = 200
MOST_REMEMBERED = 2000
_clean: set[bytes] = set()
"""Short texts without a secret: headers and values of the log are the same in most requests.

Only their digests, under a key that this process alone has and never writes: the words of a text
that was clean by itself may have been a piece of a phrase, and nobody may try out which.
"""
_KEY = token_bytes(32)


def find_secrets(text: str, *, field: str = "", transaction: bool = False) -> tuple[Finding, ...]:
    """What one text holds, one finding a kind.

    With `transaction` the text is the field for transaction hashes: `0x` and 64 hexadecimal digits
    are accepted without further words, unless the field itself speaks of a key.
    """
    if len(text) < SHORTEST_SECRET:
        return ()
    mark = _mark(text, transaction=transaction)
    if mark in _clean:
        return ()
    readings = views(text)
    verdicts = {
        kind: _verdict(span for reading in readings for span in detector(reading))
        for kind, detector in detectors(transaction=transaction).items()
    }
    findings = tuple(
        Finding(kind, field, is_certain=certain)
        for kind, certain in verdicts.items()
        if certain is not None
    )
    if mark is not None and not findings:
        _remember(mark)
    return findings


def _mark(text: str, *, transaction: bool) -> bytes | None:
    """What a short text is remembered by: a digest, as it may be the words of somebody."""
    if len(text) > LONGEST_REMEMBERED:
        return None
    written = f"{transaction}{text}".encode(errors="surrogatepass")
    return blake2b(written, digest_size=16, key=_KEY).digest()


def _remember(mark: bytes) -> None:
    if len(_clean) >= MOST_REMEMBERED:
        _clean.clear()
    _clean.add(mark)


def is_keystore(text: str) -> bool:
    """Whether a text is, or holds, the file of a wallet; nothing else is looked for."""
    return any(True for reading in views(text) for _ in documents.keystores(reading))


def _verdict(spans: Iterable[Span]) -> bool | None:
    """Whether something certain is among the spans, which ends the search; nothing for none."""
    verdict = None
    for span in spans:
        if span.is_certain:
            return True
        verdict = False
    return verdict


def _counts(span: Span, touched: Sequence[int]) -> bool:
    """Whether a find in joined texts is one: a key inside one text was judged there already."""
    return span.kind is SecretKind.RECOVERY_PHRASE or len(touched) > 1


def _touched(span: Span, starts: Sequence[int]) -> list[int]:
    """Which of the joined texts the span reaches into."""
    return [
        at
        for at in range(len(starts) - 1)
        if span.start < starts[at + 1] - 1 and span.end > starts[at]
    ]


def _across(texts: Sequence[str]) -> Iterator[tuple[Finding, list[int]]]:
    """Secrets in the texts as lines of one text, with the texts that they reach into.

    Findings have no field. A key in pieces is certain: nobody parts a transaction hash.
    """
    for view, starts in joined_views(texts):
        for detector in detectors().values():
            for span in detector(view):
                touched = _touched(span, starts)
                if _counts(span, touched):
                    certain = span.is_certain or span.kind is SecretKind.PRIVATE_KEY
                    yield Finding(span.kind, "", is_certain=certain), touched


def scan(
    fields: Iterable[tuple[str, str]],
    *,
    transaction_fields: frozenset[str] = frozenset({"tx_hash"}),
) -> tuple[Finding, ...]:
    """What the named fields of one form or body hold, each alone and all in their order.

    A phrase that is spread over fields is reported for the fields it touches. Names may repeat.
    """
    given = [(name, text) for name, text in fields if text]
    findings = {
        finding: None
        for name, text in given
        for finding in find_secrets(text, field=name, transaction=name in transaction_fields)
    }
    refused = {finding.field for finding in findings if finding.is_certain}
    rest = [(name, text) for name, text in given if name not in refused]
    first: dict[Finding, list[int]] = {}
    if len(rest) > 1:
        for finding, touched in _across([text for _, text in rest]):
            first.setdefault(finding, touched)
    asked = {(finding.kind, finding.field) for finding in findings}
    for finding, touched in first.items():
        names = [rest[at][0] for at in touched]
        if finding.is_certain or not any((finding.kind, name) in asked for name in names):
            findings.update(dict.fromkeys(replace(finding, field=name) for name in names))
    for at in spread([name for name, _ in rest], [text for _, text in rest]):
        findings[Finding(SecretKind.RECOVERY_PHRASE, rest[at][0])] = None
    return _strongest(findings)


def _strongest(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, one for a kind and a field: what is certain is not asked about as well."""
    strongest: dict[tuple[SecretKind, str], Finding] = {}
    for finding in findings:
        known = strongest.setdefault((finding.kind, finding.field), finding)
        if not known.is_certain:
            strongest[finding.kind, finding.field] = finding
    return tuple(strongest.values())


def _nearest(earlier: Sequence[str]) -> list[str]:
    """The newest of earlier texts, as much of them as a secret in one row may reach back."""
    near: list[str] = []
    room = OVERLAP
    for text in reversed(earlier):
        if room <= 0:
            break
        near.append(text if len(text) <= room else text[-room:].partition(" ")[2])
        room -= len(text) + 1
    return near[::-1]


def completed(earlier: Sequence[str], new: str) -> Iterator[Finding]:
    """What a new text holds only together with earlier ones. Findings have no field."""
    texts = [without_names(without_placeholders(text)) for text in (*_nearest(earlier), new)]
    for finding, touched in _across(texts):
        if touched[-1] == len(texts) - 1:
            yield finding
    if Texts([*earlier, new]).tell_a_phrase():
        yield Finding(SecretKind.RECOVERY_PHRASE, "")


def scan_messages(earlier: Sequence[str], new: str) -> tuple[Finding, ...]:
    """What a new message holds, alone or together with the earlier ones of the same person.

    What earlier messages hold without the new one is not reported. Where pieces were taken out of
    them, one more piece is one too many. Findings have no field.
    """
    if not new.strip():
        return ()
    findings = dict.fromkeys(find_secrets(new))
    findings |= dict.fromkeys(completed(earlier, new))
    further = goes_on(earlier, new)
    if further is not None:
        findings[Finding(further, "")] = None
    order = list(SecretKind)
    return tuple(sorted(_strongest(findings), key=lambda finding: order.index(finding.kind)))

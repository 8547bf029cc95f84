"""What the rest of the desk asks of the guard: is there a secret in these words?

Pure: strings in, findings out. Nothing here stores, logs or sends, and no finding carries any part
of what was found (docs/design.md, 1). docs/guard.md says what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from trustops.guard.detect import detectors
from trustops.guard.fragments import told_in_parts
from trustops.guard.kinds import Finding, SecretKind, Span
from trustops.guard.normalise import joined_views, plain_view, views
from trustops.guard.phrases import runs
from trustops.guard.tokens import Prose
from trustops.guard.words import WORDS

MAX_SCAN_CHARS = 20_000
"""The length, in characters, that the guard is made for; forms and the API refuse longer text.

Longer text is read to its end all the same, in time that grows with its length.
"""


def find_secrets(text: str, *, field: str = "", transaction: bool = False) -> tuple[Finding, ...]:
    """What one text holds, one finding a kind.

    With `transaction` the text is the field for transaction hashes: `0x` and 64 hexadecimal digits
    are accepted without further words, unless the field itself speaks of a key.
    """
    readings = views(text)
    return tuple(
        Finding(kind, field, certainty)
        for kind, detector in detectors(transaction=transaction).items()
        for certainty in _certainty(span for reading in readings for span in detector(reading))
    )


def _certainty(spans: Iterable[Span]) -> tuple[bool, ...]:
    """Whether any span is certain, as the only item; nothing where there is no span.

    Stops at the first certain one, so that a text full of secrets is refused at once.
    """
    doubtful = False
    for span in spans:
        if span.is_certain:
            return (True,)
        doubtful = True
    return (False,) if doubtful else ()


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
                    yield Finding(span.kind, "", certain), touched


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
    for finding, touched in _across([text for _, text in rest]):
        first.setdefault(finding, touched)
    for finding, touched in first.items():
        findings.update(dict.fromkeys(replace(finding, field=rest[at][0]) for at in touched))
    return _surest(findings)


def _surest(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order, a doubtful one only where no certain one of its kind is."""
    given = dict.fromkeys(findings)
    return tuple(
        finding
        for finding in given
        if finding.is_certain or replace(finding, is_certain=True) not in given
    )


def _is_words_only(text: str) -> bool:
    words = Prose(plain_view(text)).words
    return bool(words) and all(token.word in WORDS for token in words)


def _told_in_messages(texts: Sequence[str]) -> bool:
    """Whether the last message continues a phrase that earlier ones began.

    Either messages are nothing but list words, a few or one at a time, or they hold parts that
    are long or stand alone; what is said in between does not matter.
    """
    bare = [text for text in texts if _is_words_only(text)]
    if texts[-1] in bare and any(runs(plain_view("\n".join(bare)))):
        return True
    view, starts = joined_views(texts)[0]
    spans = told_in_parts(Prose(view), reach=len(view.text))
    return any(span.end > starts[-2] for span in spans)


def scan_messages(earlier: Sequence[str], new: str) -> tuple[Finding, ...]:
    """What a new message holds, alone or together with the earlier ones of the same person.

    What earlier messages hold without the new one is not reported. Findings have no field.
    """
    if not new.strip():
        return ()
    texts = [*earlier, new]
    findings = set(find_secrets(new))
    findings |= {finding for finding, touched in _across(texts) if touched[-1] == len(earlier)}
    if _told_in_messages(texts):
        findings.add(Finding(SecretKind.RECOVERY_PHRASE, ""))
    surest = _surest(findings)
    return tuple(finding for kind in SecretKind for finding in surest if finding.kind is kind)

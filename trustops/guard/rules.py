"""What the rest of the desk asks of the guard: is there a secret in these words?

Pure: strings in, findings out. Nothing here stores, logs or sends, and no finding carries any part
of what was found (docs/design.md, 1). docs/guard.md says what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from trustops.guard import signs
from trustops.guard.detect import detectors
from trustops.guard.fragments import told_in_parts
from trustops.guard.kinds import Finding, SecretKind, Span
from trustops.guard.normalise import View, joined_views, plain_view, views
from trustops.guard.phrases import interrupted, runs
from trustops.guard.tokens import Prose, Text
from trustops.guard.words import CHINESE, LEXICONS, Lexicon

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
    found = {
        kind: _verdict(span for reading in readings for span in detector(reading))
        for kind, detector in detectors(transaction=transaction).items()
    }
    return tuple(
        Finding(kind, field, is_certain=certain)
        for kind, certain in found.items()
        if certain is not None
    )


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
    for finding, touched in _across([text for _, text in rest]):
        first.setdefault(finding, touched)
    asked = {(finding.kind, finding.field) for finding in findings}
    for finding, touched in first.items():
        names = [rest[at][0] for at in touched]
        if finding.is_certain or not any((finding.kind, name) in asked for name in names):
            findings.update(dict.fromkeys(replace(finding, field=name) for name in names))
    return _strongest(findings)


def _strongest(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, one for a kind and a field: what is certain is not asked about as well."""
    strongest: dict[tuple[SecretKind, str], Finding] = {}
    for finding in findings:
        known = strongest.setdefault((finding.kind, finding.field), finding)
        if not known.is_certain:
            strongest[finding.kind, finding.field] = finding
    return tuple(strongest.values())


def _is_words_only(text: str, lexicon: Lexicon) -> bool:
    words = Prose(Text(plain_view(text)), lexicon).words
    return bool(words) and all(token.word in lexicon.words for token in words)


def _told_in_messages(texts: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the last message continues a phrase that earlier ones began.

    Either messages are nothing but list words, a few or one at a time, or they hold parts that
    are long or stand alone; what is said in between does not matter.
    """
    bare = [text for text in texts if _is_words_only(text, lexicon)]
    joined = Prose(Text(plain_view("\n".join(bare))), lexicon)
    if texts[-1] in bare and any(chain(runs(joined), interrupted(joined))):
        return True
    view, starts = joined_views(texts)[0]
    spans = told_in_parts(Prose(Text(view), lexicon), reach=len(view.text))
    return any(span.end > starts[-2] for span in spans)


def _told_in_signs(texts: Sequence[str]) -> bool:
    """Whether messages with nothing but a sign or a few, the last among them, make a phrase."""
    bare = [view.low for view in map(plain_view, texts) if signs.is_signs_only(view.low)]
    if not signs.is_signs_only(plain_view(texts[-1]).low):
        return False
    joined = View("\n".join(bare))
    return any(True for lexicon in CHINESE for _ in signs.parted(joined, lexicon))


def scan_messages(earlier: Sequence[str], new: str) -> tuple[Finding, ...]:
    """What a new message holds, alone or together with the earlier ones of the same person.

    What earlier messages hold without the new one is not reported. Findings have no field.
    """
    if not new.strip():
        return ()
    texts = [*earlier, new]
    findings = dict.fromkeys(find_secrets(new))
    for finding, touched in _across(texts):
        if touched[-1] == len(earlier):
            findings[finding] = None
    told = any(_told_in_messages(texts, lexicon) for lexicon in LEXICONS)
    if told or _told_in_signs(texts):
        findings[Finding(SecretKind.RECOVERY_PHRASE, "")] = None
    order = list(SecretKind)
    return tuple(sorted(_strongest(findings), key=lambda finding: order.index(finding.kind)))

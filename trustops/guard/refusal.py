"""The refusal that findings call for: certain ones are refused, doubtful ones asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trustops.errors import (
    FieldError,
    PhraseDoubtedError,
    SecretDoubtedError,
    SecretFoundError,
)
from trustops.guard.advice import advice, only_doubts
from trustops.guard.kinds import Finding, SecretKind

SURE = "looks like a secret, and was not stored"

ASKED: Mapping[SecretKind, str] = {
    SecretKind.RECOVERY_PHRASE: (
        "may hold a recovery phrase, and was not stored: if it is none, say it in other words"
    ),
    SecretKind.PRIVATE_KEY: (
        "may hold a transaction hash or a key, and was not stored: please say which it is"
    ),
}
"""What is said beside a field of each kind that can be in doubt; it follows the field's name."""


def refusal(findings: Sequence[Finding]) -> SecretFoundError:
    """The error to raise for findings, of which there is one at least.

    Its message is the advice, and its `errors` name each field once. Where a phrase and a key are
    both in doubt, the question is that of the phrase, and the message holds both.
    """
    if not only_doubts(findings):
        fields = dict.fromkeys(finding.field for finding in findings)
        return SecretFoundError(
            advice(findings), errors=[FieldError(name, SURE) for name in fields]
        )
    asked: dict[str, str] = {}
    for finding in findings:
        asked.setdefault(finding.field, ASKED[finding.kind])
    phrase = any(finding.kind is SecretKind.RECOVERY_PHRASE for finding in findings)
    question = PhraseDoubtedError if phrase else SecretDoubtedError
    return question(
        advice(findings), errors=[FieldError(name, words) for name, words in asked.items()]
    )

"""The guard: finds recovery phrases and keys before anything is stored, logged or sent.

A pure room below all others. Callers hand it strings and get findings that carry no value.
"""

from trustops.guard.advice import ADVICE, PLACE_LEFT, QUESTIONS, advice, only_doubts
from trustops.guard.kinds import Finding, SecretKind
from trustops.guard.redaction import redact, without_secrets
from trustops.guard.refusal import refusal
from trustops.guard.rules import MAX_SCAN_CHARS, find_secrets, is_keystore, scan, scan_messages
from trustops.guard.taking_out import Cleaned, take_out

__all__ = [
    "ADVICE",
    "MAX_SCAN_CHARS",
    "PLACE_LEFT",
    "QUESTIONS",
    "Cleaned",
    "Finding",
    "SecretKind",
    "advice",
    "find_secrets",
    "is_keystore",
    "only_doubts",
    "redact",
    "refusal",
    "scan",
    "scan_messages",
    "take_out",
    "without_secrets",
]

"""The guard: finds recovery phrases and keys before anything is stored, logged or sent.

A room without I/O below all others. Callers hand it strings and get findings that carry no value.
"""

from trustops.guard.advice import ADVICE, advice
from trustops.guard.kinds import Finding, SecretKind
from trustops.guard.redaction import redact
from trustops.guard.rules import MAX_SCAN_CHARS, find_secrets, scan, scan_messages

__all__ = [
    "ADVICE",
    "MAX_SCAN_CHARS",
    "Finding",
    "SecretKind",
    "advice",
    "find_secrets",
    "redact",
    "scan",
    "scan_messages",
]

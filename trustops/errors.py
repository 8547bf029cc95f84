"""The few meanings a refusal can have.

Services raise these; the web layer maps each to one status and one page, the command line to a
sentence and exit code 1. The text is written for the person who reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field of a form or body, and the sentence that says how to put it right."""

    field: str
    message: str


class TrustOpsError(Exception):
    """Base of all refusals: `status` and `slug` are what HTTP clients see."""

    status = 500
    slug = "internal"
    title = "Something went wrong on our side"

    def __init__(self, message: str = "", *, errors: Sequence[FieldError] = ()) -> None:
        """Take the sentence for the person and, where it applies, the fields at fault."""
        super().__init__(message or self.title)
        self.message = message or self.title
        self.errors = tuple(errors)


class InvalidInputError(TrustOpsError):
    """What was sent cannot be used; each field says why."""

    status = 422
    slug = "invalid-input"
    title = "Some of what was sent needs a correction"


class SecretFoundError(TrustOpsError):
    """The guard found a recovery phrase or key. Nothing of it may be kept or echoed."""

    status = 422
    slug = "secret-found"
    title = "This looks like a secret, so it was not stored"


class SecretDoubtedError(SecretFoundError):
    """Something may be a secret or something public, and only the person knows: they are asked."""

    slug = "secret-or-transaction"
    title = "Is this a transaction hash?"


class PhraseDoubtedError(SecretDoubtedError):
    """Signs may be a recovery phrase or part of a sentence, and only the person knows."""

    slug = "secret-or-sentence"
    title = "Is this a recovery phrase?"


class NotAuthenticatedError(TrustOpsError):
    """Nobody is signed in, or the token is unknown, expired or revoked."""

    status = 401
    slug = "not-authenticated"
    title = "Please sign in first"


class NotAllowedError(TrustOpsError):
    """The person or token is known, and this is not theirs to do."""

    status = 403
    slug = "not-allowed"
    title = "This is not open to you"


class NotFoundError(TrustOpsError):
    """There is no such thing, or it is not for the one who asks; the two look alike."""

    status = 404
    slug = "not-found"
    title = "There is nothing here"


class ConflictError(TrustOpsError):
    """Something changed in between, or contradicts what is there; `changes` tells what."""

    status = 409
    slug = "conflict"
    title = "This changed while you were working on it"

    def __init__(
        self,
        message: str = "",
        *,
        errors: Sequence[FieldError] = (),
        changes: Sequence[Mapping[str, object]] = (),
    ) -> None:
        """Take, beside the sentence, what changed since the person last looked."""
        super().__init__(message, errors=errors)
        self.changes = tuple(changes)


class TooManyRequestsError(TrustOpsError):
    """A rate limit was reached; `retry_after_seconds` says when to come back."""

    status = 429
    slug = "too-many-requests"
    title = "That was a little too fast"

    def __init__(self, message: str = "", *, retry_after_seconds: int = 60) -> None:
        """Take the seconds after which a new try can succeed."""
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class SettingsError(TrustOpsError):
    """The settings cannot be used; the message lists every problem at once."""

    slug = "settings"
    title = "The settings need a correction"

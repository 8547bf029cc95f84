"""Hashing of passwords, with the same work whether or not there is anybody to check.

The only module that knows argon2. The composition root makes one `Passwords` and hands it on.
"""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from trustops.accounts.rules import normalise_password, password_forms

MEMORY_KIB = 19_456
ROUNDS = 2
LANES = 1


class Passwords:
    """Argon2id with the parameters of the OWASP Password Storage Cheat Sheet (19 MiB, 2, 1)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Take another hasher in place of the usual one; tests bring one that is cheap."""
        self._hasher = hasher or _usual_hasher()
        self._nobody = _hash_of_nobody(self._hasher)

    def hash(self, password: str) -> str:
        """The text to store for a password: parameters, salt and hash of its one form."""
        return self._hasher.hash(normalise_password(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether a password is the right one; with nothing stored, the same work and False.

        A wrong one is tried in every form in which it may have been hashed once.

        Raises:
            ValueError: what is stored is no Argon2 hash; the row was written by something else.
        """
        against = stored or self._nobody
        right = any(self._is_hash_of(against, form) for form in password_forms(password))
        return right and stored is not None

    def _is_hash_of(self, stored: str, text: str) -> bool:
        try:
            return self._hasher.verify(stored, text)
        except VerifyMismatchError:
            return False
        except InvalidHashError as error:
            raise ValueError("the stored password hash cannot be read") from error

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)


@cache
def _usual_hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES)


@cache
def _hash_of_nobody(hasher: PasswordHasher) -> str:
    """What a password is held against where nothing is stored; made once in a process."""
    return hasher.hash(secrets.token_urlsafe(32))

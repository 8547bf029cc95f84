"""Passwords are kept as Argon2id, and checking nobody's takes the work of checking somebody's."""

from __future__ import annotations

import pytest

from tests.accounts.people import GOOD, CountingHasher
from trustops.accounts.passwords import Passwords


def test_the_product_hashes_with_argon2id_at_the_stated_cost() -> None:
    """19 MiB, two rounds, one lane: the OWASP Password Storage Cheat Sheet."""
    assert Passwords().hash(GOOD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_two_hashes_of_one_password_differ_and_both_verify() -> None:
    """Every hash has its own salt."""
    passwords = Passwords(CountingHasher())
    first, second = passwords.hash(GOOD), passwords.hash(GOOD)
    assert first != second
    assert passwords.verify(first, GOOD)
    assert passwords.verify(second, GOOD)


def test_a_wrong_password_does_not_verify() -> None:
    """One character more is another password."""
    passwords = Passwords(CountingHasher())
    assert not passwords.verify(passwords.hash(GOOD), GOOD + " ")


def test_checking_where_nothing_is_stored_fails_after_the_same_work() -> None:
    """One hash is computed either way, so time does not tell who has an account."""
    hasher = CountingHasher()
    passwords = Passwords(hasher)
    assert not passwords.verify(None, GOOD)
    assert hasher.checks == 1
    passwords.verify(passwords.hash(GOOD), GOOD)
    assert hasher.checks == 2


def test_a_hash_of_other_parameters_is_outdated() -> None:
    """Raised costs reach stored hashes at the next sign-in."""
    before, after = Passwords(CountingHasher(rounds=1)), Passwords(CountingHasher(rounds=2))
    stored = before.hash(GOOD)
    assert after.is_outdated(stored)
    assert not before.is_outdated(stored)


def test_a_stored_text_that_is_no_hash_is_a_defect_and_not_a_wrong_password() -> None:
    """A broken row is not passed off as a typing mistake."""
    with pytest.raises(ValueError, match="cannot be read"):
        Passwords(CountingHasher()).verify("plain text", GOOD)

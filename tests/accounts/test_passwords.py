"""Passwords are kept as Argon2id, and checking nobody's takes the work of checking somebody's."""

from __future__ import annotations

import unicodedata

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


COMPOSED = unicodedata.normalize("NFC", "Schlüssel für Köln 12")
APART = unicodedata.normalize("NFD", COMPOSED)
HANGUL = "열쇠는 서랍 안에 있다 12"


@pytest.mark.parametrize(
    ("set_as", "typed"),
    [
        (COMPOSED, APART),
        (APART, COMPOSED),
        (HANGUL, unicodedata.normalize("NFD", HANGUL)),
        ("a quiet harbour １２", "a quiet harbour 12"),
        ("a quiet\u00a0harbour 12", "a quiet harbour 12"),
    ],
)
def test_a_password_is_the_same_however_a_keyboard_composes_it(set_as: str, typed: str) -> None:
    """Letters with their accents apart or together, full-width digits, another space."""
    passwords = Passwords(CountingHasher())
    assert passwords.verify(passwords.hash(set_as), typed)


@pytest.mark.parametrize("typed", [COMPOSED, APART])
@pytest.mark.parametrize("stored", [COMPOSED, APART])
def test_a_hash_from_before_there_was_one_form_still_verifies(stored: str, typed: str) -> None:
    """Nobody is locked out by the change, on whichever keyboard they set it."""
    hasher = CountingHasher()
    assert Passwords(hasher).verify(hasher.hash(stored), typed)


@pytest.mark.parametrize("typed", ["Schlussel fur Koln 12", COMPOSED.upper(), COMPOSED + " "])
def test_another_password_stays_another_one(typed: str) -> None:
    """Accents, case and spaces count."""
    passwords = Passwords(CountingHasher())
    assert not passwords.verify(passwords.hash(COMPOSED), typed)


@pytest.mark.parametrize("typed", ["wrong but long enough", APART + "!", COMPOSED + "!"])
def test_the_forms_of_a_password_cost_the_same_with_and_without_an_account(typed: str) -> None:
    """What was typed decides how many hashes are computed, and nothing else."""
    costs = []
    for stored in (None, Passwords(CountingHasher()).hash(GOOD)):
        hasher = CountingHasher()
        assert not Passwords(hasher).verify(stored, typed)
        costs.append(hasher.checks)
    assert costs[0] == costs[1]

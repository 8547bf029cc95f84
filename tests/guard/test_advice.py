"""Whoever was refused reads what it means and what to do, in calm words and without an echo."""

from __future__ import annotations

import pytest

from trustops.errors import PhraseDoubtedError, SecretDoubtedError, SecretFoundError
from trustops.guard import ADVICE, QUESTIONS, Finding, SecretKind, advice, refusal


@pytest.mark.parametrize("kind", SecretKind)
def test_every_kind_has_its_advice(kind: SecretKind) -> None:
    """It was not stored, nobody will ask for it, and no sentence shouts."""
    text = advice([Finding(kind, "message")])
    assert text == ADVICE[kind]
    assert "We did not store it." in text
    assert "Nobody here will ever ask for it." in text
    assert "!" not in text


@pytest.mark.parametrize(
    "kind", [SecretKind.RECOVERY_PHRASE, SecretKind.PRIVATE_KEY, SecretKind.KEYSTORE]
)
def test_a_wallet_secret_counts_as_compromised(kind: SecretKind) -> None:
    """A new wallet and moving the assets are the only help."""
    assert "treat it as compromised" in ADVICE[kind]
    assert "create a new wallet on a clean device" in ADVICE[kind]


def test_a_hash_taken_for_a_key_is_shown_its_field() -> None:
    """Shape cannot tell them apart, so the person is told how to say it."""
    assert "put it into the transaction field" in ADVICE[SecretKind.PRIVATE_KEY]


def test_a_doubtful_find_is_asked_about_and_beside_a_certain_one_left_out() -> None:
    """Calmly: nobody is told to move assets because of a hash."""
    doubt = Finding(SecretKind.PRIVATE_KEY, "a", is_certain=False)
    certain = Finding(SecretKind.RECOVERY_PHRASE, "b")
    assert advice([doubt]).startswith("Is this a transaction hash?")
    assert "If it is a key, do not send it" in advice([doubt])
    assert advice([doubt, certain]) == ADVICE[SecretKind.RECOVERY_PHRASE]


def test_the_refusal_asks_by_the_kind_that_is_in_doubt() -> None:
    """A phrase and a hash are two questions; of both, the phrase comes first."""
    key = Finding(SecretKind.PRIVATE_KEY, "a", is_certain=False)
    phrase = Finding(SecretKind.RECOVERY_PHRASE, "b", is_certain=False)
    for findings, kind in (
        ([key], SecretDoubtedError),
        ([phrase], PhraseDoubtedError),
        ([key, phrase], PhraseDoubtedError),
    ):
        error = refusal(findings)
        assert type(error) is kind
        assert error.message.startswith(error.title)
        assert [item.field for item in error.errors] == [each.field for each in findings]
    assert QUESTIONS[SecretKind.PRIVATE_KEY] in refusal([key, phrase]).message


def test_the_refusal_of_anything_certain_asks_nothing() -> None:
    """Every field is named once, also one that was only doubted."""
    findings = [
        Finding(SecretKind.PRIVATE_KEY, "a", is_certain=False),
        Finding(SecretKind.RECOVERY_PHRASE, "b"),
        Finding(SecretKind.API_TOKEN, "b"),
    ]
    error = refusal(findings)
    assert type(error) is SecretFoundError
    assert {item.field: item.message for item in error.errors} == {
        "a": "looks like a secret, and was not stored",
        "b": "looks like a secret, and was not stored",
    }


def test_several_kinds_give_one_paragraph_each_and_none_gives_nothing() -> None:
    """Fields do not matter, and no kind is repeated."""
    findings = [
        Finding(SecretKind.API_TOKEN, "a"),
        Finding(SecretKind.RECOVERY_PHRASE, "a"),
        Finding(SecretKind.API_TOKEN, "b"),
    ]
    assert advice(findings).split("\n\n") == [
        ADVICE[SecretKind.RECOVERY_PHRASE],
        ADVICE[SecretKind.API_TOKEN],
    ]
    assert advice([]) == ""

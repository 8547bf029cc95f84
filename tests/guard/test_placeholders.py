"""What people read where a secret was taken out: words, and never the placeholder."""

from __future__ import annotations

import pytest

from trustops.guard.kinds import SecretKind
from trustops.guard.placeholders import in_words, nothing_but, placeholder

PHRASE = placeholder(SecretKind.RECOVERY_PHRASE)
KEY = placeholder(SecretKind.PRIVATE_KEY)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (PHRASE, "[a part of a recovery phrase, taken out]"),
        (f"My words: {PHRASE}. Help", "My words: [a part of a recovery phrase, taken out]. Help"),
        (f"{PHRASE}\n{PHRASE}, {PHRASE}", "[parts of a recovery phrase, taken out]"),
        (
            f"{PHRASE} {KEY}",
            "[a part of a recovery phrase, taken out] [a part of a private key, taken out]",
        ),
        (f"{PHRASE} and {PHRASE}", " and ".join(["[a part of a recovery phrase, taken out]"] * 2)),
        (placeholder(SecretKind.KEYSTORE), "[a part of a wallet file, taken out]"),
        (placeholder(SecretKind.API_TOKEN), "[an API token, taken out]"),
        ("[REDACTED:by me]", "[REDACTED:by me]"),
        ("[redacted:recovery_phrase]", "[redacted:recovery_phrase]"),
        ("", ""),
    ],
)
def test_a_placeholder_is_read_as_words_of_its_kind(text: str, read: str) -> None:
    """Side by side they are told once; what somebody else wrote stays as it is."""
    assert in_words(text) == read


@pytest.mark.parametrize("kind", list(SecretKind))
def test_every_kind_has_words_for_one_place_and_for_several(kind: SecretKind) -> None:
    """So that no reader meets a name that is meant for programs."""
    for count in (1, 2):
        told = in_words(" ".join([placeholder(kind)] * count))
        assert "taken out" in told
        assert "REDACTED" not in told
        assert "_" not in told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (PHRASE, SecretKind.RECOVERY_PHRASE),
        (f" 3. {PHRASE},\n4. {PHRASE}!", SecretKind.RECOVERY_PHRASE),
        (KEY, SecretKind.PRIVATE_KEY),
        (f"{PHRASE} {KEY}", None),
        (f"{PHRASE} please", None),
        (f"{PHRASE} 네", None),
        (f"{PHRASE} 500 0712345678", None),
        ("3.", None),
        ("", None),
    ],
)
def test_a_text_with_nothing_else_to_read_is_known(text: str, kind: SecretKind | None) -> None:
    """Numbers and points around a placeholder are nothing that anybody has to read."""
    assert nothing_but(text) == kind

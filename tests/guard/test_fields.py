"""A phrase over the fields of one form, with honest words in other fields between its parts."""

from __future__ import annotations

import pytest

from tests.guard.languages import BY_NAME, composed, valid_phrase
from trustops.guard import scan

TALK = "Hello, my tokens are missing since Monday. Please help me."
EVERYDAY = [
    "open",
    "claim",
    "help",
    "about",
    "amount",
    "then",
    "ticket",
    "answer",
    "page",
    "network",
    "balance",
    "window",
]


@pytest.mark.parametrize("name", BY_NAME)
def test_parts_in_fields_with_talk_between_are_found_in_every_language(name: str) -> None:
    """Four words in the line about it, four for the wallet, four for the transaction."""
    for seed in range(10):
        words = composed(valid_phrase(BY_NAME[name], f"fields {seed}"))
        if len(set(words)) < len(words):
            continue
        parts = [" ".join(words[at : at + 4]) for at in (0, 4, 8)]
        fields = zip(
            ("subject", "message", "wallet", "tx_hash"), (parts[0], TALK, *parts[1:]), strict=True
        )
        found = {finding.field for finding in scan(fields) if finding.is_certain}
        assert found >= {"subject", "wallet", "tx_hash"}


def test_everyday_words_are_a_phrase_in_a_field_that_is_meant_for_no_words() -> None:
    """A mailbox named after words is a part as well; its domain is none."""
    fields = [
        ("subject", " ".join(EVERYDAY[:3])),
        ("message", TALK),
        ("wallet", " ".join(EVERYDAY[3:6])),
        ("tx_hash", " ".join(EVERYDAY[6:9])),
        ("email", ".".join(EVERYDAY[9:]) + "@mail.example"),
    ]
    assert {finding.field for finding in scan(fields)} == {"subject", "wallet", "tx_hash", "email"}


@pytest.mark.parametrize(
    "fields",
    [
        [
            ("subject", "claim page open"),
            ("message", "help about amount wallet ticket answer network"),
        ],
        [("subject", "wallet balance wrong"), ("message", TALK), ("wallet", "wallet address")],
        [("subject", "swap"), ("message", TALK), ("wallet", "do not know"), ("tx_hash", "none")],
        [("subject", "问题"), ("message", "好，是，我试过了"), ("wallet", "没有，不知道")],
        [("subject", "open claim"), ("message", TALK), ("email", "blue.river.stone@mail.example")],
    ],
)
def test_forms_of_holders_are_left_alone(fields: list[tuple[str, str]]) -> None:
    """Everyday words in the line about it and the message, and a field that is filled in words."""
    assert scan(fields) == ()

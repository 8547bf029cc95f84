"""What a requester may send: tidied where it is harmless, refused with a reason where not."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from trustops.tickets.forms import MESSAGE_LENGTH, NewTicket


def ticket(**given: object) -> NewTicket:
    """A ticket with the three needed fields, and what a test gives."""
    return NewTicket.model_validate({"topic": "other", "subject": "s", "message": "m", **given})


def test_only_topic_subject_and_message_are_needed() -> None:
    """Everything else is optional, and an empty field is as good as none."""
    made = ticket(wallet="", chain=" ", tx_hash=None, email="")
    assert (made.wallet, made.chain, made.tx_hash, made.email) == (None, None, None, None)
    assert made.locale in {None, "en"}


def test_a_subject_is_one_line_without_anything_invisible() -> None:
    """Line ends would forge headers, direction marks would disguise an address."""
    made = ticket(subject="  0 eligible\r\nBcc: x \u202egnihsihp\u2069 \x07 ")
    assert made.subject == "0 eligible Bcc: x gnihsihp"


def test_a_message_keeps_its_paragraphs() -> None:
    """A step-by-step account stays readable."""
    assert ticket(message="one\r\n\r\ntwo\x00\n").message == "one\n\ntwo"


@pytest.mark.parametrize(
    "words",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f469\U0001f3fd\u200d\U0001f4bb",
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u0600\u06f1\u06f2",
    ],
    ids=["Persian", "Hindi", "family", "tone", "selector", "flag", "number sign"],
)
def test_joiners_that_a_script_needs_stay(words: str) -> None:
    """Without them words are misspelt and a family becomes three people."""
    made = ticket(message=words, subject=f"{words} {words}")
    assert (made.message, made.subject) == (words, f"{words} {words}")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("pay\u200cpal", "paypal"),
        ("\u200dword\u200c", "word"),
        ("\u0645\u06cc\u200c", "\u0645\u06cc"),
        ("\u0645\u200b\u06cc", "\u0645\u06cc"),
        ("a\U000e0067\U000e007f", "a"),
        ("\u0645\u202e\u06cc\u2066", "\u0645\u06cc"),
    ],
)
def test_what_hides_or_turns_words_goes(typed: str, seen: str) -> None:
    """Joiners between Latin letters or at an end, and every direction mark."""
    assert ticket(message=typed).message == seen


@pytest.mark.parametrize("missing", ["topic", "subject", "message"])
def test_a_needed_field_that_is_only_space_is_missing(missing: str) -> None:
    """The error names the field."""
    with pytest.raises(ValidationError, match=missing):
        ticket(**{missing: " \n\t "})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("message", "x" * (MESSAGE_LENGTH + 1)),
        ("subject", "x" * 201),
        ("wallet", "x" * 301),
        ("chain", "<script>"),
        ("email", "nobody"),
        ("email", "a@b"),
        ("email", "a@b.c, d@e.f"),
        ("email", "a b@example.org"),
        ("email", "a..b@example.org"),
        ("email", ".a@example.org"),
        ("email", "a.@example.org"),
        ("email", "a@example..org"),
        ("email", "a@-example.org"),
        ("email", "\u00e4@example.org"),
        ("tx_hash", "x" * 301),
        ("unknown_field", "x"),
        ("subject", 7),
    ],
)
def test_what_cannot_be_used_is_refused_by_field(field: str, value: object) -> None:
    """Too long, malformed or unknown."""
    with pytest.raises(ValidationError, match=field):
        ticket(**{field: value})


@pytest.mark.parametrize(
    ("given", "kept"),
    [("zh-CN", "zh-Hans"), ("ko", "ko"), ("KO-kr", "ko"), ("fr", "en"), ("", None), ("en", "en")],
)
def test_a_locale_we_do_not_speak_is_served_in_english(given: str, kept: str | None) -> None:
    """A ticket is never refused for its language."""
    assert ticket(locale=given).locale in {kept, "en"}


def test_addresses_are_compared_in_lower_case() -> None:
    """As is the name of a chain."""
    made = ticket(email="Holder@Example.ORG", chain="BNB Smart Chain")
    assert made.email == "holder@example.org"
    assert made.chain == "bnb-smart-chain"


def test_an_address_typed_with_full_width_characters_is_the_address() -> None:
    """Keyboards for Korean and Chinese send them; the stored spelling is one."""
    assert ticket(email="holder＠example.org").email == "holder@example.org"

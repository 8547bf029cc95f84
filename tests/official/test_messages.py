"""A pasted message is read for all that it holds, the worst first, and nothing is opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.official.test_questions import ELIZA
from tests.official.things import BAD, NEW
from tests.pace import explodes
from trustops.official.message import LONGEST_MESSAGE, pieces
from trustops.official.rules import check, check_all
from trustops.official.values import Judgement

SCAM = f"""URGENT: elizaOS migration ends today!!

Dear holder, your tokens were flagged. Validate at hxxps://elizaos-claim[.]pages.dev/now, or
write to our admin @eliza_support_bot (Telegram: eliza_helper_7) or desk@e1izaos.ai.
The new contract is {BAD}. Documents: https://docs.elizaos.ai/ and https://x.com/elizaOS.
Send the tokens first to {NEW[:5]}{"1" * 33}{NEW[-4:]}. Version 2.0, e.g. today.
"""


def judged(text: str) -> dict[str, str]:
    """The verdict by the piece that it is about."""
    return {item.asked.lower(): item.verdict.value for item in check_all(text, ELIZA)}


def test_everything_in_a_scam_message_gets_a_verdict() -> None:
    """Links, a host made harmless, handles, a name after its network, mail and addresses."""
    assert judged(SCAM) == {
        "https://elizaos-claim.pages.dev/now": "lookalike",
        "@eliza_support_bot": "known-bad",
        "eliza_helper_7": "unknown",
        "desk@e1izaos.ai": "lookalike",
        BAD.lower(): "known-bad",
        "https://docs.elizaos.ai/": "official",
        "https://x.com/elizaos": "official",
        f"{NEW[:5]}{'1' * 33}{NEW[-4:]}".lower(): "lookalike",
    }


def test_the_worst_comes_first_and_is_the_answer() -> None:
    """Whoever reads one line reads that one."""
    found = [item.verdict for item in check_all(SCAM, ELIZA)]
    assert found[0] is Judgement.KNOWN_BAD
    assert found[-1] is Judgement.OFFICIAL
    assert check(SCAM, ELIZA).verdict is Judgement.KNOWN_BAD


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请访问https://elizaos-claim.xyz领取", ["https://elizaos-claim.xyz"]),
        ("docs.elizaos.ai에서 확인", ["docs.elizaos.ai"]),
        ("docs.elizaos.ai에서", ["docs.elizaos.ai"]),
        ("见 docs.elizaos.ai。", ["docs.elizaos.ai"]),
        (
            "[docs.elizaos.ai](https://evil.example/x)",
            ["docs.elizaos.ai", "https://evil.example/x"],
        ),
        (
            '<a href="https://evil.example">docs.elizaos.ai</a>',
            ["https://evil.example", "docs.elizaos.ai"],
        ),
        ("open evil.com, now.", ["evil.com"]),
        ("twice evil.com evil.com", ["evil.com"]),
        ("bad: https://a.example,https://b.example", ["https://a.example", "https://b.example"]),
        ("no end.This is prose, e.g. v1.2.3 and 3.14, node.js", []),
        ("pay ethereum:0x1/transfer?address=2 now", ["ethereum:0x1/transfer?address=2"]),
        (f"it is {NEW}!", [NEW]),
        (f"tx 0x{'9f' * 32}", [f"0x{'9f' * 32}"]),
    ],
)
def test_what_stands_in_words_is_taken_out(text: str, expected: list[str]) -> None:
    """Without the words and signs beside it, once each."""
    assert list(pieces(text)) == expected


def test_a_host_that_goes_on_in_another_script_is_whole() -> None:
    """The browser would open what stands at its end."""
    found = check("https://docs.elizaos.ai에서.evil.com/", ELIZA)
    assert found.verdict is not Judgement.OFFICIAL


def test_a_name_under_an_ending_that_nobody_can_register_is_read_too() -> None:
    """A desk that is tried out has its names there, and so have those who imitate it."""
    assert list(pieces("go to \u0440ortal.demo.invalid and a.test now")) == [
        "\u0440ortal.demo.invalid",
        "a.test",
    ]


@pytest.mark.parametrize("turning", ["\u202a", "\u202d", "\u202e"])
def test_what_turns_the_words_of_a_message_is_said_of_each_thing_in_it(turning: str) -> None:
    """What is seen is not what is read."""
    (plain,) = check_all("see https://docs.elizaos.ai/ now", ELIZA)
    (turned,) = check_all(f"see {turning}https://docs.elizaos.ai/ now", ELIZA)
    assert "nobody can see" not in plain.sentence
    assert "nobody can see" in turned.sentence


@pytest.mark.parametrize(
    "link",
    [
        "https://elizaos.ai\uff0fclaim.evil.com",
        "https://elizaos.ai\uff0fclaim@evil.com",
        "elizaos.ai\uff0fclaim.evil.com",
        "https://elizaos.ai\uff20evil.com",
        "http://evil.com\uff3c@elizaos.ai",
    ],
)
def test_a_sign_that_only_looks_like_a_part_of_a_link_makes_it_nobodys(link: str) -> None:
    """Alone and within a message: whether a browser takes it for one, nobody can tell."""
    for text in (link, f"go to {link} now"):
        assert [(item.verdict, item.why) for item in check_all(text, ELIZA)] == [
            (Judgement.UNKNOWN, "unreadable")
        ]


@pytest.mark.parametrize(
    "text",
    [
        "Subject line: hello",
        "last line: claim it",
        "signal: green",
        "텔레그램 scam 입니다",
    ],
)
def test_a_word_after_the_name_of_a_network_is_no_account(text: str) -> None:
    """Where that name is an everyday word too, or nothing says that an account follows."""
    assert [item.why for item in check_all(text, ELIZA)] == ["no-shape"]


@pytest.mark.parametrize(
    "text",
    ["line id: supportdesk", "signal: eliza_help", "telegram: helpdesk", "텔레그램 eliza_help"],
)
def test_an_account_after_the_name_of_its_network_is_one(text: str) -> None:
    """It is judged as an account."""
    assert "no-shape" not in [item.why for item in check_all(text, ELIZA)]


def test_an_at_of_east_asia_is_one_before_a_name() -> None:
    """As keyboards there write it."""
    assert [item.why for item in check_all("ask \uff20eliza_help please", ELIZA)] == [
        item.why for item in check_all("ask @eliza_help please", ELIZA)
    ]


def test_words_without_anything_to_judge_are_one_answer() -> None:
    """Which says what may be pasted."""
    found = check_all("is this really you, or not", ELIZA)
    assert [item.why for item in found] == ["no-shape"]


@pytest.mark.long
def test_a_message_of_the_greatest_length_is_read_in_a_moment() -> None:
    """As long as the guard lets through, and full of names."""
    text = " ".join(f"a{at}-claim.com" for at in range(5_000))[:LONGEST_MESSAGE]
    assert len(check_all(text, ELIZA)) > 900
    assert not explodes(lambda part: check_all(part, ELIZA), text, LONGEST_MESSAGE)


@given(st.text(max_size=400))
def test_no_message_breaks_the_reader(text: str) -> None:
    """Whatever was pasted, there is an answer."""
    assert check_all(text, ELIZA)

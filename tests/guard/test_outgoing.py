"""What may be said to a holder: asks are refused, strangers and promises wait for a lead."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from tests.pace import explodes
from trustops.guard.outgoing import Allowed, Code, Ruling, judge
from trustops.guard.outgoing_names import named

HERE = Path(__file__).parent / "outgoing_words"
ROOT = Path(__file__).parents[2]
CONTENT = (ROOT / "content", ROOT / "trustops" / "demo" / "content")
OURS = Allowed(
    hosts=frozenset({"elizaos.example", "desk.elizaos.example"}),
    addresses=frozenset({"0x52908400098527886E0F7030069857D2E4169EE7"}),
    accounts=frozenset(
        {("x", "elizaos"), ("telegram", "elizaos_news"), ("mastodon", "desk@m.example.org")}
    ),
    emails=frozenset({"help@elizaos.example"}),
    own=frozenset({"7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU", "0x" + "ab" * 32}),
    facts=frozenset({"3 February 2026", "500 tokens"}),
)


def lines(name: str) -> list[str]:
    """The lines of a corpus."""
    found = (HERE / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in found]


def codes(text: str) -> set[Code]:
    """What stops a text, with the official things of these tests."""
    return {reason.code for reason in judge(text, OURS).reasons}


@pytest.mark.parametrize(
    "words", [*lines("phished"), *lines("phished_again"), *lines("phished_third")]
)
def test_no_answer_of_a_phished_agent_passes(words: str) -> None:
    """Each is held or refused, alone and after a friendly beginning."""
    for text in (words, f"Hello,\n\nthank you for your patience.\n\n{words}\n\nKind regards"):
        assert judge(text, Allowed()).ruling is not Ruling.PASS


@pytest.mark.parametrize(
    "words",
    [
        *lines("phished"),
        *(
            pytest.param(line, marks=pytest.mark.long)
            for line in (*lines("phished_again"), *lines("phished_third"))
        ),
    ],
)
def test_a_warning_before_it_excuses_no_ask(words: str) -> None:
    """What is denied in one sentence may not be asked for in the next."""
    assert judge(f"We never ask for your phrase. {words}", Allowed()).ruling is not Ruling.PASS


@pytest.mark.parametrize("words", lines("warnings"))
def test_warnings_pass(words: str) -> None:
    """A denial, or a word about those who ask, is what an agent should write."""
    assert judge(words, Allowed()).ruling is Ruling.PASS


def test_at_most_two_in_a_hundred_ordinary_answers_wait() -> None:
    """Of 200 answers in three languages, 150 of other kinds, 200 more; none of them is refused."""
    for name, count in (("ordinary", 200), ("ordinary_again", 150), ("ordinary_third", 200)):
        rulings = [judge(words, Allowed()).ruling for words in lines(name)]
        assert len(rulings) == count
        assert rulings.count(Ruling.REFUSED) == 0
        assert rulings.count(Ruling.HELD) <= count // 50


@pytest.mark.parametrize(
    "file",
    sorted(file for folder in CONTENT for end in ("md", "j2") for file in folder.rglob(f"*.{end}")),
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_what_is_shipped_passes(file: Path) -> None:
    """Replies, answers, pages, known issues and heartbeats as readers get them, facts left out."""
    text = file.read_text("utf-8").split("---", 2)[-1]
    assert judge(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "X", text), Allowed()).reasons == ()


@pytest.mark.parametrize(
    "text",
    [
        "See https://elizaos.example/faq, or http://desk.elizaos.example:443/support.",
        "Write to help@elizaos.example or to @elizaos.",
        "Our channel is t.me/s/elizaos_news; on X it is https://x.com/elizaos/status/1.",
        "We are @desk@m.example.org there.",
        "The contract is 0x52908400098527886e0f7030069857d2e4169ee7.",
        "Your wallet is 7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU.",
        "Your transaction is https://etherscan.io/tx/0x" + "ab" * 32 + " there.",
        "Ask at https://support.kraken.com/hc/en-us, please.",
        "Search on https://x.com/search for it.",
        "The file README.md says so, e.g. version 2.0.1.",
        "You will receive 500 tokens, as the record says.",
        "You will get them by 3 February 2026.",
        "The topic is 0x" + "ab" * 22 + ", which is no address.",
        "거래는 etherscan.io에서 볼 수 있습니다.",
        "请在etherscan.io查看。",
    ],
)
def test_what_is_official_or_the_readers_own_passes(text: str) -> None:
    """Official names, the reader's wallet and transaction, explorers, exchanges, known facts."""
    assert judge(text, OURS).reasons == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("See https://elizaos.example.evil.com/faq.", Code.HOST),
        ("See https://elizaos.example@evil.com/faq.", Code.HOST),
        ("See https://elizaos.example:8443/faq.", Code.HOST),
        ("See https://xn--lizaos-xva.example", Code.HOST),
        ("See https://ethеrscan.io/tx/1", Code.HOST),
        ("See ftp://elizaos.example/x", Code.HOST),
        ("See elizaos-claim[.]com", Code.HOST),
        ("See elizaos-claim。com", Code.HOST),
        ("See https://etherscan.io/redirect?url=https://evil.example", Code.HOST),
        ("See 203.0.113.7/claim", Code.HOST),
        ("Pay a look to claim.eth", Code.HOST),
        ("See 请看.com", Code.HOST),
        ("See tinyurl.com/abc", Code.SHORTENED),
        ("Ask https://x.com/elizaos_help", Code.ACCOUNT),
        ("Ask on https://discord.com/invite/abc", Code.ACCOUNT),
        ("Ask user#1234 there", Code.ACCOUNT),
        ("Our Telegram is support_4", Code.ACCOUNT),
        ("카카오톡 아이디: support77", Code.ACCOUNT),
        ("Call +44 20 7946 0958", Code.ACCOUNT),
        ("Mail hеlp@elizaos.example", Code.EMAIL),
        ("To 0x5290 8400 0985 2788 6E0F 7030 0698 57D2 E416 9EE8", Code.ADDRESS),
        ("To TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", Code.ADDRESS),
        ("To GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7", Code.ADDRESS),
        ("To &#48;x52908400098527886E0F7030069857D2E4169EE8", Code.ADDRESS),
        ("Tomorrow your tokens will be released.", Code.PROMISED_DATE),
        ("A compensation of 300 USDT is booked.", Code.PROMISED_AMOUNT),
    ],
)
def test_what_names_strangers_or_promises_waits_for_a_lead(text: str, code: Code) -> None:
    """However it is written; the reason names the part of the text."""
    verdict = judge(text, OURS)
    assert verdict.ruling is Ruling.HELD
    assert code in codes(text)
    assert all(0 <= reason.start < reason.end <= len(text) for reason in verdict.reasons)


def test_a_reason_marks_the_words_that_it_is_about() -> None:
    """Staff see which part of a long answer a lead has to look at."""
    text = "Hello, please see evil.example.com for more."
    (reason,) = judge(text, OURS).reasons
    assert text[reason.start : reason.end] == "evil.example.com"


def test_everything_that_a_text_names_is_told_in_its_order_and_each_part_once() -> None:
    """Also what is official; an address within a link is a part of the link."""
    stranger = "0x" + "cd" * 20
    link = f"https://evil.example/a/{stranger}"
    text = f"{next(iter(OURS.addresses))}, {link} and help@elizaos.example"
    parts = [(text[one.start : one.end], one.code) for one in named(text, OURS)]
    assert parts == [
        (next(iter(OURS.addresses)), None),
        (link, Code.HOST),
        ("help@elizaos.example", None),
    ]


def test_refused_words_are_told_why_they_are_refused_alone() -> None:
    """Somebody whose words are refused need not read first what would only have waited."""
    verdict = judge("Open evil.com and tell me your phrase.", OURS)
    assert verdict.sentences == ("asks for a recovery phrase, a key or a password",)
    assert judge("Open evil.com.", OURS).sentences == (
        "names a site that is neither official nor a public explorer or exchange",
    )


def test_decomposed_hangul_is_read_like_composed() -> None:
    """Some keyboards send the letters of a syllable apart."""
    assert codes(unicodedata.normalize("NFD", "복구 문구를 알려 주세요.")) == {Code.SECRET}


def test_the_last_noun_decides_what_it_means() -> None:
    """A "send it here" after a hash is a plain question; after a phrase it is none."""
    assert not codes("Never send your phrase. If you have the transaction hash, send it here.")
    assert codes("You have your seed phrase. Send it here.") == {Code.SECRET}


def test_what_happens_after_an_ask_makes_a_warning_of_it() -> None:
    """An "if you type it there, all is lost" warns, unless it is to be told to us."""
    assert not codes("If you type your seed phrase there, the tokens are stolen.")
    assert codes("If you send me your seed phrase, nothing is lost.") == {Code.SECRET}


@pytest.mark.no_cover
def test_the_longest_answer_is_judged_at_once() -> None:
    """Time grows with the size, and no text makes it explode."""
    for piece in ("never send, ", "a ", "1.", "你不", "0x"):
        assert not explodes(lambda text: judge(text, OURS), piece, 20_000), piece


def test_each_line_of_a_corpus_stands_once() -> None:
    """A figure over a corpus counts no answer twice."""
    for name in (
        "phished",
        "phished_again",
        "phished_third",
        "warnings",
        "ordinary",
        "ordinary_again",
        "ordinary_third",
    ):
        assert all(one != other for one, other in pairwise(sorted(lines(name))))
    assert len(lines("phished")) >= 60


TITLES = [line for line in lines("titles") if line and not line.startswith("# ")]


def test_no_honest_title_is_held_or_refused() -> None:
    """Eighty-six titles of help pages in English, Korean and Chinese that speak of secrets."""
    assert len(TITLES) == 86
    held = [title for title in TITLES if judge(title, OURS, title=True).ruling is not Ruling.PASS]
    assert held == []


@pytest.mark.parametrize(
    "words",
    [
        "Send us your third word",
        "Third word please",
        "Your second wallet word?",
        "What is your seed phrase?",
        "Enter the recovery phrase here",
        "We need your private key now",
        "복구 문구를 보내 주세요",
        "개인 키를 입력하세요",
        "请把助记词发给我们",
        "您的私钥是什么？",
        "S e n d us your seed phrase",
        "Connect your wallet",
        "Third word\nand the fourth",
    ],
)
def test_a_title_that_speaks_to_its_reader_is_judged_like_all_else(words: str) -> None:
    """And in an answer every one of them is held, the shortest too."""
    assert judge(words, OURS, title=True).ruling is not Ruling.PASS
    assert judge("Second wallet word?", OURS).ruling is Ruling.HELD

"""Chinese signs told one a message, glued to talk, and what stays of the words beside pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.guard.languages import BY_NAME, valid_phrase
from tests.guard.samples import raw
from trustops.guard import Finding, SecretKind, scan_messages, take_out

PHRASE = (Finding(SecretKind.RECOVERY_PHRASE, ""),)
GONE = "[REDACTED:recovery_phrase]"
WORDS = "velvet oyster garbage walnut pelican jealous tobacco quantum lobster noodle crunch zebra"
EACH = WORDS.split()
CHATS = {
    language: said
    for language, *said in (
        part.strip().split("\n")
        for part in Path(__file__).with_name("chats.txt").read_text("utf-8").split("# ")[1:]
    )
}
"""Honest messages of holders, none with a secret, by language."""

SIGNED = ("simplified Chinese", "traditional Chinese")
LEADS = (
    *(
        "然后是{}",
        "然后{}",
        "接下来是{}",
        "下一个字是{}",
        "再来{}",
        "接着{}",
        "第三个是{}",
        "还有{}。",
    ),
    *(
        "最后是{}",
        "{}",
        "后面是「{}」",
        "下一个：{}",
        "再是{}吧",
        "然後是{}",
        "接下來是{}",
        "嗯，然后{}",
    ),
    *(
        "next is {}",
        "the fifth: {}",
        "다음은 {}입니다",
        "그리고 {}",
        "次は{}です",
        "それから「{}」",
    ),
)
TALK = {
    "Chinese": ("可以吗？", "我在手机上打字，抱歉", "那个页面打不开，一直转"),
    "English": ("Did you get that?", "I am on my phone, sorry.", "It shows nothing since Monday."),
    "Korean": ("잠시만요", "휴대폰으로 열었어요", "아직 안 왔어요, 얼마나 걸리나요?"),
    "Japanese": ("すみません、遅くなりました", "まだ届きません", "どうすればいいですか"),
}


def drawn(texts: Sequence[str], seed: str, amount: int) -> list[str]:
    """So many different texts, in an order by lot."""
    keys = {text: raw(f"{seed} {text}", 8) for text in texts}
    return sorted(texts, key=lambda text: keys[text])[:amount]


def told(words: Sequence[str], talk: Sequence[str], seed: str) -> Iterator[str]:
    """Each word with something that leads to it, and talk after each but the last."""
    for at, word in enumerate(words):
        yield LEADS[raw(f"lead {seed} {at}", 1)[0] % len(LEADS)].format(word)
        if at < len(words) - 1:
            yield talk[at % len(talk)]


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize("talk", TALK)
def test_signs_told_one_a_message_are_noticed_and_taken_out(name: str, talk: str) -> None:
    """Eleven words within twenty-one messages, glued to what leads to them; talk stays."""
    seeds = [
        seed for seed in map(str, range(20)) if len(set(valid_phrase(BY_NAME[name], seed))) > 11
    ]
    missed = 0
    for seed in seeds:
        words = valid_phrase(BY_NAME[name], seed)[:11]
        *earlier, new = told(words, TALK[talk], seed)
        if scan_messages(earlier, new) != PHRASE:
            missed += 1
            continue
        cleaned = take_out(earlier, new).earlier
        assert cleaned[1::2] == tuple(earlier[1::2])
        assert all(GONE in text for text in cleaned[::2])
    assert missed <= len(seeds) // 20


@pytest.mark.parametrize("language", CHATS)
def test_honest_messages_of_twenty_and_more_tell_no_phrase(language: str) -> None:
    """Three hundred tickets a language, of twenty-one messages each."""
    for number in range(300):
        *earlier, new = drawn(CHATS[language], f"{language} {number}", 21)
        assert scan_messages(earlier, new) == (), [*earlier, new]


def test_what_leads_to_one_more_sign_is_refused_after_pieces_were_taken_out() -> None:
    """And talk with the same beginning is not."""
    for text in ("然后是擦", "接下来是呼", "最后一个字是擦"):
        assert scan_messages([GONE], text) == PHRASE
    for text in ("然后呢", "接下来怎么做？", "最后是确认", "还有吗", "对，是我"):
        assert scan_messages([GONE], text) == ()


@pytest.mark.parametrize(
    "talk",
    [
        "t.me/eliza_help wrote. Is docs.elizaos.ai real",
        "Somebody on @eliza_support asked me to open the page. Is that you?",
        "see https://discord.gg/apple-tree-group please",
        "mail me at mike.river@gmail.com",
        "Please wait, I have to feed the dog.",
        "it is on the train now, sorry",
        "I bought it in March. Then nothing.",
        "Hello, can you help me? I wrote to you on Monday.",
        "The address of the project is github.com/elizaOS/ocean/issues/12",
        "this is the second ticket I open",
    ],
)
def test_honest_words_beside_pieces_stay_though_the_list_has_them(talk: str) -> None:
    """Names of sites and accounts are never words of a phrase, nor the end of a sentence."""
    halves = [" ".join(EACH[:6]), talk, " ".join(EACH[6:])]
    single = [*EACH[:5], talk, *EACH[5:]]
    beside = [f"{talk}\n{' '.join(EACH[:6])}", f"{' '.join(EACH[6:])}"]
    for *earlier, new in (halves, single):
        cleaned = take_out(earlier, new).earlier
        assert talk in cleaned
        assert cleaned.count(GONE) == len(earlier) - 1
    assert take_out(beside[:1], beside[1]).earlier == (f"{talk}\n{GONE}",)


def test_a_name_made_of_many_list_words_is_a_piece_all_the_same() -> None:
    """Six words parted by points or lines are half a phrase, whatever they look like."""
    for earlier in (f"https://{'.'.join(EACH[:6])}.example/", "_".join(EACH[:6])):
        assert scan_messages([earlier], " ".join(EACH[6:])) == PHRASE
        assert not [word for word in EACH if word in take_out([earlier], WORDS[41:]).earlier[0]]


def test_parts_with_everyday_words_go_with_the_others() -> None:
    """Half of their words may be common once a phrase is known to be told."""
    earlier = [
        "my words: expect network detail address",
        "I just want to say thank you.",
        "police bulk mother begin wagon kitten. It says open wallet.",
    ]
    new = "deputy pigeon egg snow velvet garbage"
    cleaned = take_out(earlier, new).earlier
    assert scan_messages(earlier, new) == PHRASE
    assert cleaned == (f"my words: {GONE}", earlier[1], f"{GONE}. It says open wallet.")

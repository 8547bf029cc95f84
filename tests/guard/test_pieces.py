"""A secret that is told in pieces: what completes it is refused, and what may stay of the rest."""

from __future__ import annotations

import pytest

from tests.guard.languages import BY_NAME, composed, valid_phrase
from tests.guard.samples import digits
from tests.guard.test_outgoing import lines
from tests.guard.test_prose import MESSAGES
from trustops.guard import Finding, SecretKind, scan_messages, take_out
from trustops.guard.words import plain

WORDS = "velvet oyster garbage walnut pelican jealous tobacco quantum lobster noodle crunch zebra"
EACH = WORDS.split()
PHRASE = (Finding(SecretKind.RECOVERY_PHRASE, ""),)
CHAT = ("Did you get that?", "I am on my phone, sorry.", "My wallet shows nothing since Monday.")
GONE = "[REDACTED:recovery_phrase]"


def with_chat(count: int) -> list[str]:
    """So many words of the phrase, one a message, each with talk after it."""
    said: list[str] = []
    for at, word in enumerate(EACH[:count]):
        said += [word, CHAT[at % len(CHAT)]]
    return said


def test_one_word_a_message_with_talk_after_each_is_noticed_within_twenty_messages() -> None:
    """Eleven words are what twenty messages and a new one hold; ten of them are enough."""
    earlier = with_chat(10)
    assert len(earlier) == 20
    assert scan_messages(earlier, EACH[10]) == PHRASE
    assert scan_messages(earlier[:-2], EACH[9]) == PHRASE
    assert scan_messages(earlier[:-4], EACH[8]) == ()
    assert scan_messages(earlier, "What do I have to do now?") == ()


@pytest.mark.parametrize(
    ("earlier", "new", "left"),
    [
        ([WORDS[:41]], " ".join(EACH[6:]), [GONE]),
        (
            [f"It failed. My words are {' '.join(EACH[:6])}. I sent it on Monday.", CHAT[0]],
            f"the rest: {' '.join(EACH[6:])}",
            [f"It failed. My words are {GONE}. I sent it on Monday.", CHAT[0]],
        ),
        (with_chat(9), EACH[9], [text for chat in CHAT * 3 for text in (GONE, chat)]),
        (with_chat(10), EACH[10], [text for chat in (*CHAT * 3, CHAT[0]) for text in (GONE, chat)]),
        (
            [f"{at}. {word}" for at, word in enumerate(EACH[:8], 1)],
            " ".join(EACH[8:]),
            [GONE] * 8,
        ),
        (
            [f"{' '.join(EACH[:5])} pelicna", CHAT[2]],
            " ".join(EACH[5:]),
            [GONE, CHAT[2]],
        ),
        (
            [f"Hallo\n{' '.join(EACH[:4])}\nI am waiting.", " ".join(EACH[4:8])],
            " ".join(EACH[8:]),
            [f"Hallo\n{GONE}\nI am waiting.", GONE],
        ),
        (
            [
                f"I have it: {' '.join(EACH[:6])}. Can you help? Please wait.",
                "It has been with the exchange since Monday.",
            ],
            " ".join(EACH[6:]),
            [
                f"I have it: {GONE}. Can you help? Please wait.",
                "It has been with the exchange since Monday.",
            ],
        ),
        ([f"&#118;elvet {' '.join(EACH[1:6])}"], " ".join(EACH[6:]), None),
        (
            [f"My key begins with {digits('half')[:32]}", CHAT[0]],
            "Sorry, I have to go.",
            [f"My key begins with {digits('half')[:32]}", CHAT[0]],
        ),
    ],
)
def test_pieces_go_and_the_words_beside_them_stay(
    earlier: list[str], new: str, left: list[str] | None
) -> None:
    """Of the secret no word stays; where a piece leads to no place in a text, all of it goes."""
    cleaned = take_out(earlier, new).earlier
    if left is not None:
        assert list(cleaned) == left
    if new.rsplit(maxsplit=1)[-1] in EACH:
        assert not [word for word in EACH for text in cleaned if word in text]


HALF, REST = " ".join(EACH[:6]), " ".join(EACH[6:])


@pytest.mark.parametrize(
    ("earlier", "new"),
    [
        (["".join(f"&#{ord(sign)};" for sign in HALF)], REST),
        ([HALF.replace("o", "0").replace("e", "3")], REST),
        ([HALF.encode().hex()], REST),
        (["".join(f"&#{ord(sign)};" for sign in word) for word in EACH[:9]], EACH[9]),
        ([f"{GONE} {HALF}"], REST),
        (["".join(f"&#{ord(sign)};" for sign in text) for text in (WORDS, HALF)], REST),
    ],
)
def test_a_text_goes_whole_where_a_piece_has_no_place_in_it(earlier: list[str], new: str) -> None:
    """Behind escapes, as bytes, with digits for letters, or beside what was taken out before."""
    assert take_out(earlier, new).earlier == (GONE,) * len(earlier)


@pytest.mark.parametrize(
    ("earlier", "left"),
    [
        ([HALF, "?!"], (GONE, GONE)),
        ([HALF, ""], (GONE, "")),
        ([WORDS, HALF], (GONE, GONE)),
        ([HALF, "It hangs. " * 4000], (GONE, "It hangs. " * 4000)),
    ],
)
def test_what_stands_between_the_pieces_stays_where_it_has_words(
    earlier: list[str], left: tuple[str, ...]
) -> None:
    """However long it is; signs alone go with the pieces."""
    assert take_out(earlier, REST).earlier == left


def test_common_words_that_stand_alone_stay_beside_parts_of_a_phrase() -> None:
    """They may be what somebody saw on a button."""
    earlier = ["open claim", f"I have it: {HALF}. Please wait."]
    left = ("open claim", f"I have it: {GONE}. Please wait.")
    assert take_out(earlier, f"the rest: {REST}").earlier == left


def test_common_words_alone_in_a_message_stay_where_the_others_are_a_phrase() -> None:
    """Each is on the list, and the phrase needs none of them."""
    earlier = [*EACH[:6], "check balance again", *EACH[6:11]]
    left = take_out(earlier, EACH[11]).earlier
    assert left == (*[GONE] * 6, "check balance again", *[GONE] * 5)


def test_a_hash_beside_the_half_of_a_key_stays() -> None:
    """It was said before, and is no part of what is completed."""
    key, other = digits("half"), "0x" + digits("other")
    cleaned = take_out([other, f"it begins with {key[:32]}"], key[32:])
    assert cleaned.earlier == (other, "it begins with [REDACTED:private_key]")


def test_a_half_of_a_key_goes_with_the_other_half() -> None:
    """And the words before it stay."""
    key = digits("half")
    cleaned = take_out([CHAT[0], f"it begins with {key[:32]}"], key[32:])
    assert cleaned.earlier == (CHAT[0], "it begins with [REDACTED:private_key]")


@pytest.mark.parametrize("name", BY_NAME)
def test_pieces_go_in_every_language(name: str) -> None:
    """One word a message, and halves; what is said in between stays."""
    words = composed(valid_phrase(BY_NAME[name], "pieces"))
    for earlier, new in (
        ([*words[:5], CHAT[0], *words[5:11]], words[11]),
        ([" ".join(words[:6]), CHAT[0]], " ".join(words[6:])),
    ):
        cleaned = take_out(earlier, new).earlier
        assert cleaned.count(CHAT[0]) == 1
        assert cleaned.count(GONE) == len(earlier) - 1
        assert not {plain(word) for word in words} & {plain(text) for text in cleaned}


def test_a_whole_phrase_takes_its_own_pieces_out_and_nothing_else() -> None:
    """Somebody told six words, and then sends all of them at once."""
    earlier = [" ".join(EACH[:6]), "It says open wallet, select network.", *EACH[6:8]]
    assert take_out(earlier, WORDS).earlier == (GONE, earlier[1], GONE, GONE)


def test_quotes_of_the_pieces_go_too() -> None:
    """An answer that repeats three words and more of them, and no other answer."""
    answers = ["You wrote velvet oyster garbage: never do that.", "Send no words, please.", ""]
    cleaned = take_out([" ".join(EACH[:6])], " ".join(EACH[6:]), answers)
    assert cleaned.others == (f"You wrote {GONE}: never do that.", answers[1], "")


def test_where_pieces_were_taken_out_one_more_is_refused() -> None:
    """Nobody knows any more how many were told, so that the last one cannot be sent again."""
    cleaned = take_out(with_chat(10), EACH[10]).earlier
    for piece in (EACH[10], " ".join(EACH[6:]), f"they end with: {' '.join(EACH[8:])}"):
        assert scan_messages(cleaned, piece) == PHRASE
        assert take_out(cleaned, piece).earlier == cleaned
    for words in (*CHAT, "thank you", "please wait", "ok"):
        assert scan_messages(cleaned, words) == ()
    half = take_out(["it begins with " + digits("half")[:32]], digits("half")[32:]).earlier
    assert scan_messages(half, digits("half")[32:]) == (Finding(SecretKind.PRIVATE_KEY, ""),)
    assert scan_messages(half, "My wallet is 0x" + "ab" * 20) == ()


def test_what_is_doubted_or_ordinary_takes_nothing_out() -> None:
    """Chinese signs within a sentence, and words without a secret."""
    signs = "".join(valid_phrase(BY_NAME["simplified Chinese"], "asked"))
    doubted = f"我今天打开钱包发现{signs}然后代币没有到账"
    earlier = [" ".join(EACH[:6]), doubted]
    for new in (doubted, CHAT[0], ""):
        assert take_out(earlier, new).earlier == tuple(earlier)


@pytest.mark.parametrize("name", ["simplified Chinese", "traditional Chinese"])
@pytest.mark.parametrize("talk", ["Here are some: ", "这几个字：", "我的助记词：", ""])
@pytest.mark.parametrize("sep", [" ", "、", "，", "\n"])
def test_chinese_signs_told_in_rows_beside_talk_are_noticed_and_taken_out(
    name: str, talk: str, sep: str
) -> None:
    """In whatever language the talk is; of twelve signs none stays, though talk may go too."""
    words = composed(valid_phrase(BY_NAME[name], "told in rows"))
    rows = [talk + sep.join(words[at : at + 3]) for at in range(0, 12, 3)]
    earlier = [CHAT[2], *rows[:3]]
    assert scan_messages(earlier[:-1], rows[2]) == ()
    assert scan_messages(earlier, rows[3]) == PHRASE
    first, *cleaned = take_out(earlier, rows[3]).earlier
    assert (first, cleaned[0]) == (CHAT[2], f"{talk}{GONE}")
    assert all(text.endswith(GONE) and not set(words) & set(text) for text in cleaned)


def test_yes_and_fine_in_chinese_go_on_with_no_phrase() -> None:
    """Single signs between commas are how people agree, also after pieces were taken out."""
    assert scan_messages([GONE], "对，是，我试过了") == ()
    assert scan_messages([GONE], "还有：擦 江 呼") == PHRASE
    assert scan_messages(["好，是，我来了", "对，我懂"] * 9, "行，好，我试试") == ()


@pytest.mark.long
def test_twenty_messages_of_holders_and_staff_complete_nothing() -> None:
    """The words of both sides by turns, as an answer or a note is read with them."""
    talk = [text for pair in zip(lines("ordinary"), MESSAGES * 9, strict=False) for text in pair]
    for at in range(0, len(talk), 7):
        assert scan_messages(talk[max(0, at - 20) : at], talk[at]) == ()

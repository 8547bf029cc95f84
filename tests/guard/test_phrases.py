"""Recovery phrases are found in any layout, and words that merely resemble one are left alone.

Twelve list words in a row are a phrase, whatever stands between them. With fewer, or with strangers
among them, something else has to support it: a cue nearby, or a layout of items.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.guard.layouts import LAYOUTS, SEPARATORS, WORD_STYLES
from tests.guard.samples import WORD_LIST, lots, phrase
from trustops.guard import Finding, SecretKind, find_secrets
from trustops.guard.words import COMMON, PROSE

FOUND = (Finding(SecretKind.RECOVERY_PHRASE, "message"),)
SIZES = (12, 15, 18, 21, 24)


def found(text: str) -> bool:
    """Whether the text is held for a phrase, and for nothing else."""
    findings = find_secrets(text, field="message")
    assert findings in {(), FOUND}
    return findings == FOUND


def could_be_drawn(words: list[str]) -> bool:
    """Whether the words are as varied as all phrases are but one in 10**9."""
    return len(set(words)) >= 8 and sum(word not in COMMON for word in set(words)) >= 4


@given(
    words=st.lists(st.sampled_from(WORD_LIST), min_size=12, max_size=24).filter(could_be_drawn),
    styles=st.lists(st.sampled_from(sorted(WORD_STYLES)), min_size=1, max_size=4),
    separators=st.lists(st.sampled_from(SEPARATORS), min_size=1, max_size=3),
    before=st.sampled_from(["", "My words: ", "hello 😀\n", "<p>", "1. ", "["]),
    after=st.sampled_from(["", " thanks", "\nregards", "</p>", ".", "]"]),
)
@settings(max_examples=250, deadline=None)
@example(["abandon"] * 11 + ["about"], ["lower"], [" "], "", "")
@example(["test"] * 11 + ["junk"], ["upper"], ["\n"], "My words: ", " thanks")
@example(["abandon"] * 23 + ["art"], ["lower"], [", "], "1. ", "")
def test_any_list_words_in_any_mixture_of_styles_and_separators_are_found(
    words: list[str], styles: list[str], separators: list[str], before: str, after: str
) -> None:
    """Also the examples of manuals: one word, eleven or twenty-three times, and another."""
    text = before
    for at, word in enumerate(words):
        style = WORD_STYLES[styles[at % len(styles)]]
        text += (separators[at % len(separators)] if at else "") + style(word)
    assert find_secrets(text + after, field="message") == FOUND


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_found_alone_and_inside_a_message(name: str) -> None:
    """Twelve words, set in one way, before and between the sentences of a message."""
    layout = LAYOUTS[name]
    for seed in range(4):
        text = layout(lots(f"{name} {seed}"))
        assert found(text), text
        assert found(f"Hello team,\nI cannot open it.\n{text}\nThank you in advance\n"), text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["in a row", "with commas", "glued", "numbered with dots"])
def test_every_length_of_phrase_is_found(size: int, name: str) -> None:
    """Twelve to twenty-four words."""
    assert found(LAYOUTS[name](phrase(f"length {size}", size)))


@given(
    st.lists(
        st.sampled_from([*sorted(PROSE), "ledger", "trezor", "holders", "migrated", "validator"]),
        max_size=60,
    )
)
@settings(max_examples=100, deadline=None)
def test_words_that_are_not_on_the_list_are_never_a_phrase(words: list[str]) -> None:
    """Neither in sentences nor one a line."""
    assert not found(" ".join(words))
    assert not found("\n".join(words))


def test_ten_words_without_any_support_are_left_alone() -> None:
    """Inside a sentence, without a cue, ten list words in a row may be chance."""
    words = lots("support")
    text = "We saw him with {} by the river, and he was very happy about it"
    assert not found(text.format(" ".join(words[:10])))
    assert found(text.format(" ".join(words[:11])))


@pytest.mark.parametrize(
    "cue",
    [
        "my seed is {}",
        "Recovery: {}",
        "{} that is the phrase",
        "mnemonic {}",
        "from my back-up: {}",
        "it opens my wallet: {}",
        "the secret one {}",
        "I only have ten words: {}",
        "these are 12 words, or nearly: {}",
        "bip39 {}",
        "моя сид-фраза {}",
        "助记词 {}",
    ],
)
def test_ten_words_beside_a_cue_are_found(cue: str) -> None:
    """Whoever speaks of a phrase and writes ten of its words has given it away."""
    words = " ".join(lots(cue)[:10])
    assert found(f"Good morning to all of you. {cue.format(words)} and this is all that we have.")


def test_a_cue_far_away_does_not_support_ten_words() -> None:
    """A cue reaches four hundred characters."""
    words = " ".join(lots("far")[:10])
    filler = "We were on the way to the river with them. " * 11
    assert not found(f"My wallet is fine. {filler} He was with {words} and me.")
    assert not found(f"He was with {words} and me. {filler} My wallet is fine.")


def test_ten_words_that_are_the_whole_text_are_found() -> None:
    """A text that is nothing but list words is no sentence."""
    assert found(" ".join(lots("whole")[:10]))


def test_ten_words_in_a_list_are_found() -> None:
    """One word an item, without any cue, and a sentence before and after it."""
    words = "\n".join(lots("items")[:10])
    assert found(f"He was with us and they were happy\n{words}\nand so were we, by the river")


SLIPS = {
    "a letter missing": lambda word: word[:2] + word[3:],
    "a letter too many": lambda word: word[:2] + "q" + word[2:],
    "a wrong letter": lambda word: word[:2] + "q" + word[3:],
    "two letters swapped": lambda word: word[0] + word[2] + word[1] + word[3:],
}


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("places", [(5,), (0,), (11,), (3, 8), (0, 11)])
def test_one_or_two_slips_of_the_pen_are_found_without_a_cue(
    slip: str, places: tuple[int, ...]
) -> None:
    """Even inside a sentence: the other words and the likeness are support enough."""
    words = [word for word in lots(f"{slip} {places}", 120) if len(word) > 5][:12]
    for place in places:
        words[place] = SLIPS[slip](words[place])
    assert found(f"We saw {' '.join(words)} by the river")


def test_three_slips_in_a_list_are_found() -> None:
    """A phrase that was typed from a plate, one word a line."""
    words = [word for word in lots("three", 120) if len(word) > 5][:12]
    for place in (1, 5, 9):
        words[place] = SLIPS["a wrong letter"](words[place])
    assert found("\n".join(words))
    assert not found(f"We saw {' '.join(words)} by the river")


@pytest.mark.parametrize("stranger", ["bonjour", "***", "[hidden]", "xxxxxx", "ключ"])
@pytest.mark.parametrize("name", ["in a row", "with commas", "one a line", "numbered with dots"])
def test_a_stranger_among_eleven_words_is_found_with_support(stranger: str, name: str) -> None:
    """Support is a cue, a layout of items, or that there is nothing else."""
    words = lots(f"{stranger} stranger")
    words[6] = stranger
    text = LAYOUTS[name](words)
    assert found(text)
    assert found(f"We have no idea why it is wrong, my seed phrase: {text} is what I have")


def test_strangers_among_ten_words_in_a_sentence_is_left_alone() -> None:
    """Nothing supports it, and its parts are too short to be parts of a phrase."""
    words = lots("no support")
    words[3], words[7] = "bonjour", "madame"
    assert not found(f"We saw him with {' '.join(words)} by the river")


def test_a_word_of_sentences_in_the_middle_means_a_sentence() -> None:
    """Ten list words in twelve are not enough when the others are `the` and `of`."""
    words = lots("sentence")
    words[4], words[8] = "the", "of"
    assert not found(f"Our wallet: {', '.join(words)}")


def test_ten_words_in_the_steps_of_a_how_to_are_left_alone() -> None:
    """Two words a step: neither a row of words nor a list of single ones."""
    text = "1) open the wallet 2) choose network 3) swap token 4) confirm fee 5) wait one minute"
    assert not found(f"{text} 6) update page. The balance is still zero.")


def test_a_phrase_in_parts_further_apart_than_its_reach_is_left_alone() -> None:
    """Two long runs of list words in a long text are two remarks."""
    words = lots("apart")
    filler = "We were on the way to the river with them. " * 40
    near = f"He said {' '.join(words[:6])} to us. And he said {' '.join(words[6:])} to them."
    apart = f"He said {' '.join(words[:6])} to us. {filler} {' '.join(words[6:])} to them."
    assert found(near)
    assert not found(apart)


def test_parts_of_a_sentence_full_of_list_words_do_not_count() -> None:
    """Runs of words that every sentence has, and runs that repeat themselves, are no parts."""
    assert not found(
        "You can only use this one, as they will have that same other one. There you can find all "
        "this. Because they must also know that we want this again, we say: code code code code "
        "code. And they wrote to us, as ever: card file card file card file."
    )


def test_code_that_repeats_itself_is_left_alone() -> None:
    """Names of parameters are often list words, and always the same few."""
    assert not found(
        "client_key='client_key', client_secret='client_secret', owner_key='owner_key'"
    )
    assert not found("code " * 30)


def test_long_numbers_are_left_alone() -> None:
    """Zeros, the largest number of a contract, counters."""
    assert not found("0" * 48)
    assert not found(f"{2**256 - 1}")
    assert not found("0001" * 12)


def test_code_words_in_a_table_are_not_chained_across_their_cells() -> None:
    """The same few words again and again are a table and no phrase, unless nothing parts them."""
    row = "1 card, 2 card, or 3 card: c-a-r-d; "
    assert not found(f"The {row * 12}")
    assert found("card" * 12)


def test_words_beside_other_scripts_are_found() -> None:
    """Chinese, Japanese or Korean text around and between the words."""
    assert found("我的钱包：" + "，".join(lots("cjk")) + "。请帮帮我")
    assert found("是".join(lots("cjk")))


def test_prose_with_regular_fillers_is_left_alone() -> None:
    """Few different list words, however regular, are no phrase."""
    assert not found("the token of the wallet of the token of the bridge " * 10)


def test_a_long_remark_ends_a_pattern_of_fillers() -> None:
    """More than six words between two list words are no filler."""
    remark = " which was of no use to me or to us with them "
    words = lots("remark")
    assert not found(f"the {remark}the ".join(words))


def test_digits_that_spell_one_word_again_and_again_are_no_phrase() -> None:
    """A hash of `ab` thirty-two times holds a Czech word; two words in one piece are a phrase."""
    assert find_secrets("0x" + "ab" * 32, transaction=True) == ()
    assert find_secrets("abandon" * 11 + "about") != ()

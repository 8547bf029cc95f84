"""Recovery phrases are found in every language of the lists, and as backups of SLIP-39.

Each list is judged alone. Nobody's phrases: all are drawn from fixed seeds, with their checksum.
"""

from __future__ import annotations

import unicodedata

import pytest

from tests.guard.languages import BIP39, BY_NAME, SIZES, SLIP39, TWELVE, composed, valid_phrase
from tests.guard.layouts import LAYOUTS
from tests.guard.samples import raw
from trustops.guard import (
    Finding,
    SecretKind,
    find_secrets,
    redact,
    scan,
    scan_messages,
    without_secrets,
)
from trustops.guard.words import PHRASE_LANGUAGES, plain

PHRASE = (Finding(SecretKind.RECOVERY_PHRASE, ""),)
PLACEHOLDER = "[REDACTED:recovery_phrase]"
SPELT = [name for name in BY_NAME if "Chinese" not in name]
SIGNED = [name for name in BY_NAME if "Chinese" in name]
ENGLISH_ALONE = {"invisible characters", "digits of a SeedQR code"}
"""Letters that exist for ASCII alone, and digits that are the same for every list.

Japanese words that are cut and glued are left out: a row of two or three kana is any sentence.
"""

EVERY_LAYOUT = {
    name: [
        layout
        for layout in LAYOUTS
        if name == "English" or layout not in ENGLISH_ALONE
        if (name, layout) != ("Japanese", "abbreviated and glued")
    ]
    for name in BY_NAME
}

AROUND = {
    "Japanese": "こんにちは。\n送金できません。\n{}\nよろしくお願いします。",
    "Korean": "안녕하세요.\n토큰이 보이지 않습니다.\n{}\n감사합니다.",
    "simplified Chinese": "你好，我打不开钱包。\n{}\n谢谢你们的帮助",
    "traditional Chinese": "您好，我打不開錢包。\n{}\n謝謝你們的幫助",
}


def around(name: str, text: str) -> str:
    """The text between the sentences of a message in the language."""
    return AROUND.get(name, "Hello team,\nI cannot open it.\n{}\nThank you in advance\n").format(
        text
    )


def test_all_ten_lists_are_named() -> None:
    """Pages name what the guard knows after `PHRASE_LANGUAGES`."""
    assert len(BIP39) == 10
    assert set(BY_NAME) == set(PHRASE_LANGUAGES)
    assert all(len(lexicon.words) == 2048 for lexicon in BIP39)
    assert len(SLIP39.words) == 1024


@pytest.mark.no_cover
@pytest.mark.parametrize("layout", TWELVE)
@pytest.mark.parametrize("name", BY_NAME)
def test_phrases_of_every_length_are_found_in_twelve_layouts(name: str, layout: str) -> None:
    """Composed and decomposed, alone and between sentences."""
    for size in SIZES:
        words = valid_phrase(BY_NAME[name], layout, size)
        for written in (words, composed(words)):
            text = TWELVE[layout](written)
            assert find_secrets(text) == PHRASE, text
            assert find_secrets(around(name, text)) == PHRASE, text


@pytest.mark.long
@pytest.mark.parametrize("name", BY_NAME)
def test_three_hundred_phrases_of_every_language_are_found_in_twelve_layouts(name: str) -> None:
    """The figures of docs/guard.md."""
    for number in range(300):
        words = valid_phrase(BY_NAME[name], f"many {number}", SIZES[number % len(SIZES)])
        written = composed(words) if number % 2 else words
        for layout in TWELVE.values():
            assert find_secrets(layout(written)) == PHRASE, layout(written)


@pytest.mark.no_cover
@pytest.mark.parametrize("name", BY_NAME)
def test_every_layout_that_holds_for_english_holds_for_the_others(name: str) -> None:
    """Alone, and between the sentences of a message in the language."""
    written = [
        LAYOUTS[layout](composed(valid_phrase(BY_NAME[name], f"{layout} {seed}")))
        for layout in EVERY_LAYOUT[name]
        for seed in range(2)
    ]
    texts = [*written, *(around(name, text) for text in written)]
    assert [text for text in texts if PHRASE[0] not in find_secrets(text)] == []


@pytest.mark.parametrize("name", BY_NAME)
def test_no_word_of_a_phrase_stays_in_any_language(name: str) -> None:
    """Twenty-four words in twelve layouts, and with slips that are beyond recognition."""
    words = composed(valid_phrase(BY_NAME[name], "redacted", 24))
    for layout in TWELVE.values():
        redacted = redact(around(name, layout(words)))
        assert PLACEHOLDER in redacted
        rest = [plain(word.lower()) for word in redacted.split("\n")]
        assert [word for word in words if plain(word) in rest] == []
        assert find_secrets(redacted) == ()
    words[13], words[17] = "qqqqq", "zzzzz"
    redacted = redact(around(name, "\n".join(words)))
    assert PLACEHOLDER in redacted
    assert [word for word in words if word in redacted.split()] == []


@pytest.mark.parametrize("name", BY_NAME)
def test_a_phrase_spread_over_fields_and_messages_is_found_in_any_language(name: str) -> None:
    """Halves, one word a field, one word a message with talk between."""
    words = composed(valid_phrase(BY_NAME[name], "spread"))
    halves = [("subject", " ".join(words[:6])), ("message", " ".join(words[6:]))]
    assert {finding.field for finding in scan(halves)} == {"subject", "message"}
    assert len(scan([(f"word{at}", word) for at, word in enumerate(words)])) == 12
    assert scan_messages(words[:11], words[11]) == PHRASE
    assert scan_messages([*words[:5], "Is that right so far?", *words[5:11]], words[11]) == PHRASE
    chat = around(name, "").replace("\n", " ")
    assert scan_messages([*words[:5], chat, *words[5:11]], words[11]) == PHRASE
    assert scan_messages([*words[:5], chat, *words[5:11]], "So what is it?") == ()
    assert scan_messages([" ".join(words[:6])], " ".join(words[6:])) == PHRASE
    assert scan_messages(words[:5], words[5]) == ()


@pytest.mark.parametrize("name", [name for name in SPELT if name != "English"])
def test_ten_words_are_found_beside_a_cue_and_left_alone_without(name: str) -> None:
    """As in English: ten of twelve words give a phrase away, and may be chance in a sentence."""
    words = composed(valid_phrase(BY_NAME[name], "ten"))[:10]
    assert (
        find_secrets(f"Hello to everybody, my seed phrase is {' '.join(words)} qqq zzz") == PHRASE
    )
    assert find_secrets(f"We saw him with {' '.join(words)} by the river, and that is it") == ()


@pytest.mark.parametrize("name", ["Spanish", "French", "Czech", "Japanese", "Korean"])
def test_marks_may_be_composed_decomposed_or_left_out(name: str) -> None:
    """Accents, voicing marks and syllables in parts; katakana is read as hiragana."""
    words = valid_phrase(BY_NAME[name], "marks")
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert find_secrets(" ".join(unicodedata.normalize(form, word) for word in words)) == PHRASE
    assert find_secrets(" ".join(map(plain, words))) == PHRASE
    katakana = {point: point + 0x60 for point in range(0x3041, 0x3097)}
    assert find_secrets(" ".join(words).translate(katakana)) == PHRASE


@pytest.mark.parametrize(
    "text",
    [
        "我的助记词：{}",
        "我的助記詞是「{}」，請幫我",
        "(“{}”)",
        "第一行\n{}\n第三行",
        "助记词 {} 谢谢",
        "{}。",
        "words={}",
    ],
)
@pytest.mark.parametrize("name", SIGNED)
def test_chinese_signs_that_run_on_are_refused_where_they_stand_for_themselves(
    name: str, text: str
) -> None:
    """A line, a field, quotes, brackets, what follows a colon or a space."""
    for number, size in enumerate(SIZES):
        glued = "".join(valid_phrase(BY_NAME[name], f"alone {number}", size))
        assert find_secrets(text.format(glued)) == PHRASE, text.format(glued)


@pytest.mark.parametrize("name", SIGNED)
def test_chinese_signs_inside_a_sentence_are_asked_about(name: str) -> None:
    """Nothing but the checksum tells them from the sentence, and one window in sixteen passes."""
    glued = "".join(valid_phrase(BY_NAME[name], "inside"))
    text = f"我今天打开钱包发现{glued}然后代币没有到账"
    (finding,) = find_secrets(text, field="message")
    assert finding == Finding(SecretKind.RECOVERY_PHRASE, "message", is_certain=False)
    assert scan([("subject", "问题"), ("message", text)]) == (finding,)
    assert scan_messages(["你好"], text) == (
        Finding(SecretKind.RECOVERY_PHRASE, "", is_certain=False),
    )
    assert redact(text) == PLACEHOLDER


def test_of_a_doubted_phrase_its_sentence_comes_back_and_of_a_certain_one_nothing_near_it() -> None:
    """Whoever wrote prose that is a phrase by chance loses a few signs and not the message."""
    signs = "".join(valid_phrase(BY_NAME["simplified Chinese"], "asked"))
    sentence = "我今天打开钱包发现{}然后代币没有到账"
    doubted = sentence.format(signs)
    assert without_secrets(doubted, "[gone]") == sentence.format("[gone]")
    certain = f"{doubted}\n我的助记词: {signs} 你好"
    left = without_secrets(certain, "[gone]")
    assert left == f"{sentence.format('[gone]')}\n[gone]"
    assert find_secrets(left) == ()


def test_what_is_certain_is_not_asked_about_as_well() -> None:
    """One finding for a kind and a field, and the stronger one."""
    words = valid_phrase(BY_NAME["simplified Chinese"], "both")
    text = f"我今天打开钱包发现{''.join(words)}然后代币没有到账\n{' '.join(words)}"
    assert find_secrets(text) == PHRASE
    assert scan_messages([], text) == PHRASE


def test_lots_in_a_line_that_fail_their_checksum_are_asked_about() -> None:
    """A phrase with a slip, unless its signs make everyday words."""
    words = valid_phrase(BY_NAME["simplified Chinese"], "slip 2")
    words[3], words[4] = words[4], words[3]
    (finding,) = find_secrets("".join(words))
    assert not finding.is_certain


@pytest.mark.parametrize(
    "text",
    [
        "我昨天把旧代币转到了交易所，但是到今天还没有收到新的代币，请问应该怎么办？",
        "请问如何把旧的代币迁移到新的合约",
        "這個網站是不是你們官方的網站，我不敢連接我的錢包",
        "首页 关于 联系 我们 文档 下载 社区 公告 帮助 登录 注册 语言",
        "日 一 二 三 四 五 六 日 一 二 三 四 五 六",
        "一、二、三、四、五、六、七、八、九、十、十一、十二",
        "是 否 是 否 是 否 是 否 是 否 是 否 是 否",
        "彼は家に行って本を読み、茶を飲み、夜は山を見て寝た。朝は川で魚を取り、昼は町で花を買う。",
    ],
)
def test_everyday_chinese_and_japanese_is_neither_refused_nor_asked_about(text: str) -> None:
    """Sentences, titles, menus, calendars, enumerations, tables; kanji between kana."""
    assert find_secrets(text) == ()


@pytest.mark.parametrize("name", SIGNED)
def test_chinese_signs_with_the_same_label_before_each_are_found(name: str) -> None:
    """A joining sign, a label, an ordinal."""
    words = valid_phrase(BY_NAME[name], "labels")
    ordinals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    for text in (
        "和".join(words),
        "".join(f"单词{word}" for word in words),
        "，".join(f"第{at}个词是{word}" for at, word in zip(ordinals, words, strict=True)),
    ):
        assert find_secrets(text) == PHRASE, text


_GENERATORS = (
    *(0xE0E040, 0x1C1C080, 0x3838100, 0x7070200, 0xE0E0009),
    *(0x1C0C2412, 0x38086C24, 0x3090FC48, 0x21B1F890, 0x3F3F120),
)


def _rs1024(values: list[int]) -> int:
    """The checksum of SLIP-39, over words of ten bits."""
    checksum = 1
    for value in values:
        top = checksum >> 20
        checksum = (checksum & 0xFFFFF) << 10 ^ value
        for bit, generator in enumerate(_GENERATORS):
            checksum ^= generator if top >> bit & 1 else 0
    return checksum


def slip39_share(seed: str, size: int) -> list[str]:
    """A share with a valid checksum, of data drawn by lot."""
    drawn = raw(f"share {seed}", 2 * size)
    data = [int.from_bytes(drawn[at : at + 2], "big") % 1024 for at in range(0, 2 * (size - 3), 2)]
    rest = _rs1024([*b"shamir", *data, 0, 0, 0]) ^ 1
    return [
        SLIP39.order[value] for value in [*data, *(rest >> 10 * step & 1023 for step in (2, 1, 0))]
    ]


@pytest.mark.parametrize("size", [20, 33])
@pytest.mark.parametrize("layout", TWELVE)
def test_shares_of_slip39_are_found_in_twelve_layouts(layout: str, size: int) -> None:
    """Twenty words and thirty-three, of the list of 1024."""
    for seed in range(4):
        words = slip39_share(f"{layout} {seed}", size)
        assert _rs1024([*b"shamir", *map(SLIP39.order.index, words)]) == 1
        assert find_secrets(TWELVE[layout](words)) == PHRASE
        redacted = redact(around("English", TWELVE[layout](words)))
        assert [word for word in words if word in redacted.replace("\n", " ").split()] == []

"""A phrase is found whatever stands beside its words: a label in any language, before or after."""

from __future__ import annotations

import pytest

from tests.guard.label_styles import SEPARATORS, STYLES, labelled
from tests.guard.languages import BY_NAME, composed, valid_phrase
from tests.pace import explodes
from trustops.guard import Finding, SecretKind, find_secrets, redact
from trustops.guard.names import without_names
from trustops.guard.rhythm import alike

PHRASE = (Finding(SecretKind.RECOVERY_PHRASE, ""),)
NUMBERED_SIGNS = "{zh}、{w}"
"""With the same sign between the words too, nothing but order parts numerals from words."""


@pytest.mark.no_cover
@pytest.mark.parametrize("name", BY_NAME)
def test_every_style_of_label_is_found_with_every_list(name: str) -> None:
    """Korean, English, Chinese and Japanese labels, and those of fourteen other languages."""
    missed = [
        (style, separator)
        for number, style in enumerate(STYLES)
        for separator in SEPARATORS
        if (style, separator) != (NUMBERED_SIGNS, "、")
        if find_secrets(
            labelled(style, composed(valid_phrase(BY_NAME[name], f"label {number}")), separator)
        )
        != PHRASE
    ]
    assert missed == []


@pytest.mark.parametrize("name", BY_NAME)
def test_no_word_stays_where_labelled_words_are_taken_out(name: str) -> None:
    """Alone, and between sentences."""
    for number, style in enumerate(STYLES):
        words = composed(valid_phrase(BY_NAME[name], f"taken out {number}"))
        text = redact(f"Hello\n\n{labelled(style, words)}\n\nThank you")
        rest = text.replace(":", " ").replace(".", " ").split()
        assert "[REDACTED:recovery_phrase]" in text
        assert [word for word in words if word in rest and len(word) > 1] == [], style


@pytest.mark.parametrize(
    "text",
    [
        "1번째 질문: 왜\n2번째 질문: 언제\n3번째 질문: 어디\n4번째 질문: 누가\n5번째 질문: 무엇",
        "\n".join(f"{month}月: 雨" for month in range(1, 13)),
        "\n".join(f"{day}日(月): 休, {day + 1}日(火): 休" for day in range(1, 13)),
        "이름: 金\n성별: 男\n국적: 中\n결혼: 否\n등급: 上\n상태: 正",
        "名前：森\n性別：男\n国：日\n結婚：否\n残高：零\n言語：英",
        """尹 대통령은 日 총리와 美 대통령을 만나 中 문제와 北 문제를 논의했다.
        英 총리와 獨 총리도 왔다.
        朴 의원은 與 의원과 野 의원을 만났다.""",
        """今日は雨で、家に居て、茶を飲み、本を読み、犬と遊び、夜は星を見た。
        朝は山で鳥を見て、昼は町で花を買い、川で魚を取った。""",
        "第一条 甲方和乙方\n第二条 付款\n第三条 交货\n第四条 违约\n第五条 争议\n第六条 其他",
        """The first page of the guide is short. The second page of the guide is long.
        The third page of the guide is empty. The fourth page of the guide is new.
        """,
        "Schritt 1: öffnen\nSchritt 2: wählen\nSchritt 3: tauschen\nSchritt 4: warten",
    ],
)
def test_what_else_has_labels_is_left_alone(text: str) -> None:
    """Forms, months, articles of a contract, steps, and prose with signs that stand alone."""
    assert find_secrets(text) == ()


def test_stretches_that_are_alike_are_told_apart() -> None:
    """Where nothing is alike between them; each reaches as far as most of it is."""
    keys = [*[("a",)] * 11, *((number,) for number in range(40)), *[("b",)] * 11]
    assert list(alike(keys)) == [(0, 14), (48, 62)]


def test_a_name_of_three_signs_hides_no_word() -> None:
    """It stays as it is, and so does one that is made of list words alone."""
    assert without_names("ask a_b at docs.elizaos.ai") == "ask a_b at xxx" + " " * 12
    assert without_names("cat_owner") == "cat_owner"


@pytest.mark.parametrize("piece", ["a", "a.", "a-", "a_", "a@", "@a"])
def test_names_are_looked_for_in_time(piece: str) -> None:
    """Also where a long word may always become one at its next sign."""
    assert not explodes(without_names, piece, 20_000)
    assert not explodes(lambda text: without_names(f"{text}."), piece, 20_000)

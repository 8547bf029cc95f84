"""Words that stand for nobody, for the field or for a sample name no operator; real names do."""

from __future__ import annotations

import pytest

from trustops.content.operator import Operator


@pytest.mark.parametrize(
    "name",
    [
        *("未定", "미정", "待定", "名無し", "익명", "무명", "匿名", "佚名", "anonymous", "никто"),
        *("Foo", "foo bar", "John Doe", "Jane Doe", "acme", "ACME Inc.", "lorem ipsum", "张三"),
        *("test", "asdf", "qwerty", "…", "company name", "team", "the team", "me", "admin"),
        *(
            "<name>",
            "{{ name }}",
            "[your name]",
            "示例",
            "예시",
            "이름",
            "名称",
            "姓名",
            "组织名称",
        ),
        *("<Name Ihrer Organisation>", "${OPERATOR_NAME}", "[[ the foundation ]]", "%name%"),
        *("Max Mustermann", "votre nom", "Betreiber", "운영자", "運営者名", "название", "nombre"),
    ],
)
def test_a_word_for_nobody_names_nobody(name: str) -> None:
    """Whoever leaves it there has not taken responsibility."""
    assert not Operator(name).is_named()


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Foo Fighters Ltd",
            "Test Kitchen GmbH",
            "이름난 재단",
            "ai16z",
            "elizaOS",
            "Jane Doering",
        ),
        *("The Team Foundation", "未定义科技有限公司", "Acme Bakery of Leeds", "Admin Ltd", "Ян"),
        *("Ops [EU] Foundation", "名前株式会社", "Desk & Co. <desk>"),
    ],
)
def test_a_name_that_holds_such_a_word_is_a_name(name: str) -> None:
    """The whole of it has to be one."""
    assert Operator(name).is_named()

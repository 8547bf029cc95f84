"""Who answers for a site: only a name that a person can read names somebody.

A copied folder, an empty field, signs that nobody sees and what stands in a form to be filled in
name nobody. `Responsibility` looks again when the file changes, and keeps its answer while the
file has a fault.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.web_fixtures import OPERATOR, own_content
from trustops.content import ContentError, load
from trustops.content.operator import NOBODY, Operator
from trustops.content.responsible import Responsibility, is_answered_for, operator_in
from trustops.content.versions import LastGood
from trustops.settings import PROJECT_ROOT

SHIPPED = PROJECT_ROOT / "content"


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\t\n",
        "\u00a0\u2003\u3000",
        "\u200b",
        "\u200d\u2060\ufeff",
        "\u00ad",
        "\u3164",
        "\u115f\u1160\uffa0",
        "\u2800",
        "\u034f",
        "\ufe0f",
        "\u0301",
        "\U000e0041",
        "...",
        "—",
        "<>",
        "🙂",
        "not named yet",
        "Not named yet.",
        "NOT  NAMED\u00a0YET",
        "not\u200b named yet",
        "[not-named-yet]",
        "ｎｏｔ ｎａｍｅｄ ｙｅｔ",  # wide letters of the same words
        "TODO",
        "n/a",
        "Nobody",
        "<your name>",
        "TrustOps demo",
        "trustops\u200b DEMO",
    ],
)
def test_what_nobody_can_read_or_what_is_to_be_filled_in_names_nobody(name: str) -> None:
    """Else a site would pass for one that somebody runs."""
    assert not Operator(name, "The project itself.", "The form.").is_named()


@pytest.mark.parametrize(
    "name",
    [
        "elizaOS Foundation",
        "Nobody Inc.",
        "한국 재단",
        "基金会",
        "C",
        "4chan e.V.",
        "Zoë",
        "ЯНДЕКС",
    ],
)
def test_a_name_that_can_be_read_names_somebody(name: str) -> None:
    """In any script, with or without what else the table has."""
    assert Operator(name).is_named()


def test_the_demo_answers_for_itself_in_a_demo_alone() -> None:
    """Its content folder, served as a desk, is an example like any other."""
    of_demo = operator_in(PROJECT_ROOT / "trustops" / "demo" / "content")
    assert of_demo is not None
    assert (of_demo.is_named(demo=True), of_demo.is_named()) == (True, False)


def test_nobody_answers_for_the_shipped_content_nor_for_a_copy_of_it(tmp_path: Path) -> None:
    """Copying takes no responsibility; a name does."""
    copied = shutil.copytree(SHIPPED, tmp_path / "content")
    assert load(SHIPPED).operator == load(copied).operator == NOBODY
    assert not is_answered_for(copied, LastGood(tmp_path), demo=False)
    with (copied / "site.toml").open("a", encoding="utf-8") as file:
        file.write(OPERATOR)
    assert load(copied).operator.name == "Example Foundation"
    assert is_answered_for(copied, LastGood(tmp_path), demo=False)


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("[operator]\nname = 5\n", "operator.name"),
        ('[operator]\nname = ["a"]\n', "operator.name"),
        ('[operator]\ncompany = "a"\n', "operator.company"),
        (f'[operator]\nname = "{"a" * 201}"\n', "operator.name"),
        ('[[operator]]\nname = "a"\n', "operator"),
        ('[operator]\nname = "a\\u0007"\n', "operator.name"),
    ],
)
def test_a_table_of_another_shape_is_refused_with_its_field(
    tmp_path: Path, table: str, field: str
) -> None:
    """Rather than read as nobody."""
    copied = shutil.copytree(SHIPPED, tmp_path / "content")
    with (copied / "site.toml").open("a", encoding="utf-8") as file:
        file.write(table)
    with pytest.raises(ContentError, match=rf"site.toml:\d+: {field}: "):
        load(copied)


def test_the_answer_follows_the_file_without_a_restart(tmp_path: Path) -> None:
    """Named, taken back, and unchanged while the file has a fault or is gone."""
    copied = own_content(tmp_path)
    path = copied / "site.toml"
    named = path.read_text(encoding="utf-8")
    asked = Responsibility(copied, demo=False, operator=NOBODY)
    seen = []
    for number, text in enumerate([named, named.replace(OPERATOR, ""), "name = ", named, None]):
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
            os.utime(path, (number, number))
        seen.append(asked.is_taken())
    assert seen == [True, False, False, True, True]


def test_pages_are_told_who_answers_as_the_file_has_it_now(tmp_path: Path) -> None:
    """What a page made for one reader says at its foot, before and after somebody is named."""
    copied = own_content(tmp_path)
    path = copied / "site.toml"
    named = path.read_text(encoding="utf-8")
    asked = Responsibility(copied, demo=False, operator=NOBODY)
    assert asked.operator().name == "Example Foundation"
    path.write_text(named.replace(OPERATOR, ""), encoding="utf-8")
    assert asked.operator().name == "not named yet"


def test_a_file_with_a_fault_counts_in_its_last_good_version(tmp_path: Path) -> None:
    """Whoever answered still does; a typing error makes nobody answer, and takes nobody away."""
    copied, good = own_content(tmp_path), LastGood(tmp_path)
    path = copied / "site.toml"
    named = path.read_bytes()
    path.write_text("name = ", encoding="utf-8")
    assert operator_in(copied) is None
    assert not is_answered_for(copied, good, demo=False)
    good.accept({"site.toml": named}, "m", NOON)
    assert is_answered_for(copied, good, demo=False)
    good.accept({"site.toml": named.replace(OPERATOR.encode(), b"")}, "m", NOON)
    assert not is_answered_for(copied, good, demo=False)

"""The library holds every document that readers see, in order, and none from a broken folder.

A fault is told with its file, its line and its field; all faults of all files are told at once.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.content.conftest import (
    ANSWER,
    INTAKE,
    ISSUE,
    PAGE,
    REPLY,
    SITE,
    STATEMENT,
    put,
)
from trustops.content.documents import Document
from trustops.content.facts import Facts
from trustops.content.kinds import FaqMeta, Kind, PageMeta
from trustops.content.library import fingerprint_of, load_library
from trustops.content.values import ContentError, Problem


def problems_of(folder: Path, facts: Facts) -> tuple[Problem, ...]:
    """Everything that is wrong with a folder."""
    with pytest.raises(ContentError) as caught:
        load_library(folder, facts)
    return caught.value.problems


def ids(documents: tuple[Document, ...]) -> list[str]:
    """The ids, in order."""
    return [document.id for document in documents]


def answer(name: str, **changes: str) -> str:
    """An answer without references, with some fields of its own."""
    fields = {"title": name, "category": "tokens", "order": "10", "status": "live"} | changes
    front = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return f"---\nsummary: A word.\nupdated: 2026-11-23\n{front}\n---\n\nWords.\n"


def test_every_kind_is_read(small: Path, facts: Facts) -> None:
    """With its front matter as values, its text, and where it came from."""
    library = load_library(small, facts)
    assert [ids(library.all(kind)) for kind in Kind] == [
        ["safety"],
        ["ratio"],
        ["said-once"],
        ["stuck"],
        ["thanks"],
    ]
    page = library.find(Kind.PAGE, "safety")
    assert page is not None
    assert page.file == "pages/safety/en.md"
    assert page.body.startswith("\nWords.\n")
    assert page.meta_as(PageMeta).summary == "What nobody of us ever does."
    assert len(page.sha256) == 64
    with pytest.raises(TypeError, match="FaqMeta"):
        page.meta_as(FaqMeta)
    assert library.find(Kind.PAGE, "nothing") is None
    assert library.aliases == {"rate": "ratio"}
    assert library.facts is facts
    assert library.components == ()


def test_an_asterisk_is_no_alias(small: Path, facts: Facts) -> None:
    """Words may hold any sign that YAML uses, in quotation marks."""
    put(small, "replies/thanks.md", REPLY.replace("Thanks", '"Thanks *x & y: [z]"'))
    found = load_library(small, facts).find(Kind.REPLY, "thanks")
    assert found is not None
    assert found.meta.title == "Thanks *x & y: [z]"


def test_an_empty_folder_has_an_empty_library(tmp_path: Path, facts: Facts) -> None:
    """A desk may begin without a single page."""
    put(tmp_path, "site.toml", SITE)
    assert load_library(tmp_path, facts).documents == ()


@pytest.mark.parametrize("name", ["faq", "support", "desk", "api", "410"])
def test_a_page_takes_no_address_of_the_site_itself(small: Path, facts: Facts, name: str) -> None:
    """Else one of the two could never be reached."""
    put(small, f"pages/{name}/en.md", PAGE)
    (problem,) = problems_of(small, facts)
    assert problem.file == f"pages/{name}/en.md"


def test_two_answers_share_no_former_id(small: Path, facts: Facts) -> None:
    """The old address can lead to one of them only."""
    put(small, "faq/second/en.md", answer("Second", aliases="[rate]"))
    (problem,) = problems_of(small, facts)
    assert (problem.file, problem.field) == ("faq/second/en.md", "aliases.0")
    assert "ratio" in problem.message


def test_a_link_to_a_former_id_of_a_statement_leads_to_it(small: Path, facts: Facts) -> None:
    """One that was listed under a wrong day keeps its old address when it gets the right one."""
    put(small, "policy/said-once.md", STATEMENT.replace("standing", "aliases: [said]\nstanding"))
    put(small, "faq/second/en.md", answer("Second").replace("Words.", "[Words](/policy#said)."))
    assert len(load_library(small, facts).all(Kind.FAQ)) == 2
    put(small, "policy/other.md", STATEMENT.replace("standing", "aliases: [said-once]\nstanding"))
    (problem,) = problems_of(small, facts)
    assert (problem.file, problem.field) == ("policy/other.md", "aliases.0")
    assert problem.message == "said-once is the id of another statement"


def test_translations_of_an_answer_share_its_former_ids(small: Path, facts: Facts) -> None:
    """They are one answer. Each language has its own list, statements are in every one."""
    put(small, "faq/ratio/ko.md", ANSWER.replace("How many?", "몇 개?"))
    library = load_library(small, facts)
    korean = library.find(Kind.FAQ, "ratio", "ko")
    assert korean is not None
    assert korean.meta.title == "몇 개?"
    assert len(library.all(Kind.FAQ)) == 1
    assert ids(library.all(Kind.POLICY, "ko")) == ["said-once"]
    assert library.all(Kind.PAGE, "ko") == ()


def test_statements_supersede_each_other_in_no_circle(small: Path, facts: Facts) -> None:
    """Of two statements each of which replaces the other, neither would hold."""
    for name, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        text = STATEMENT.replace("standing", f"supersedes: [{other}]\nstanding")
        put(small, f"policy/{name}.md", text)
    found = problems_of(small, facts)
    assert [(problem.file, problem.line, problem.field) for problem in found] == [
        ("policy/a.md", 13, "supersedes"),
        ("policy/b.md", 13, "supersedes"),
        ("policy/c.md", 13, "supersedes"),
    ]


def test_a_withheld_fact_is_no_fault(small: Path, facts: Facts) -> None:
    """The page says so in its place; a fact of the pack is still missed where there is none."""
    assert load_library(small, facts.without_official("expired")).documents
    (problem,) = problems_of(small, Facts(withheld="expired"))
    assert "migration.ratio" in problem.message


def test_links_may_lead_to_pages_answers_former_ids_and_sections(small: Path, facts: Facts) -> None:
    """And to the site's own addresses, with a question or an entry in them."""
    links = (
        *("/", "/faq", "/faq/ratio", "/faq/rate", "/safety", "/safety#never", "#never"),
        *("/check?q=x", "/policy#said-once", "/known-issues#stuck", "/exchanges#any"),
        *("{{ fact.domain.docs }}", "{{ fact.domain.docs }}/x"),
    )
    put(small, "exchanges/any.toml", "")
    put(small, "pages/safety/en.md", PAGE + "\n".join(f"[x]({link})" for link in links))
    assert load_library(small, facts).documents


def test_other_addresses_of_the_site_can_be_told(small: Path, facts: Facts) -> None:
    """A site with more pages says which they are."""
    put(small, "pages/safety/en.md", PAGE.replace("/faq/ratio", "/more"))
    assert problems_of(small, facts)
    assert load_library(small, facts, paths=frozenset({"/more"})).documents


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [
        ("policy/said-once.md", STATEMENT, "title: It was said"),
        ("faq/ratio/en.md", ANSWER, "summary: "),
        ("known-issues/stuck.md", ISSUE, "summary: "),
    ],
)
def test_a_title_and_a_summary_may_name_a_month_with_its_year(
    small: Path, facts: Facts, name: str, text: str, field: str
) -> None:
    """Links and search show them without the text, where the day is a fact; a day stays refused."""
    assert field in text
    put(small, name, text.replace(field, f"{field} In November 2025 it was so. ", 1))
    load_library(small, facts)
    for day in (
        "On 4 November 2025 it was so.",
        "On the fourth of November 2025 it was so.",
        "On the 4th, November 2025, it was so.",
        "In November 2025, the 4th, it was so.",
        "On 2025-11-04 it was so.",
        "In 2025-11 it was so.",
    ):
        put(small, name, text.replace(field, f"{field} {day} ", 1))
        (problem,) = problems_of(small, facts)
        assert problem.file == name, day
        assert "date" in problem.message


def test_no_other_text_names_a_month_with_its_year(small: Path, facts: Facts) -> None:
    """In a page's title, and in any body, a date can be mended in one place."""
    put(small, "pages/safety/en.md", PAGE.replace("title: ", "title: November 2025, "))
    put(small, "policy/said-once.md", STATEMENT + "In November 2025 it was so.\n")
    assert [problem.file for problem in problems_of(small, facts)] == [
        "pages/safety/en.md",
        "policy/said-once.md",
    ]


def test_a_draft_shows_in_previews_alone(small: Path, facts: Facts) -> None:
    """It is checked all the same, and nothing that is live may lead to it."""
    put(small, "faq/draft/en.md", answer("Draft", status="draft", aliases="[early]"))
    assert ids(load_library(small, facts).all(Kind.FAQ)) == ["ratio"]
    assert load_library(small, facts).aliases == {"rate": "ratio"}
    assert ids(load_library(small, facts, drafts=True).all(Kind.FAQ)) == ["draft", "ratio"]
    put(small, "pages/safety/en.md", PAGE.replace("/faq/ratio", "/faq/draft"))
    (problem,) = problems_of(small, facts)
    assert problem.file == "pages/safety/en.md"
    assert load_library(small, facts, drafts=True).documents


def test_drafts_may_lead_to_each_other(small: Path, facts: Facts) -> None:
    """They are published together."""
    put(small, "faq/one/en.md", answer("One", status="draft", related="[two]"))
    put(small, "faq/two/en.md", answer("Two", status="draft") + "[x](/faq/one)\n")
    assert ids(load_library(small, facts).all(Kind.FAQ)) == ["ratio"]


def test_what_was_taken_back_is_in_no_list_and_its_id_is_kept(small: Path, facts: Facts) -> None:
    """Its words are not looked at any more, and nothing may lead to it."""
    put(small, "faq/gone/en.md", answer("Gone", status="withdrawn") + "On 2026-02-04.\n")
    library = load_library(small, facts, drafts=True)
    assert ids(library.all(Kind.FAQ)) == ["ratio"]
    assert library.withdrawn[Kind.FAQ] == {"gone"}
    assert library.withdrawn[Kind.PAGE] == frozenset()
    put(small, "pages/safety/en.md", PAGE.replace("/faq/ratio", "/faq/gone"))
    assert problems_of(small, facts)[0].file == "pages/safety/en.md"


def test_each_kind_has_its_order(small: Path, facts: Facts) -> None:
    """Answers by category and order, statements by day, issues by state, replies by order."""
    for name, category, order in (("z", "after", "30"), ("y", "tokens", "5"), ("x", "after", "4")):
        put(small, f"faq/{name}/en.md", answer(name, category=category, order=order))
    for name, day in (("later", "2025-12-01"), ("first", "2025-10-08")):
        put(small, f"policy/{name}.md", STATEMENT.replace("said_on: 2025-11-13", f"said_on: {day}"))
    for name, state, since in (
        ("done", "resolved", "2026-11-20"),
        ("newer", "open", "2026-11-20"),
        ("watched", "watching", "2026-11-20"),
    ):
        text = ISSUE.replace("state: open", f"state: {state}").replace("2026-11-01", since)
        put(small, f"known-issues/{name}.md", text)
    put(small, "replies/another.md", REPLY.replace("order: 10", "order: 5"))
    library = load_library(small, facts)
    assert ids(library.all(Kind.FAQ)) == ["x", "z", "y", "ratio"]
    assert ids(library.all(Kind.POLICY)) == ["first", "said-once", "later"]
    assert ids(library.all(Kind.KNOWN_ISSUE)) == ["newer", "stuck", "watched", "done"]
    assert ids(library.all(Kind.REPLY)) == ["another", "thanks"]


def test_components_keep_their_order_and_have_ids_of_their_own(small: Path, facts: Facts) -> None:
    """Programs know a component by its id."""
    one = '[[components]]\nid = "{}"\nname = "N"\ndescription = "D"\nwatches = "desk"\n'
    put(small, "components.toml", one.format("b") + one.format("a"))
    assert [entry.id for entry in load_library(small, facts).components] == ["b", "a"]
    put(small, "components.toml", one.format("b") + one.format("b"))
    (problem,) = problems_of(small, facts)
    assert (problem.file, problem.line, problem.field) == ("components.toml", 7, "components.1.id")


@pytest.mark.parametrize("name", ["site.toml", "replies/thanks.md", "intake.toml"])
def test_the_fingerprint_changes_with_every_file_that_was_read(
    small: Path, facts: Facts, name: str
) -> None:
    """And with nothing else."""
    before = load_library(small, facts).fingerprint
    put(small, "notes.txt", "x")
    assert load_library(small, facts).fingerprint == before
    with (small / name).open("a") as file:
        file.write("\n# more\n" if name.endswith("toml") else "\nMore.\n")
    assert load_library(small, facts).fingerprint != before


def test_the_cheap_look_sees_every_change(small: Path) -> None:
    """A new file, a new name, another size, another time of change; and no change is none."""
    seen = [fingerprint_of(small)]
    assert fingerprint_of(small) == seen[0]
    put(small, "replies/new.md", REPLY)
    seen.append(fingerprint_of(small))
    (small / "replies/new.md").rename(small / "replies/newer.md")
    seen.append(fingerprint_of(small))
    put(small, "intake.toml", INTAKE + "#")
    seen.append(fingerprint_of(small))
    os.utime(small / "intake.toml", ns=(1, 1))
    seen.append(fingerprint_of(small))
    assert len(set(seen)) == len(seen)


def test_the_cheap_look_bears_a_file_that_vanishes(small: Path) -> None:
    """As editors make them: a link to nothing is passed over."""
    before = fingerprint_of(small)
    (small / ".#lock").symlink_to(small / "nowhere")
    assert fingerprint_of(small) == before
    assert fingerprint_of(small / "nowhere")

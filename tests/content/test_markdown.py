"""Markdown becomes HTML and plain text in which every fact stands in its form."""

from __future__ import annotations

import html5lib
import pytest

from tests.content.conftest import EVM
from trustops.content.facts import Fact, FactKind, Facts
from trustops.content.markdown import Section, fact_names, outline, render


def test_an_address_stands_in_full_in_groups_of_four(facts: Facts) -> None:
    """Groups are for the eye: what is copied is the address itself, in one piece."""
    shown = render("{{ fact.new_token.base }}", facts)
    assert '<code class="address" data-chain="base"' in shown.html
    assert f'data-copy="{EVM}"' in shown.html
    assert '<span class="address-group">Ab58</span>' in shown.html
    assert shown.text == EVM
    solana = render("{{ fact.new_token.solana }}", facts)
    assert '<span class="address-group">So1a</span>' in solana.html
    assert solana.text == "So1anaAddress"


@pytest.mark.parametrize(
    ("name", "html", "text"),
    [
        (
            "migration.closed",
            '<time datetime="2026-02-04">4 February 2026</time>',
            "4 February 2026",
        ),
        (
            "migration.snapshot",
            '<time datetime="2025-11-11T11:40:00Z">11 November 2025, 11:40 UTC</time>',
            "11 November 2025, 11:40 UTC",
        ),
        (
            "domain.docs",
            '<bdi class="domain" translate="no">docs.example.org</bdi>',
            "docs.example.org",
        ),
        ("handle.x", '<bdi class="handle" translate="no">@example_desk_</bdi>', "@example_desk_"),
        ("migration.ratio", "<em>1 to 6</em>", "1 to 6"),
    ],
)
def test_each_kind_of_fact_has_its_form(facts: Facts, name: str, html: str, text: str) -> None:
    """Markdown around it works, Markdown in it does not."""
    shown = render(f"*{{{{ fact.{name} }}}}* and `{{{{fact.{name}}}}}`", facts)
    assert html in shown.html
    assert shown.text == f"{text} and {text}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("new_token.base", "address withheld: it could not be verified"),
        ("domain.docs", "site withheld: it could not be verified"),
        ("handle.x", "account withheld: it could not be verified"),
        ("migration.never-said", "not known here"),
    ],
)
def test_a_withheld_fact_says_so_in_the_sentence(facts: Facts, name: str, words: str) -> None:
    """The page reads on, and nothing of the manifest is in it."""
    shown = render(f"It is {{{{ fact.{name} }}}}.", facts.without_official("bad signature"))
    assert shown.html == f'<p>It is <strong class="withheld">{words}</strong>.</p>'
    assert shown.text == f"It is {words}."


def test_a_link_to_a_domain_of_the_manifest_leads_there(facts: Facts) -> None:
    """Over TLS, with a path if one is given, and without telling it where one comes from."""
    shown = render("[a]({{ fact.domain.docs }}) [b]({{ fact.domain.docs }}/guide?x=1#y)", facts)
    assert '<a href="https://docs.example.org" rel="noopener noreferrer">a</a>' in shown.html
    assert '<a href="https://docs.example.org/guide?x=1#y" rel="noopener noreferrer">' in shown.html
    assert shown.text == ("a (https://docs.example.org) b (https://docs.example.org/guide?x=1#y)")


@pytest.mark.parametrize(
    "target",
    ["{{ fact.domain.docs }}", "{{ fact.migration.ratio }}", "{{ fact.domain.docs }}.example.com"],
)
def test_a_link_to_what_is_no_domain_of_the_manifest_leads_nowhere(
    facts: Facts, target: str
) -> None:
    """Withheld, no domain, or a domain that only begins like ours: the words stay."""
    known = facts.without_official("expired") if target == "{{ fact.domain.docs }}" else facts
    shown = render(f"[the docs]({target}) follow", known)
    assert "href" not in shown.html
    assert shown.text.startswith("the docs (")
    assert shown.text.endswith(") follow")


def test_raw_html_is_shown_as_words(facts: Facts) -> None:
    """An author sees at once that it does not work."""
    assert render("a <b>b</b> &amp; R&D", facts).text == "a <b>b</b> &amp; R&D"


def test_sections_have_ids_that_links_can_use(facts: Facts) -> None:
    """Given ones are kept; others are made of the title; none stands twice."""
    heads = ("## Never {#never}", "## Never", "## Never", "### 안녕")
    body = "\n\n".join((*heads, "## Closed {{ fact.migration.closed }}"))
    shown = render(body, facts)
    assert shown.sections == (
        Section("never", "Never", 2),
        Section("never-2", "Never", 2),
        Section("never-3", "Never", 2),
        Section("안녕", "안녕", 3),
        Section("closed", "Closed 4 February 2026", 2),
    )
    for section in shown.sections:
        assert f'id="{section.id}"' in shown.html


def test_an_outline_tells_sections_and_links() -> None:
    """Links to facts stand in it as they were written, whether or not the fact is known."""
    found = outline("# Top\n\n## One {#one}\n\n[a](/faq) ![b](/c) [d]({{ fact.domain.docs }}/e)\n")
    assert found.anchors == {"one"}
    assert found.links == ["/faq", "{{ fact.domain.docs }}/e"]


def test_each_named_fact_has_its_line() -> None:
    """Also those within links and code."""
    body = "{{ fact.a.b }}\n\n[x]({{fact.domain.docs}}) `{{  fact.c-d_e.f  }}`\n"
    assert fact_names(body) == ((1, "a.b"), (3, "domain.docs"), (3, "c-d_e.f"))


def test_tables_have_heads_that_name_their_columns(facts: Facts) -> None:
    """For those who hear a table instead of seeing it; alignment is the stylesheet's."""
    html = render(
        "| chain | token |\n|---|--:|\n| Base | {{ fact.new_token.base }} |\n", facts
    ).html
    assert html.count('<th scope="col">') == 2
    assert "style" not in html


def test_plain_text_keeps_the_shape_of_the_page(facts: Facts) -> None:
    """Paragraphs, items and rows can be told apart without any markup."""
    body = """\
First *line*
goes on.

1. one
2. two

    more of two

    - inner

3. three

| chain | token |
|---|---|
| Base | |

> quoted

    code  kept
      as it is

---
End.
"""
    assert (
        render(body, facts).text
        == """\
First line goes on.

1. one
2. two
  more of two
  - inner
3. three

chain | token
Base |

quoted

code  kept
  as it is

End."""
    )


def test_links_within_the_site_are_written_out_for_mail(facts: Facts) -> None:
    """With the address of the desk; on a page the link itself does."""
    body = "[ask us](/support) or look [below](#x)"
    assert render(body, facts).text == "ask us or look below"
    written = render(body, facts, base_url="https://desk.example.org/").text
    assert written == "ask us (https://desk.example.org/support) or look below"


def test_a_line_may_be_broken(facts: Facts) -> None:
    """In plain text the sentence goes on."""
    shown = render("one  \ntwo", facts)
    assert "<br>" in shown.html
    assert shown.text == "one two"


def test_a_list_may_begin_where_another_one_ended(facts: Facts) -> None:
    """The number that the author wrote is the number that stands there."""
    shown = render("3. three\n4. four\n", facts)
    assert '<ol start="3">' in shown.html
    assert shown.text == "3. three\n4. four"


def test_our_html_is_well_formed(facts: Facts) -> None:
    """A strict parser takes it without a fault."""
    body = "## A {#a}\n\n- {{ fact.new_token.base }}\n- x\n\n| a |\n|---|\n| b |\n"
    page = f"<!doctype html><title>x</title><main>{render(body, facts).html}</main>"
    parser = html5lib.HTMLParser(strict=True)
    assert parser.parse(page) is not None


def test_values_of_facts_are_words_and_no_markup() -> None:
    """Also a value that somebody made to look like HTML."""
    wicked = Fact("migration.name", FactKind.TEXT, "<script>*x*</script>")
    shown = render("{{ fact.migration.name }}", Facts.of([wicked]))
    assert shown.html == "<p>&lt;script&gt;*x*&lt;/script&gt;</p>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("1. one\n  - inner\n  - more\n2. two", "1. one\n  - inner\n  - more\n2. two"),
        ("- a\n  - b\n    - c\n- d", "- a\n  - b\n    - c\n- d"),
        ("- a\n    - b\n        - c", "- a\n  - b\n    - c"),
        ("Do this:\n- a\n- b", "Do this:\n\n- a\n- b"),
        ("Do this:\n1. a\n2. b", "Do this:\n\n1. a\n2. b"),
        ("1. step\n\n  More.\n\n2. next", "1. step\n  More.\n2. next"),
        ("10. ten\n  - x\n\n  para\n11. eleven", "10. ten\n  - x\n  para\n11. eleven"),
        ("```sh\na <b>\n  c\n```\nEnd.", "a <b>\n  c\n\nEnd."),
        ("Text\n| a | b |\n|---|---|\n| 1 | 2 |", "Text\n\na | b\n1 | 2"),
    ],
)
def test_markdown_means_what_its_authors_mean(facts: Facts, body: str, text: str) -> None:
    """Two spaces nest, a list may follow its sentence, a step may have a paragraph, code fences."""
    assert render(body, facts).text == text


def test_an_address_does_not_move_when_another_heading_is_put_before_it(facts: Facts) -> None:
    """In every script; an id given by hand is that heading's, whatever stands above."""
    heads = ["## 마감", "## 截止日期", "## C#", "## Ümlaut", "## ???", "## Never {#never}"]
    alone = [render(head, facts).sections[0].id for head in heads]
    assert alone[:4] == ["마감", "截止日期", "c-sharp", "ümlaut"]
    before = ["## C", "## Never", "## !!!", "## 안녕"]
    both = render("\n\n".join([*before, *heads]), facts)
    assert [section.id for section in both.sections][4:] == alone
    assert [section.title for section in both.sections][6] == "C#"
    for section in both.sections:
        assert f'id="{section.id}"' in both.html


def test_a_link_leads_to_a_section_in_any_script(facts: Facts) -> None:
    """As its author writes it; the browser gets it encoded."""
    assert outline("[a](#마감)\n\n## 마감").links == ["#마감"]
    assert 'href="#%EB%A7%88%EA%B0%90"' in render("[a](#마감)", facts).html

"""Whatever a content file says: no script, no handler, no style, no picture, no other origin."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.content.conftest import EVM
from trustops.content.facts import Fact, FactKind, Facts
from trustops.content.markdown import render

ALLOWED = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "hr", "br", "time", "bdi", "span", "wbr"),
}
HANDLED = {
    *("href", "rel", "id", "start", "scope", "class", "datetime", "translate"),
    *("data-chain", "data-copy", "data-copy-label"),
}


class Seen(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.elements.append((tag, dict(attrs)))


def nothing_foreign(html: str, hosts: tuple[str, ...] = ()) -> bool:
    """Whether HTML holds only what pages take, and leads away to those hosts alone."""
    for tag, attributes in Seen(html).elements:
        if tag not in ALLOWED or not attributes.keys() <= HANDLED:
            return False
        target = attributes.get("href") or "#"
        inside = target.startswith(("/", "#")) and target[1:2] not in {"/", "\\"}
        host = re.split(r"[/?#]", target.removeprefix("https://"), maxsplit=1)[0]
        if not inside and not (target.startswith("https://") and host in hosts):
            return False
    return True


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.com/pixel.png)",
        "![x](/static/x.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "[x](https://example.com)",
        "[x](//example.com)",
        "[x](/\\example.com)",
        "[x](/\t/example.com)",
        "[x](</ /example.com>)",
        "[x][y]\n\n[y]: https://example.com",
        "<https://example.com> <desk@example.com>",
        "[x](/faq){: onclick=alert(1) style=color:red target=_blank rel=opener href=//example.com}",
        "## x {: #x onclick=alert(1) class=y }",
        "<style>p{}</style><!-- x --><iframe src=//example.com>",
        "[x](https://docs.example.org@example.com)",
        "[x](https://docs.example.org:8443/)",
        "[x](https://docs.example.org\\.example.com)",
        "[x](https://[docs.example.org)",
        "# A second title",
        "\ue0000\ue001 \ue00099\ue001",
    ],
)
def test_nothing_foreign_comes_through(facts: Facts, body: str) -> None:
    """Scripts, handlers, styles, pictures and other origins are taken out or shown as words."""
    assert nothing_foreign(render(body, facts).html)


def test_a_literal_link_to_a_domain_of_the_manifest_may_stay(facts: Facts) -> None:
    """It leads where a fact would lead; the check of words refuses it all the same."""
    assert (
        'href="https://docs.example.org/x"' in render("[x](https://docs.example.org/x)", facts).html
    )


PIECES = st.sampled_from(
    [
        *("<script>", "</script>", "<img src=x onerror=y>", "<a href='//e.com'>", "<!--", "-->"),
        *("[x](", "](", ")", "[", "]", "!", "![", "javascript:", "//e.com", "https://", "e.com"),
        *(
            "`",
            "```",
            "*",
            "**",
            "_",
            "#",
            "## ",
            "> ",
            "- ",
            "1. ",
            "    ",
            "\n",
            "\n\n",
            "|",
            "---",
        ),
        *(
            "{#",
            "}",
            "{:",
            " onclick=x",
            "style=",
            "href=",
            "&#106;",
            "&lt;",
            "\\",
            "\t",
            "\x02",
            "\x03",
        ),
        *(
            "\ue000",
            "\ue001",
            "0",
            "{{ fact.new_token.base }}",
            "{{ fact.domain.docs }}",
            "{{",
            "}}",
        ),
        *("[id]: //e.com", "klzzwxh:", "wzxhzdk:0", "a", " ", "\r", "\ud800", "\x00", "é"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
@example("[x](\x02klzzwxh:0000\x03)")
@example("\x02wzxhzdk:0\x03 <script>")
def test_whatever_is_written_nothing_crashes_and_nothing_foreign_comes_through(body: str) -> None:
    """The law of this module, on texts made to break it."""
    facts = Facts.of(
        [
            Fact("new_token.base", FactKind.ADDRESS, EVM, chain="base"),
            Fact("domain.docs", FactKind.DOMAIN, "docs.example.org"),
        ]
    )
    shown = render(body, facts)
    assert nothing_foreign(shown.html, ("docs.example.org",)), shown.html
    withheld = render(body, facts.without_official("expired"))
    assert nothing_foreign(withheld.html), withheld.html
    assert "docs.example.org" in body or "docs.example.org" not in withheld.html


@pytest.mark.parametrize(
    "number", ["#xE000;0&#xE001", "#xE000;99&#xE001", "#x202E", "#x200b", "#0"]
)
def test_a_character_by_its_number_stays_as_it_was_typed(number: str) -> None:
    """It could name another fact, or hide from every check of the text."""
    shown = render(f"Compare {{{{ fact.operator.name }}}} with &{number};.", Facts())
    assert escape(f"&{number};") in shown.html
    assert f"&{number};" in shown.text

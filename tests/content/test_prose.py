"""Prose holds no literal address, domain, date or ratio: it names a fact, which can be mended.

What a reader would see is what counts; escapes, entities and invisible characters hide nothing.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.conftest import EVM
from trustops.content.prose import LiteralKind, literals

ACCOUNT = "So11111111111111111111111111111111111111112"
SIGNATURE = (
    "5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW"
)
BITCOIN = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"

ADDRESS, DOMAIN = LiteralKind.ADDRESS, LiteralKind.DOMAIN
DATE, RATIO = LiteralKind.DATE, LiteralKind.RATIO


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        (f"Send to {EVM}.", ADDRESS, EVM),
        (f"`{EVM.lower()}`", ADDRESS, EVM.lower()),
        (f"Its hash is 0x{'ab' * 32}", ADDRESS, f"0x{'ab' * 32}"),
        (f"The account {ACCOUNT}", ADDRESS, ACCOUNT),
        (f"({SIGNATURE})", ADDRESS, SIGNATURE),
        (f"by {BITCOIN}, they say", ADDRESS, BITCOIN),
        ("pay to somebody.eth now", ADDRESS, "somebody.eth"),
        ("Go to docs.example.org.", DOMAIN, "docs.example.org"),
        ("write to desk@example.com", DOMAIN, "example.com"),
        ("[there](https://example.com/x)", DOMAIN, "https://example.com/x"),
        ("[there](//example.com)", DOMAIN, "example.com"),
        ("<https://localhost/x>", DOMAIN, "https://localhost/x>".rstrip(">")),
        ("see t.me/somebody", DOMAIN, "t.me"),
        ("see exаmple.com", DOMAIN, "exаmple.com"),
        ("see `example.com`", DOMAIN, "example.com"),
        (r"see example\.com", DOMAIN, "example.com"),
        ("see example&#46;com", DOMAIN, "example.com"),
        ("see exam\u200bple.com", DOMAIN, "example.com"),
        ("see exam\ufe0fple.com", DOMAIN, "example.com"),
        ("see example\u034f.com", DOMAIN, "example.com"),
        ("see example\u3002com", DOMAIN, "example.com"),
        ("see example**.**com", DOMAIN, "example.com"),
        ("see **example**.com", DOMAIN, "example.com"),
        (f"0x{'a' * 20}**{'b' * 20}**", ADDRESS, f"0x{'a' * 20}{'b' * 20}"),
        ("on 2026-02-04", DATE, "2026-02-04"),
        ("on 2026/2/4", DATE, "2026/2/4"),
        ("on 4.2.2026", DATE, "4.2.2026"),
        ("on 02/04/26", DATE, "02/04/26"),
        ("on 4 February 2026", DATE, "4 February 2026"),
        ("on the 4th of February", DATE, "4th of February"),
        ("on Feb 4", DATE, "Feb 4"),
        ("on Feb. 4th, 2026", DATE, "Feb. 4th, 2026"),
        ("on 4/5 Feb", DATE, "4/5 Feb"),
        ("on 4 or 5 February", DATE, "4 or 5 February"),
        ("on 4\N{EN DASH}5 February", DATE, "4\N{EN DASH}5 February"),
        ("on FEBRUARY 4", DATE, "FEBRUARY 4"),
        ("on May 4", DATE, "May 4"),
        ("in February 2026", DATE, "February 2026"),
        ("on 4\nFebruary", DATE, "4 February"),
        ("at 1:6", RATIO, "1:6"),
        ("at 1 : 6", RATIO, "1 : 6"),
        ("at 1 to 6", RATIO, "1 to 6"),
        ("at 1-to-6", RATIO, "1-to-6"),
        ("6 for 1", RATIO, "6 for 1"),
        ("at 1,000 to 6,000", RATIO, "1,000 to 6,000"),
        ("at 1\N{FULLWIDTH COLON}6", RATIO, "1:6"),
        ("at 11:40 UTC", RATIO, "11:40"),
    ],
)
def test_a_literal_is_found(text: str, kind: LiteralKind, found: str) -> None:
    """In each of the forms in which people write it."""
    (literal,) = literals(text)
    assert (literal.kind, literal.text) == (kind, found)


@pytest.mark.parametrize(
    "text",
    [
        "It was {{ fact.migration.ratio }} on {{ fact.migration.closed }}.",
        "{{ fact.a.b }}:{{ fact.c.d }} and 1{{ fact.a.b }}2",
        "Read [the answer](/faq/example.com) or [below](#on-2026-02-04).",
        "Change `site.toml`, `README.md`, `Migrator.sol` or a file named x.toml.",
        "e.g. this, i.e. that, a.m. and p.m., the U.S. and the U.K.",
        "Version 3.11 of v1.2.3, in 90 days, within 48 hours, 100 %.",
        "Between 5 to 10 days, 1 to 3 minutes, 75 to 90 %.",
        "You may 4 times march 5 steps.",
        "The hash begins with 0x1234 and ends with 5678.",
        "A long word: Donaudampfschifffahrtsgesellschaftskapitaen.",
        "abcdefghijkmnopqrstuvwxyzabc is no address.",
        "1. one\n2. two",
        "",
    ],
)
def test_what_is_no_literal_may_stand(text: str) -> None:
    """Facts, links within the site, file names, abbreviations and spans of time."""
    assert literals(text) == ()


def test_each_literal_has_its_line_and_they_come_in_order() -> None:
    """Whoever mends them walks down the text once."""
    found = literals("Good.\n\nOn 2026-02-04 at 1:6.\nexample.org\n")
    assert [(literal.line, literal.kind) for literal in found] == [
        (3, DATE),
        (3, RATIO),
        (4, DOMAIN),
    ]


def test_one_place_is_told_once() -> None:
    """A date within an address of a site is a part of that address."""
    assert [literal.kind for literal in literals("https://example.org/2026-02-04/1:6")] == [DOMAIN]


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    """Whatever somebody pastes, the lines stay within the text."""
    assert all(1 <= literal.line <= text.count("\n") + 1 for literal in literals(text))

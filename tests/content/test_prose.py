"""Prose holds no literal address, domain, date or ratio: it names a fact, which can be mended.

What a reader would see is what counts; escapes, entities and invisible characters hide nothing.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.conftest import EVM
from tests.pace import explodes
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
        ("swapped at 11:40", RATIO, "11:40"),
        ("1 AGIX = 0.433350 ASI", RATIO, "1 AGIX = 0.433350 ASI"),
        ("1 KLAY = 1 KAIA", RATIO, "1 KLAY = 1 KAIA"),
        ("1 MKR to 24,000 SKY", RATIO, "1 MKR to 24,000 SKY"),
        ("1 OM = 4 MANTRA", RATIO, "1 OM = 4 MANTRA"),
        ("1 OM becomes 4 MANTRA", RATIO, "1 OM becomes 4 MANTRA"),
        ("1 MATIC is 1 POL", RATIO, "1 MATIC is 1 POL"),
        ("24,000 SKY per MKR", RATIO, "24,000 SKY per MKR"),
        ("six for one", RATIO, "six for one"),
        ("a ratio of 6", RATIO, "ratio of 6"),
        ("1대 6", RATIO, "1대 6"),
        ("비율은1:6입니다", RATIO, "1:6"),
        ("1 KLAY당 1 KAIA", RATIO, "1 KLAY당 1 KAIA"),
        ("1比6", RATIO, "1比6"),
        ("一比六", RATIO, "一比六"),
        ("마감은 2024년 10월 28일입니다.", DATE, "2024년 10월 28일"),
        ("2월 4일까지", DATE, "2월 4일"),
        ("截止日期是2024年10月28日。", DATE, "2024年10月28日"),
        ("二〇二六年二月三日", DATE, "二〇二六年二月三日"),
        ("\uff12\uff10\uff12\uff16年\uff12月\uff13日", DATE, "2026年2月3日"),
        ("마감은2024-10-28까지", DATE, "2024-10-28"),
        ("2026. 2. 3.", DATE, "2026. 2. 3"),
        ("on 2026.02.03", DATE, "2026.02.03"),
        ("on Feb 3rd 2026", DATE, "Feb 3rd 2026"),
        ("the third of February", DATE, "third of February"),
        ("in 2026-02", DATE, "2026-02"),
        ("closed in February", DATE, "in February"),
        ("2월에 마감", DATE, "2월"),
        ("2月底", DATE, "2月"),
        ("docs.example.org에서 확인", DOMAIN, "docs.example.org"),
        ("请看example.org网站", DOMAIN, "example.org"),
        ("see example[.]org", DOMAIN, "example.org"),
        ("see example (dot) org", DOMAIN, "example.org"),
        (EVM.removeprefix("0x"), ADDRESS, EVM.removeprefix("0x")),
        ("it ends 0x1a2b...c3d4", ADDRESS, "0x1a2b...c3d4"),
        ("6 for every 1", RATIO, "6 for every 1"),
        ("For 1 OM there were 4 MANTRA", RATIO, "For 1 OM there were 4"),
        ("for each old token you get 6 new ones", RATIO, "for each old token you get 6"),
        ("each OM became 4 MANTRA", RATIO, "each OM became 4"),
        ("1개당 6개", RATIO, "1개당 6"),
        ("6배로 받습니다", RATIO, "6배"),
        ("一换六", RATIO, "一换六"),
        ("1枚换6枚", RATIO, "1枚换6"),
        ("六倍", RATIO, "六倍"),
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
        "Crediting takes 3 to 5 business days, or 3 days to 5 days, from 9 AM to 5 PM.",
        "After 12 to 24 confirmations, a phrase of 12 to 24 words, one to three sentences.",
        "영업일 기준 3~5일, 24시간 이내, 2개월, 1:1 문의, 3个工作日",
        "The hash begins with 0x1234 and ends with 5678.",
        "A long word: Donaudampfschifffahrtsgesellschaftskapitaen.",
        "abcdefghijkmnopqrstuvwxyzabc is no address.",
        "1. one\n2. two",
        "For one person there is one answer, each question becomes 2 pages, each day is 24 hours.",
        "배송 6배송, 统一兑换一次, 第一次, 3개월에, 每3个月, Node.js를, v1.2.3입니다",
        "",
    ],
)
def test_what_is_no_literal_may_stand(text: str) -> None:
    """Facts, links within the site, file names, abbreviations and spans of time."""
    assert literals(text) == ()


@pytest.mark.parametrize(
    "piece",
    [
        *("1 to ", "1월1일", "1 AAAAAAAA", "1 a 1 ", "one ", "1", "A", " ", "2/4 ", "9:30 ", "1 $"),
        *("1개를 ", "一枚", "1 = ", "hundred ", "multiply it it it ", "for each old token you "),
    ],
)
def test_a_long_text_is_looked_at_in_time(piece: str) -> None:
    """What is made to be slow is not: the time grows with the text and not with its square."""
    assert not explodes(literals, piece, 6000 * len(piece))


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

"""Links in words of staff: those to this site, and no others."""

from __future__ import annotations

import pytest

from trustops.web.own_links import with_own_links

BASE = "https://desk.example.org"


def linked(address: str) -> str:
    """The address as a link."""
    return f'<a href="{address}">{address}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (BASE, linked(BASE)),
        (f"Read {BASE}/faq/late#said.", f"Read {linked(f'{BASE}/faq/late#said')}."),
        (f"({BASE}/check?q=a)", f"({linked(f'{BASE}/check?q=a')})"),
        (f"{BASE}/a\n{BASE}/b", f"{linked(f'{BASE}/a')}\n{linked(f'{BASE}/b')}"),
    ],
)
def test_a_whole_address_of_this_site_is_a_link(text: str, html: str) -> None:
    """The signs of the sentence around it stay outside."""
    assert with_own_links(text, BASE).__html__() == html


@pytest.mark.parametrize(
    "text",
    [
        f"{BASE}.evil.xyz/faq",
        f"{BASE}@evil.xyz",
        f"{BASE}:8443/faq",
        f"{BASE}-login.xyz",
        f"{BASE}/a@evil",
        f"{BASE}\\evil.xyz",
        f"https://evil.xyz/?to={BASE}/faq",
        f"x{BASE}/faq",
        "http://desk.example.org/faq",
        "desk.example.org/faq",
        "https://evil.xyz",
        f"{BASE}/\u202efaq",
    ],
)
def test_whatever_else_looks_like_one_stays_plain(text: str) -> None:
    """A page of ours leads nowhere that somebody typed."""
    assert "<a" not in with_own_links(text, BASE).html


def test_words_are_never_markup() -> None:
    """What stands around a link is escaped, and nothing is lost."""
    found = with_own_links(f'<b>"x" & {BASE}/faq <script>', BASE).html
    assert found == f"&lt;b&gt;&quot;x&quot; &amp; {linked(f'{BASE}/faq')} &lt;script&gt;"

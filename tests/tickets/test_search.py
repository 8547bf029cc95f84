"""Full-text search finds the same on SQLite and PostgreSQL, in every script that holders write."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories import a_ticket
from trustops.tickets.search import find_tickets, index_words, words_of


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hardware", True),
        ("HARDWARE wallet", True),
        ("wallet hardware", True),
        ("hardw", True),
        ("ardware", False),
        ("hardware absent", False),
        ("ＨＡＲＤＷＡＲＥ", True),
        ("토큰", True),
        ("迁移", True),
        ("代币迁移", True),
        ("旧", False),
        ("' OR 1=1 --", False),
        ('"hardware" AND*', False),
        ("!!!", False),
        ("", False),
        ("tokens\x00", False),
    ],
)
def test_words_find_their_ticket(session: Session, query: str, found: bool) -> None:
    """All words have to be there; the last one may be the beginning of a word."""
    ticket = a_ticket(session)
    index_words(session, ticket.id, "My Hardware wallet. 토큰을 옮기지 못했습니다. 代币迁移")
    assert find_tickets(session, query, 50) == ([ticket.id] if found else [])


@pytest.mark.parametrize(
    ("body", "query", "found"),
    [
        ("Zürich café résumé", "zurich", True),
        ("Zurich cafe", "ZÜRICH café", True),
        ("Łódź, Đà Nẵng, smørrebrød", "lodz da nang smorrebrod", True),
        ("Straße", "strasse", True),
        ("ёлка", "елка", True),
        ("سَلامٌ", "سلام", True),
        ("代币丢失了", "币", True),
        ("代币丢失了", "了", True),
        ("代币丢失了", "代", True),
        ("代币丢失了", "币 absent", False),
        ("我的代币 wallet", "币 wallet", True),
        ("我的代币", "币代", False),
        ("토큰을 옮기지", "큰", True),
        ("トークンが消えた", "が", True),
        ("トークンか消えた", "が", False),
        ("ฉันไม่เห็นโทเคนในกระเป๋า โทเคนของฉันหายไป", "หาย", True),
        ("ฉันไม่เห็น", "หาย", False),
        ("मेरा टोकन नहीं मिला", "नहीं", True),
        ("मेरा टोकन नहीं मिला", "नानी", False),
        ("मेरा टोकन नहीं मिला", "नह", False),
        ("کیف‌پول من", "کیف‌پول", True),
        ("کیف‌پول من", "کیفپول", True),
        ("soft­hyphen", "softhyphen", True),
    ],
)
def test_words_of_each_script_find_their_ticket(
    session: Session, body: str, query: str, found: bool
) -> None:
    """Accents may be left out; where no space parts words, any neighbouring characters find."""
    ticket = a_ticket(session)
    index_words(session, ticket.id, body)
    assert find_tickets(session, query, 50) == ([ticket.id] if found else [])


def test_the_newest_words_come_first_and_a_ticket_comes_once(session: Session) -> None:
    """Rank over a common word would read everything; time is what staff look for."""
    first, second = a_ticket(session), a_ticket(session)
    for ticket in (first, second, first):
        index_words(session, ticket.id, "bridge pending")
    assert find_tickets(session, "bridge", 50) == [first.id, second.id]
    assert find_tickets(session, "bridge", 1) == [first.id]


@given(text=st.text(max_size=200))
def test_any_text_gives_words_without_signs(text: str) -> None:
    """Whatever is typed, nothing reaches the database's query language."""
    for word in words_of(text):
        assert all(char.isalnum() or category(char)[0] == "M" for char in word)

"""Full-text search over the words of tickets, newest first.

Words are prepared here and not by the database, so that SQLite and PostgreSQL find the same:
NFKC, case folded, and pairs of neighbouring characters for Chinese, Japanese and Korean, whose
words are not parted by spaces (docs/decisions/0008). The last word of a query also
matches as a beginning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select, text, union
from sqlalchemy.orm import Session

from trustops.addresses import ADDRESSES, TRANSACTIONS, read
from trustops.tickets.models import Ticket

MAX_QUERY_WORDS = 12
NEWEST_ROWS = 500
"""How many matching messages are looked at; a page shows far fewer tickets."""
PROBE_ROWS = 1001
"""Above this many matches PostgreSQL is better off walking from the newest row backwards."""
PREFIX_FROM = 3
"""Shorter last words match only whole."""

_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")


def words_of(body: str) -> list[str]:
    """The words under which a text is found."""
    folded = unicodedata.normalize("NFKC", body).casefold()
    found: list[str] = []
    for word in _WORD.findall(folded):
        position = 0
        for run in _CJK.finditer(word):
            found += _plain(word[position : run.start()])
            found += _pairs(run.group())
            position = run.end()
        found += _plain(word[position:])
    return found


def index_words(session: Session, ticket_id: int, body: str) -> None:
    """Make a text findable under its ticket, in the transaction of the session."""
    words = words_of(body)
    if not words:
        return
    if _is_sqlite(session):
        session.execute(
            text("INSERT INTO ticket_search (words, ticket_id) VALUES (:words, :ticket)"),
            {"words": " ".join(words), "ticket": ticket_id},
        )
    else:
        session.execute(
            text(
                "INSERT INTO ticket_search (ticket_id, words)"
                " VALUES (:ticket, array_to_tsvector(CAST(:words AS text[])))"
            ),
            {"words": sorted(set(words)), "ticket": ticket_id},
        )


def find_tickets(session: Session, query: str, limit: int) -> list[int]:
    """Keys of tickets whose words match all of a query, newest words first."""
    words = words_of(_in_one_spelling(query))[:MAX_QUERY_WORDS]
    if not words:
        return []
    rows = _sqlite(session, words) if _is_sqlite(session) else _postgresql(session, words)
    return list(dict.fromkeys(rows))[:limit]


def newest_of(session: Session, most: int, *conditions: ColumnElement[bool]) -> Sequence[int]:
    """Keys of the newest tickets for which any condition holds, newest first.

    Each condition reads its own index; joined by "or" they would make the planner read all tickets.
    """
    probes = [
        select(
            select(Ticket.id.label("key"))
            .where(condition)
            .order_by(Ticket.id.desc())
            .limit(most)
            .subquery()
            .c.key
        )
        for condition in conditions
    ]
    found = union(*probes).subquery()
    return session.scalars(select(found.c.key).order_by(found.c.key.desc()).limit(most)).all()


def _in_one_spelling(query: str) -> str:
    """A query; one that is an address or a hash, or a link of it, as messages most likely name it.

    The columns of wallets and hashes spell what they are compared with by themselves.
    """
    reading = read(query, transaction=True)
    return reading.text if reading.alone and reading.shape in ADDRESSES | TRANSACTIONS else query


def _plain(part: str) -> list[str]:
    return [part] if part else []


def _pairs(run: str) -> list[str]:
    """Overlapping pairs of a run of characters; a single one stands for itself."""
    return [run[n : n + 2] for n in range(len(run) - 1)] or [run]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _sqlite(session: Session, words: list[str]) -> list[int]:
    match = " ".join(f'"{word}"' for word in words)
    if len(words[-1]) >= PREFIX_FROM:
        match += "*"
    rows = session.execute(
        text(
            "SELECT ticket_id FROM ticket_search WHERE words MATCH :match"
            " ORDER BY rowid DESC LIMIT :rows"
        ),
        {"match": match, "rows": NEWEST_ROWS},
    )
    return [int(row[0]) for row in rows]


def _postgresql(session: Session, words: list[str]) -> list[int]:
    """Probe the index first: for a rare word the planner would walk the table backwards."""
    lexemes = [f"'{word}'" for word in words]
    if len(words[-1]) >= PREFIX_FROM:
        lexemes[-1] += ":*"
    asked = {"query": " & ".join(lexemes), "probe": PROBE_ROWS, "rows": NEWEST_ROWS}
    # The planner takes the beginning of a word for frequent, and would read all words for it.
    session.execute(text("SET LOCAL enable_seqscan = off"))
    probed = session.execute(
        text(
            "WITH hit AS MATERIALIZED (SELECT id, ticket_id FROM ticket_search"
            " WHERE words @@ CAST(:query AS tsquery) LIMIT :probe)"
            " SELECT id, ticket_id FROM hit ORDER BY id DESC"
        ),
        asked,
    ).all()
    if len(probed) < PROBE_ROWS:
        return [int(row[1]) for row in probed[:NEWEST_ROWS]]
    rows = session.execute(
        text(
            "SELECT ticket_id FROM ticket_search WHERE words @@ CAST(:query AS tsquery)"
            " ORDER BY id DESC LIMIT :rows"
        ),
        asked,
    )
    return [int(row[0]) for row in rows]

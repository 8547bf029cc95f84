"""Full-text search over the words of tickets, newest first.

Words are prepared here and not by the database, so that SQLite and PostgreSQL find the same: one
form of each letter, without case and accents, and pairs of neighbouring characters for scripts
that part no words by spaces (docs/decisions/0008). The last word of a query also matches as a
beginning, and so does a single character of such a script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

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

_OF_SEMITIC_SCRIPTS = range(10, 36)
_ATTACHED = 200
"""Canonical combining classes (Unicode 4.3): vowels at fixed positions; from here on accents."""

_RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\U00020000-\U0003ffff]+"
)
"""Thai, Lao, Burmese, Khmer, kana, Han and Hangul: words stand there without a space between."""

_WITHOUT_STROKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
    | {"\u0131": "i"}
)
"""Letters that are another letter with something through it, which Unicode does not take apart."""


def words_of(body: str) -> list[str]:
    """The words under which a text is found."""
    return [word for part, is_run in _parts(body) for word in (_pairs(part) if is_run else [part])]


def asked_words(query: str) -> list[tuple[str, bool]]:
    """The words that a query asks for, each with whether it may be the beginning of a word."""
    asked: list[tuple[str, bool]] = []
    for part, is_run in _parts(query):
        if is_run:
            asked += [(part[n : n + 2], False) for n in range(len(part) - 1)] or [(part, True)]
        else:
            asked.append((part, False))
    asked = asked[:MAX_QUERY_WORDS]
    if asked and len(asked[-1][0]) >= PREFIX_FROM:
        asked[-1] = (asked[-1][0], True)
    return asked


def _parts(body: str) -> Iterator[tuple[str, bool]]:
    """The words of a text, and the runs of scripts that have no spaces, in their order."""
    spaced = "".join(char if _is_of_a_word(char) else " " for char in _folded(body))
    for word in spaced.split():
        position = 0
        for run in _RUN.finditer(word):
            if run.start() > position:
                yield word[position : run.start()], False
            yield run.group(), True
            position = run.end()
        if position < len(word):
            yield word[position:], False


def _folded(body: str) -> str:
    """A text in the one form of its letters: no case, no accents, nothing that cannot be seen."""
    if body.isascii():
        return body.lower()
    plain = unicodedata.normalize("NFKC", body).casefold().translate(_WITHOUT_STROKE)
    taken_apart = unicodedata.normalize("NFKD", plain)
    letters = (char for char in taken_apart if not _is_accent(char))
    return unicodedata.normalize("NFC", "".join(letters))


def _is_accent(char: str) -> bool:
    """Whether a mark is left out by who types in haste: accents, Hebrew and Arabic vowels.

    By the combining class: what Indic and Thai scripts put around a letter is part of the word.
    """
    category = unicodedata.category(char)
    if category == "Cf":
        return True
    placed = unicodedata.combining(char)
    return category == "Mn" and (placed in _OF_SEMITIC_SCRIPTS or placed >= _ATTACHED)


def _is_of_a_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


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


def reindex_words(session: Session, ticket_id: int, before: str, after: str) -> None:
    """Let a text be found by other words; `forget_replaced_words` ends what was begun here."""
    if words_of(before):
        replace_words = _replace_in_sqlite if _is_sqlite(session) else _replace_in_postgresql
        replace_words(session, ticket_id, words_of(before), words_of(after))


def forget_replaced_words(session: Session) -> None:
    """Leave nothing in the index of words that were replaced.

    SQLite keeps them in it, marked as deleted, until its parts are written anew as one. On
    PostgreSQL they go with the next vacuum.
    """
    if _is_sqlite(session):
        session.execute(text("INSERT INTO ticket_search (ticket_search) VALUES ('optimize')"))


def find_tickets(session: Session, query: str, limit: int) -> list[int]:
    """Keys of tickets whose words match all of a query, newest words first."""
    words = asked_words(_in_one_spelling(query))
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


def _pairs(run: str) -> list[str]:
    """Overlapping pairs of a run of characters, and its last one, which begins no pair."""
    return [*(run[n : n + 2] for n in range(len(run) - 1)), run[-1]]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _sqlite(session: Session, words: Sequence[tuple[str, bool]]) -> list[int]:
    match = " ".join(f'"{word}"{"*" if begins else ""}' for word, begins in words)
    rows = session.execute(
        text(
            "SELECT ticket_id FROM ticket_search WHERE words MATCH :match"
            " ORDER BY rowid DESC LIMIT :rows"
        ),
        {"match": match, "rows": NEWEST_ROWS},
    )
    return [int(row[0]) for row in rows]


def _replace_in_sqlite(
    session: Session, ticket_id: int, before: Sequence[str], after: Sequence[str]
) -> None:
    match = " ".join(f'"{word}"' for word in before[:MAX_QUERY_WORDS])
    rows = session.execute(
        text(
            "SELECT rowid FROM ticket_search"
            " WHERE words MATCH :match AND ticket_id = :ticket AND words = :before"
        ),
        {"match": match, "ticket": ticket_id, "before": " ".join(before)},
    ).all()
    for (row,) in rows:
        session.execute(
            text("UPDATE ticket_search SET words = :after WHERE rowid = :row"),
            {"after": " ".join(after), "row": row},
        )


def _replace_in_postgresql(
    session: Session, ticket_id: int, before: Sequence[str], after: Sequence[str]
) -> None:
    query = " & ".join(f"'{word}'" for word in before[:MAX_QUERY_WORDS])
    session.execute(text("SET LOCAL enable_seqscan = off"))
    session.execute(
        text(
            "UPDATE ticket_search SET words = array_to_tsvector(CAST(:after AS text[]))"
            " WHERE words @@ CAST(:query AS tsquery) AND ticket_id = :ticket"
            " AND words = array_to_tsvector(CAST(:before AS text[]))"
        ),
        {
            "after": sorted(set(after)),
            "before": sorted(set(before)),
            "query": query,
            "ticket": ticket_id,
        },
    )


def _postgresql(session: Session, words: Sequence[tuple[str, bool]]) -> list[int]:
    """Probe the index first: for a rare word the planner would walk the table backwards."""
    lexemes = [f"'{word}'{':*' if begins else ''}" for word, begins in words]
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

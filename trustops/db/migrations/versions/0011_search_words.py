"""The words of every ticket are prepared anew: without accents, with the marks that belong to them

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from trustops.tickets.search import words_of

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BATCH = 1000

TICKET = sa.table("ticket", *map(sa.column, ("id", "reference", "subject")))
MESSAGE = sa.table("message", *map(sa.column, ("id", "ticket_id", "body")))

SQLITE = (
    """
    CREATE VIRTUAL TABLE ticket_search USING fts5(
        words, ticket_id UNINDEXED,
        tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M*'"
    )
    """
)
SQLITE_BEFORE = (
    """
    CREATE VIRTUAL TABLE ticket_search USING fts5(
        words, ticket_id UNINDEXED, tokenize = "unicode61 remove_diacritics 0"
    )
    """
)


def upgrade():
    """Fill the index again in the order in which the words came, with the product's own rule."""
    _fill(SQLITE)


def downgrade():
    """The earlier version finds by its own rule what it writes; older words by this one."""
    _fill(SQLITE_BEFORE)


def _fill(sqlite):
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("DROP TABLE ticket_search")
        op.execute(sqlite)
    else:
        op.execute("TRUNCATE ticket_search RESTART IDENTITY")
    last, begun = 0, set()
    while True:
        rows = connection.execute(
            sa.select(MESSAGE.c.id, MESSAGE.c.ticket_id, MESSAGE.c.body)
            .where(MESSAGE.c.id > last)
            .order_by(MESSAGE.c.id)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        new = {row.ticket_id for row in rows} - begun
        titles = dict(_titles(connection, new))
        texts = []
        for row in rows:
            if row.ticket_id in titles:
                texts.append((row.ticket_id, titles.pop(row.ticket_id)))
            texts.append((row.ticket_id, row.body))
        _index(connection, texts)
        begun |= new
        last = rows[-1].id


def _titles(connection, keys):
    """The reference and subject of some tickets, which are found like words."""
    rows = connection.execute(
        sa.select(TICKET.c.id, TICKET.c.reference, TICKET.c.subject).where(TICKET.c.id.in_(keys))
    )
    return [(row.id, f"{row.reference} {row.subject}") for row in rows]


def _index(connection, texts):
    sqlite = connection.dialect.name == "sqlite"
    values = []
    for ticket_id, body in texts:
        words = words_of(body)
        if words:
            shaped = " ".join(words) if sqlite else sorted(set(words))
            values.append({"ticket": ticket_id, "words": shaped})
    if not values:
        return
    connection.execute(
        sa.text(
            "INSERT INTO ticket_search (ticket_id, words) VALUES (:ticket, :words)"
            if sqlite
            else "INSERT INTO ticket_search (ticket_id, words)"
            " VALUES (:ticket, array_to_tsvector(CAST(:words AS text[])))"
        ),
        values,
    )

"""Wallets and transaction hashes stand in one spelling; what was typed stands beside it

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from trustops.addresses import spelled, with_checksum

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BATCH = 1000
TYPED_LENGTH = 128
"""Characters that the columns had when they held what was typed."""

TICKET = sa.table(
    "ticket",
    sa.column("id", sa.BigInteger),
    sa.column("wallet", sa.String),
    sa.column("wallet_as_written", sa.String),
    sa.column("tx_hash", sa.String),
    sa.column("tx_as_written", sa.String),
)


def upgrade():
    """Add the columns for what was typed, and bring every row to the spelling that is asked for.

    The rule is the product's own, so that rows and questions agree whichever version comes from
    here. A row that is right already is not written.
    """
    op.add_column("ticket", sa.Column("wallet_as_written", sa.String(300), nullable=True))
    op.add_column("ticket", sa.Column("tx_as_written", sa.String(300), nullable=True))
    connection = op.get_bind()
    last = 0
    while True:
        rows = connection.execute(
            sa.select(TICKET.c.id, TICKET.c.wallet, TICKET.c.tx_hash)
            .where(TICKET.c.id > last)
            .where(sa.or_(TICKET.c.wallet.is_not(None), TICKET.c.tx_hash.is_not(None)))
            .order_by(TICKET.c.id)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        changed = [values for row in rows if (values := _spelled_row(row)) is not None]
        if changed:
            connection.execute(
                sa.update(TICKET)
                .where(TICKET.c.id == sa.bindparam("key"))
                .values({name: sa.bindparam(name) for name in changed[0] if name != "key"}),
                changed,
            )
        last = rows[-1].id


def downgrade():
    """Put back what was typed, as far as the columns take it, and drop the others."""
    for column, written in (("wallet", "wallet_as_written"), ("tx_hash", "tx_as_written")):
        op.execute(
            f"UPDATE ticket SET {column} = substr({written}, 1, {TYPED_LENGTH})"
            f" WHERE {written} IS NOT NULL"
        )
        op.drop_column("ticket", written)


def _spelled_row(row):
    """The values of a ticket in their one spelling, or None where they are so already."""
    wallet, wallet_as_written = _spelled(row.wallet, transaction=False)
    tx_hash, tx_as_written = _spelled(row.tx_hash, transaction=True)
    if (wallet, tx_hash) == (row.wallet, row.tx_hash):
        return None
    return {
        "key": row.id,
        "wallet": wallet,
        "wallet_as_written": wallet_as_written,
        "tx_hash": tx_hash,
        "tx_as_written": tx_as_written,
    }


def _spelled(typed, *, transaction):
    """A value in its one spelling, and what was typed where that says more."""
    if typed is None:
        return None, None
    spelling = spelled(typed, transaction=transaction)
    return spelling, None if typed in {spelling, with_checksum(spelling)} else typed

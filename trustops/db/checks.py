"""Which texts a column may hold, as the database's own CHECK; for migrations.

A migration names the values as they were when it was written: the enum of today may say otherwise.
Alembic does not compare CHECKs; `tests/house/test_enums.py` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op


def hold(table: str, values: Mapping[str, Sequence[str]]) -> None:
    """Let columns of a table hold these texts and no others, whatever they might before.

    SQLite makes the table anew for it, with its rows, indexes, triggers and other CHECKs;
    `migrations/env.py` holds foreign keys back meanwhile, and checks them at the end.

    Args:
        table: its name.
        values: for each column every text that it may hold; none takes the CHECK away.

    Raises:
        ValueError: a row holds another text. Nothing was changed then.
    """
    for column, texts in values.items():
        if texts:
            _refuse_others(table, column, texts)
    triggers = _triggers(table)
    present = {one["name"] for one in sa.inspect(op.get_bind()).get_check_constraints(table)}
    with op.batch_alter_table(table) as batch:
        for column, texts in values.items():
            name = op.f(f"ck_{table}_{column}")
            if name in present:
                batch.drop_constraint(name, type_="check")
            if texts:
                batch.create_check_constraint(name, sa.column(column).in_(texts))
    for statement in triggers:
        op.execute(statement)


def _refuse_others(table: str, column: str, texts: Sequence[str]) -> None:
    """Say which texts stand in the way, before a database says that some do."""
    held = sa.table(table, sa.column(column)).c[column]
    others = op.get_bind().scalars(
        sa.select(held).where(held.is_not(None), held.not_in(texts)).distinct().limit(5)
    )
    if strange := sorted(map(str, others)):
        raise ValueError(
            f"{table}.{column} holds {', '.join(strange)}, which this step does not know."
            " Change those rows, then run it again; nothing was changed."
        )


def _triggers(table: str) -> list[str]:
    """What made the triggers of a table of SQLite, which go with it when it is made anew."""
    if op.get_bind().dialect.name != "sqlite":
        return []
    statement = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
    return list(op.get_bind().scalars(sa.text(statement), {"table": table}))

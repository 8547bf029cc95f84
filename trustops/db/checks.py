"""Which texts a column may hold, as the database's own CHECK; for migrations.

A migration names the values as they were when it was written: the enum of today may say otherwise.
Alembic does not compare CHECKs, so `write_holds` does when a migration is written, and
`tests/db/test_values_of_columns.py` asks afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa
from alembic import op
from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import MigrateOperation, MigrationScript
from alembic.runtime.migration import MigrationContext

Values = Mapping[str, Sequence[str]]
"""For each column every text that it may hold; none takes the CHECK away."""


def hold(table: str, values: Values) -> None:
    """Let columns of a table hold these texts and no others, whatever they might before.

    SQLite makes the table anew for it, with its rows, indexes, triggers and other CHECKs;
    `migrations/env.py` holds foreign keys back meanwhile, and checks them at the end.

    Args:
        table: its name.
        values: of some of its columns; the others stay as they are.

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


class Hold(MigrateOperation):
    """A line of a migration that is being written: a call of `hold`."""

    def __init__(self, table: str, values: Values) -> None:
        self.table = table
        self.values = values


def write_holds(
    context: MigrationContext, revision: object, scripts: Sequence[MigrationScript]
) -> None:
    """Add to a migration that is being written what columns are to hold, where that has changed."""
    del revision
    for script in scripts:
        up, down = script.upgrade_ops, script.downgrade_ops
        if up is None or down is None:
            continue
        for table, values in _wanted(context).items():
            before = _allowed(context, table, values)
            if before is None:
                up.ops.append(Hold(table, values))
            elif changed := [name for name in values if set(values[name]) != set(before[name])]:
                up.ops.append(Hold(table, {name: values[name] for name in changed}))
                down.ops.insert(0, Hold(table, {name: before[name] for name in changed}))


def _wanted(context: MigrationContext) -> dict[str, dict[str, tuple[str, ...]]]:
    """What the models of today let columns hold, by table."""
    return {
        table.name: values
        for table in context.opts["target_metadata"].sorted_tables
        if (values := dict(_enums(table)))
    }


def _enums(table: sa.Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    for column in table.columns:
        if isinstance(column.type, sa.Enum):
            yield column.name, tuple(column.type.enums)


def _allowed(context: MigrationContext, table: str, columns: Values) -> Values | None:
    """What a database lets columns of a table hold; None where it has no such table."""
    if context.connection is None or not sa.inspect(context.connection).has_table(table):
        return None
    checks = sa.inspect(context.connection).get_check_constraints(table)
    texts = {str(one["name"]): one["sqltext"] for one in checks}
    return {
        name: tuple(re.findall("'([^']*)'", texts.get(f"ck_{table}_{name}", "")))
        for name in columns
    }


@renderers.dispatch_for(Hold)
def _render(autogenerated: AutogenContext, step: Hold) -> str:
    autogenerated.imports.add("from trustops.db.checks import hold")
    return f"hold({step.table!r}, {step.values!r})"

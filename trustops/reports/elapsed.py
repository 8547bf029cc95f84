"""The seconds between two instants, as SQLite and PostgreSQL each reckon them."""

from __future__ import annotations

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class ElapsedSeconds(FunctionElement[float]):
    """`ElapsedSeconds(start, end)`: how many seconds lie between two instants."""

    name = "elapsed_seconds"
    type = Float()
    inherit_cache = True


@compiles(ElapsedSeconds)
def _standard(element: ElapsedSeconds, compiler: SQLCompiler, **given: object) -> str:
    start, end = (compiler.process(one, **given) for one in element.clauses)
    return f"EXTRACT(EPOCH FROM ({end} - {start}))"


@compiles(ElapsedSeconds, "sqlite")
def _sqlite(element: ElapsedSeconds, compiler: SQLCompiler, **given: object) -> str:
    start, end = (compiler.process(one, **given) for one in element.clauses)
    return f"((julianday({end}) - julianday({start})) * 86400.0)"

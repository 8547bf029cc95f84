"""The places of the product that ask a database, by reading its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import parsed, python_of_the_product

ASKING = frozenset({"execute", "scalar", "scalars", "get", "get_one", "exec_driver_sql"})
_RECEIVER = re.compile(r"(^|[._])(session(\(\))?|own|opened)$")
PUBLIC_ROOMS = frozenset({"queries", "services"})


@dataclass(frozen=True, slots=True)
class Asking:
    """A call that asks the database, from its first line to its last."""

    file: str
    function: str
    first: int
    last: int

    @property
    def name(self) -> str:
        """How the table of excuses names it."""
        return f"{self.file}:{self.function}"


def calls() -> list[Asking]:
    """Every call of the product on a session that sends a statement."""
    return [found for path in _sources() for found in _calls(path, parsed(path), "")]


def public_functions() -> set[str]:
    """Every public function of `queries` and `services` that is handed a session."""
    found = set()
    for path in _sources():
        if PUBLIC_ROOMS & {path.stem, path.parent.name}:
            for node in parsed(path).body:
                if isinstance(node, ast.FunctionDef) and _takes_session(node):
                    found.add(f"{path}:{node.name}")
    return found


def _sources() -> list[Path]:
    """Files whose statements the product sends; migrations and what they call send theirs once."""
    return [
        path
        for path in python_of_the_product()
        if "migrations" not in path.parts and path != Path("trustops/db/checks.py")
    ]


def _takes_session(node: ast.FunctionDef) -> bool:
    names = {argument.arg for argument in node.args.args}
    return "session" in names and not node.name.startswith("_")


def _calls(path: Path, node: ast.AST, inside: str) -> Iterator[Asking]:
    for part in ast.iter_child_nodes(node):
        name = getattr(part, "name", "") if isinstance(part, ast.FunctionDef | ast.ClassDef) else ""
        within = f"{inside}.{name}" if inside and name else name or inside
        if isinstance(part, ast.Call) and _asks(part):
            yield Asking(str(path), inside, part.lineno, part.end_lineno or part.lineno)
        yield from _calls(path, part, within)


def _asks(call: ast.Call) -> bool:
    asked = call.func
    return (
        isinstance(asked, ast.Attribute)
        and asked.attr in ASKING
        and _RECEIVER.search(ast.unparse(asked.value)) is not None
    )

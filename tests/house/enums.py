"""The enums of the product, and every place that names their values, read from the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path

from jinja2 import Environment, nodes
from sqlalchemy import Enum as EnumType

from tests.house.tree import files, parsed, python_of_the_product, read
from trustops.db.core import Base

TEMPLATES = Environment(extensions=["jinja2.ext.do"], autoescape=True)
GROUPS = (tuple, list, AbstractSet, Mapping)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the product that can be imported by its name, and its tree."""
    return {
        ".".join(path.with_suffix("").parts).removesuffix(".__init__"): parsed(path)
        for path in python_of_the_product()
        if "migrations" not in path.parts and path.name not in {"wsgi.py", "__main__.py"}
    }


@cache
def enums() -> dict[str, type[Enum]]:
    """Every enum by its module and name."""
    return {
        f"{module}.{node.name}": getattr(import_module(module), node.name)
        for module, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).endswith("Enum") for base in node.bases)
    }


def groups() -> Iterator[tuple[str, type[Enum], frozenset[Enum]]]:
    """Every table and set of a module whose keys are values of one of our enums.

    A key of None beside them stands for the absence of a value.
    """
    for module, tree in modules().items():
        for name in _names(tree):
            value = getattr(import_module(module), name, None)
            if not isinstance(value, GROUPS) or not value:
                continue
            keys = [key for key in value if key is not None]
            kinds = {type(key) for key in keys}
            if len(kinds) == 1 and (kind := kinds.pop()) in enums().values():
                yield f"{module}.{name}", kind, frozenset(keys)


def groups_of_templates() -> Iterator[tuple[str, type[Enum], frozenset[Enum]]]:
    """Every table in a template whose keys are values of one of our enums."""
    for path in files(suffix=".html", under="trustops"):
        for name, keys in _tables(path):
            for kind in enums().values():
                members = {str(member.value): member for member in kind}
                if len(keys) > 1 and keys <= set(members):
                    yield f"{path}:{name}", kind, frozenset(members[key] for key in keys)


def in_columns() -> frozenset[type[Enum]]:
    """The enums that rows hold; the database refuses other values by CHECK."""
    import_module("jobs.models")
    import_module("trustops.app")
    types = [column.type for table in Base.metadata.tables.values() for column in table.columns]
    return frozenset(
        one.enum_class for one in types if isinstance(one, EnumType) and one.enum_class is not None
    )


def matched() -> frozenset[type[Enum]]:
    """The enums over which a `match` is closed by `assert_never`, as mypy checks them."""
    return frozenset(
        getattr(import_module(module), ast.unparse(pattern.value).rpartition(".")[0])
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Match) and "assert_never(" in ast.unparse(node.cases[-1])
        for case in node.cases
        for pattern in ast.walk(case.pattern)
        if isinstance(pattern, ast.MatchValue)
    )


def _tables(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """The tables of a template: the name to which each is set, and its keys."""
    tree = TEMPLATES.parse(read(path))
    named = {
        id(node.node): node.target.name
        for node in tree.find_all(nodes.Assign)
        if isinstance(node.target, nodes.Name)
    }
    for table in tree.find_all(nodes.Dict):
        keys = [pair.key.value for pair in table.items if isinstance(pair.key, nodes.Const)]
        yield named.get(id(table), "without a name"), frozenset(map(str, keys))


def _names(tree: ast.Module) -> Iterator[str]:
    """What a module names on its own lines, such as a table."""
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))

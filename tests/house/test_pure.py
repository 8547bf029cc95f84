"""What calls itself pure is held to it, and what is held to it says so.

The contracts stand in `pyproject.toml`; `make layers` asks them. The tests here ask whether the
contracts cover what they should, and put into a copy of the code what each of them has to refuse.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import parsed, python_of_the_product, read
from trustops.settings import PROJECT_ROOT

CLAIM = re.compile(r"\bpure\b|\b(?:no|without)\s+I/O\b", re.IGNORECASE)
IN_PARTS = {"http.client", "http.server", "urllib.request", "os.environ"}
"""What import-linter cannot tell from the harmless rest of a package of the standard library."""

REFUSED = [
    ("trustops/posts/services.py", "import flask"),
    ("trustops/accounts/services/people.py", "from flask import request"),
    ("trustops/tickets/sweep.py", "from flask import g"),
    ("trustops/status/queries.py", "import requests"),
    ("trustops/posts/queries.py", "import werkzeug"),
    ("trustops/posts/told.py", "import requests"),
    ("trustops/status/rules.py", "from sqlalchemy import select"),
    ("trustops/tickets/wording.py", "from trustops.db import record"),
    ("trustops/content/figures/numbers.py", "import socket"),
    ("trustops/guard/kinds.py", "import structlog"),
    ("trustops/site/build.py", "import subprocess"),
    ("jobs/entries.py", "import flask"),
    ("trustops/nowhere/__init__.py", '"""A room without a place."""'),
    ("trustops/reports/rules.py", "import trustops.tickets.models"),
    ("trustops/cli/engines.py", "from trustops.cli import schema"),
    ("trustops/app/routes.py", "import trustops.demo.people"),
]
"""A line, and a file in which it breaks a contract."""


@cache
def contract(name: str) -> tuple[str, ...]:
    """The modules that the contract covers whose name begins so."""
    written = tomllib.loads(read(Path("pyproject.toml")))["tool"]["importlinter"]["contracts"]
    (found,) = [one for one in written if one["name"].startswith(name)]
    return tuple(found["source_modules"])


def matches(module: str, expression: str) -> bool:
    """Whether a module is one that an expression names; a star stands for one part."""
    parts, known = module.split("."), expression.split(".")
    return len(parts) == len(known) and all(map(fnmatch, parts, known))


def packages(module: str) -> Iterator[str]:
    """A module and the packages that hold it."""
    parts = module.split(".")
    return (".".join(parts[:length]) for length in range(len(parts), 0, -1))


def is_covered(module: str) -> bool:
    """Whether the contract holds a module, by itself or with its package."""
    return any(matches(name, known) for name in packages(module) for known in contract("Pure"))


def modules() -> dict[str, Path]:
    """Every module of the product, with its file."""
    return {
        ".".join(path.with_suffix("").parts).removesuffix(".__init__"): path
        for path in python_of_the_product()
        if "migrations" not in path.parts
    }


def says_so(path: Path) -> bool:
    """Whether the docstring of a module claims that it is pure."""
    return bool(CLAIM.search(ast.get_docstring(parsed(path)) or ""))


def imports(path: Path) -> Iterator[str]:
    """What a module imports, by every name under which it could be meant."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_every_module_that_calls_itself_pure_is_held_to_it() -> None:
    """A claim that nothing asks about is a comment."""
    claims = [name for name, path in modules().items() if says_so(path)]
    assert len(claims) > 50
    assert [name for name in claims if not is_covered(name)] == []


def test_every_module_that_is_held_to_it_calls_itself_pure() -> None:
    """So that nobody finds out from a red gate what a module is; of a package, one says it."""
    silent = [
        name
        for name, path in modules().items()
        if any(matches(name, known) for known in contract("Pure")) and not says_so(path)
    ]
    assert silent == []


def test_every_line_of_the_contract_names_a_module() -> None:
    """What was renamed or taken away leaves it."""
    names = modules()
    stale = [known for known in contract("Pure") if not any(matches(n, known) for n in names)]
    assert stale == []


def test_nothing_pure_opens_a_connection_through_the_standard_library() -> None:
    """`http.HTTPStatus` is a number and `urllib.parse` reads a text; their neighbours connect."""
    found = [
        (name, imported)
        for name, path in modules().items()
        if is_covered(name)
        for imported in imports(path)
        if imported in IN_PARTS
    ]
    assert found == []


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of the product, and the contracts."""
    place = tmp_path_factory.mktemp("copy")
    for path in python_of_the_product():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT_ROOT / path, place / path)
    shutil.copyfile(PROJECT_ROOT / "pyproject.toml", place / "pyproject.toml")
    return place


def contracts_hold(place: Path) -> bool:
    """Whether `make layers` would pass on a copy."""
    command = [str(Path(sys.executable).with_name("lint-imports"))]
    asked = subprocess.run(
        command,
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Analyzed" in asked.stdout, asked.stderr
    return asked.returncode == 0


@pytest.mark.processes
def test_the_contracts_hold(copied: Path) -> None:
    """Of the copy, so that the tests below see their own line and nothing else."""
    assert contracts_hold(copied)


@pytest.mark.processes
@pytest.mark.parametrize(("path", "line"), REFUSED)
def test_the_contracts_refuse(copied: Path, path: str, line: str) -> None:
    """Whoever writes that line where it does not belong is told by `make layers`."""
    file = copied / path
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        assert not contracts_hold(copied)
    finally:
        if before is None:
            shutil.rmtree(file.parent)
        else:
            file.write_text(before, encoding="utf-8")

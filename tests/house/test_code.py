"""Rules of the house that no linter knows, read from the code itself.

Each exception is named with its reason in the table beside the rule.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import files, parsed, python_of_the_product, read

COMMITS: dict[str, str] = {
    "trustops/web/lifecycle.py": "a request ends its transaction here",
    "jobs/runner.py": "a job ends each of its transactions here",
    "trustops/cli/context.py": "a command ends its transaction here",
    "trustops/cli/backup.py": "a restore makes the copy safe before it is put in place",
    "trustops/web/apart.py": "pieces of a secret go, though the request is refused",
    "trustops/web/guarding.py": "a refused request leaves an event, though it is rolled back",
    "trustops/accounts/authenticator.py": "when a session was last seen is noted beside a reading",
    "trustops/accounts/views.py": "a password rehashed on sign-in is kept beside the request",
}
"""The places that may end a transaction, and why; a service never does."""

EXCUSES = ("type: ignore", "noqa", "pragma: no cover", "nosec", "fmt: off", "fmt: skip")
PRINTS = "trustops/cli/"


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """Calls of a method in a file, such as `session.commit()`."""
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr == name:
            yield node


def comments(path: Path) -> dict[int, str]:
    """The comments of a file by line."""
    words = tokenize.generate_tokens(io.StringIO(read(path)).readline)
    return {word.start[0]: word.string for word in words if word.type == tokenize.COMMENT}


def is_a_session(call: ast.Call) -> bool:
    """Whether a call is one on a session and not, say, on a file."""
    assert isinstance(call.func, ast.Attribute)
    owner = ast.unparse(call.func.value)
    return owner.endswith(("session", "session()", "own", "beside", "opened"))


def test_a_transaction_ends_in_few_places() -> None:
    """A service that commits would tear a request in two."""
    found = {str(path) for path in python_of_the_product() if any(calls(path, "commit"))}
    assert sorted(found - set(COMMITS)) == []


def test_no_reason_to_commit_outlives_the_commit() -> None:
    """What no longer commits leaves the table."""
    assert [name for name in COMMITS if not any(calls(Path(name), "commit"))] == []


def test_every_flush_says_why() -> None:
    """It writes early, so somebody needs what was written; the comment says who."""
    silent = [
        f"{path}:{call.lineno}"
        for path in python_of_the_product()
        for call in calls(path, "flush")
        if is_a_session(call) and call.lineno not in comments(path)
    ]
    assert silent == []


def test_only_the_command_line_prints() -> None:
    """Everything else logs."""
    found = [
        f"{path}:{node.lineno}"
        for path in python_of_the_product()
        if not str(path).startswith(PRINTS)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert found == []


def test_no_check_is_switched_off_on_a_line() -> None:
    """An exception stands in `pyproject.toml` with its reason, or there is none."""
    found = [
        f"{path}:{line}: {comment}"
        for path in files(suffix=".py")
        for line, comment in comments(path).items()
        if any(excuse in comment for excuse in EXCUSES)
    ]
    assert found == []


def test_every_exception_from_the_linter_says_why() -> None:
    """Each rule that is off stands on a line with a comment."""
    lines = read(Path("pyproject.toml")).splitlines()
    rules = [line for line in lines if line.strip().startswith('"') and line.rstrip()[-1:] == ","]
    assert not [line for line in rules if line.strip()[1:4].isupper() and "#" not in line]


def test_no_room_keeps_a_drawer() -> None:
    """A helper belongs to the noun that it serves."""
    drawers = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
    parts = ((path, part) for path in python_of_the_product() for part in path.parts)
    assert [str(path) for path, part in parts if part.removesuffix(".py") in drawers] == []

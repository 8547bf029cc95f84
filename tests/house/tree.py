"""The files of the repository as a clone has them, without what tools and an instance leave."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from trustops.settings import PROJECT_ROOT

KEPT = "!"


@cache
def _lines_of_gitignore() -> tuple[str, ...]:
    return tuple((PROJECT_ROOT / ".gitignore").read_text(encoding="utf-8").split())


def is_ignored(path: Path) -> bool:
    """Whether a file or folder is of the tools or of an instance, as `.gitignore` says.

    Args:
        path: from the root of the repository.
    """
    lines = _lines_of_gitignore()
    if f"{KEPT}{path.as_posix()}" in lines:
        return False
    patterns = (".git", *(line.rstrip("/") for line in lines if not line.startswith(KEPT)))
    return any(fnmatch(name, known) for name in (path.name, str(path)) for known in patterns)


def files(*, suffix: str = "", under: str = ".") -> list[Path]:
    """Files of a folder of the repository, by their path from the root."""
    return sorted(path for path in _walk(PROJECT_ROOT / under) if path.name.endswith(suffix))


@cache
def read(path: Path) -> str:
    """The text of a file of the repository; what is no text is read as far as it is some."""
    return (PROJECT_ROOT / path).read_text(encoding="utf-8", errors="replace")


@cache
def parsed(path: Path) -> ast.Module:
    """A Python file as a tree."""
    return ast.parse(read(path), str(path))


def python_of_the_product() -> list[Path]:
    """Every Python file that is not a test."""
    return [path for path in files(suffix=".py") if path.parts[0] != "tests"]


def _walk(folder: Path) -> Iterator[Path]:
    for found in folder.iterdir():
        path = found.relative_to(PROJECT_ROOT)
        if is_ignored(path):
            continue
        if found.is_dir():
            yield from _walk(found)
        else:
            yield path

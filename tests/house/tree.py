"""The files of the repository as a clone has them, without what tools and an instance leave."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from trustops.settings import PROJECT_ROOT

KEPT = "!"


def ignored_names() -> tuple[str, ...]:
    """The patterns of `.gitignore` that name files and folders wherever they lie."""
    lines = (PROJECT_ROOT / ".gitignore").read_text(encoding="utf-8").split()
    return (".git", *(line.rstrip("/") for line in lines if not line.startswith(KEPT)))


def files(*, suffix: str = "", under: str = ".") -> list[Path]:
    """Files of a folder of the repository, by their path from the root."""
    found = _walk(PROJECT_ROOT / under, ignored_names())
    named = (path.relative_to(PROJECT_ROOT) for path in found if path.name.endswith(suffix))
    return sorted(named)


def read(path: Path) -> str:
    """The text of a file of the repository; what is no text is read as far as it is some."""
    return (PROJECT_ROOT / path).read_text(encoding="utf-8", errors="replace")


def parsed(path: Path) -> ast.Module:
    """A Python file as a tree."""
    return ast.parse(read(path), str(path))


def python_of_the_product() -> list[Path]:
    """Every Python file that is not a test."""
    return [path for path in files(suffix=".py") if path.parts[0] != "tests"]


def _walk(folder: Path, ignored: tuple[str, ...]) -> Iterator[Path]:
    for path in folder.iterdir():
        if any(fnmatch(path.name, pattern) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _walk(path, ignored)
        else:
            yield path

"""The files of the repository: short, at home anywhere, locked, and with links that lead somewhere.

What is over its cap is allowed with a reason in `LONG_FILES` or `LONG_FUNCTIONS`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.house.tree import files, is_ignored, parsed, python_of_the_product, read
from trustops.settings import PROJECT_ROOT

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_DECISION = 60

LONG_FILES: dict[str, str] = {
    "trustops/db/migrations/versions/0001_the_first_tables.py": "written from the models, once",
}
LONG_FUNCTIONS: dict[str, str] = {
    "trustops/db/migrations/versions/0001_the_first_tables.py:upgrade": "one statement a table",
    "trustops/db/migrations/versions/0001_the_first_tables.py:downgrade": "one statement a table",
}

TOP = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "content",
    "deploy",
    "docs",
    "instance",
    "jobs",
    "pyproject.toml",
    "requirements",
    "tests",
    "trustops",
    "wsgi.py",
}
"""What stands at the top level; a new thing there is a decision."""

MACHINE_PATH = re.compile(r"(?<![\w.>-])/(?:root|work|Users|home/[a-z]\w*|tmp/[a-z]\w*)/\w")
REGISTRY = re.compile(
    r"(?:pypi|test\.pypi)\.org|pythonhosted\.org|npmjs\.(?:org|com)|--(?:extra-)?index-url"
)
LINK = re.compile(r"(?<!`)\]\(([^)\s]+)\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
DOTTED = re.compile(r"`([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?:\(\))?`")
PATH = re.compile(r"`((?:trustops|jobs|tests|content|docs|deploy|requirements)/[\w./-]+)`")
PINNED = re.compile(r"^[A-Za-z0-9][\w.-]*(?:\[[\w,-]+\])?==[^\s;]+")
TOUR = Path("docs/tour.md")
DECISIONS = Path("docs/decisions")


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function takes, from `def` to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def long_functions() -> Iterator[str]:
    """Every function over the cap, by file and name."""
    for path in python_of_the_product():
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if lines_of(node) > MOST_LINES_OF_A_FUNCTION:
                yield f"{path}:{node.name}"


def long_files() -> set[str]:
    """Every file over the cap."""
    return {
        str(path) for path in python_of_the_product() if len(read(path).splitlines()) > MOST_LINES
    }


def test_no_file_of_the_product_is_over_its_cap() -> None:
    """A long file is two files, or has a reason; a reason ends with its file."""
    assert long_files() == set(LONG_FILES)


def test_no_function_of_the_product_is_over_its_cap() -> None:
    """A long function is two functions, or has a reason; a reason ends with its function."""
    assert set(long_functions()) == set(LONG_FUNCTIONS)


def test_nothing_stands_at_the_top_that_the_design_does_not_name() -> None:
    """A clone shows at a glance what there is."""
    assert {path.parts[0] for path in files()} == TOP


@pytest.mark.parametrize(
    "path", ["instance/last-good/ai16z-elizaos/faq/a/en.md", ".venv", "docs/__pycache__", ".git"]
)
def test_what_an_instance_and_tools_leave_is_no_file_of_the_repository(path: str) -> None:
    """`make run` and then `make test` in one clone judge the clone, not what the desk wrote."""
    parts = Path(path).parts
    ways = [Path(*parts[: number + 1]) for number in range(len(parts))]
    assert any(is_ignored(way) for way in ways)
    assert not is_ignored(Path("instance/README.md"))


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    """A clone works wherever it lies, and whoever runs it chooses where packages come from."""
    found = [
        (str(path), match[0])
        for path in files()
        for pattern in (MACHINE_PATH, REGISTRY)
        for match in pattern.finditer(read(path))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["core.txt", "dev.txt"])
def test_every_locked_package_has_a_version_and_a_hash(name: str) -> None:
    """What is installed is what was looked at."""
    text = re.sub(r"\\\n", " ", read(Path("requirements") / name))
    entries = [line for line in text.splitlines() if line.strip()[:1] not in {"", "#"}]
    assert len(entries) > 20
    assert [entry for entry in entries if not PINNED.match(entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_what_runs_is_locked_the_same_for_development() -> None:
    """Tests run what an operator runs."""

    def pins(name: str) -> dict[str, str]:
        found = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", read(Path(name)), re.MULTILINE)
        return dict(found)

    core, dev = pins("requirements/core.txt"), pins("requirements/dev.txt")
    assert {name: dev.get(name) for name in core} == core


def links(path: Path) -> Iterator[tuple[str, str]]:
    """The relative links of a page: the file that is named, and the heading in it."""
    for match in LINK.finditer(FENCE.sub("", read(path))):
        target = match[1] or match[2]
        if not re.match(r"[a-z]+:", target):
            file, _, heading = target.partition("#")
            yield file, heading


def slug(heading: str) -> str:
    """The anchor of a heading, as code hosts make it."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return kept.strip().replace(" ", "-")


def documents() -> list[Path]:
    """Every document but the pages of the site: `content.library` checks the links of those."""
    return [
        path
        for path in files(suffix=".md")
        if "content" not in path.parts or path.name == "README.md"
    ]


@pytest.mark.parametrize("path", [str(path) for path in documents()])
def test_every_relative_link_leads_somewhere(path: str) -> None:
    """To a file that exists, and where one is named, to a heading in it."""
    page = Path(path)
    broken = []
    for file, heading in links(page):
        target = (PROJECT_ROOT / page.parent / file).resolve() if file else PROJECT_ROOT / page
        if not target.exists():
            broken.append(file)
        elif heading and heading not in map(slug, HEADING.findall(FENCE.sub("", read(target)))):
            broken.append(f"{file}#{heading}")
    assert broken == []


def resolves(dotted: str) -> bool:
    """Whether a dotted name is a thing in the code; rooms of `trustops` need no prefix."""
    for whole in (dotted, f"trustops.{dotted}"):
        parts = whole.split(".")
        for cut in range(len(parts), 0, -1):
            try:
                found: object = import_module(".".join(parts[:cut]))
            except ModuleNotFoundError:
                continue
            for name in parts[cut:]:
                found = getattr(found, name, None)
            if found is not None:
                return True
            break
    return False


def literals() -> set[str]:
    """Every text that stands in the code, such as the kind of an event."""
    return {
        node.value
        for path in python_of_the_product()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_name_in_the_tour_exists() -> None:
    """A dotted name is a function of ours or the kind of an event; a path is a file."""
    text = read(TOUR)
    paths = PATH.findall(text)
    names = set(DOTTED.findall(text)) - {Path(path).name for path in paths}
    known = literals()
    assert len(names) > 15
    assert sorted(name for name in names if name not in known and not resolves(name)) == []
    assert [path for path in paths if not (PROJECT_ROOT / path).exists()] == []


def test_the_tour_leads_to_the_test_that_walks_it() -> None:
    """So that a reader can step through what they have just read."""
    paths = re.findall(r"make test T=([\w./-]+)", read(TOUR))
    assert "tests/journeys/test_a_ticket.py" in paths
    assert [path for path in paths if not (PROJECT_ROOT / path).exists()] == []


def test_every_decision_is_in_the_index_and_says_what_it_decided() -> None:
    """Half a page each, under a number that is not used twice."""
    pages = files(suffix=".md", under=str(DECISIONS))
    numbered = [page for page in pages if page.name != "README.md"]
    index = read(DECISIONS / "README.md")
    numbers = [page.name.partition("-")[0] for page in numbered]
    assert numbers == [f"{n:04}" for n in range(1, len(numbered) + 1)]
    for page in numbered:
        text = read(page)
        assert f"({page.name})" in index, page.name
        for heading in ("## Context", "## Decision", "## Consequences"):
            assert heading in text, page.name
        assert re.search(r"^(?:Status: )?accepted", text, re.IGNORECASE | re.MULTILINE), page.name
        assert len(text.splitlines()) < MOST_LINES_OF_A_DECISION, page.name

"""Writes down what the product asks of a database while the tests of its rooms run.

Active where `PLANS_DIR` names a folder, as in `make cover`. Each statement is kept with
the first values that it was asked with and the places of the product that asked; `test_plans.py`
asks all of them again on a desk of 100,000 rows.
"""

from __future__ import annotations

import inspect
import os
import pickle
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from sqlalchemy import Engine, event

from trustops.settings import PROJECT_ROOT

FOLDER = "PLANS_DIR"
PRODUCT = (f"{PROJECT_ROOT}/trustops/", f"{PROJECT_ROOT}/jobs/")
TESTS = f"{PROJECT_ROOT}/tests/"
JUDGED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
"""Other words open transactions or ask for the version; they read no table of ours."""

MOST_SAMPLES = 4
"""How often one statement is tried, with other values each time."""

_VALUE = re.compile(r"\?|%\(\w+\)s(?:::[\w ]+)?")
_VALUES = re.compile(r"\(#(?:, #)+\)")

Place = tuple[str, int]
"""A file of the product, from the project's root, and a line in it."""


class Origin(Enum):
    """Whose code a frame runs."""

    PRODUCT = auto()
    TEST = auto()
    LIBRARY = auto()


@dataclass(slots=True)
class Asked:
    """A statement as it was asked with values, and the functions (`file:name`) that asked."""

    samples: list[tuple[str, Any]] = field(default_factory=list)
    sites: set[str] = field(default_factory=set)

    def add(self, statement: str, values: Any) -> None:
        """Keep one more way in which it was asked."""
        if len(self.samples) < MOST_SAMPLES and (statement, values) not in self.samples:
            self.samples.append((statement, values))


@dataclass(slots=True)
class Record:
    """What was asked of each kind of database, and every place on the way to a statement."""

    asked: dict[tuple[str, str], Asked] = field(default_factory=dict)
    places: dict[str, set[Place]] = field(default_factory=dict)

    def take(self, other: Record) -> None:
        """Add what another process wrote down."""
        for key, found in other.asked.items():
            mine = self.asked.setdefault(key, Asked())
            mine.sites |= found.sites
            for statement, values in found.samples:
                mine.add(statement, values)
        for dialect, places in other.places.items():
            self.places.setdefault(dialect, set()).update(places)


def shape_of(statement: str) -> str:
    """A statement without its values: two lists of other lengths are the same statement."""
    return _VALUES.sub("(#)", _VALUE.sub("#", statement))


class Recorder:
    """The plugin: listens to every engine while tests run, and writes a file at the end."""

    def __init__(self, folder: Path) -> None:
        """Take the folder to write into."""
        self._folder = folder
        self._record = Record()
        self._lines: dict[str, set[tuple[CodeType, int]]] = {}
        self._shapes: dict[str, str] = {}
        event.listen(Engine, "before_cursor_execute", self._note)

    def _note(self, *told: Any) -> None:
        connection, _, statement, values = told[:4]
        if not statement.lstrip().upper().startswith(JUDGED):
            return
        lines = list(_lines(inspect.currentframe()))
        if not lines:
            return
        dialect = connection.dialect.name
        self._lines.setdefault(dialect, set()).update(lines)
        shape = self._shapes.setdefault(statement, shape_of(statement))
        asked = self._record.asked.setdefault((dialect, shape), Asked())
        asked.add(statement, values[0] if isinstance(values, list) and values else values)
        code = lines[0][0]
        asked.sites.add(f"{_name(code)}:{code.co_qualname.partition('.<locals>')[0]}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write down what this process saw."""
        del session
        event.remove(Engine, "before_cursor_execute", self._note)
        for dialect, lines in self._lines.items():
            self._record.places[dialect] = {(_name(code), line) for code, line in lines}
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{os.getpid()}.pickle").open("wb") as file:
            pickle.dump(self._record, file)


def pytest_configure(config: pytest.Config) -> None:
    """Begin to write down, where somebody wants to know."""
    folder = os.environ.get(FOLDER)
    if folder:
        config.pluginmanager.register(Recorder(Path(folder).absolute()), "plans-recorder")


def read(folder: Path) -> Record:
    """Everything that was written down in a folder."""
    record = Record()
    for path in sorted(folder.glob("*.pickle")):
        with path.open("rb") as file:
            record.take(pickle.load(file))
    return record


def _lines(frame: FrameType | None) -> Iterator[tuple[CodeType, int]]:
    """The lines of the product on the way to a statement; none where a test asks by itself."""
    asked_by_the_product = False
    while frame is not None:
        origin = _origin(frame.f_code)
        if origin is Origin.PRODUCT:
            asked_by_the_product = True
            yield frame.f_code, frame.f_lineno
        elif origin is Origin.TEST and not asked_by_the_product:
            return
        frame = frame.f_back


@cache
def _origin(code: CodeType) -> Origin:
    file = code.co_filename
    if file.startswith(PRODUCT):
        return Origin.PRODUCT
    is_test = file.startswith(TESTS) and file != __file__
    return Origin.TEST if is_test else Origin.LIBRARY


@cache
def _name(code: CodeType) -> str:
    """The file of some code from the project's root."""
    return code.co_filename.removeprefix(f"{PROJECT_ROOT}/")

"""What a check says: how it stands, a sentence, and the remedy where one is needed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a thing stands, the best first."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report. `remedy` is empty where nothing has to be done."""

    check: str
    level: Level
    sentence: str
    remedy: str = ""


def ok(check: str, sentence: str) -> Finding:
    """All is well."""
    return Finding(check, Level.OK, sentence)


def warn(check: str, sentence: str, remedy: str) -> Finding:
    """It works, and somebody should know."""
    return Finding(check, Level.WARN, sentence, remedy)


def fail(check: str, sentence: str, remedy: str) -> Finding:
    """Something that the desk promises does not hold."""
    return Finding(check, Level.FAIL, sentence, remedy)


def counted(count: int, one: str, many: str = "") -> str:
    """A number and its noun: 1 problem, 2 problems, or with the words for more than one."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"

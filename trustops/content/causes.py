"""What a renamed folder brings about is left out: its author hears of the cause, and first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from trustops.content.folders import renamed_folders, unknown_names
from trustops.content.kinds import Kind
from trustops.content.values import Problem

_OF_OFFICIAL = re.compile(r"names the fact (?:new_token|old_token|contract|domain|handle)\.")
_OF_PAGES = re.compile(r"links to /(?!faq/)\S*: there is no such page")


def causes_first(folder: Path, problems: Iterable[Problem]) -> list[Problem]:
    """The faults of a content folder, names that nobody reads before all others.

    Args:
        folder: the content folder.
        problems: what else is wrong, as far as it was found without a look at such names.
    """
    renamed = renamed_folders(folder)
    others: list[Problem] = []
    left_out = dict.fromkeys(renamed, 0)
    for problem in problems:
        cause = next((name for name, was in renamed.items() if _follows(problem, was)), "")
        if cause:
            left_out[cause] += 1
        else:
            others.append(problem)
    causes = [_with_count(fault, left_out.get(fault.file, 0)) for fault in unknown_names(folder)]
    return [*causes, *others]


def _follows(problem: Problem, folder: str) -> bool:
    """Whether a fault is there because a folder is not."""
    message = problem.message
    if folder == Kind.PAGE and _OF_PAGES.search(message):
        return True
    if folder == "official" and _OF_OFFICIAL.search(message):
        return True
    is_missing = problem.file.startswith(f"{folder}/") and message.startswith("is missing")
    return is_missing or re.search(rf"(?:there is no |links to /){folder}\b", message) is not None


def _with_count(cause: Problem, left_out: int) -> Problem:
    if not left_out:
        return cause
    faults = (
        "one fault that follows from it is"
        if left_out == 1
        else (f"{left_out} faults that follow from it are")
    )
    words = f"{cause.message} Until it has its name again, {faults} left out."
    return Problem(cause.file, cause.line, cause.field, words)

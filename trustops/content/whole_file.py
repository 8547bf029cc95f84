"""Faults of a whole file that stay hidden as long as one of its fields has a fault of its own.

A model checks what hangs together only when each field is right. So whatever has a fault is left
out, and the rest is looked at once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from trustops.content.fixes import message_of
from trustops.content.toml_places import Where

_OF_WHAT_IS_NOT_THERE = frozenset({"missing", "too_short"})


def faults_behind(
    values: Mapping[str, object], error: ValidationError, model: type[BaseModel]
) -> Iterator[tuple[Where, str]]:
    """What else is wrong with a file.

    Args:
        values: what the file says.
        error: what the model found wrong with it.
        model: the shape of the file.

    Yields:
        the way to a field of the file, and what is wrong with it.
    """
    faulty = {detail["loc"][:2] for detail in error.errors(include_url=False)}
    left_out = {str(where[0]).removesuffix("s") for where in faulty if where}
    rest, positions = _without(values, faulty)
    if rest == values:
        return
    try:
        model.model_validate(rest)
    except ValidationError as behind:
        for detail in behind.errors(include_url=False):
            message = message_of(detail)
            # What speaks of a part that was left out may miss just that one.
            is_theirs = any(name in message for name in left_out)
            if not is_theirs and detail["type"] not in _OF_WHAT_IS_NOT_THERE:
                yield _as_in_the_file(detail["loc"], positions), message


def _without(
    values: Mapping[str, object], faulty: set[Where]
) -> tuple[dict[str, Any], Mapping[str, Sequence[int]]]:
    """The values without tables and entries with a fault; of each list, which entries are left."""
    rest: dict[str, Any] = {}
    positions: dict[str, Sequence[int]] = {}
    for name, value in values.items():
        if (name,) in faulty:
            continue
        if isinstance(value, list):
            left = [number for number in range(len(value)) if (name, number) not in faulty]
            rest[name], positions[name] = [value[number] for number in left], left
        elif not isinstance(value, dict):
            rest[name] = value
        else:
            rest[name] = {key: part for key, part in value.items() if (name, key) not in faulty}
    return rest, positions


def _as_in_the_file(where: Where, positions: Mapping[str, Sequence[int]]) -> Where:
    if len(where) > 1 and isinstance(where[1], int) and where[0] in positions:
        return (where[0], positions[str(where[0])][where[1]], *where[2:])
    return where

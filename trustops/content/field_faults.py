"""What a model finds wrong with the fields of a file, each with its line and its mend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from trustops.content.fixes import meant, message_of
from trustops.content.toml_places import Where, dotted
from trustops.content.values import Problem

_ALTERNATIVE = re.compile(r"\w+\[|constrained-|(?:int|str|date|datetime)\Z")
"""What a model adds to the way to a field that can be one of two things."""


def problems_of(
    error: ValidationError, file: str, line_of: Callable[[Where], int], names: Iterable[str] = ()
) -> Iterator[Problem]:
    """Each fault that a model found, with its line as `line_of` gives it for a field.

    A field under a mistyped name is one fault, not two: a name that nobody knows, and one missing.

    Args:
        error: what the model found.
        file: the name of the file in the content folder.
        line_of: gives the line of a field, from 1.
        names: every name that a field of such a file can have.
    """
    details = _by_field(error)
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    missing = [detail["loc"] for detail in details if detail["type"] == "missing"]
    misspelt = _misspelt(unknown, missing)
    lonely = _lonely(
        [place for place in unknown if place not in misspelt],
        [place for place in missing if place not in misspelt.values()],
    )
    seen: dict[Where, str] = {}
    for detail in details:
        where = detail["loc"]
        if where in misspelt:
            told = f"is no field of this file; its name is {misspelt[where][-1]}"
        elif where in lonely:
            name = lonely[where][-1]
            told = f"{message_of(detail)}; {name} is missing, so if it is that, write {name}"
        elif where in misspelt.values() or where in lonely.values():
            continue
        else:
            told = message_of(detail)
            if where in unknown:
                told += meant(str(where[-1]), names)
            if where in seen:
                told = f"{seen[where]}, or {told.removeprefix('has to ')}"
        seen[where] = told
    for where, told in seen.items():
        yield Problem(file, line_of(where), dotted(where), told)


def _by_field(error: ValidationError) -> list[ErrorDetails]:
    """The faults without what follows from others, and each alternative under its field.

    A model counts only the entries of a list that are right, so one that is wrong makes it short.
    """
    details = error.errors(include_url=False)
    for detail in details:
        if detail["loc"] and _ALTERNATIVE.match(str(detail["loc"][-1])):
            detail["loc"] = detail["loc"][:-1]
    within = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    return [detail for detail in details if detail["loc"] not in within]


def names_of(model: type[BaseModel]) -> frozenset[str]:
    """Every name that a field of a file can have, in whatever part of it."""
    return frozenset(_names_in(model.model_json_schema()))


def _names_in(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        properties = schema.get("properties")
        yield from properties if isinstance(properties, dict) else ()
        for part in schema.values():
            yield from _names_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _names_in(part)


def _lonely(unknown: Iterable[Where], missing: Iterable[Where]) -> Mapping[Where, Where]:
    """A field under a name of its own, as in another language, where just one is missing."""
    pairs: dict[Where, Where] = {}
    places, lost = list(unknown), list(missing)
    for place in places:
        beside = [other for other in lost if other[:-1] == place[:-1]]
        rivals = [other for other in places if other[:-1] == place[:-1]]
        if len(beside) == len(rivals) == 1:
            pairs[place] = beside[0]
    return pairs


def _misspelt(unknown: Iterable[Where], missing: Iterable[Where]) -> Mapping[Where, Where]:
    """Fields under a name that nobody knows, each with the missing one that it stands for."""
    left = list(missing)
    pairs: dict[Where, Where] = {}
    for place in unknown:
        beside = {_plainly(other[-1]): other for other in left if other[:-1] == place[:-1]}
        close = difflib.get_close_matches(_plainly(place[-1]), beside, n=1, cutoff=0.7)
        if close:
            pairs[place] = beside[close[0]]
            left.remove(beside[close[0]])
    return pairs


def _plainly(name: int | str) -> str:
    """A name without its capitals, spaces and signs."""
    return re.sub(r"[\W_]", "", str(name).casefold())

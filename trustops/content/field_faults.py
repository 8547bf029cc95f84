"""What a model finds wrong with the fields of a file, each with its line and its mend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from pydantic import ValidationError

from trustops.content.fixes import message_of
from trustops.content.toml_places import Where, dotted
from trustops.content.values import Problem


def problems_of(
    error: ValidationError, file: str, line_of: Callable[[Where], int]
) -> Iterator[Problem]:
    """Each fault that a model found, with its line as `line_of` gives it for a field.

    A field under a mistyped name is one fault, not two: a name that nobody knows, and one missing.
    """
    details = error.errors(include_url=False)
    meant = _misspelt(
        [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"],
        [detail["loc"] for detail in details if detail["type"] == "missing"],
    )
    for detail in details:
        where = detail["loc"]
        if where in meant:
            told = f"is no field of this file; its name is {meant[where][-1]}"
            yield Problem(file, line_of(where), dotted(where), told)
        elif where not in meant.values():
            yield Problem(file, line_of(where), dotted(where), message_of(detail))


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

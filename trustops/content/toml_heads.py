"""Mistyped heads of tables: `[[claim]]` or `[claims]` for `[[claims]]`, `[Operator]`.

What stands below is looked at under the name that was meant, so that its faults are told too.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pydantic import BaseModel

from trustops.content.fixes import ONE_OF_SEVERAL
from trustops.content.toml_places import HEAD, parts_of
from trustops.content.values import Problem

_CLOSE = 0.7

Heads = frozenset[tuple[str, bool]]
"""The names that a head can have in a file, each with whether there are several of it."""


@lru_cache(maxsize=32)
def heads_of(model: type[BaseModel]) -> Heads:
    """The tables, and the lists of tables, that a file can have at its top."""
    schema = model.model_json_schema()
    tables = {
        f"#/$defs/{name}"
        for name, part in schema.get("$defs", {}).items()
        if part.get("type") == "object"
    }
    return frozenset(
        (name, part.get("type") == "array")
        for name, part in schema["properties"].items()
        if tables & set(_references(part))
    )


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield str(value)
            else:
                yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def rename_heads(lines: list[str], file: str, heads: Heads) -> list[Problem]:
    """Write mistyped heads as they were meant; gives what was wrong, each name once.

    Args:
        lines: the lines of the file, which are changed.
        file: the name of the file in the content folder.
        heads: what a head can be there.
    """
    several = dict(heads)
    told: dict[str, Problem] = {}
    for number, line in enumerate(lines):
        head = HEAD.match(line)
        parts = parts_of(head.group(2)) if head else ()
        meant = _meant(parts[0], several) if head and parts else ""
        if head is None or not meant:
            continue
        brackets = "[[" if several[meant] and len(parts) == 1 else head.group(1)
        if (parts[0], head.group(1)) == (meant, brackets) or _is_taken(meant, head, lines):
            continue
        name = head.group(2).replace(parts[0], meant, 1)
        lines[number] = f"{brackets}{name}{brackets.replace('[', ']')}"
        words = ONE_OF_SEVERAL.format(name=meant)
        if parts[0] != meant:
            words = f"is no field of this file; write {lines[number]}"
        told.setdefault(parts[0], Problem(file, number + 1, parts[0], words))
    return list(told.values())


def _meant(name: str, heads: Iterable[str]) -> str:
    """The name of a head that stands there, or the one that it nearly is."""
    plain = {re.sub(r"[\W_]", "", other): other for other in heads}
    typed = re.sub(r"[\W_]", "", name.casefold())
    close = difflib.get_close_matches(typed, plain, n=1, cutoff=_CLOSE)
    return plain[close[0]] if close else ""


def _is_taken(meant: str, head: re.Match[str], lines: Sequence[str]) -> bool:
    """Whether there are other heads of the same name, beside which this one cannot be mended."""
    name = parts_of(head.group(2))
    others = [other for other in map(HEAD.match, lines) if other and other.string != head.string]
    if len([line for line in lines if line == head.string]) > 1 and head.group(1) == "[":
        return True
    same = [other.group(1) for other in others if parts_of(other.group(2)) == (meant, *name[1:])]
    return any(brackets == "[" for brackets in same)

"""What is wrong with a template, in words that say what to write instead. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trustops.content.fixes import meant

_TAG = re.compile(r"\{%-?\+?\s*(?P<name>\w+)")
_ENDS = {"endif": "if", "endfor": "for"}
_UNDEFINED = re.compile(r"'(?P<name>\w+)' is undefined\Z")
_OPEN = re.compile(r"(?P<begin>\{[{%])(?P<inside>(?:(?!\{[{%]|[}%]\}).)*)(?P<end>[}%]\})?")


def syntax_fault(source: str, line: int, message: str) -> tuple[int, str]:
    """The line of a template that cannot be read, from 1, and what to write there.

    Args:
        source: the template.
        line: the line that its reader names, which can be far below the fault.
        message: what its reader says; told where nothing plainer is known.
    """
    return _torn_braces(source) or _lone_tag(source) or (line, f"is not a template: {message}")


def unknown_name(message: str, known: Iterable[str]) -> str:
    """What to do about a name that nothing gives."""
    match = _UNDEFINED.search(message)
    if match is None:
        return f"cannot be filled: {message}"
    fix = meant(match["name"], known)
    return f"names {match['name']}, which no heartbeat has{fix or '; take it out'}"


def _torn_braces(source: str) -> tuple[int, str] | None:
    """The first braces that nothing ends, or that end as another kind does."""
    for number, words in enumerate(source.split("\n"), 1):
        for match in _OPEN.finditer(words):
            end = "}}" if match["begin"] == "{{" else "%}"
            inside = match["inside"].strip().strip("{}%").strip()
            if match["end"] != end and "{#" not in words:
                begin = match["begin"]
                return number, f"has {begin} that no {end} ends; write {begin} {inside} {end}"
    return None


def _lone_tag(source: str) -> tuple[int, str] | None:
    """A condition or a repetition that nothing ends, or an end of none."""
    begun: list[tuple[int, str]] = []
    for number, words in enumerate(source.split("\n"), 1):
        for match in _TAG.finditer(words):
            name = match["name"]
            if name in _ENDS.values():
                begun.append((number, name))
            elif name in _ENDS and begun and begun[-1][1] == _ENDS[name]:
                begun.pop()
            elif name in _ENDS:
                return number, _wrong_end(name, begun)
    if not begun:
        return None
    number, name = begun[-1]
    fix = f"write {{% end{name} %}} on a line below it"
    return number, f"has {{% {name} … %}} that nothing ends; {fix}"


def _wrong_end(name: str, begun: list[tuple[int, str]]) -> str:
    """What to do about an end where another one, or none, is due."""
    if not begun:
        return f"has {{% {name} %}}, which nothing above it begins; take it out"
    line, other = begun[-1]
    return f"has {{% {name} %}}, but line {line} waits for its end; write {{% end{other} %}} first"

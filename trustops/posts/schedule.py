"""Reads the schedule and the two templates from the content folder; faults name their place."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from trustops.content.prose import literals
from trustops.content.toml_file import read_text, read_toml
from trustops.content.values import ContentError, Problem
from trustops.posts.schema import HeartbeatFile
from trustops.posts.text import TemplateFaultError, try_out
from trustops.posts.values import Schedule, Templates

FILE = "heartbeat.toml"
FULL = "heartbeat/full.md.j2"
SHORT = "heartbeat/short.md.j2"

_MARKS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def load_schedule(folder: Path) -> Schedule | None:
    """The schedule of a content folder; None where it has none, so that nothing is posted.

    Raises:
        ContentError: with every problem of the schedule and its templates.
    """
    if not (folder / FILE).exists():
        return None
    problems: list[Problem] = []
    found = read_toml(folder, FILE, HeartbeatFile, problems)
    full = _template(folder, FULL, problems)
    short = _template(folder, SHORT, problems)
    if problems or found is None or full is None or short is None:
        raise ContentError(tuple(problems))
    return Schedule(
        weekday=found.day,
        at=found.at,
        zone=ZoneInfo(found.timezone),
        approval=found.approval,
        catch_up=timedelta(hours=found.catch_up_hours),
        networks=tuple(found.networks),
        templates=Templates(full, short),
    )


def _template(folder: Path, name: str, problems: list[Problem]) -> str | None:
    """The source of a template that was tried out, or None after noting what is wrong with it."""
    source = read_text(folder, name, problems)
    if source is None:
        return None
    try:
        try_out(source)
    except TemplateFaultError as error:
        problems.append(Problem(name, error.line, "template", error.message))
        return None
    words = _MARKS.sub(lambda mark: "\n" * mark.group().count("\n"), source)
    for literal in literals(words):
        told = f"holds the {literal.kind} {literal.text}; a template names figures alone"
        problems.append(Problem(name, literal.line, "template", told))
    return source

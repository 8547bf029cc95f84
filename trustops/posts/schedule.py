"""Reads the schedule and the two templates from the content folder; faults name their place."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from trustops.channels.networks import BY_NAME
from trustops.content.invisible import hidden_lines
from trustops.content.outgoing import faults_in
from trustops.content.prose import literals
from trustops.content.toml_file import read_text, read_toml
from trustops.content.values import ContentError, Problem
from trustops.content.versions import Reading
from trustops.guard.outgoing import Allowed
from trustops.posts.schema import HeartbeatFile
from trustops.posts.text import TemplateFaultError, try_out
from trustops.posts.values import Schedule, Templates

FILE = "heartbeat.toml"
FULL = "heartbeat/full.md.j2"
SHORT = "heartbeat/short.md.j2"

_MARKS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_REVIEWED = re.compile(r"\{#\s*reviewed_by:\s*\w")
_IN_FRONT, _IN_COMMENT = "in the front matter", "in a comment: {# reviewed_by: … #}"
_BRACE = re.compile(r"\{[^{}\n]{0,60}\}?|\}")


def load_schedule(folder: Path) -> Schedule | None:
    """The schedule of a content folder; None where it has none or it is stopped: nothing is posted.

    Raises:
        ContentError: with every problem of the schedule and its templates.
    """
    reading = Reading(folder)
    schedule = read_schedule(reading)
    if reading.problems:
        raise ContentError(tuple(reading.problems))
    return schedule


def read_schedule(reading: Reading) -> Schedule | None:
    """The schedule; of a file with a fault or lost the last good version. None where there is none.

    One that was accepted and then vanished is a fault: posts end because somebody wrote
    `stopped = true`, never because a file was lost. A template that never was good is empty: what
    was approved still goes out, and nothing new is written.
    """
    had = reading.good and reading.good.accepted_at(FILE, reading.migration)
    if not had and not os.path.lexists(reading.folder / FILE):
        return None
    found = reading.one(FILE, lambda root, wrong: read_toml(root, FILE, HeartbeatFile, wrong))
    full = reading.one(FULL, lambda root, wrong: _template(root, FULL, wrong))
    short = reading.one(SHORT, lambda root, wrong: _template(root, SHORT, wrong))
    if found is None or found.stopped:
        return None
    return Schedule(
        weekday=found.day,
        at=found.at,
        zone=ZoneInfo(found.timezone),
        approval=found.approval,
        catch_up=timedelta(hours=found.catch_up_hours),
        networks=tuple(BY_NAME[name] for name in found.networks),
        templates=Templates(full or "", short or ""),
    )


def _template(folder: Path, name: str, problems: list[Problem]) -> str | None:
    """The source of a template that was tried out, or None after noting what is wrong with it."""
    source = read_text(folder, name, problems)
    if source is None:
        return None
    hidden = hidden_lines(source)
    problems.extend(Problem(name, line, "template", words) for line, words in hidden.items())
    if hidden:
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
    for number, line in enumerate(words.split("\n"), 1):
        if match := _BRACE.search(line):
            told = f"has {match.group()}, which names no figure; write {{{{ <name> }}}}"
            problems.append(Problem(name, number, "template", told))
    is_reviewed = _REVIEWED.search(source) is not None
    for number, told in faults_in(source, Allowed(), is_reviewed=is_reviewed):
        problems.append(Problem(name, number, "template", told.replace(_IN_FRONT, _IN_COMMENT)))
    return source

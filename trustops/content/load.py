"""Reads the content folder and checks it; every problem names file, line and field."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from trustops.content.schema import IntakeFile, SiteFile, SlaFile
from trustops.content.values import OTHER, Chain, Content, ContentError, Problem, Topic
from trustops.sla.rules import FIRST_RESPONSE, Policy

M = TypeVar("M", bound=BaseModel)

_LINE = re.compile(r"at line (\d+)")


def load(folder: Path) -> Content:
    """Read and check every content file.

    Raises:
        ContentError: with all problems of all files.
    """
    problems: list[Problem] = []
    site = _read(folder, "site.toml", SiteFile, problems)
    intake = _read(folder, "intake.toml", IntakeFile, problems)
    sla = _read(folder, "sla.toml", SlaFile, problems)
    policies = _policies(folder, sla, problems) if sla else ()
    if intake:
        _check_intake(folder, intake, problems)
    if problems or not (site and intake and sla):
        raise ContentError(tuple(problems))
    return Content(
        name=site.name,
        short_name=site.short_name,
        reference_prefix=site.reference_prefix,
        locales=tuple(site.locales),
        topics=tuple(Topic(entry.id, entry.title, entry.hint) for entry in intake.topics),
        chains=tuple(Chain(entry.id, entry.title) for entry in intake.chains),
        policies=policies,
    )


def _read(folder: Path, name: str, model: type[M], problems: list[Problem]) -> M | None:
    """One file as its model, or None after noting what is wrong with it."""
    try:
        text = (folder / name).read_text(encoding="utf-8")
        return model.model_validate(tomllib.loads(text))
    except FileNotFoundError:
        problems.append(Problem(name, 1, "file", f"is missing in {folder.name}/"))
    except UnicodeDecodeError:
        problems.append(Problem(name, 1, "file", "is not UTF-8 text"))
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        problems.append(Problem(name, int(found.group(1)) if found else 1, "file", str(error)))
    except ValidationError as error:
        problems.extend(
            Problem(name, _line_of(text, detail["loc"]), _dotted(detail["loc"]), detail["msg"])
            for detail in error.errors(include_input=False, include_url=False)
        )
    return None


def _policies(folder: Path, sla: SlaFile, problems: list[Problem]) -> tuple[Policy, ...]:
    text = (folder / "sla.toml").read_text(encoding="utf-8")
    made: list[Policy] = []
    for number, entry in enumerate(sla.policies):
        try:
            made.append(
                Policy(
                    name=entry.name,
                    metric=entry.metric,
                    target=timedelta(hours=entry.target_hours),
                    at_risk_percent=tuple(entry.at_risk_percent),
                )
            )
        except ValueError as error:
            where = ("policies", number, "at_risk_percent")
            problems.append(Problem("sla.toml", _line_of(text, where), _dotted(where), str(error)))
    if made and not any(policy.metric == FIRST_RESPONSE for policy in made):
        problems.append(
            Problem("sla.toml", 1, "policies", f"need one for the metric {FIRST_RESPONSE}")
        )
    return tuple(made)


def _check_intake(folder: Path, intake: IntakeFile, problems: list[Problem]) -> None:
    text = (folder / "intake.toml").read_text(encoding="utf-8")
    seen: set[str] = set()
    for number, entry in enumerate(intake.topics):
        if entry.id in seen:
            where = ("topics", number, "id")
            problems.append(
                Problem("intake.toml", _line_of(text, where), _dotted(where), "stands twice")
            )
        seen.add(entry.id)
    if OTHER not in seen:
        problems.append(Problem("intake.toml", 1, "topics", f"need one with the id {OTHER!r}"))


def _dotted(where: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in where) or "file"


def _line_of(text: str, where: tuple[int | str, ...]) -> int:
    """The line on which a field stands, or the start of the table it is missing from."""
    lines = text.splitlines()
    line = 0
    for position, step in enumerate(where):
        following = where[position + 1] if position + 1 < len(where) else None
        if isinstance(step, int):
            continue
        if isinstance(following, int):
            heads = [n for n, words in enumerate(lines) if words.strip() == f"[[{step}]]"]
            if following < len(heads):
                line = heads[following]
                continue
        key = re.compile(rf"^\s*(\[+\s*)?{re.escape(step)}\s*[=\]]")
        line = next((n for n in range(line, len(lines)) if key.match(lines[n])), line)
    return line + 1

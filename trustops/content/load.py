"""Reads the content folder and checks it; every problem names file, line and field."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from trustops.content.schema import IntakeFile, SiteFile, SlaFile
from trustops.content.toml_file import note_literals, problem_at, read_toml
from trustops.content.values import OTHER, Chain, Content, ContentError, Problem, Topic
from trustops.sla.rules import FIRST_RESPONSE, Policy


def load(folder: Path) -> Content:
    """Read and check every content file.

    Raises:
        ContentError: with all problems of all files.
    """
    problems: list[Problem] = []
    site = read_toml(folder, "site.toml", SiteFile, problems)
    intake = read_toml(folder, "intake.toml", IntakeFile, problems)
    sla = read_toml(folder, "sla.toml", SlaFile, problems)
    policies = _policies(folder, sla, problems) if sla else ()
    if intake:
        hints = [(("topics", n, "hint"), topic.hint) for n, topic in enumerate(intake.topics)]
        note_literals(folder, "intake.toml", hints, problems)
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
        migration=site.migration,
    )


def _policies(folder: Path, sla: SlaFile, problems: list[Problem]) -> tuple[Policy, ...]:
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
            problems.append(problem_at(folder, "sla.toml", where, str(error)))
    if made and not any(policy.metric == FIRST_RESPONSE for policy in made):
        problems.append(
            Problem("sla.toml", 1, "policies", f"need one for the metric {FIRST_RESPONSE}")
        )
    return tuple(made)


def _check_intake(folder: Path, intake: IntakeFile, problems: list[Problem]) -> None:
    seen: set[str] = set()
    for number, entry in enumerate(intake.topics):
        if entry.id in seen:
            where = ("topics", number, "id")
            problems.append(problem_at(folder, "intake.toml", where, "stands twice"))
        seen.add(entry.id)
    if OTHER not in seen:
        problems.append(Problem("intake.toml", 1, "topics", f"need one with the id {OTHER!r}"))

"""Reads the content folder and checks it; every problem names file, line and field."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from trustops.content.operator import Operator
from trustops.content.schema import IntakeFile, SiteFile, SlaFile, TopicEntry
from trustops.content.toml_file import (
    loose_toml,
    note_literals,
    problem_at,
    read_toml,
)
from trustops.content.toml_rows import rows_of, twice, words_in
from trustops.content.values import OTHER, Chain, Content, ContentError, Problem, Topic
from trustops.content.versions import SITE, Reading
from trustops.sla.rules import FIRST_RESPONSE, Policy

INTAKE = "intake.toml"
STANDING_PROMISE = Policy("promise", FIRST_RESPONSE, timedelta(hours=48), (75, 90))
"""What holds while no `sla.toml` was ever good: a file with a fault may not alter the promise."""


def load(folder: Path) -> Content:
    """Read and check every content file of this room.

    Raises:
        ContentError: with all problems of all files.
    """
    reading = Reading(folder)
    site = reading.one(SITE, read_site)
    content = read_content(reading, site)
    if reading.problems or content is None:
        raise ContentError(tuple(reading.problems))
    return content


def read_site(folder: Path, problems: list[Problem]) -> SiteFile | None:
    """`site.toml`, or None after noting what is wrong with it."""
    return read_toml(folder, SITE, SiteFile, problems)


def read_content(reading: Reading, site: SiteFile | None) -> Content | None:
    """What the site is and offers; None without a site.

    The form offers "something else" while no `intake.toml` was ever good, and tickets have the
    standing promise while no `sla.toml` was: neither stops a ticket.
    """
    intake = reading.one(INTAKE, _read_intake)
    policies = reading.one("sla.toml", _read_policies)
    if site is None:
        return None
    topics = intake.topics if intake else [TopicEntry(id=OTHER, title="Something else")]
    return Content(
        name=site.name,
        short_name=site.short_name,
        reference_prefix=site.reference_prefix,
        locales=tuple(site.locales),
        topics=tuple(Topic(entry.id, entry.title, entry.hint) for entry in topics),
        chains=tuple(Chain(entry.id, entry.title) for entry in (intake.chains if intake else ())),
        policies=policies or (STANDING_PROMISE,),
        migration=site.migration,
        operator=Operator(**dict(site.operator)),
    )


def _read_intake(folder: Path, problems: list[Problem]) -> IntakeFile | None:
    intake = read_toml(folder, INTAKE, IntakeFile, problems)
    # The values as they are written, so that a fault of one topic hides none of another.
    values, places = loose_toml(folder, INTAKE, IntakeFile)
    topics = rows_of(values, "topics")
    note_literals(INTAKE, words_in(topics, "topics", "hint"), places, problems)
    problems.extend(twice(INTAKE, "topics", topics, places))
    # One that is `Other` by mistake is told itself.
    ids = {re.sub(r"\W", "", str(row.get("id"))).casefold() for _, row in topics}
    if values and OTHER not in ids:
        problems.append(Problem(INTAKE, 1, "topics", f"need one with the id {OTHER!r}"))
    return intake


def _read_policies(folder: Path, problems: list[Problem]) -> tuple[Policy, ...] | None:
    sla = read_toml(folder, "sla.toml", SlaFile, problems)
    return _policies(folder, sla, problems) if sla else None


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

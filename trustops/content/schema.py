"""The shape of each content file, as pydantic models: unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Whole = Annotated[int, Field(strict=True)]
"""A whole number that is written as one: `true` is not 1."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OperatorEntry(_File):
    """`[operator]` of `site.toml`: who answers for this site. An empty name names nobody."""

    name: Words = ""
    relation: Words = ""
    contact: Words = ""


class SiteFile(_File):
    """`site.toml`: who we are, which languages we speak, and who answers for it."""

    name: Line
    short_name: Line
    reference_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}$")]
    locales: Annotated[list[Locale], Field(min_length=1)]
    migration: Slug
    operator: OperatorEntry = OperatorEntry()

    @field_validator("locales")
    @classmethod
    def _begin_with_english(cls, value: list[str]) -> list[str]:
        if value[0] != "en":
            raise ValueError("have to begin with en, in which every document is written")
        if len(set(value)) < len(value):
            raise ValueError("name a language twice")
        return value


class TopicEntry(_File):
    """One topic of `intake.toml`."""

    id: Slug
    title: Line
    hint: str = ""


class ChainEntry(_File):
    """One chain of `intake.toml`."""

    id: Slug
    title: Line


class IntakeFile(_File):
    """`intake.toml`: what the support form offers."""

    topics: Annotated[list[TopicEntry], Field(min_length=1)]
    chains: list[ChainEntry] = []


class PolicyEntry(_File):
    """One policy of `sla.toml`. The target is elapsed time, whatever the calendar says."""

    name: Slug
    metric: Annotated[str, StringConstraints(pattern=r"^first_response$")]
    target_hours: Annotated[Whole, Field(gt=0, le=24 * 365)]
    at_risk_percent: list[Annotated[Whole, Field(gt=0, lt=100)]] = []


class SlaFile(_File):
    """`sla.toml`: what we promise."""

    policies: Annotated[list[PolicyEntry], Field(min_length=1)]


class ComponentEntry(_File):
    """One component of `components.toml`; `watches` is what decides how it is."""

    id: Slug
    name: Line
    description: Line
    watches: Literal["desk", "site", "chain", "official", "deliveries"]


class ComponentsFile(_File):
    """`components.toml`: what the status page lists, in this order."""

    components: Annotated[list[ComponentEntry], Field(max_length=50)] = []

"""What the content files say, as values."""

from __future__ import annotations

from dataclasses import dataclass

from trustops.content.operator import NOBODY, Operator
from trustops.errors import TrustOpsError
from trustops.sla.rules import Policy

OTHER = "other"
"""The topic that always exists, for whoever finds no better one."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a ticket can be about: `id` is stored for ever, `title` and `hint` are shown."""

    id: str
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain that the form offers, by the name that the API takes."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Content:
    """All content files, valid. Policies are ordered; the first of a metric applies."""

    name: str
    short_name: str
    reference_prefix: str
    locales: tuple[str, ...]
    topics: tuple[Topic, ...]
    chains: tuple[Chain, ...]
    policies: tuple[Policy, ...]
    migration: str = ""
    operator: Operator = NOBODY

    def topic(self, topic_id: str) -> Topic | None:
        """The topic with an id, or None."""
        return next((topic for topic in self.topics if topic.id == topic_id), None)

    def topic_title(self, topic_id: str) -> str:
        """The title of a topic; the id itself for one that is no longer offered."""
        found = self.topic(topic_id)
        return found.title if found else topic_id

    def policy(self, metric: str) -> Policy:
        """The policy that applies to a metric; loading made sure that there is one."""
        return next(policy for policy in self.policies if policy.metric == metric)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a content file, where, and in which field. Lines count from 1."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """The form that compilers use, so that editors jump to it."""
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class ContentError(TrustOpsError):
    """One or more content files cannot be used."""

    slug = "content"
    title = "The content needs a correction"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Take every problem that was found."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

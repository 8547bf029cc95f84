"""What the content files say, as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trustops.content.operator import NOBODY, Operator
from trustops.errors import TrustOpsError
from trustops.sla.rules import Policy

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    "tenth",
)

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

    @property
    def place(self) -> str:
        """The field as people count: `says of the first [[claims]]` for `claims.0.says`."""
        return _counted(self.field.split("."))

    def __str__(self) -> str:
        """The form that compilers use, so that editors jump to it."""
        return f"{self.file}:{self.line}: {self.place}: {self.message}"


def _counted(steps: Sequence[str]) -> str:
    """The way to a field, its entries counted from 1 and in words."""
    at = next((n for n, step in enumerate(steps) if n and step.isdecimal()), 0)
    if not at:
        return ".".join(steps)
    number, name = int(steps[at]), ".".join(steps[:at])
    nth = f"the {_ORDINALS[number]}" if number < len(_ORDINALS) else f"number {number + 1}"
    rest = steps[at + 1 :]
    return f"{_counted(rest)} of {nth} [[{name}]]" if rest else f"{nth} of {name}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Faults as whoever mends them reads: each once, those of a file together, from its top."""
    once = dict.fromkeys(problems)
    files = {name: number for number, name in enumerate(dict.fromkeys(it.file for it in once))}
    return tuple(sorted(once, key=lambda it: (files[it.file], it.line)))


class ContentError(TrustOpsError):
    """One or more content files cannot be used."""

    slug = "content"
    title = "The content needs a correction"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Take every problem that was found."""
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))

"""The front matter of each kind of Markdown file; unknown keys are refused.

Published as JSON Schema, so that editors check while one writes (docs/content.md).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from trustops.content.schema import Line, Slug, Whole

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Kind(StrEnum):
    """Kinds of Markdown files; the value is the folder."""

    PAGE = "pages"
    FAQ = "faq"
    POLICY = "policy"
    KNOWN_ISSUE = "known-issues"
    REPLY = "replies"


class Meta(BaseModel):
    """What every file begins with. A draft shows in previews alone; what is withdrawn, nowhere.

    `reviewed_by` is who read a text that the outgoing guard would hold, and stands for it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Line
    status: Literal["draft", "live", "withdrawn"] = "live"
    updated: date
    review_by: date | None = None
    reviewed_by: Line | None = None


class Evidence(BaseModel):
    """What a claim rests on: how good it is, where it stands, and when somebody last looked.

    Class A is a notice of the party itself, B its e-mail or answer, C a statement of the
    project, D press or community. Without a link, `note` says what was seen.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    grade: Literal["A", "B", "C", "D"]
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=400)] | None = None
    note: Sentence | None = None
    checked: date


class PageMeta(Meta):
    """`pages/<id>/<locale>.md`."""

    summary: Sentence
    change_note: Sentence | None = None


class FaqMeta(Meta):
    """`faq/<id>/<locale>.md`: the title is the question, the summary answers it in a sentence.

    `steps` adds what the safety page says to do if it already happened, so that it stands in one
    file and is read in both places.
    """

    summary: Sentence
    category: Slug
    order: Annotated[Whole, Field(ge=0, le=9999)]
    statements: tuple[Slug, ...] = ()
    related: tuple[Slug, ...] = ()
    aliases: tuple[Slug, ...] = ()
    steps: bool = False


class PolicyMeta(Meta):
    """`policy/<id>.md`: one dated statement. `quote` is verbatim and may hold dates and ratios.

    `aliases` are former ids, whose links still lead to it, such as one with another day.
    """

    said_on: date
    speaker: Line
    said_in: Line
    topic: Slug
    quote: Sentence | None = None
    evidence: Evidence
    supersedes: tuple[Slug, ...] = ()
    contradicts: tuple[Slug, ...] = ()
    aliases: tuple[Slug, ...] = ()
    standing: Literal["in-force", "superseded", "contradicted", "unclear"]


class KnownIssueMeta(Meta):
    """`known-issues/<id>.md`."""

    summary: Sentence
    state: Literal["open", "watching", "resolved"]
    since: date
    affects: Sentence
    evidence: Evidence


class ReplyMeta(Meta):
    """`replies/<id>.md`: a macro that an agent puts into an answer and then edits."""

    topic: Slug
    order: Annotated[Whole, Field(ge=0, le=9999)]


MODELS: dict[Kind, type[Meta]] = {
    Kind.PAGE: PageMeta,
    Kind.FAQ: FaqMeta,
    Kind.POLICY: PolicyMeta,
    Kind.KNOWN_ISSUE: KnownIssueMeta,
    Kind.REPLY: ReplyMeta,
}
"""The front matter of each kind."""

BY_LOCALE = frozenset({Kind.PAGE, Kind.FAQ})
"""Kinds with a folder for each id and a file for each locale; others have a file for each id."""

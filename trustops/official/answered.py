"""What of the official facts may be shown: what is signed, where an operator answers for the site.

A signature proves who made the list, not that anybody runs this copy of the site. Whoever shows
official facts asks here; `services.current_for` alone says what the signature is worth.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from trustops.content.responsible import is_answered_for, operator_in
from trustops.content.versions import LastGood
from trustops.official.rules import sentence_of
from trustops.official.services import current_for
from trustops.official.values import Official, Problem
from trustops.settings import Settings


def shown_now(
    session: Session, now: datetime, settings: Settings, *, content_dir: Path | None = None
) -> Official:
    """What may be shown of a content folder, that of the settings by default."""
    folder = content_dir or settings.content_dir
    known = current_for(session, now, settings, content_dir=folder)
    good = LastGood(settings.instance_dir)
    if is_answered_for(folder, good, demo=settings.demo):
        return known
    return without_operator(known)


def shown_to_author(
    session: Session, now: datetime, settings: Settings, *, content_dir: Path | None = None
) -> Official:
    """What may be shown to whoever writes a content folder, which is read strictly for them.

    A `site.toml` with a fault says nothing of the operator: it is told as a fault, the names of
    official facts are still checked beside it, and the pages of before stay as they are.
    """
    folder = content_dir or settings.content_dir
    known = current_for(session, now, settings, content_dir=folder)
    operator = operator_in(folder)
    if operator is None or operator.is_named(demo=settings.demo):
        return known
    return without_operator(known)


def without_operator(known: Official) -> Official:
    """The same while nobody answers for the site; another reason to withhold comes first."""
    if known.manifest is None:
        return known
    return replace(
        known,
        manifest=None,
        problem=Problem.NO_OPERATOR,
        sentence=sentence_of(Problem.NO_OPERATOR),
        text=b"",
        signature=b"",
    )

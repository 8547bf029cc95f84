"""What the matrix of exchanges says, as values; `rules` decides, the files are the truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where an exchange stands with the migration, as far as evidence goes."""

    UNKNOWN = "unknown"
    CONTACTED = "contacted"
    UNDER_REVIEW = "under-review"
    ANNOUNCED = "announced"
    HALTED = "halted"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    COMPLETED_EXCEPTIONS = "completed-exceptions"
    NOT_SUPPORTED = "not-supported"
    DECLINED = "declined"
    CAUTION = "caution"
    DELISTING = "delisting"
    DELISTED = "delisted"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that was said of an exchange. `grade` is the class of its evidence, A to D."""

    state: State
    says: str
    said_on: date
    grade: str
    url: str
    note: str
    verified: date
    verify_by: date


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange as its file has it. `claims` stand in the order of the file.

    `ask` says whom staff ask about it. No `Row` has it, so that nothing public can.
    """

    id: str
    name: str
    products: str
    who_acts: str
    user_note: str
    claims: tuple[Claim, ...]
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An exchange as the matrix shows it on a day.

    `rules.tone` says how it looks and `wording.age_words` how old it is, beside `label`.

    `reported` is set where only press or the community says so. `stale` is set where nobody has
    looked for too long; a stale row is never shown as good news. `claim` is None where there is
    no evidence at all. `history` holds every claim, the newest first.
    """

    id: str
    name: str
    products: str
    state: State
    label: str
    reported: bool
    stale: bool
    claim: Claim | None
    who_acts: str
    user_note: str
    history: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """A row that somebody has to look at again. `ask` says whom to ask, empty if nobody is named.

    `stale_on` is the first day (in UTC) on which the last look no longer counts.
    """

    row: Row
    ask: str
    stale_on: date

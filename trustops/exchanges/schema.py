"""The shape of an exchange's file: `content/exchanges/<id>.toml`. Unknown keys are refused.

The name of the file is the id for ever. A file without claims says that there is no evidence.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from trustops.content.schema import Line, Words
from trustops.exchanges.rules import LONGEST_REST
from trustops.exchanges.values import State

Says = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=600)]
Link = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=400)]
Grade = Literal["A", "B", "C", "D"]
WhoActs = Literal["auto", "user opts in", "user must withdraw", "unknown"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClaimPart(_Part):
    """One thing that was said of the exchange.

    `grade` is the class of the evidence: A a notice of the exchange, B its e-mail or answer, C a
    statement of the project, D press or community. `verified` is the day on which somebody last
    looked, `verify_by` the day until which that may rest; without it the state decides.
    """

    state: State
    says: Says
    said_on: date
    grade: Grade
    url: Link | None = None
    note: Annotated[Note, Field(validate_default=True)] = ""
    verified: date
    verify_by: date | None = None

    @field_validator("state")
    @classmethod
    def _is_a_claim(cls, state: State) -> State:
        """Refuse to claim ignorance: a file without claims says that."""
        if state is State.UNKNOWN:
            raise ValueError("no claim says unknown; leave the claim out")
        return state

    @field_validator("note")
    @classmethod
    def _can_be_followed(cls, note: str, told: ValidationInfo) -> str:
        """Refuse a claim whose evidence nobody could look for."""
        if not note and told.data.get("url", "") is None:
            raise ValueError("needs a url, or a note that says what was seen and where")
        return note

    @field_validator("verified")
    @classmethod
    def _looked_after(cls, verified: date, told: ValidationInfo) -> date:
        """Refuse a look at what was not said yet."""
        said_on = told.data.get("said_on")
        if said_on is not None and verified < said_on:
            raise ValueError("nobody can verify a claim before it was made (said_on)")
        return verified

    @field_validator("verify_by")
    @classmethod
    def _looks_again_soon(cls, verify_by: date | None, told: ValidationInfo) -> date | None:
        """Refuse a day before the last look, and one so late that the row never goes stale."""
        verified = told.data.get("verified")
        if verify_by is None or verified is None:
            return verify_by
        if not timedelta(0) <= verify_by - verified <= LONGEST_REST:
            raise ValueError(
                f"has to lie within {LONGEST_REST.days} days after the last look (verified)"
            )
        return verify_by


class ExchangeFile(_Part):
    """One exchange. `products` says in words which of its products and regions are meant.

    `ask` is for staff alone: whom to ask about the exchange. No page, file or feed has it.
    """

    name: Line
    products: Line
    who_acts: WhoActs = "unknown"
    user_note: Note = ""
    ask: Words = ""
    claims: Annotated[tuple[ClaimPart, ...], Field(max_length=200)] = ()

"""What pydantic finds becomes one sentence a field, never with the value that was sent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator

from trustops.web.validation import invalid


class Colour(StrEnum):
    """Two of them."""

    RED = "red"
    BLUE = "blue"


class Inner(BaseModel):
    """Something inside."""

    size: int


class Model(BaseModel):
    """One field of each kind."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=5, pattern="^[a-z]*$")] = "a"
    longer: Annotated[str, Field(min_length=3)] = "aaa"
    number: Annotated[int, Field(ge=1, le=9)] = 1
    colour: Colour = Colour.RED
    word: Literal["yes", "no"] = "yes"
    flag: bool = True
    entries: Annotated[list[Inner], Field(max_length=1)] = Field(default_factory=list)
    at: AwareDatetime | None = None
    own: str = ""
    named: dict[str, int] = Field(default_factory=dict)

    @field_validator("own")
    @classmethod
    def _own(cls, value: str) -> str:
        if value:
            raise ValueError("has to be empty today")
        return value


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"text": ""}, "text", "is needed"),
        ({"text": "secretive"}, "text", "may have at most 5 characters"),
        ({"text": "ABC"}, "text", "does not have the form that is expected here"),
        ({"text": 1}, "text", "has to be text"),
        ({"longer": "a"}, "longer", "needs at least 3 characters"),
        ({"number": 0}, "number", "has to be at least 1"),
        ({"number": 10}, "number", "has to be at most 9"),
        ({"number": "secretive"}, "number", "has to be a whole number"),
        ({"colour": "secretive"}, "colour", "has to be one of 'red' or 'blue'"),
        ({"word": "secretive"}, "word", "has to be one of 'yes' or 'no'"),
        ({"flag": "secretive"}, "flag", "has to be true or false"),
        ({"entries": "secretive"}, "entries", "has to be a list"),
        ({"entries": [{"size": 1}] * 2}, "entries", "may have at most 1 entries"),
        ({"entries": [{"size": "secretive"}]}, "entries.0.size", "has to be a whole number"),
        ({"entries": [{}]}, "entries.0.size", "is needed"),
        ({"entries": ["secretive"]}, "entries.0", "has to be a JSON object"),
        ({"at": datetime(2026, 1, 1)}, "at", "needs a time zone"),  # naive on purpose
        ({"own": "secretive"}, "own", "has to be empty today"),
        ({"secretive": 1}, "request", "holds a field that is not known here"),
        ({"named": {"secretive name": "x"}}, "named", "has to be a whole number"),
        ({"at": "secretive"}, "at", "cannot be used as it is"),
        ("secretive", "request", "has to be a JSON object"),
    ],
)
def test_a_finding_is_one_sentence(given: object, field: str, sentence: str) -> None:
    """It says what to put right, and nothing of what was there."""
    with pytest.raises(ValidationError) as found:
        Model.model_validate(given)
    refusal = invalid(found.value)
    assert [(item.field, item.message) for item in refusal.errors] == [(field, sentence)]
    assert "secretive" not in f"{refusal.message}{refusal.errors}"

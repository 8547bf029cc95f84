"""What was sent, judged: whole numbers, and what pydantic found as sentences without the value."""

from __future__ import annotations

from typing import Any

from flask import request
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from trustops.errors import FieldError, InvalidInputError

WHOLE = "request"
"""Names the request itself where no field of ours is at fault."""

MOST_DIGITS = 18
"""Digits of the largest whole number that is taken from a form or a query."""

_SENTENCES = {
    "missing": "is needed",
    "extra_forbidden": "holds a field that is not known here",
    "string_too_long": "may have at most {max_length} characters",
    "string_pattern_mismatch": "does not have the form that is expected here",
    "string_type": "has to be text",
    "int_type": "has to be a whole number",
    "int_parsing": "has to be a whole number",
    "int_from_float": "has to be a whole number",
    "bool_type": "has to be true or false",
    "bool_parsing": "has to be true or false",
    "greater_than_equal": "has to be at least {ge}",
    "greater_than": "has to be more than {gt}",
    "less_than_equal": "has to be at most {le}",
    "less_than": "has to be less than {lt}",
    "literal_error": "has to be one of {expected}",
    "enum": "has to be one of {expected}",
    "value_error": "{error}",
    "too_long": "may have at most {max_length} entries",
    "too_short": "needs at least {min_length} entries",
    "list_type": "has to be a list",
    "dict_type": "has to be an object",
    "model_type": "has to be a JSON object",
    "model_attributes_type": "has to be a JSON object",
    "timezone_aware": "needs a time zone",
}
_OTHERWISE = "cannot be used as it is"


def invalid(error: ValidationError) -> InvalidInputError:
    """Our refusal for a failed validation: one sentence a field, and never what was sent."""
    details = error.errors(include_url=False, include_input=False)
    seen = dict.fromkeys(FieldError(_field(detail), _sentence(detail)) for detail in details)
    return InvalidInputError(errors=list(seen))


def whole_number(name: str) -> int | None:
    """A whole number of the query or the form, None where it is missing or empty.

    Raises:
        InvalidInputError: it is none, or larger than anything that we count.
    """
    text = request.values.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
        raise InvalidInputError(errors=[FieldError(name, "has to be a whole number")])
    return int(text)


def _field(detail: ErrorDetails) -> str:
    """The path to the field; names that the sender made up are not repeated."""
    if detail["type"] == "extra_forbidden":
        return WHOLE
    names = [str(part) for part in detail["loc"] if isinstance(part, int) or part.isidentifier()]
    return ".".join(names) or WHOLE


def _sentence(detail: ErrorDetails) -> str:
    values: dict[str, Any] = detail.get("ctx", {})
    if detail["type"] == "string_too_short":
        least = values.get("min_length", 1)
        return "is needed" if least == 1 else f"needs at least {least} characters"
    return _SENTENCES.get(detail["type"], _OTHERWISE).format(**values)

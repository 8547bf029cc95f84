"""Keyset cursors: the place in a list after which the next page begins, opaque to clients."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime

from trustops.errors import FieldError, InvalidInputError

LARGEST_KEY = 2**63 - 1
"""What the databases can hold in a key."""

Place = tuple[datetime, int]
"""The order column and the key of the last row that was shown."""


def encode(place: Place | None) -> str | None:
    """The text of a place, or None for the end of a list."""
    if place is None:
        return None
    moment, key = place
    plain = f"{moment.astimezone(UTC).isoformat()}|{key}"
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def decode(text: str | None, *, field: str = "after") -> Place | None:
    """The place that a text stands for; nothing begins at the start.

    Raises:
        InvalidInputError: the text was not made by `encode`.
    """
    if not text:
        return None
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        moment, _, key = plain.decode().partition("|")
        place = datetime.fromisoformat(moment).astimezone(UTC), int(key)
    except (ValueError, binascii.Error, OverflowError) as error:
        raise _unknown(field) from error
    if abs(place[1]) > LARGEST_KEY:
        raise _unknown(field)
    return place


def _unknown(field: str) -> InvalidInputError:
    return InvalidInputError(errors=[FieldError(field, "is not a cursor that a list gave out")])

"""What a view may ask for: the session, the settings, the clock, a part of the application.

Only the web room knows Flask's application object. A part is whatever the composition root
registered under its class (`register`); a view asks for it by that class (`part`).
"""

from __future__ import annotations

from typing import Protocol, TypeVar, cast

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from trustops.clock import Clock
from trustops.db import db
from trustops.settings import Settings

T = TypeVar("T")

_PARTS = "trustops.parts"
_CLOCK = "trustops.clock"


class Person(Protocol):
    """The staff member who is signed in, as far as pages and access rules need to know."""

    @property
    def id(self) -> int:
        """Key of the staff row."""
        ...

    @property
    def name(self) -> str:
        """Name shown to colleagues, and to requesters on answers."""
        ...

    @property
    def role(self) -> str:
        """The role's name."""
        ...

    def can(self, permission: str) -> bool:
        """Whether the role includes a permission such as `tickets.answer`."""
        ...


class Bearer(Protocol):
    """The API token that a request carries."""

    @property
    def public_id(self) -> str:
        """The part of the token that may be shown and logged."""
        ...

    @property
    def name(self) -> str:
        """What the operator called it."""
        ...

    def has(self, scope: str) -> bool:
        """Whether the token was given a scope such as `tickets:read`."""
        ...


def register(app: Flask, part_: object, kind: type | None = None) -> None:
    """Make a part available to views and jobs under its class."""
    app.extensions.setdefault(_PARTS, {})[kind or type(part_)] = part_


def register_clock(app: Flask, clock: Clock) -> None:
    """Give the application its clock."""
    app.extensions[_CLOCK] = clock


def part(kind: type[T]) -> T:
    """The part registered under a class.

    Raises:
        KeyError: the composition root registered none; a defect, not a state.
    """
    return cast("T", current_app.extensions[_PARTS][kind])


def part_if_any(kind: type[T]) -> T | None:
    """The part registered under a class, for one that only some ways to run the product have."""
    return cast("T | None", current_app.extensions[_PARTS].get(kind))


def clock() -> Clock:
    """The application's clock."""
    return cast("Clock", current_app.extensions[_CLOCK])


def settings() -> Settings:
    """The application's settings."""
    return part(Settings)


def session() -> Session:
    """The session of this request; committed by the web room when the answer is a success."""
    return db.session()


def person() -> Person | None:
    """Who is signed in, or None."""
    return cast("Person | None", g.get("person"))


def staff() -> Person:
    """Who is signed in, on routes whose access rule made sure that somebody is."""
    found = person()
    if found is None:
        raise RuntimeError("a staff route ran without a signed-in person")
    return found


def bearer() -> Bearer | None:
    """The API token of this request, or None."""
    return cast("Bearer | None", g.get("bearer"))

"""Rate limits: each has a name, a figure and a reason, and a view names those it keeps.

Counting is Flask-Limiter's. Where the shared storage does not answer it counts in the memory of
the process and says so in the log: a broken Redis takes down no page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

from flask import Flask, request
from flask_limiter import ApplicationLimit, Limiter
from werkzeug.exceptions import HTTPException

from trustops.settings import Settings
from trustops.web.client import client_key
from trustops.web.context import settings
from trustops.web.identity import SAFE_METHODS
from trustops.web.keys import keyed_hash

V = TypeVar("V", bound=Callable[..., Any])

_ATTRIBUTE = "__limits__"
_API = "/api/"
_STORAGE_PATIENCE_SECONDS = 1


@dataclass(frozen=True, slots=True)
class NamedLimit:
    """How often something may be asked, counted by what.

    `rate` is written as Flask-Limiter reads it. `writes_only` leaves reading the form uncounted.
    """

    name: str
    rate: str
    key: Callable[[], str]
    writes_only: bool = True


def _account_key() -> str:
    """The account that a sign-in names, as a keyed hash; the client where it names none."""
    try:
        name = request.form.get("email", "").strip().casefold()
    except HTTPException:
        name = ""
    return keyed_hash(settings(), "sign-in", name) if name else client_key()


def _caller_key() -> str:
    """The token that an API request carries, as a keyed hash; the client where it has none."""
    header = request.headers.get("Authorization", "")
    return keyed_hash(settings(), "caller", header) if header else client_key()


SIGN_IN = NamedLimit("sign-in", "10/minute", client_key)
"""A person mistypes a few times; a list of stolen passwords is longer."""

SIGN_IN_ACCOUNT = NamedLimit("sign-in-account", "5/minute;20/hour", _account_key)
"""The same guess from many addresses still meets one account."""

OPEN_TICKET = NamedLimit("open-ticket", "600/minute", client_key)
"""Far above what an office behind one address sends on a bad day. A flood below it is kept and
put aside by the tickets room, for a refused holder does not come back."""

LOOK_UP = NamedLimit("look-up", "60/minute", client_key, writes_only=False)
"""Private links hold 256 random bits; this keeps guessing from costing us anything."""

NEW_LINK = NamedLimit("new-link", "5/hour", client_key)
"""Each may send a mail, and a stranger could ask for somebody else's."""

API = NamedLimit("api", "1200/minute", _caller_key, writes_only=False)
"""A program that pages through everything stays below it; a loop gone wild does not."""

API_CLIENT = NamedLimit("api-client", "6000/minute", client_key, writes_only=False)
"""Whatever token a request invents, its network address stays the same."""

ALL = (SIGN_IN, SIGN_IN_ACCOUNT, OPEN_TICKET, LOOK_UP, NEW_LINK, API, API_CLIENT)
_OF_THE_API = frozenset({API, API_CLIENT})


def limited(*limits: NamedLimit) -> Callable[[V], V]:
    """Make a view keep limits; stands below the route decorator, like the access rule."""

    def mark(view: V) -> V:
        setattr(view, _ATTRIBUTE, limits)
        return view

    return mark


def limits_of(view: Callable[..., Any] | None) -> tuple[NamedLimit, ...]:
    """The limits that a view names."""
    return cast("tuple[NamedLimit, ...]", getattr(view, _ATTRIBUTE, ()))


def install(app: Flask, chosen: Settings) -> Limiter:
    """Count requests from here on in the order of the request's steps."""
    url = chosen.limits_url.reveal()
    patience: dict[str, str | int] = {
        "socket_connect_timeout": _STORAGE_PATIENCE_SECONDS,
        "socket_timeout": _STORAGE_PATIENCE_SECONDS,
    }
    limiter = Limiter(
        key_func=client_key,
        app=app,
        application_limits=[
            ApplicationLimit(
                limit_provider=partial(_rate_here, app, limit),
                key_function=limit.key,
                scope=limit.name,
            )
            for limit in ALL
        ],
        storage_uri=url,
        storage_options=patience if url.startswith("redis") else {},
        strategy="sliding-window-counter",
        in_memory_fallback_enabled=True,
        key_prefix="trustops",
    )
    app.extensions[__name__] = limiter
    return limiter


def reset(app: Flask) -> None:
    """Forget everything counted, so that one test does not wait for another."""
    cast("Limiter", app.extensions[__name__]).reset()


def _rate_here(app: Flask, limit: NamedLimit) -> str:
    """The limit's rate where this request counts towards it, and nothing elsewhere."""
    if limit.writes_only and request.method in SAFE_METHODS:
        return ""
    if limit in _OF_THE_API:
        return limit.rate if request.path.startswith(_API) else ""
    view = app.view_functions.get(request.endpoint or "")
    return limit.rate if limit in limits_of(view) else ""

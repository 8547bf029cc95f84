"""Rate limits: each has a name, a figure and a reason, and a view names those it keeps.

Counting is Flask-Limiter's. Where the shared storage does not answer it counts in the memory of
the process and says so in the log: a broken Redis takes down no page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

from flask import Flask, request
from flask_limiter import ApplicationLimit, Limiter
from limits import parse_many
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from trustops.db import Session, db
from trustops.keys import keyed_hash
from trustops.logs import get_logger
from trustops.settings import Settings
from trustops.web.client import client_key
from trustops.web.context import clock, part, register, settings
from trustops.web.identity import SAFE_METHODS, Devices, known_device_cookie, session_cookie

V = TypeVar("V", bound=Callable[..., Any])

_ATTRIBUTE = "__limits__"
_API = "/api/"
_KNOWN = "trustops.known_browser"
_PREFIX = "trustops"
_STORAGE_PATIENCE_SECONDS = 1

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class NamedLimit:
    """How often something may be asked, counted by what.

    `rate` is written as Flask-Limiter reads it. `writes_only` leaves reading the form uncounted;
    where `spares` is true of a request, it is not counted either.
    """

    name: str
    rate: str
    key: Callable[[], str]
    writes_only: bool = True
    spares: Callable[[], bool] | None = None


def _typed(field: str) -> str:
    """What a form names; empty where it does not, or cannot be read."""
    try:
        return request.form.get(field, "")
    except HTTPException:
        return ""


def one_name(text: str) -> str:
    """A name as it is counted: no letter case, spaces or way of composing makes another one."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _client_and(field: str) -> str:
    """The client together with what its form names; the client alone where it names nothing."""
    name = one_name(_typed(field))
    return keyed_hash(settings(), f"client-and-{field}", f"{client_key()} {name}")


def _session_key() -> str:
    """The session of whoever is signed in, as a keyed hash; the client where there is none."""
    cookie = request.cookies.get(session_cookie(settings()), "")
    return keyed_hash(settings(), "session", cookie) if cookie else client_key()


def _is_known_here() -> bool:
    """Whether the sign-in comes from a browser that signed in to this account before.

    Its tries are counted by themselves, once a request. One that has used them up, as whoever
    stole its cookie would, is a stranger like any other until the hour has passed.
    """
    if _KNOWN not in request.environ:
        key = _known_device()
        request.environ[_KNOWN] = key is not None and all(
            part(Limiter).limiter.hit(rate, _PREFIX, "known-browser", key)
            for rate in parse_many(KNOWN_BROWSER_RATE)
        )
    return bool(request.environ[_KNOWN])


def _known_device() -> str | None:
    """The key of the browser's entry for the account that its form names, if it has one."""
    cookie = known_device_cookie()
    email = _typed("email")
    if not cookie or not email:
        return None
    try:
        with Session(db.engine) as own:  # the request's own session has not begun yet
            return part(Devices).keeper.known(own, clock().now(), email=email, cookie=cookie)
    except SQLAlchemyError as error:
        _log.warning("known browsers cannot be looked up", problem=type(error).__name__)
        return None


def _caller_key() -> str:
    """The token that an API request carries, as a keyed hash; the client where it has none."""
    header = request.headers.get("Authorization", "")
    return keyed_hash(settings(), "caller", header) if header else client_key()


KNOWN_BROWSER_RATE = "10/hour"
"""Sign-ins of a browser that is known for the account, whatever happens on its network."""

SIGN_IN = NamedLimit("sign-in", "10/minute;100/hour", client_key, spares=_is_known_here)
"""A person mistypes a few times; a list of stolen passwords is longer, or tries many people."""

SIGN_IN_ACCOUNT = NamedLimit(
    "sign-in-account", "5/minute;20/hour", partial(_client_and, "email"), spares=_is_known_here
)
"""Guesses at one account by one client. Nobody's guesses count against anybody else, so a
stranger keeps no one out; ops are told of a run of them (docs/decisions/0026)."""

CHANGE_PASSWORD = NamedLimit("change-password", "10/minute", _session_key)
"""Whoever sits down at an open browser guesses the present password no faster than this."""

OPEN_TICKET = NamedLimit("open-ticket", "600/minute", client_key)
"""Far above what an office behind one address sends on a bad day. A flood below it is kept and
put aside by the tickets room, for a refused holder does not come back."""

LOOK_UP = NamedLimit("look-up", "60/minute", client_key, writes_only=False)
"""Private links hold 256 random bits; this keeps guessing from costing us anything."""

NEW_LINK = NamedLimit("new-link", "5/hour", partial(_client_and, "reference"))
"""Each may send a mail, and a stranger could ask for somebody else's; counted by ticket, so that
one person in an office does not use up what the others need."""

API = NamedLimit("api", "1200/minute", _caller_key, writes_only=False)
"""A program that pages through everything stays below it; a loop gone wild does not."""

API_CLIENT = NamedLimit("api-client", "6000/minute", client_key, writes_only=False)
"""Whatever token a request invents, its network address stays the same."""

ALL = (
    SIGN_IN,
    SIGN_IN_ACCOUNT,
    CHANGE_PASSWORD,
    OPEN_TICKET,
    LOOK_UP,
    NEW_LINK,
    API,
    API_CLIENT,
)
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
        key_prefix=_PREFIX,
    )
    app.extensions[__name__] = limiter
    register(app, limiter)
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
    if limit not in limits_of(view) or (limit.spares is not None and limit.spares()):
        return ""
    return limit.rate

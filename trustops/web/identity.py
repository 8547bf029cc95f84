"""Who is it: the staff member behind a cookie, the program behind a bearer token.

The web room knows neither people nor tokens; the accounts room answers through `Authenticator`,
which the composition root registers inside an `Identity`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from flask import Response, g, request
from flask import session as browser
from sqlalchemy.orm import Session

from trustops.settings import Settings
from trustops.web import context
from trustops.web.context import Bearer, Person

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that only read (RFC 9110, 9.2.1): what they do is never committed."""


class Authenticator(Protocol):
    """What the accounts room answers, anew on every request.

    Both may note when the session or token was last used, beside a request that only reads.
    """

    def person(
        self, session: Session, now: datetime, *, cookie: str, background: bool
    ) -> Person | None:
        """Who is signed in with the cookie's value; None for an unknown or ended session.

        A background request (polling) does not keep the session alive.
        """
        ...

    def bearer(self, session: Session, now: datetime, *, header: str) -> Bearer:
        """The API token in the value of an `Authorization` header.

        Raises:
            NotAuthenticatedError: malformed, unknown, expired or revoked; all look alike.
        """
        ...


@dataclass(frozen=True, slots=True)
class Identity:
    """The part under which the composition root registers the authenticator."""

    authenticator: Authenticator


class DeviceKeeper(Protocol):
    """What the accounts room answers about browsers that signed in before."""

    def known(self, session: Session, now: datetime, *, email: str, cookie: str) -> str | None:
        """The key of a browser that signed in to the account with an address, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Devices:
    """The part under which the composition root registers the keeper."""

    keeper: DeviceKeeper


def session_cookie(settings: Settings) -> str:
    """Name of the sign-in cookie. Over TLS the `__Host-` prefix ties it to this very host."""
    return "__Host-trustops_session" if settings.secure else "trustops_session"


def browser_cookie(settings: Settings) -> str:
    """Name of the signed cookie that carries the CSRF secret and flashed messages."""
    return "__Host-trustops_browser" if settings.secure else "trustops_browser"


def device_cookie(settings: Settings) -> str:
    """Name of the cookie by which a browser is known that signed in before; it opens nothing."""
    return "__Host-trustops_device" if settings.secure else "trustops_device"


def known_device_cookie() -> str:
    """What this browser sends as that cookie; empty where it sends none."""
    return request.cookies.get(device_cookie(context.settings()), "")


def remember_device(response: Response, value: str, *, lifetime: timedelta) -> None:
    """Let the browser be known from now on, also after it is closed and after signing out."""
    settings = context.settings()
    response.set_cookie(
        device_cookie(settings),
        value,
        max_age=lifetime,
        secure=settings.secure,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def sign_in(response: Response, token: str) -> None:
    """Give the browser its session token; the CSRF secret from before is thrown away.

    The cookie ends with the browser; when the session ends is decided by the server alone.
    """
    browser.clear()
    settings = context.settings()
    response.set_cookie(
        session_cookie(settings),
        token,
        secure=settings.secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def sign_out(response: Response) -> None:
    """Take the session token and everything else from the browser."""
    browser.clear()
    settings = context.settings()
    response.delete_cookie(
        session_cookie(settings),
        secure=settings.secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def identify_person(*, background: bool) -> None:
    """Put who is signed in into `g.person`, and the cookie's value into `g.session_token`."""
    cookie = request.cookies.get(session_cookie(context.settings()), "")
    g.session_token = cookie
    g.person = None
    if cookie:
        g.person = context.part(Identity).authenticator.person(
            context.session(), context.clock().now(), cookie=cookie, background=background
        )


def identify_bearer() -> None:
    """Put the API token of the request into `g.bearer`.

    Raises:
        NotAuthenticatedError: the header holds no token that can be used.
    """
    g.bearer = context.part(Identity).authenticator.bearer(
        context.session(),
        context.clock().now(),
        header=request.headers.get("Authorization", ""),
    )

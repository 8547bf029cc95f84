"""The steps of every request, in their order, and how its transaction ends.

Refuse a view without an access rule; count it against the limits; let the guard look at it;
refuse what another site sent; begin to write where the method writes; find out who it is; apply
the access rule; check the CSRF token. Then the view runs. A write that succeeded is committed,
everything else is rolled back: a safe method commits nothing.
"""

from __future__ import annotations

import secrets
import time
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request
from flask_wtf import CSRFProtect
from werkzeug.exceptions import SecurityError
from werkzeug.wrappers import Response as AnyResponse

from trustops.db import db, start_writing
from trustops.errors import NotAllowedError, NotAuthenticatedError, TrustOpsError
from trustops.logs import get_logger
from trustops.settings import Settings
from trustops.web import context, errors, guarding, headers, limits
from trustops.web.access import AccessRule, Kind, rule_of
from trustops.web.errors import is_api
from trustops.web.hosts import PROBES, host_of, is_ours
from trustops.web.identity import SAFE_METHODS, identify_bearer, identify_person
from trustops.web.origin import Sender, sender

SIGN_IN_PATH = "/desk/sign-in"
PLUMBING = "plumbing"
"""The blueprint whose routes have nobody to recognise."""

_FIRST_REFUSAL = 400
_CHALLENGE = 'Bearer realm="trustops"'
_METHODS = SAFE_METHODS | {"POST", "PUT", "PATCH", "DELETE"}

_log = get_logger(__name__)


def install(app: Flask, settings: Settings) -> None:
    """Put the steps on the application. What is installed first ends last."""
    headers.install(app, settings)
    app.after_request(_log_request)

    @app.before_request
    def begin() -> None:
        _begin(app, settings)

    limits.install(app, settings)
    app.before_request(guarding.look)
    csrf = CSRFProtect()
    csrf.init_app(app)

    @app.before_request
    def admit() -> AnyResponse | None:
        guarding.refuse_admitted(lambda: _admit(csrf))
        return _admit(csrf)

    app.after_request(_end)
    errors.install(app)


def _begin(app: Flask, settings: Settings) -> None:
    """Number the request; refuse a host that is not ours and a view that nobody thought about."""
    g.request_id = secrets.token_hex(8)
    g.started = time.perf_counter()
    asked = request.environ
    if request.endpoint in PROBES:
        admitted = host_of(asked) is not None
    else:
        admitted = is_ours(asked, settings.allowed_hosts)
    if not admitted:
        raise SecurityError
    g.rule = rule_of(app.view_functions.get(request.endpoint or ""))
    if request.endpoint and g.rule is None:
        raise TrustOpsError(f"the route {request.endpoint} states no access rule")


def _admit(csrf: CSRFProtect) -> AnyResponse | None:
    """Decide whether the view may run; gives an answer of its own where it leads elsewhere."""
    rule: AccessRule | None = g.rule
    if rule is None:
        return None
    writes = request.method not in SAFE_METHODS
    if writes and not is_api() and sender(context.settings()) is Sender.FOREIGN:
        raise NotAllowedError("This was sent from another site, so nothing was done.")
    if writes:
        start_writing(context.session())
    answer = _apply(rule)
    if answer is None and writes and not is_api():
        csrf.protect()
    return answer


def _apply(rule: AccessRule) -> AnyResponse | None:
    """Apply an access rule; an API path knows tokens only, every other path people only."""
    if is_api() or rule.kind in {Kind.TOKEN, Kind.PUBLIC_OR_TOKEN}:
        _apply_to_token(rule)
        return None
    if request.blueprint != PLUMBING:
        identify_person(background=rule.background)
    if rule.kind is not Kind.STAFF:
        return None
    person = context.person()
    if person is None:
        return _lead_to_sign_in(rule)
    if not person.can(rule.need):
        raise NotAllowedError("Your role does not include this. A lead or an admin can help.")
    return None


def _apply_to_token(rule: AccessRule) -> None:
    """Apply the rule of an API path."""
    g.challenge = _CHALLENGE
    if rule.kind is Kind.STAFF:
        raise TrustOpsError("an API path cannot ask for a signed-in person")
    sent = "Authorization" in request.headers
    if rule.kind is Kind.TOKEN and not sent:
        raise NotAuthenticatedError("This needs an API token in the Authorization header.")
    if not sent or rule.kind not in {Kind.TOKEN, Kind.PUBLIC_OR_TOKEN}:
        return
    identify_bearer()
    bearer = context.bearer()
    if bearer is None or not bearer.has(rule.need):
        g.challenge = f'{_CHALLENGE}, error="insufficient_scope", scope="{rule.need}"'
        raise NotAllowedError(f"This token does not have the scope {rule.need}.")


def _lead_to_sign_in(rule: AccessRule) -> AnyResponse:
    """Send a person to the sign-in page and back, or refuse where that would lose something."""
    if request.method not in SAFE_METHODS:
        raise NotAuthenticatedError(
            "You are no longer signed in, so nothing was done. Sign in, and send it again."
        )
    if "HX-Request" not in request.headers:
        path = request.full_path.rstrip("?")
        return redirect(f"{SIGN_IN_PATH}?{urlencode({'next': path})}", 303)
    response = Response(status=401)
    if not rule.background:
        response.headers["HX-Redirect"] = SIGN_IN_PATH
    return response


def _end(response: Response) -> Response:
    """End the transaction: commit a write that succeeded, roll back everything else.

    Where the commit fails the framework answers 500 and comes here again, to roll back.
    """
    if request.method not in SAFE_METHODS and response.status_code < _FIRST_REFUSAL:
        db.session.commit()
    else:
        db.session.rollback()
    return response


def _log_request(response: Response) -> Response:
    """One line a request: the name of the route, never the path that was asked for."""
    started = g.get("started")
    _log.info(
        "request",
        request_id=g.get("request_id", "-"),
        method=request.method if request.method in _METHODS else "other",
        endpoint=request.endpoint or "-",
        status=response.status_code,
        duration_ms=round((time.perf_counter() - started) * 1000, 1) if started else None,
    )
    return response

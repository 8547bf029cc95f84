"""Every refusal becomes one status and one answer: a page, or problem+json under `/api/`.

The words are ours or those of our own errors. What was sent is never repeated, and a failure
that nobody foresaw is logged without anything of the request.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, json, make_response, render_template, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateError
from werkzeug.exceptions import HTTPException, SecurityError

from trustops.errors import (
    ConflictError,
    FieldError,
    SecretDoubtedError,
    SecretFoundError,
    TooManyRequestsError,
    TrustOpsError,
)
from trustops.logs import get_logger
from trustops.web.giving_back import Typed, typed_words
from trustops.web.http_answer import STRANGE_HOST, refusal
from trustops.web.validation import invalid

__all__ = ["PROBLEM", "install", "invalid", "is_api"]

PROBLEM = "application/problem+json"
API = "/api/"

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Words:
    """What an answer says: `slug` names the kind of refusal for programs."""

    slug: str
    title: str
    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer before it becomes a page or JSON."""

    status: int
    words: Words
    errors: Sequence[FieldError] = ()
    changes: Sequence[object] = ()
    headers: Sequence[tuple[str, str]] = ()
    typed: Sequence[Typed] = ()


_FAILED = Words(
    "internal",
    TrustOpsError.title,
    "This is our fault, and nothing of it was stored. Please try again in a minute.",
)

_STALE_FORM = Words(
    "form-expired",
    "This form is no longer valid",
    "Nothing was stored. The page was open for long, or cookies are switched off.",
    "Open the page again and send it once more.",
)

_BY_STATUS: dict[int, Words] = {
    400: Words("bad-request", "This could not be read", "What was sent is not well formed."),
    404: Words(
        "not-found",
        "There is nothing here",
        "The address is not known to us. It may be mistyped, or the page may be gone.",
    ),
    405: Words(
        "method-not-allowed", "This cannot be done here", "The address does not take this method."
    ),
    413: Words("too-large", "That is too much at once", "Send less in one go."),
    415: Words(
        "unsupported-media-type",
        "This kind of content is not taken",
        "Send a form, or JSON where the interface takes it. Files are not taken.",
    ),
    429: Words(
        "too-many-requests",
        TooManyRequestsError.title,
        "Many requests came from your side within a short time. Please wait a moment.",
    ),
}


def install(app: Flask) -> None:
    """Answer every error of views, of the framework and of the unforeseen kind."""
    app.register_error_handler(TrustOpsError, _refused)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _unforeseen)


def is_api() -> bool:
    """Whether this request gets JSON rather than a page."""
    return request.path.startswith(API)


def _refused(error: TrustOpsError) -> Response:
    """Answer a refusal of our own."""
    if error.status >= _FAILED_STATUS:
        return _unforeseen(error)
    headers = []
    if isinstance(error, TooManyRequestsError):
        headers.append(("Retry-After", str(error.retry_after_seconds)))
    refusal = Refusal(
        status=error.status,
        words=Words(error.slug, error.title, error.message),
        errors=error.errors,
        changes=error.changes if isinstance(error, ConflictError) else (),
        headers=headers,
        typed=_words_back(error),
    )
    return _answer(refusal)


def _words_back(error: TrustOpsError) -> Sequence[Typed]:
    """What was typed, where the refusal says nothing against it."""
    if isinstance(error, SecretDoubtedError):
        return typed_words(doubted={item.field for item in error.errors})
    return typed_words() if error.status == _NOT_SIGNED_IN else ()


def _of_http(error: HTTPException) -> Response:
    """Answer a refusal of the framework: 404, 405, 413 and their like."""
    if isinstance(error, SecurityError):
        answer = refusal(STRANGE_HOST, request.path, [])
        return Response(answer.body, answer.status, answer.headers)
    status = error.code or _FAILED_STATUS
    if error.response is not None or status < _FIRST_REFUSAL:
        return make_response(error.get_response())
    headers = [(name, value) for name, value in error.get_headers() if name == "Allow"]
    if isinstance(error, RateLimitExceeded):
        headers.append(("Retry-After", str(error.limit.limit.get_expiry())))
    if isinstance(error, CSRFError):
        return _answer(Refusal(status, _STALE_FORM, typed=typed_words()))
    known = _FAILED if status >= _FAILED_STATUS else _BY_STATUS[400]
    return _answer(Refusal(status, _BY_STATUS.get(status, known), headers=headers))


def _unforeseen(error: Exception) -> Response:
    """The last resort: log what failed and where in our code, and say sorry."""
    _log.error("request failed", endpoint=request.endpoint or "-", exc_info=error)
    return _answer(Refusal(_FAILED_STATUS, _FAILED))


def _answer(refusal: Refusal) -> Response:
    response = _problem(refusal) if is_api() else _page(refusal)
    response.headers.extend(dict(refusal.headers))
    return response


def _problem(refusal: Refusal) -> Response:
    words = refusal.words
    content: dict[str, Any] = {
        "type": f"/problems/{words.slug}",
        "title": words.title,
        "status": refusal.status,
        "detail": words.message,
    }
    if refusal.errors:
        content["errors"] = [
            {"field": item.field, "message": item.message} for item in refusal.errors
        ]
    if refusal.changes:
        content["changes"] = list(refusal.changes)
    response = Response(json.dumps(content), refusal.status, content_type=PROBLEM)
    challenge = g.get("challenge", "")
    if challenge and refusal.status in {_NOT_SIGNED_IN, _NOT_ALLOWED}:
        response.headers["WWW-Authenticate"] = challenge
    return response


def _page(refusal: Refusal) -> Response:
    words = refusal.words
    href, label = _way_on(refusal)
    try:
        page = render_template(
            "error.html",
            status=refusal.status,
            title=words.title,
            message=words.message,
            advice=words.advice,
            errors=refusal.errors,
            typed=refusal.typed,
            secret=words.slug.startswith(_OF_SECRETS),
            action_href=href,
            action_label=label,
        )
    except _BROKEN_PAGE as broken:
        _log.error("error page failed", exc_info=broken)
        return _plain(refusal.status, f"{words.title}. {words.message}")
    return make_response(page, refusal.status)


def _way_on(refusal: Refusal) -> tuple[str, str]:
    """Where a person can go from an error page."""
    if refusal.status == _NOT_SIGNED_IN:
        return "/desk/sign-in", "Sign in"
    if request.path.startswith("/desk"):
        return "/desk", "Go to the queue"
    if refusal.words.slug == SecretFoundError.slug:
        return "/migration-safety#happened", "What to do now, step by step"
    return "/", "Go to the front page"


def _plain(status: int, text: str) -> Response:
    return Response(text + "\n", status, content_type="text/plain; charset=utf-8")


_BROKEN_PAGE = (TemplateError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What a template can raise; the answer is in plain text then."""

_OF_SECRETS = "secret-"
"""How the slugs of all refusals begin that are about a phrase or a key."""

_FIRST_REFUSAL = 400
_NOT_SIGNED_IN = 401
_NOT_ALLOWED = 403
_FAILED_STATUS = 500

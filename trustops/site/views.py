"""What answers for the public pages while no release holds them: not built yet, or not there.

The release is served before Flask is reached (`serving`). These routes say calmly that the first
build is under way, and 404 for an address that a release does not know.
"""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Blueprint, Response, make_response, render_template

from trustops.errors import NotFoundError
from trustops.site.release import Releases
from trustops.web import context
from trustops.web.access import public
from trustops.web.errors import PROBLEM, is_api

blueprint = Blueprint("site", __name__, template_folder="templates")

RETRY_AFTER_SECONDS = 10

TITLE = "The pages are being prepared"
MESSAGE = "They are built when the desk starts. Please try again in a moment."

PATHS = (
    "/migration-safety",
    "/troubleshooting",
    "/how-we-work",
    "/faq",
    "/faq/<name>",
    "/exchanges",
    "/policy",
    "/known-issues",
    "/heartbeats",
    "/heartbeats/<name>",
    "/heartbeats.atom",
    "/api/v2/<path:name>",
    "/schemas/<name>",
    "/.well-known/<name>",
)
"""Public addresses besides the front page; any further page of `content/pages` has its id."""


@blueprint.get("/")
@public
def front() -> Response:
    """The front page, while there is none."""
    return _not_here()


@public
def elsewhere(name: str = "") -> Response:
    """Any other public page or machine file."""
    del name
    return _not_here()


for _path in PATHS:
    blueprint.add_url_rule(_path, "elsewhere", elsewhere)


def _not_here() -> Response:
    """Say that the pages are being built, or that there is no such page.

    Raises:
        NotFoundError: there is a release, and this is not in it.
    """
    if context.part(Releases).current() is not None:
        raise NotFoundError("The address is not known to us. It may be mistyped, or gone.")
    answer = _problem() if is_api() else _page()
    answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def _problem() -> Response:
    """The answer for a program."""
    words = {
        "type": "/problems/not-built",
        "title": TITLE,
        "status": HTTPStatus.SERVICE_UNAVAILABLE,
        "detail": MESSAGE,
    }
    return Response(json.dumps(words), HTTPStatus.SERVICE_UNAVAILABLE, content_type=PROBLEM)


def _page() -> Response:
    """The answer for a person."""
    page = render_template(
        "error.html",
        status=int(HTTPStatus.SERVICE_UNAVAILABLE),
        title=TITLE,
        message=MESSAGE,
        advice="If you need help now, the support form works already.",
        errors=(),
        typed=(),
        action_href="/support",
        action_label="Ask for help",
    )
    return make_response(page, HTTPStatus.SERVICE_UNAVAILABLE)

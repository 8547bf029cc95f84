"""Routes of the machine room: is it alive, can it serve, static files."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, jsonify, request, send_from_directory
from sqlalchemy.exc import SQLAlchemyError

from trustops.db import db
from trustops.db.migrate import current, head
from trustops.web import assets, context
from trustops.web.access import public
from trustops.web.readiness import Readiness

blueprint = Blueprint("plumbing", __name__)

_DAY_SECONDS = 86_400


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process answers. Nothing else is asked, so a slow database does not restart it."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """This process can serve: its database answers in the schema of this version, pages stand."""
    reason = why_not_ready()
    if not reason:
        return jsonify(status="ready")
    response = jsonify(status="not ready", reason=reason)
    response.status_code = 503
    response.headers["Retry-After"] = "5"
    return response


@blueprint.get("/static/<path:filename>")
@public
def static(filename: str) -> Response:
    """A file of the pages: styles, scripts, icons."""
    made = assets.joined(filename)
    if made is None:
        response = send_from_directory(assets.FOLDER, filename)
    else:
        response = Response(made, mimetype=assets.kind(filename))
        response.set_etag(assets.version(filename) or "")
        response.make_conditional(request)
    response.headers["Cache-Control"] = assets.caching(filename, request.args.get("v", ""))
    return response


@blueprint.get("/favicon.ico")
@public
def favicon() -> Response:
    """Nothing: pages name their icon, and this stops browsers from asking again for a day."""
    response = Response(status=204)
    response.headers["Cache-Control"] = f"public, max-age={_DAY_SECONDS}"
    return response


def why_not_ready() -> str:
    """Why this process cannot serve, in words; empty when it can."""
    try:
        revision = current(db.engine)
    except SQLAlchemyError:
        return "the database does not answer"
    if revision is None:
        return "the database is empty; run: trustops init"
    if revision != _head():
        return "the database has the schema of another version; run: trustops init"
    return context.part(Readiness).reason()


@cache
def _head() -> str:
    return head()

"""`/api/v1/migration` and `/api/v1/exchanges`: what the last Snapshot says, for programs.

The answer is a file of the release that is served, so the API never says anything else than the
pages do, and costs no query.
"""

from __future__ import annotations

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint, Tag

from trustops.status.latest import LatestFiles
from trustops.status.shapes import ExchangesOut, MigrationOut
from trustops.status.statuspage import EXCHANGES, MIGRATION
from trustops.web import context
from trustops.web.access import public
from trustops.web.errors import PROBLEM
from trustops.web.openapi import Problem, documented

blueprint = APIBlueprint(
    "status_api", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="status")]
)

RETRY_AFTER_SECONDS = 60
"""The figures are built each minute."""

FRESH = "public, max-age=30"


@documented(blueprint.get("/migration", responses={200: MigrationOut, 503: Problem}))
@public
def migration() -> Response:
    """The migration, support and components, each figure with its time and block."""
    return _file(MIGRATION)


@documented(blueprint.get("/exchanges", responses={200: ExchangesOut, 503: Problem}))
@public
def exchanges() -> Response:
    """The matrix of exchanges, each claim with its evidence and the day of the last look."""
    return _file(EXCHANGES)


def _file(path: str) -> Response:
    """A file of the current release, or the answer that there is none yet."""
    body = context.part(LatestFiles).read(path)
    if body is None:
        return _not_yet()
    answer = Response(body, mimetype="application/json")
    answer.headers["Cache-Control"] = FRESH
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _not_yet() -> Response:
    told = Problem(
        type="/problems/not-built-yet",
        title="The figures are not there yet",
        status=503,
        detail="They are published with the first build of the public pages. Try again later.",
    )
    answer = jsonify(told.model_dump(mode="json"))
    answer.status_code = told.status
    answer.mimetype = PROBLEM
    answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer

"""`/api/v1/sla/report`: adherence by due date for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from flask import Response, jsonify
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from trustops.reports.queries import sla_report
from trustops.reports.windows import DEFAULT_DAYS, window
from trustops.web import context
from trustops.web.access import token
from trustops.web.openapi import BEARER, documented

blueprint = APIBlueprint(
    "reports_api", __name__, url_prefix="/api/v1/sla", abp_tags=[Tag(name="reports")]
)


class ReportQuery(BaseModel):
    """How many days, today included, the window of due times goes back."""

    model_config = ConfigDict(extra="forbid")

    days: Annotated[int, Field(ge=1, le=366)] = DEFAULT_DAYS


class DayOut(BaseModel):
    """First responses that fell due on one day, in UTC."""

    day: date
    met: int
    breached: int


class ReportOut(BaseModel):
    """Adherence is met by met and breached; null where nothing fell due."""

    metric: str = "first_response"
    start: datetime
    end: datetime
    as_of: datetime
    met: int
    breached: int
    adherence: float | None
    overdue_now: int
    due_next_24_hours: int
    closed_unanswered: int
    days: list[DayOut]


@documented(blueprint.get("/report", responses={200: ReportOut}, security=BEARER))
@token("reports:read")
def report(query: ReportQuery) -> Response:
    """Adherence of first responses by due date, and what is overdue now."""
    now = context.clock().now()
    start, end = window(now, query.days)
    found = sla_report(context.session(), start=start, end=end, now=now)
    answer = ReportOut(
        start=found.start,
        end=found.end,
        as_of=found.as_of,
        met=found.total.met,
        breached=found.total.breached,
        adherence=found.total.share,
        overdue_now=found.overdue,
        due_next_24_hours=found.due_next_day,
        closed_unanswered=found.closed_unanswered,
        days=[
            DayOut(day=item.day, met=item.adherence.met, breached=item.adherence.breached)
            for item in found.days
        ],
    )
    return jsonify(answer.model_dump(mode="json"))

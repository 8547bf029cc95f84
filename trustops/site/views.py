"""The public front page: where to get help, how fast, and what we never do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template

from trustops.content import Content
from trustops.reports.queries import SlaReport, sla_report
from trustops.reports.windows import window
from trustops.sla.rules import FIRST_RESPONSE
from trustops.web import context
from trustops.web.access import public

blueprint = Blueprint("site", __name__, template_folder="templates")

DAYS = 7


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Context of `site/front.html`: every figure in `report` is as of `report.as_of`."""

    report: SlaReport
    days: int
    promise_hours: float
    now: datetime


@blueprint.get("/")
@public
def front() -> str:
    """The front page."""
    now = context.clock().now()
    start, end = window(now, DAYS)
    page = FrontPage(
        report=sla_report(context.session(), start=start, end=end, now=now),
        days=DAYS,
        promise_hours=context.part(Content).policy(FIRST_RESPONSE).target.total_seconds() / 3600,
        now=now,
    )
    return render_template("site/front.html", page=page, nav="home")

"""The adherence page of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from trustops.accounts.queries import names_of
from trustops.content import Content
from trustops.reports.queries import SlaReport, sla_report
from trustops.reports.windows import DEFAULT_DAYS, WINDOWS_DAYS, window
from trustops.sla.rules import FIRST_RESPONSE
from trustops.web import context
from trustops.web.access import staff

blueprint = Blueprint("reports", __name__, template_folder="templates", url_prefix="/desk")

GOAL_SHARE = 0.9
"""The share of first responses on time that the team set itself (docs/design.md)."""


@dataclass(frozen=True, slots=True)
class SlaPage:
    """Context of `reports/sla.html`. `owners` names who has the overdue tickets, by key."""

    report: SlaReport
    days: int
    windows: tuple[int, ...]
    goal: float
    target_hours: float
    owners: Mapping[int, str]


@blueprint.get("/sla")
@staff("reports.read")
def sla() -> str:
    """Adherence by due date, with what is overdue now beside it."""
    now = context.clock().now()
    asked = request.args.get("days", "")
    days = int(asked) if asked in {str(choice) for choice in WINDOWS_DAYS} else DEFAULT_DAYS
    start, end = window(now, days)
    policy = context.part(Content).policy(FIRST_RESPONSE)
    report = sla_report(context.session(), start=start, end=end, now=now)
    owners = {row.assignee_id for row in report.overdue_rows if row.assignee_id is not None}
    page = SlaPage(
        report=report,
        days=days,
        windows=WINDOWS_DAYS,
        goal=GOAL_SHARE,
        target_hours=policy.target.total_seconds() / 3600,
        owners=names_of(context.session(), owners),
    )
    return render_template("reports/sla.html", page=page, nav="sla")

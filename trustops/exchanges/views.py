"""The exchanges page of the desk: which rows go stale this week, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template

from trustops.content.values import Problem
from trustops.content.versions import LastGood
from trustops.exchanges import rules, wording
from trustops.exchanges.load import settled_exchanges
from trustops.exchanges.rules import Tone
from trustops.exchanges.values import Exchange, Review
from trustops.web import context
from trustops.web.access import staff

blueprint = Blueprint("exchanges", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class DueRow:
    """A row to look at again: how it looks, and in words when it goes stale."""

    review: Review
    tone: Tone
    due: str


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """Context of `exchanges/reviews.html`.

    Attributes:
        due: rows that are stale or go stale within a week, the most urgent first.
        stale: how many of them are stale.
        unknown: exchanges without a claim, which never go stale.
        total: how many exchanges there are.
        problems: what is wrong with their files; those rows are in their last good version.
    """

    due: Sequence[DueRow]
    stale: int
    unknown: Sequence[Exchange]
    total: int
    problems: Sequence[Problem]


@blueprint.get("/desk/exchanges")
@staff("desk.read")
def reviews() -> str:
    """What has to be looked at again, as of today in UTC."""
    settings = context.settings()
    today = context.clock().now().date()
    listed, problems = settled_exchanges(settings.content_dir, LastGood(settings.instance_dir))
    due = [
        DueRow(review, rules.tone(review.row), wording.due_words(review, today))
        for review in rules.reviews(listed, today)
    ]
    return render_template(
        "exchanges/reviews.html",
        page=ReviewsPage(
            due=due,
            stale=sum(item.review.row.stale for item in due),
            unknown=[exchange for exchange in listed if not exchange.claims],
            total=len(listed),
            problems=problems,
        ),
        nav="exchanges",
    )

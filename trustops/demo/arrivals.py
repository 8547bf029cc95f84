"""New tickets while one watches, up to a number that keeps the demo readable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trustops.content import Content
from trustops.demo.seed import open_story
from trustops.demo.stories import ARRIVALS
from trustops.sla.rules import FIRST_RESPONSE
from trustops.tickets.act import Act, AlertRoute
from trustops.tickets.models import Ticket
from trustops.tickets.requests import REQUESTER

MOST_PER_HOUR = 40


@dataclass(frozen=True, slots=True)
class Holders:
    """The wallets of the demo's chain, by the role of their holder."""

    wallets: Mapping[str, str] = field(default_factory=dict)


def arrive(
    session: Session,
    now: datetime,
    *,
    content: Content,
    route: AlertRoute,
    wallets: Mapping[str, str] | None = None,
) -> bool:
    """Let one more ticket arrive; False when enough came within the hour."""
    recent = session.scalar(
        select(func.count()).select_from(Ticket).where(Ticket.created_at > now - timedelta(hours=1))
    )
    count = recent or 0
    if count >= MOST_PER_HOUR:
        return False
    act = Act(now=now, actor=REQUESTER, route=route, policy=content.policy(FIRST_RESPONSE))
    story = ARRIVALS[count % len(ARRIVALS)]
    wallet = (wallets or {}).get(story.wallet, "")
    open_story(session, act, replace(story, hours_ago=0, wallet=wallet), content)
    return True

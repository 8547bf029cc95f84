"""Clock rows: from rule values to columns and back, with the history and alerts of each change.

`apply` is the one way in which a judgement of `sla.rules` becomes rows, for a write on a ticket
and for the sweep alike.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from trustops.alerts.rules import Kind, NewAlert, Severity
from trustops.alerts.services import raise_again, raise_alert, resolve
from trustops.db import record, subject_of
from trustops.sla import rules as sla
from trustops.tickets.act import Act
from trustops.tickets.models import SlaClock, Ticket


def policy_to_json(policy: sla.Policy) -> dict[str, Any]:
    """The snapshot of a policy that a clock keeps."""
    return {
        "name": policy.name,
        "metric": policy.metric,
        "target_seconds": int(policy.target / timedelta(seconds=1)),
        "at_risk_percent": list(policy.at_risk_percent),
    }


def policy_from_json(snapshot: dict[str, Any]) -> sla.Policy:
    """The policy as it was when the clock began."""
    return sla.Policy(
        name=snapshot["name"],
        metric=snapshot["metric"],
        target=timedelta(seconds=snapshot["target_seconds"]),
        at_risk_percent=tuple(snapshot["at_risk_percent"]),
    )


def value_of(row: SlaClock) -> sla.ClockValue:
    """A clock row as the value that the rules judge."""
    return sla.ClockValue(
        policy=policy_from_json(row.policy),
        started_at=row.started_at,
        due_at=row.due_at,
        state=sla.ClockState(row.state),
        mark=row.mark,
        met_at=row.met_at,
        breached_at=row.breached_at,
        cancelled_at=row.cancelled_at,
        cancel_reason=sla.CancelReason(row.cancel_reason) if row.cancel_reason else None,
    )


def begin(session: Session, act: Act, ticket: Ticket) -> SlaClock:
    """Start the next cycle of the first response on a ticket whose key is known, now."""
    policy = act.policy
    judged = sla.start(policy, act.now)
    last = latest(session, ticket, policy.metric)
    row = SlaClock(
        ticket_id=ticket.id,
        metric=policy.metric,
        cycle=last.cycle + 1 if last else 1,
        policy=policy_to_json(policy),
        started_at=judged.clock.started_at,
        due_at=judged.clock.due_at,
    )
    _write(row, judged.clock)
    session.add(row)
    _record(session, act, row, judged)
    ticket.due_at = row.due_at
    return row


def latest(session: Session, ticket: Ticket, metric: str = sla.FIRST_RESPONSE) -> SlaClock | None:
    """The newest cycle of a metric on a ticket, or None where it never began."""
    return session.scalars(
        select(SlaClock)
        .where(SlaClock.ticket_id == ticket.id, SlaClock.metric == metric)
        .order_by(SlaClock.cycle.desc())
        .limit(1)
    ).first()


def apply(
    session: Session, act: Act, ticket: Ticket, row: SlaClock, *, judged: sla.Judgement
) -> None:
    """Write a judgement: columns, one event for each finding, alerts, the ticket's due time.

    A breach always alerts. A clock that passed several marks since somebody looked alerts once,
    at its highest; the events keep every mark (docs/decisions/0005).
    """
    _write(row, judged.clock)
    _record(session, act, row, judged)
    percent = _newest_mark(judged)
    if percent:
        alert = _alert(ticket, row, percent)
        raise_alert(session, act.now, alert, targets=act.route.targets, base_url=act.route.base_url)
    if not judged.clock.awaiting:
        resolve(
            session,
            act.now,
            subject=subject_of("ticket", ticket.id),
            dedupe_prefix=_dedupe(ticket, row),
        )
    ticket.due_at = row.due_at if judged.clock.awaiting else None


def alert_again(session: Session, act: Act, ticket: Ticket) -> None:
    """Open the alert of a clock that waits beyond a mark again, where none of it is open.

    Ending the ticket resolved it; when the ending is taken back, the holder still waits.
    """
    row = latest(session, ticket)
    if row is None or not row.mark or not value_of(row).awaiting:
        return
    alert = _alert(ticket, row, row.mark)
    raise_again(session, act.now, alert, targets=act.route.targets, base_url=act.route.base_url)


def _write(row: SlaClock, clock: sla.ClockValue) -> None:
    row.state = clock.state
    row.mark = clock.mark
    row.met_at = clock.met_at
    row.breached_at = clock.breached_at
    row.cancelled_at = clock.cancelled_at
    row.cancel_reason = clock.cancel_reason
    row.next_change_at = sla.next_change_at(clock)


def _record(session: Session, act: Act, row: SlaClock, judged: sla.Judgement) -> None:
    for found in judged.events:
        record(
            session,
            act.now,
            found.kind,
            subject=subject_of("ticket", row.ticket_id),
            actor=act.actor,
            data={
                "metric": row.metric,
                "cycle": row.cycle,
                "happened_at": found.at.isoformat(),
                "due_at": row.due_at.isoformat(),
                **({"percent": found.percent} if found.percent else {}),
                **({"reason": found.reason} if found.reason else {}),
                **({"late": True} if found.late else {}),
            },
        )


def _dedupe(ticket: Ticket, row: SlaClock) -> str:
    return f"sla:{ticket.reference}:{row.metric}:{row.cycle}:"


def _newest_mark(judged: sla.Judgement) -> int:
    """The mark that a judgement alerts at: the breach, else the highest warning; 0 for none."""
    found = [e for e in judged.events if e.kind in {sla.EventKind.AT_RISK, sla.EventKind.BREACH}]
    breached = any(e.kind is sla.EventKind.BREACH for e in found)
    return found[-1].percent if breached or (found and judged.clock.awaiting) else 0


def _alert(ticket: Ticket, row: SlaClock, percent: int) -> NewAlert:
    """The alert of a mark: at risk below 100 %, breached at 100 %."""
    clock = value_of(row)
    hours = clock.policy.target / timedelta(hours=1)
    if percent == sla.FULL:
        kind, severity = Kind.BREACHED, Severity.CRITICAL
        summary = f"{ticket.reference} had no first response within {hours:g} h."
    else:
        kind = Kind.AT_RISK
        last = max(clock.policy.at_risk_percent, default=0)
        severity = Severity.HIGH if percent == last else Severity.WARNING
        summary = f"{ticket.reference} has used {percent} % of {hours:g} h unanswered."
    return NewAlert(
        kind=kind,
        severity=severity,
        dedupe_key=f"{_dedupe(ticket, row)}{percent}",
        subject=subject_of("ticket", ticket.id),
        summary=summary,
        at=sla.instant_of(clock, percent),
        ticket=ticket.reference,
        path=f"/desk/tickets/{ticket.reference}",
        data={"percent": percent, "due_at": row.due_at.isoformat()},
    )

"""The entry points of the jobs: each hands a room what it needs, and gives back what it counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from jobs.queries import beat_of
from jobs.runner import JobContext
from trustops.alerts.guessing import settle_runs
from trustops.alerts.rules import DELIVERY_KIND, job_silent
from trustops.alerts.services import compose, raise_alert
from trustops.channels.deliver import Composer, deliver_due
from trustops.channels.services import find_lost
from trustops.channels.targets import Senders, senders_of
from trustops.content import Content
from trustops.demo.arrivals import Holders, arrive
from trustops.posts.outbox import DELIVERY_KIND as HEARTBEAT_KIND
from trustops.posts.outbox import compose_message
from trustops.settings import Settings
from trustops.sla.rules import FIRST_RESPONSE
from trustops.tickets.act import Act
from trustops.tickets.mail import RequesterMail
from trustops.tickets.outgoing import WATCH, alert_waiting
from trustops.tickets.requests import route
from trustops.tickets.sweep import SWEEPER, sweep
from trustops.web.pages import Standing


def sla_sweep(context: JobContext) -> dict[str, int]:
    """Judge every clock whose next change has come."""
    act = Act(
        now=context.clock.now(),
        actor=SWEEPER,
        route=route(context.part(Settings)),
        policy=context.part(Content).policy(FIRST_RESPONSE),
    )
    return sweep(context.open_session, context.clock, act)


def held_answers(context: JobContext) -> dict[str, int]:
    """Raise an alert for each answer that has waited for half an hour to be released."""
    with context.open_session() as session:
        act = Act(
            now=context.clock.now(),
            actor=WATCH,
            route=route(context.part(Settings)),
            policy=context.part(Content).policy(FIRST_RESPONSE),
        )
        return {"alerted": alert_waiting(session, act)}


def deliveries(context: JobContext) -> dict[str, int]:
    """Send what is due, until nothing is or the process is to end."""
    settings = context.part(Settings)
    return deliver_due(
        context.open_session,
        context.clock,
        Senders(senders_of(settings, context.clock)),
        composers=composers(context),
        stopping=context.stopping,
    )


def composers(context: JobContext) -> Mapping[str, Composer]:
    """Who writes the message of each kind of delivery."""
    mail = RequesterMail(
        context.part(Settings),
        context.clock,
        context.part(Content).name,
        is_named=context.part(Standing).is_named(),
    )
    return {DELIVERY_KIND: compose, HEARTBEAT_KIND: compose_message, **mail.composers()}


def lost_deliveries(context: JobContext) -> dict[str, int]:
    """Mark deliveries as unknown whose process ended while it was sending them."""
    with context.open_session() as session:
        return {"lost": find_lost(session, context.clock.now())}


def sign_in_runs(context: JobContext) -> dict[str, int]:
    """Resolve the alerts of runs of failed sign-ins that are over."""
    with context.open_session() as session:
        return {"ended": settle_runs(session, context.clock.now())}


def report_silence(context: JobContext, expected: Mapping[str, timedelta]) -> dict[str, int]:
    """Raise an alert for each job that gave no sign of life for longer than it may.

    One alert for each silence; the next good run resolves it.
    """
    settings = context.part(Settings)
    targets = route(settings).targets
    raised = 0
    with context.open_session() as session:
        now = context.clock.now()
        for name, longest in expected.items():
            beat = beat_of(session, name)
            if beat.waiting_since is None or now - beat.waiting_since <= longest:
                continue
            found = raise_alert(
                session,
                now,
                job_silent(name, last_beat=beat.last_good, at=now),
                targets=targets,
                base_url=settings.base_url,
            )
            raised += found is not None
    return {"silent": raised}


def demo_arrivals(context: JobContext) -> dict[str, int]:
    """Let one more ticket of the demo arrive, with a wallet where the demo's chain runs here."""
    holders = context.part_if_any(Holders)
    with context.open_session() as session:
        came = arrive(
            session,
            context.clock.now(),
            content=context.part(Content),
            route=route(context.part(Settings)),
            wallets=holders.wallets if holders else None,
        )
    return {"arrived": int(came)}

"""Joins the schedule with the settings: where heartbeats go on this instance."""

from __future__ import annotations

from trustops.channels.targets import alert_targets, heartbeat_targets
from trustops.posts.outbox import NETWORK_OF
from trustops.posts.schedule import load_schedule
from trustops.posts.values import Network, Schedule, Setup
from trustops.settings import Settings


def setup_of(settings: Settings) -> Setup | None:
    """What this instance posts and where; None where its content has no schedule.

    Raises:
        ContentError: the schedule or a template cannot be used.
    """
    schedule = load_schedule(settings.content_dir)
    return None if schedule is None else joined(schedule, settings)


def joined(schedule: Schedule, settings: Settings) -> Setup:
    """A schedule with the targets of its networks that are set up here."""
    return Setup(
        schedule=schedule,
        base_url=settings.base_url,
        targets=tuple(
            target
            for target in heartbeat_targets(settings)
            if NETWORK_OF[target.channel] in schedule.networks
        ),
        alert_targets=alert_targets(settings),
    )


def not_set_up(setup: Setup) -> tuple[Network, ...]:
    """Networks that the schedule names and the settings do not reach."""
    reached = {NETWORK_OF[target.channel] for target in setup.targets}
    return tuple(network for network in setup.schedule.networks if network not in reached)

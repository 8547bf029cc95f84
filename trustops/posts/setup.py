"""Joins the schedule with the settings: where heartbeats go on this instance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from trustops.chain.packs import facts as facts_of
from trustops.chain.packs import published_pack
from trustops.channels.networks import BY_CHANNEL, CONSOLE, Network
from trustops.channels.targets import alert_targets, heartbeat_targets
from trustops.content.outgoing import told_by
from trustops.content.responsible import is_answered_for
from trustops.content.schema import SiteFile
from trustops.content.toml_file import read_toml
from trustops.content.values import Problem
from trustops.content.versions import LastGood, Reading
from trustops.exchanges.told import ExchangeFacts
from trustops.guard.outgoing import Allowed
from trustops.official.outgoing import allowed_by
from trustops.official.rules import host_of_desk
from trustops.official.services import current_for
from trustops.posts.schedule import read_schedule
from trustops.posts.values import Schedule, Setup
from trustops.settings import Settings


def setup_of(settings: Settings) -> Setup | None:
    """What this instance posts and where, by the last good version of a file that has a fault.

    None where its content has no schedule, or none that ever was good. While nobody answers for
    the site, its heartbeats go to the log alone.
    """
    return read_setup(settings)[0]


def read_setup(settings: Settings) -> tuple[Setup | None, Sequence[Problem]]:
    """As `setup_of`, with what is wrong with the schedule and its templates."""
    good = LastGood(settings.instance_dir)
    reading = Reading(settings.content_dir, good, good.migration())
    schedule = read_schedule(reading)
    if schedule is None:
        return None, reading.problems
    setup = joined(schedule, settings)
    if not is_answered_for(settings.content_dir, good, demo=settings.demo):
        at_home = tuple(target for target in setup.targets if target.channel == CONSOLE.channel)
        setup = replace(setup, targets=at_home)
    return setup, reading.problems


def joined(schedule: Schedule, settings: Settings) -> Setup:
    """A schedule with the targets of its networks that are set up here."""
    return Setup(
        schedule=schedule,
        base_url=settings.base_url,
        targets=tuple(
            target
            for target in heartbeat_targets(settings)
            if BY_CHANNEL[target.channel] in schedule.networks
        ),
        alert_targets=alert_targets(settings),
        allowed_at=partial(_allowed_at, settings),
    )


def _allowed_at(settings: Settings, session: Session, now: datetime) -> Allowed:
    """What texts may name and promise: by the signed list, the published migration, this desk."""
    good = LastGood(settings.instance_dir)
    site = read_toml(settings.content_dir, "site.toml", SiteFile, [])
    migration = good.migration() or (site.migration if site else "")
    pack = published_pack(Reading(settings.content_dir, good, migration), migration)
    return allowed_by(
        current_for(session, now, settings).manifest,
        own_host=host_of_desk(settings.base_url),
        facts=told_by(facts_of(pack) if pack else ())
        | ExchangeFacts(settings.content_dir, settings.instance_dir).current(),
    )


def not_set_up(setup: Setup) -> tuple[Network, ...]:
    """Networks that the schedule names and the settings do not reach."""
    reached = {BY_CHANNEL[target.channel].name for target in setup.targets}
    return tuple(network for network in setup.schedule.networks if network.name not in reached)

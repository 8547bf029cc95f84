"""When heartbeats are due, what becomes of late ones, and who lets them go out. Pure.

A slot is named by its ISO week in the schedule's zone, so a change of daylight saving can neither
double a heartbeat nor lose one. All instants given and taken are aware.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from trustops.alerts.rules import Kind, NewAlert, Severity
from trustops.posts.values import Approval, Outlook, Schedule, Slot, State
from trustops.status.snapshot import ComponentStatus, Snapshot

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)

OPENS_BEFORE = timedelta(hours=48)
"""How long before it is due the draft of a heartbeat is written for the first time."""

REFRESH_AFTER = timedelta(hours=1)
"""A draft that nobody approved is written anew when it is this old."""

REFRESH_WHEN_DUE = timedelta(minutes=5)
"""The same while the rule holds a heartbeat that is due."""

FRESH = timedelta(hours=2)
"""Figures older than this are approved by nobody but a person."""

LATE_AFTER = timedelta(minutes=10)
"""What goes out later than this after its moment is marked as late."""

SHORT_HASH = 24
"""How many hexadecimal digits of a text's hash name it at least: 96 bits."""

REMINDERS = (
    ("due", -LATE_AFTER, Severity.HIGH),
    ("2h", timedelta(hours=2), Severity.HIGH),
    ("24h", timedelta(hours=24), Severity.WARNING),
)
"""How long before it is due an alert tells that nobody approved, the most urgent first."""

NO_TEXT = "It has no text yet."
NO_FIGURES = "It is approved, and its figures could not be filled in."
NEEDS_LEAD = "Nobody has approved it yet."
HELD = "It may have gone out already, before this desk was restored or started again: look first."
UNCHECKED = "Figures of the chain could not be checked."
OLD_FIGURES = "Figures are older than two hours."
OUTAGE = "A component is out of order."


def due_at(schedule: Schedule, week: str) -> datetime:
    """When the heartbeat of an ISO week is due, in UTC.

    A local time that the clocks jump over counts as the first minute after the jump; one that
    comes twice counts the first time.
    """
    year, number = int(week[:4]), int(week[6:])
    day = date.fromisocalendar(year, number, schedule.weekday)
    return _instant(datetime.combine(day, schedule.at), schedule.zone)


def week_of(schedule: Schedule, moment: datetime) -> str:
    """The ISO week of a moment in the schedule's zone, such as `2026-W47` (ISO 8601)."""
    return _name(moment.astimezone(schedule.zone).date())


def next_slot(schedule: Schedule, now: datetime) -> Slot:
    """The first slot that is due after a moment."""
    return slots_after(schedule, week_of(schedule, now - 2 * WEEK), now)[-1]


def slots_after(schedule: Schedule, week: str, now: datetime) -> Sequence[Slot]:
    """The slots of every week after one, up to the first that is due after `now`.

    At least one is given, so that a plan always reaches into the future.
    """
    day = date.fromisocalendar(int(week[:4]), int(week[6:]), schedule.weekday)
    found: list[Slot] = []
    while not found or found[-1].due_at <= now:
        day += WEEK
        name = _name(day)
        found.append(Slot(name, due_at(schedule, name)))
    return found


def moved(schedule: Schedule, slot: Slot, now: datetime) -> Slot:
    """A planned slot by the schedule as it is now; it moves neither out of the past nor into it."""
    due = due_at(schedule, slot.week)
    return Slot(slot.week, due) if slot.due_at > now and due > now else slot


def outlook(
    schedule: Schedule, now: datetime, *, planned: Sequence[Slot], last_week: str | None
) -> Outlook:
    """What is to come: by the schedule, whether or not anything has planned it yet.

    `planned` are the weeks that can still go out, `last_week` is the newest one that was ever
    planned. Before the first one nothing was promised, so nothing is open.
    """
    begun = [moved(schedule, slot, now) for slot in planned]
    ahead = [slot for slot in begun if slot.due_at > now]
    if last_week is None:
        return Outlook(next_slot(schedule, now))
    if not ahead:
        begun += slots_after(schedule, last_week, now)
        ahead = begun[-1:]
    gone = too_late(schedule, begun, now)
    waiting = [slot for slot in begun if slot.due_at <= now and slot not in gone]
    return Outlook(min(ahead, key=_due), max(waiting, key=_due) if waiting else None)


def too_late(schedule: Schedule, slots: Sequence[Slot], now: datetime) -> Sequence[Slot]:
    """Which open slots are not to go out any more: too old, or overtaken by a newer one."""
    ordered = sorted(slots, key=_due)
    overtaken = [slot for slot, newer in pairwise(ordered) if newer.due_at <= now]
    old = [slot for slot in ordered if slot.due_at + schedule.catch_up < now]
    return list(dict.fromkeys((*overtaken, *old)))


def is_late(due: datetime, now: datetime) -> bool:
    """Whether what goes out now is marked as late."""
    return now - due > LATE_AFTER


def wants_text(
    schedule: Schedule, state: State, now: datetime, *, due: datetime, composed: datetime | None
) -> bool:
    """Whether the text of a heartbeat is to be written now, for the first time or anew.

    `due` is when the heartbeat is due, `composed` when its text was written last.
    """
    if state not in {State.PLANNED, State.DRAFT} or now < due - OPENS_BEFORE:
        return False
    if composed is None:
        return True
    if schedule.approval is Approval.LEAD or now < due:
        return now - composed >= REFRESH_AFTER
    return composed < due or now - composed >= REFRESH_WHEN_DUE


def wants_figures(now: datetime, *, due: datetime, composed: datetime | None) -> bool:
    """Whether an approved text is to be filled anew: when it is due, and hourly before."""
    return now >= due or composed is None or now - composed >= REFRESH_AFTER


def digest_of(texts: Mapping[str, str]) -> str:
    """What names a text that somebody read: SHA-256 (hex) of all texts, whatever their order."""
    raw = json.dumps(dict(texts), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(raw.encode()).hexdigest()


def is_of(texts: Mapping[str, str], named: str) -> bool:
    """Whether a hash that somebody names is that of the texts, whole or its first digits.

    A form carries only these: the guard refuses 64 hexadecimal digits in forms, and is right.
    """
    return names(named, digest_of(texts))


def names(named: str, sha256: str) -> bool:
    """Whether a hash that somebody names is this one, whole or its first digits."""
    return len(named) >= SHORT_HASH and sha256.startswith(named)


def reasons_to_wait(
    schedule: Schedule, snapshot: Snapshot, now: datetime, *, held: bool, departed: str = ""
) -> tuple[str, ...]:
    """Why the rule does not approve a text of this snapshot; empty where it does.

    With approval by a lead there is always a reason. `departed` says why the approval of a person
    ended, if one did: then a person approves anew.
    """
    by_person = tuple(reason for reason in (departed, HELD if held else "") if reason)
    if schedule.approval is Approval.LEAD:
        return (*by_person, NEEDS_LEAD)
    found = (
        (any(item.problem or item.totals is None for item in snapshot.chains), UNCHECKED),
        (bool(snapshot.addresses), snapshot.addresses),
        (_oldest(snapshot) < now - FRESH, OLD_FIGURES),
        (
            any(item.status is ComponentStatus.MAJOR_OUTAGE for item in snapshot.components),
            OUTAGE,
        ),
    )
    return (*by_person, *(reason for holds, reason in found if holds))


def waits_for(state: State, reasons: str, *, late: bool) -> str:
    """Why an open heartbeat would not go out by itself; empty where it would.

    `reasons` is what its row says. One that is approved and all the same `late` is stuck.
    """
    if state is State.PLANNED:
        return NO_TEXT
    if state is State.APPROVED and late:
        return reasons or NO_FIGURES
    return reasons


def reminder(slot: Slot, reasons: str, now: datetime) -> NewAlert | None:
    """The alert that a heartbeat waits for somebody, if it is time for one."""
    for stage, before, severity in REMINDERS:
        if now >= slot.due_at - before:
            when = "was due" if now > slot.due_at else "is due"
            return NewAlert(
                kind=Kind.HEARTBEAT_WAITS,
                severity=severity,
                dedupe_key=f"{Kind.HEARTBEAT_WAITS}:{slot.week}:{stage}",
                subject=f"heartbeat:{slot.week}",
                summary=_short(
                    f"The heartbeat of {slot.week} {when} {words_of(slot.due_at)} and waits for"
                    f" a person. {reasons}"
                ),
                at=now,
                path="/desk/heartbeats",
                data={"week": slot.week},
            )
    return None


def missed_alert(slot: Slot, now: datetime) -> NewAlert:
    """The alert that no heartbeat went out for a week, and that none will."""
    return NewAlert(
        kind=Kind.HEARTBEAT_MISSED,
        severity=Severity.CRITICAL,
        dedupe_key=f"{Kind.HEARTBEAT_MISSED}:{slot.week}",
        subject=f"heartbeat:{slot.week}",
        summary=(
            f"No heartbeat went out for {slot.week}, due {words_of(slot.due_at)}. It is too late"
            " to send it; the next one will say so."
        ),
        at=now,
        path="/desk/heartbeats",
        data={"week": slot.week},
    )


def words_of(moment: datetime) -> str:
    """An instant as texts say it, such as `22 Nov 2026, 12:00 UTC`."""
    utc = moment.astimezone(UTC)
    return f"{utc.day} {utc:%b %Y, %H:%M} UTC"


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a local time that may not exist, or may exist twice."""
    while True:
        moment = local.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == local:
            return moment
        local += MINUTE


def _due(slot: Slot) -> datetime:
    return slot.due_at


def _name(day: date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def _oldest(snapshot: Snapshot) -> datetime:
    """The moment of the oldest figure that is told."""
    checks = [item.checked_at for item in snapshot.chains if item.checked_at is not None]
    return min([snapshot.as_of, *checks])


def _short(text: str) -> str:
    """At most as long as the summary of an alert may be."""
    most = 300
    return text if len(text) <= most else f"{text[: most - 1]}…"

"""What an alert is: its kinds and severities, the words it goes out with. Pure.

A summary is a sentence of ours. No word, name, address or wallet of a requester is in it; who
needs more opens the link and signs in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from trustops.channels.rules import Message


class Severity(StrEnum):
    """How urgent an alert is, the least first."""

    INFO = "info"
    WARNING = "warning"
    HIGH = "high"
    CRITICAL = "critical"


class Kind(StrEnum):
    """What an alert can be about."""

    AT_RISK = "sla.at_risk"
    BREACHED = "sla.breached"
    ANSWER_HELD = "answer.held"
    PIECES_OUT = "guard.pieces_out"
    JOB_SILENT = "job.silent"
    JOB_FAILED = "job.failed"
    FLOOD = "tickets.flood"
    CONTENT_BROKEN = "content.broken"
    EXCHANGES_STALE = "exchanges.stale"
    OFFICIAL_WITHHELD = "official.withheld"
    CHAIN_UNREAD = "chain.unread"
    CHAIN_CONFLICT = "chain.conflict"
    HEARTBEAT_WAITS = "heartbeat.waits"
    HEARTBEAT_MISSED = "heartbeat.missed"
    SIGN_INS_FAILED = "sign_in.failed"
    SIGN_INS_SPRAYED = "sign_in.sprayed"
    TEST = "alert.test"


DELIVERY_KIND = "alert"
"""The kind of every delivery that carries an alert; `message_of` writes its message."""

SIGN_INS = "sign_in."
"""What the keys of all alerts about sign-ins begin with."""

LONGEST_SUMMARY = 300
LONGEST_DEDUPE_KEY = 160
LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class NewAlert:
    """Something that needs a person. One alert opens for each `dedupe_key`, ever.

    What opens again after it was over takes `reopening_key`.

    `subject` is the thing it is about, such as `ticket:41`; `ticket` its reference, if any; `at`
    the aware instant at which it happened; `path` the page of ours that shows it.
    """

    kind: str
    severity: Severity
    dedupe_key: str
    subject: str
    summary: str
    at: datetime
    ticket: str | None = None
    path: str = "/desk/alerts"
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse an alert that could not be stored or sent as it is.

        Raises:
            ValueError: the kind is unknown, a text is too long or broken, the time has no zone.
        """
        if self.kind not in set(Kind):
            raise ValueError("an alert is of a known kind")
        if not 0 < len(self.dedupe_key) <= LONGEST_DEDUPE_KEY:
            raise ValueError("a dedupe key is neither empty nor too long")
        if not 0 < len(self.summary) <= LONGEST_SUMMARY or not self.summary.isprintable():
            raise ValueError("a summary is one short line")
        if not self.path.startswith("/") or len(self.path) > LONGEST_PATH:
            raise ValueError("a path begins at our root")
        if self.at.tzinfo is None:
            raise ValueError("an instant needs a time zone")


def precedence(severity: str, opened_at: datetime, *, waits: bool) -> tuple[bool, int, datetime]:
    """By what the alert that stands for its ticket is chosen: it is the greatest.

    One that waits for somebody comes before one that does not, then goes the more urgent, then
    the one that was opened later.
    """
    return waits, list(Severity).index(Severity(severity)), opened_at


def body_of(public_id: str, new: NewAlert, base_url: str) -> dict[str, Any]:
    """What goes out for an alert: the body of the webhook, and all that the other channels know."""
    return {
        "id": public_id,
        "kind": str(new.kind),
        "severity": str(new.severity),
        "ticket": new.ticket,
        "dedupe_key": new.dedupe_key,
        "at": new.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "url": f"{base_url}{new.path}",
        "summary": new.summary,
    }


def message_of(body: Mapping[str, Any]) -> Message:
    """The message of an alert for every channel, from what its delivery holds."""
    severity = str(body["severity"]).capitalize()
    lines = (
        body["summary"],
        "",
        f"Severity: {severity}",
        f"Kind: {body['kind']}",
        f"Since: {body['at']} (UTC)",
        f"Look at it and acknowledge it: {body['url']}",
        "",
        f"Alert {body['id']}. This message was sent automatically by TrustOps Desk.",
    )
    return Message(
        id=body["id"],
        subject=f"[{severity}] {body['summary']}",
        text="\n".join(lines),
        fields=dict(body),
    )


def reopening_key(key: str, before: int) -> str:
    """The dedupe key of one more opening of an alert, by how often it was opened before."""
    return f"{key}:{before + 1}" if before else key


def job_subject(name: str) -> str:
    """The subject of all alerts about a job; its next good run resolves them."""
    return f"job:{name}"


def job_silent(name: str, *, last_beat: datetime | None, at: datetime) -> NewAlert:
    """A job gave no sign of life for longer than it may; one alert for each silence."""
    since = last_beat.astimezone(UTC).isoformat(timespec="seconds") if last_beat else "never"
    heard = f"since {last_beat.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if last_beat else "at all"
    return NewAlert(
        kind=Kind.JOB_SILENT,
        severity=Severity.CRITICAL,
        dedupe_key=f"{Kind.JOB_SILENT}:{name}:{since}",
        subject=job_subject(name),
        summary=f"The job {name} has not run {heard}. Check that a worker is running.",
        at=at,
        data={"job": name},
    )


def job_failed(name: str, *, at: datetime) -> NewAlert:
    """A job ended with an error; one alert an hour at most, however often it runs."""
    hour = at.astimezone(UTC).strftime("%Y-%m-%dT%H")
    return NewAlert(
        kind=Kind.JOB_FAILED,
        severity=Severity.HIGH,
        dedupe_key=f"{Kind.JOB_FAILED}:{name}:{hour}",
        subject=job_subject(name),
        summary=f"The job {name} ended with an error. Its log tells which.",
        at=at,
        data={"job": name},
    )


def sign_ins_failed(subject: str, *, name: str, began_at: datetime, at: datetime) -> NewAlert:
    """Many sign-ins failed within an hour: on the account of a person, or on many accounts.

    One alert for each run. It names nobody but members of staff: what strangers typed as an
    address stands nowhere.

    Args:
        subject: what the run is about, such as `staff:7`.
        name: the person's name; empty for a run over many accounts.
        began_at: when its hour began, an aware instant.
        at: when it was noticed, an aware instant.
    """
    kind = Kind.SIGN_INS_FAILED if name else Kind.SIGN_INS_SPRAYED
    summary = (
        f"Many sign-ins as {name} failed within an hour, so somebody may be guessing the password."
        " The account stays open to the right one."
        if name
        else "Sign-ins under many addresses failed within an hour, so somebody may be trying"
        " passwords on all of them. The accounts stay open to the right ones."
    )
    since = began_at.astimezone(UTC).isoformat()
    return NewAlert(
        kind=kind,
        severity=Severity.WARNING,
        dedupe_key=f"{kind}:{subject}:{since}",
        subject=subject,
        summary=summary,
        at=at,
        data={"began_at": since},
    )


def trial_alert(*, at: datetime, asked_by: str) -> NewAlert:
    """An alert that means nothing but that alerts arrive. `asked_by` keeps two clicks apart."""
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    return NewAlert(
        kind=Kind.TEST,
        severity=Severity.INFO,
        dedupe_key=f"{Kind.TEST}:{asked_by}:{moment}",
        subject="alerts",
        summary="This is a test. Alerts of this desk reach you here.",
        at=at,
    )

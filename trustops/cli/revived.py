"""What a restore would bring back to life: looked up before, taken back after, told by name.

What ended since the backup stays ended where the replaced database still knew it: a token that was
revoked may be in the wrong hands. What nobody can decide for the operator is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from trustops.accounts.models import ApiToken, Staff, StaffInvite
from trustops.accounts.services import disable, revoke_token
from trustops.cli.people import OPERATOR
from trustops.db import Session
from trustops.official.models import OfficialVersion
from trustops.posts.models import Heartbeat
from trustops.tickets.models import Ticket, TicketLink

MOST_NAMES = 20
REVIEW = "Look at each: trustops token list, trustops user list."
NOT_KNOWN = (
    "What was ended since the backup cannot be known here, for there was nothing to compare it "
    "with. Live again are:"
)


@dataclass(frozen=True, slots=True)
class Person:
    """What let somebody in: role, password as a hash, and whether they were locked out."""

    role: str
    password_hash: str | None
    disabled: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What a database knew of what lets people and programs in, and of what went out.

    Tokens by their public id, people by address, links by their hash: True while they worked.
    """

    tokens: Mapping[str, bool] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    invites: Mapping[str, bool] = field(default_factory=dict)
    links: Mapping[str, bool] = field(default_factory=dict)
    manifests: frozenset[tuple[str, int, str, datetime]] = frozenset()
    sent: frozenset[str] = frozenset()
    tickets: frozenset[str] = frozenset()


def known_to(engine: Engine) -> Known | None:
    """What the database of an engine knows; None where it is empty or cannot be read."""
    try:
        with Session(engine) as session:
            return _known(session)
    except SQLAlchemyError:
        return None


def _known(session: Session) -> Known | None:
    people = session.execute(
        select(Staff.email, Staff.role, Staff.password_hash, Staff.disabled_at)
    )
    tokens = session.execute(select(ApiToken.public_id, ApiToken.revoked_at))
    invites = session.execute(select(StaffInvite.token_hash, StaffInvite.used_at))
    links = session.execute(
        select(TicketLink.token_hash, TicketLink.revoked_at, TicketLink.used_at)
    )
    manifests = session.execute(
        select(
            OfficialVersion.key_id,
            OfficialVersion.version,
            OfficialVersion.sha256,
            OfficialVersion.accepted_at,
        )
    )
    known = Known(
        people={row[0]: Person(row[1], row[2], row[3] is not None) for row in people},
        tokens={name: ended is None for name, ended in tokens},
        invites={name: used is None for name, used in invites},
        links={name: revoked is None and used is None for name, revoked, used in links},
        manifests=frozenset((row[0], row[1], row[2], row[3]) for row in manifests),
        sent=frozenset(
            session.scalars(select(Heartbeat.iso_week).where(Heartbeat.sent_at.is_not(None)))
        ),
        tickets=frozenset(session.scalars(select(Ticket.reference))),
    )
    return None if known == Known() else known


def take_back(session: Session, now: datetime, before: Known | None) -> list[str]:
    """End again what had ended since the backup, and tell it; without `before`, tell what lives.

    Args:
        session: a writing session on the restored database.
        now: an aware instant.
        before: what the replaced database knew, None where there was none.
    """
    if before is None:
        return list(_alive(session, now))
    lines = [
        *_tokens(session, now, before),
        *_people(session, now, before),
        *_one_time_links(session, now, before),
        *_manifests(session, before),
        *_gone(session, before),
    ]
    return lines or ["Nothing that had been ended since the backup came back to life."]


def _tokens(session: Session, now: datetime, before: Known) -> Iterator[str]:
    rows = session.scalars(select(ApiToken).where(ApiToken.revoked_at.is_(None))).all()
    ended = [row for row in rows if before.tokens.get(row.public_id) is False]
    for row in ended:
        revoke_token(session, now, public_id=row.public_id, actor=OPERATOR)
    yield from _line(
        "{} API tokens that had been revoked since the backup stay revoked",
        [f"{row.name} ({row.public_id})" for row in ended],
    )


def _people(session: Session, now: datetime, before: Known) -> Iterator[str]:
    rows = [(row, before.people.get(row.email)) for row in session.scalars(select(Staff)).all()]
    locked = [row for row, was in rows if was and was.disabled and row.disabled_at is None]
    for row in locked:
        disable(session, now, staff_id=row.id, actor=OPERATOR)
    yield from _line(
        "{} people who had been locked out since the backup stay locked out",
        [f"{row.name} <{row.email}>" for row in locked],
    )
    yield from _line(
        "{} people have the role of the time of the backup again; `trustops user role` changes it",
        [
            f"{row.name} <{row.email}>, {row.role} and not {was.role}"
            for row, was in rows
            if was and was.role != row.role
        ],
    )
    yield from _line(
        "{} passwords that had been changed since are the earlier ones again; "
        "`trustops user reset` gives a link to set another",
        [
            f"{row.name} <{row.email}>"
            for row, was in rows
            if was and was.password_hash != row.password_hash and row.password_hash
        ],
    )
    missing = sorted(set(before.people) - {row.email for row, _ in rows})
    yield from _line("{} people who came after the backup are gone; invite them again", missing)


def _one_time_links(session: Session, now: datetime, before: Known) -> Iterator[str]:
    """Invitations and private links that were used up or taken back."""
    invites = session.scalars(select(StaffInvite).where(StaffInvite.used_at.is_(None))).all()
    used = [row for row in invites if before.invites.get(row.token_hash) is False]
    for invite in used:
        invite.used_at = now
    yield from _line(
        "{} links to set a password that had been used since the backup work no more",
        [f"{row.staff.name} <{row.staff.email}>" for row in used],
    )
    links = session.scalars(
        select(TicketLink).where(TicketLink.revoked_at.is_(None), TicketLink.used_at.is_(None))
    ).all()
    revoked = [row for row in links if before.links.get(row.token_hash) is False]
    for link in revoked:
        link.revoked_at = now
    if revoked:
        yield f"{len(revoked)} private links of tickets that had ended since work no more."


def _manifests(session: Session, before: Known) -> Iterator[str]:
    """Manifests that were accepted since: what is older stays refused."""
    rows = session.execute(select(OfficialVersion.key_id, OfficialVersion.version))
    have = {(key, version) for key, version in rows}
    newer = sorted(item for item in before.manifests if item[:2] not in have)
    session.add_all(
        OfficialVersion(key_id=key, version=version, sha256=sha256, accepted_at=at)
        for key, version, sha256, at in newer
    )
    yield from _line(
        "{} manifests of official addresses that were accepted since stay known, so no older one "
        "is trusted",
        [f"version {item[1]} of key {item[0]}" for item in newer],
    )


def _gone(session: Session, before: Known) -> Iterator[str]:
    """What came or went out after the backup, and stands in no row any more."""
    weeks = set(session.scalars(select(Heartbeat.iso_week).where(Heartbeat.sent_at.is_not(None))))
    yield from _line(
        "{} heartbeats went out after the backup; they wait for a person and are not sent again "
        "by themselves",
        sorted(before.sent - weeks),
    )
    tickets = set(session.scalars(select(Ticket.reference)))
    yield from _line(
        "{} tickets came after the backup and are gone", sorted(before.tickets - tickets)
    )


def _alive(session: Session, now: datetime) -> Iterator[str]:
    """Everything that lets somebody in, where nothing is known of what ended since."""
    yield NOT_KNOWN
    tokens = session.scalars(
        select(ApiToken)
        .where(ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
        .order_by(ApiToken.id)
    ).all()
    yield from _line("{} API tokens", [f"{row.name} ({row.public_id})" for row in tokens])
    people = session.scalars(
        select(Staff).where(Staff.disabled_at.is_(None)).order_by(Staff.id)
    ).all()
    yield from _line(
        "{} people who can sign in", [f"{row.name} <{row.email}>, {row.role}" for row in people]
    )
    invites = session.scalars(
        select(StaffInvite)
        .where(StaffInvite.used_at.is_(None), StaffInvite.expires_at > now)
        .order_by(StaffInvite.id)
    ).all()
    yield from _line(
        "{} links to set a password", [f"{row.staff.name} <{row.staff.email}>" for row in invites]
    )
    yield REVIEW


def _line(words: str, names: Sequence[str]) -> Iterator[str]:
    """A sentence with its count and names, where there are any."""
    if names:
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        yield f"{words.format(len(names))}: {'; '.join(names[:MOST_NAMES])}{more}."

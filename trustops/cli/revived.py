"""What a restore would bring back to life: taken back where the replaced database knew of it.

What ended since the backup stays ended: a token that was revoked may be in the wrong hands. What
the replaced database does not know any more has ended too, for it forgets what is long over. What
nobody can decide for the operator is told by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select

from trustops.accounts.models import ApiToken, Staff, StaffInvite
from trustops.accounts.services import disable, revoke_token
from trustops.cli.known import AcceptedList, ChangeOfKey, Known, Person, keys_of, lists_of
from trustops.cli.people import OPERATOR
from trustops.db import Session
from trustops.official.models import OfficialKey, OfficialVersion
from trustops.posts.models import Heartbeat
from trustops.tickets.models import Ticket, TicketLink

MOST_NAMES = 20
REVIEW = "Look at each: trustops token list, trustops user list."
NOT_KNOWN = (
    "What was ended since the backup cannot be known here, for there was nothing to compare it "
    "with. Live again are:"
)


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
        *_lost_tokens(session, before),
        *_people(session, now, before),
        *_invites(session, now, before),
        *_private_links(session, now, before),
        *_keys(session, before),
        *_lists(session, before),
        *_gone(session, before),
    ]
    return lines or ["Nothing that had been ended since the backup came back to life."]


def _tokens(session: Session, now: datetime, before: Known) -> Iterator[str]:
    rows = session.scalars(select(ApiToken).where(ApiToken.revoked_at.is_(None))).all()
    ended = [row for row in rows if before.tokens.get(row.public_id) is False]
    for row in ended:
        revoke_token(session, now, public_id=row.public_id, actor=OPERATOR)
    yield from _line(
        "API tokens that had been revoked since the backup stay revoked", map(_of_token, ended)
    )
    yield from _line(
        "API tokens work again that the replaced database did not have; revoke what you do not "
        "know",
        [
            _of_token(row)
            for row in rows
            if row.public_id not in before.tokens and row.expires_at > now
        ],
    )


def _lost_tokens(session: Session, before: Known) -> Iterator[str]:
    have = set(session.scalars(select(ApiToken.public_id)))
    yield from _line(
        "API tokens that came after the backup are gone; programs that use one need another",
        [
            f"{before.token_names[key]} ({key})"
            for key, works in before.tokens.items()
            if works and key not in have
        ],
    )


def _people(session: Session, now: datetime, before: Known) -> Iterator[str]:
    everybody = session.scalars(select(Staff)).all()
    rows = [(row, before.people[row.email]) for row in everybody if row.email in before.people]
    locked = [row for row, was in rows if was.disabled and row.disabled_at is None]
    for row in locked:
        disable(session, now, staff_id=row.id, actor=OPERATOR)
    for row, was in rows:
        # A browser that had become a stranger stays one.
        row.device_generation = max(row.device_generation, was.devices)
    yield from _line(
        "People who had been locked out since the backup stay locked out", map(_of_person, locked)
    )
    yield from _changed(rows)
    yield from _line(
        "People can sign in again whom the replaced database did not have; `trustops user disable` "
        "locks one out",
        [
            f"{_of_person(row)}, {row.role}"
            for row in everybody
            if row.email not in before.people and row.password_hash and row.disabled_at is None
        ],
    )
    missing = sorted(set(before.people) - {row.email for row in everybody})
    yield from _line("People who came after the backup are gone; invite them again", missing)


def _changed(rows: Sequence[tuple[Staff, Person]]) -> Iterator[str]:
    """Roles and passwords that are those of the backup: an operator decides on them."""
    yield from _line(
        "People have the role of the time of the backup again; `trustops user role` changes it",
        [
            f"{_of_person(row)}, {row.role} and not {was.role}"
            for row, was in rows
            if was.role != row.role
        ],
    )
    yield from _line(
        "Passwords that had been changed since are the earlier ones again; `trustops user reset` "
        "gives a link to set another",
        [
            _of_person(row)
            for row, was in rows
            if was.password_hash != row.password_hash and row.password_hash
        ],
    )


def _invites(session: Session, now: datetime, before: Known) -> Iterator[str]:
    """Links to set a password: used, replaced by a later one, or forgotten since."""
    ended = [
        row
        for row in session.scalars(
            select(StaffInvite).where(StaffInvite.used_at.is_(None), StaffInvite.expires_at > now)
        )
        if (until := before.invites.get(row.token_hash)) is None or until < row.expires_at
    ]
    for row in ended:
        row.expires_at = now
    yield from _line(
        "Links to set a password that had been used or replaced since the backup work no more; "
        "`trustops user reset` gives another",
        [_of_person(row.staff) for row in ended],
    )


def _private_links(session: Session, now: datetime, before: Known) -> Iterator[str]:
    """Private links of tickets; one of a ticket that only the backup has goes on working."""
    rows = session.execute(
        select(TicketLink, Ticket.reference)
        .join(Ticket, Ticket.id == TicketLink.ticket_id)
        .where(TicketLink.revoked_at.is_(None), TicketLink.used_at.is_(None))
        .where(TicketLink.expires_at > now)
    )
    ended = [
        (link, reference)
        for link, reference in rows
        if not before.links.get(link.token_hash, reference not in before.tickets)
    ]
    for link, _ in ended:
        link.revoked_at = now
    yield from _line(
        "Private links of tickets that had ended since the backup work no more",
        [reference for _, reference in ended],
    )


def _keys(session: Session, before: Known) -> Iterator[str]:
    """The key that was accepted last stays the one that counts; an earlier one may have leaked."""
    have = keys_of(session)
    newer = [key for key in before.keys if key not in have]
    for key in newer:
        _add_key(session, key)
    yield from _line(
        "Keys of official addresses that were accepted since the backup stay accepted, and the "
        "last of them counts",
        [f"{key.key_id}, since {key.accepted_at:%Y-%m-%d %H:%M} UTC" for key in newer],
    )


def _add_key(session: Session, key: ChangeOfKey) -> None:
    last = session.scalar(select(func.max(OfficialKey.id))) or 0
    session.add(
        OfficialKey(
            previous_id=last,
            key_id=key.key_id,
            line=key.line,
            accepted_by=key.accepted_by,
            host=key.host,
            accepted_at=key.accepted_at,
        )
    )
    session.flush()  # the next one follows upon this one


def _lists(session: Session, before: Known) -> Iterator[str]:
    """Signed lists that were accepted since: what is older stays refused."""
    have = {(item.key_id, item.version) for item in lists_of(session)}
    newer = [item for item in before.lists if (item.key_id, item.version) not in have]
    session.add_all(map(_row_of_list, newer))
    yield from _line(
        "Lists of official addresses that were accepted since the backup stay known, so no older "
        "one is trusted",
        [f"version {item.version} of key {item.key_id}" for item in newer],
    )


def _row_of_list(item: AcceptedList) -> OfficialVersion:
    return OfficialVersion(
        key_id=item.key_id,
        version=item.version,
        sha256=item.sha256,
        accepted_at=item.accepted_at,
        expires_at=item.expires_at,
        next_keys=item.next_keys,
    )


def _gone(session: Session, before: Known) -> Iterator[str]:
    """What came or went out after the backup, and stands in no row any more."""
    weeks = set(session.scalars(select(Heartbeat.iso_week).where(Heartbeat.sent_at.is_not(None))))
    yield from _line(
        "Heartbeats went out after the backup; they wait for a person and are not sent again by "
        "themselves",
        sorted(before.sent - weeks),
    )
    tickets = set(session.scalars(select(Ticket.reference)))
    yield from _line("Tickets came after the backup and are gone", sorted(before.tickets - tickets))


def _alive(session: Session, now: datetime) -> Iterator[str]:
    """Everything that lets somebody in, where nothing is known of what ended since."""
    yield NOT_KNOWN
    tokens = session.scalars(
        select(ApiToken)
        .where(ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
        .order_by(ApiToken.id)
    )
    yield from _line("API tokens", map(_of_token, tokens))
    people = session.scalars(
        select(Staff)
        .where(Staff.disabled_at.is_(None), Staff.password_hash.is_not(None))
        .order_by(Staff.id)
    )
    yield from _line("People who can sign in", [f"{_of_person(row)}, {row.role}" for row in people])
    invites = session.scalars(
        select(StaffInvite)
        .where(StaffInvite.used_at.is_(None), StaffInvite.expires_at > now)
        .order_by(StaffInvite.id)
    )
    yield from _line("Links to set a password", [_of_person(row.staff) for row in invites])
    yield REVIEW


def _of_token(row: ApiToken) -> str:
    return f"{row.name} ({row.public_id})"


def _of_person(row: Staff) -> str:
    return f"{row.name} <{row.email}>"


def _line(words: str, names: Iterable[str]) -> Iterator[str]:
    """A sentence with its count and names, where there are any."""
    several = list(names)
    if several:
        left = len(several) - MOST_NAMES
        more = f" and {left} more" if left > 0 else ""
        yield f"{words} ({len(several)}): {'; '.join(several[:MOST_NAMES])}{more}."

"""Tokens of programs are shown once, have scopes and an end, and can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.accounts.people import OPERATOR, events
from tests.fakes import FakeClock
from trustops.accounts.models import ApiToken
from trustops.accounts.queries import api_tokens
from trustops.accounts.rules import parse_token
from trustops.accounts.services import add_token, revoke_token
from trustops.db import Session
from trustops.errors import InvalidInputError, NotFoundError
from trustops.keys import token_hash

SCOPES = ["tickets:write", "tickets:read", "tickets:read"]


def added(session: Session, clock: FakeClock, name: str = "Import") -> tuple[ApiToken, str]:
    """A token of 90 days that reads and writes tickets."""
    return add_token(
        session,
        clock.now(),
        name=name,
        scopes=SCOPES,
        lifetime=timedelta(days=90),
        actor=OPERATOR,
    )


def test_a_token_is_stored_by_its_public_id_and_the_hash_of_its_secret(
    session: Session, clock: FakeClock
) -> None:
    """The token itself is known to its holder alone."""
    row, plain = added(session, clock)
    parts = parse_token(plain)
    assert parts is not None
    assert (row.public_id, row.secret_hash) == (parts.public_id, token_hash(parts.secret))
    assert parts.secret not in repr(row.__dict__)


def test_a_token_has_each_scope_once_and_ends_after_its_lifetime(
    session: Session, clock: FakeClock
) -> None:
    """There is no token without an end."""
    row, _plain = added(session, clock)
    assert row.scopes == ["tickets:read", "tickets:write"]
    assert row.expires_at == clock.now() + timedelta(days=90)
    [event] = events(session, "token.added")
    assert event.subject == f"token:{row.public_id}"


@pytest.mark.parametrize(
    ("name", "scopes", "days", "fields"),
    [
        ("", ["tickets:read"], 1, ["name"]),
        ("Import", [], 1, ["scope"]),
        ("Import", ["tickets:*", "staff:write"], 1, ["scope", "scope"]),
        ("Import", ["tickets:read"], 0, ["days"]),
        ("Import", ["tickets:read"], 367, ["days"]),
        ("", ["everything"], -1, ["scope", "days", "name"]),
    ],
)
def test_a_token_without_name_known_scope_or_end_is_refused(
    session: Session,
    clock: FakeClock,
    *,
    name: str,
    scopes: list[str],
    days: int,
    fields: list[str],
) -> None:
    """Every fault is told at once; nothing is made."""
    with pytest.raises(InvalidInputError) as refused:
        add_token(
            session,
            clock.now(),
            name=name,
            scopes=scopes,
            lifetime=timedelta(days=days),
            actor=OPERATOR,
        )
    assert [item.field for item in refused.value.errors] == fields
    assert not api_tokens(session)


def test_a_token_is_revoked_once_and_stays_in_the_list(session: Session, clock: FakeClock) -> None:
    """History is kept: the list shows what there was."""
    row, _plain = added(session, clock)
    for _ in range(2):
        revoke_token(session, clock.now(), public_id=row.public_id, actor=OPERATOR)
        clock.advance(hours=1)
    [listed] = api_tokens(session)
    assert listed.revoked_at == clock.now() - timedelta(hours=2)
    assert len(events(session, "token.revoked")) == 1


def test_an_unknown_token_cannot_be_revoked(session: Session, clock: FakeClock) -> None:
    """A mistyped id is told, so that nobody believes a token dead that lives."""
    with pytest.raises(NotFoundError):
        revoke_token(session, clock.now(), public_id="unknown", actor=OPERATOR)


def test_the_newest_token_is_listed_first(session: Session, clock: FakeClock) -> None:
    """Whoever made one looks for it at the top."""
    added(session, clock, "First")
    clock.advance(hours=1)
    added(session, clock, "Second")
    assert [row.name for row in api_tokens(session)] == ["Second", "First"]

"""Every request asks anew who is behind a cookie or token, and reading a page writes seldom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.accounts.people import (
    BETTER,
    GOOD,
    OPERATOR,
    cheap_passwords,
    person,
    session_of,
)
from tests.fakes import FakeClock
from trustops.accounts.authenticator import SignedIn, StaffAuthenticator
from trustops.accounts.models import ApiToken, Staff
from trustops.accounts.rules import assemble_token, parse_token
from trustops.accounts.services import (
    add_token,
    change_password,
    change_role,
    disable,
    end_sessions,
    new_link,
    revoke_token,
    set_password,
    sign_in,
    sign_out,
)
from trustops.db import start_writing
from trustops.errors import NotAuthenticatedError

GATE = StaffAuthenticator(demo=False)


def writing(engine: Engine, act: Callable[[Session], object]) -> None:
    """Do something in a transaction of its own and commit it."""
    with Session(engine) as session:
        start_writing(session)
        act(session)
        session.commit()


@pytest.fixture
def cookie(engine: Engine, clock: FakeClock) -> str:
    """The cookie of an agent who has just signed in."""
    tokens: list[str] = []

    def enter(session: Session) -> None:
        person(session, clock.now())
        _begun, token = sign_in(
            session,
            clock.now(),
            email="agent@example.org",
            password=GOOD,
            passwords=cheap_passwords(),
            demo=False,
        )
        tokens.append(token)

    writing(engine, enter)
    return tokens[0]


def asked(
    engine: Engine, clock: FakeClock, cookie: str, *, background: bool = False
) -> SignedIn | None:
    """Who is behind a cookie, as a request that only reads asks: nothing of it is committed."""
    with Session(engine) as session:
        return GATE.person(session, clock.now(), cookie=cookie, background=background)


def last_seen_ago(engine: Engine, clock: FakeClock, cookie: str) -> timedelta:
    """How long ago the session was last seen."""
    with Session(engine) as session:
        return clock.now() - session_of(session, cookie).last_seen_at


def test_a_cookie_names_a_person_with_a_name_a_role_and_its_permissions(
    engine: Engine, clock: FakeClock, cookie: str
) -> None:
    """What pages and access rules need, and no more."""
    found = asked(engine, clock, cookie)
    assert found is not None
    assert (found.name, found.role) == ("Agent", "agent")
    assert found.can("tickets.answer")
    assert not found.can("staff.manage")


def test_an_unknown_cookie_names_nobody(engine: Engine, clock: FakeClock, cookie: str) -> None:
    """Nor does an empty one, or the right one with a letter more."""
    for other in ("", "unknown", cookie + "x"):
        assert asked(engine, clock, other) is None


LOCK_OUTS: dict[str, Callable[[Session, FakeClock, int, str], object]] = {
    "logout": lambda session, clock, _id, cookie: sign_out(session, clock.now(), token=cookie),
    "logout everywhere": lambda session, clock, key, _cookie: end_sessions(
        session, clock.now(), staff_id=key, reason="everywhere", actor=OPERATOR
    ),
    "disabling": lambda session, clock, key, _cookie: disable(
        session, clock.now(), staff_id=key, actor=OPERATOR
    ),
    "another role": lambda session, clock, key, _cookie: change_role(
        session, clock.now(), staff_id=key, role="lead", actor=OPERATOR
    ),
    "another password": lambda session, clock, key, _cookie: change_password(
        session, clock.now(), staff_id=key, old=GOOD, new=BETTER, passwords=cheap_passwords()
    ),
    "a reset": lambda session, clock, key, _cookie: set_password(
        session,
        clock.now(),
        token=new_link(session, clock.now(), staff_id=key, actor=OPERATOR),
        password=BETTER,
        passwords=cheap_passwords(),
    ),
}


@pytest.mark.parametrize("act", sorted(LOCK_OUTS))
def test_a_session_dies_at_once(engine: Engine, clock: FakeClock, cookie: str, act: str) -> None:
    """Logout, disabling, another role and another password count from the next request on."""
    found = asked(engine, clock, cookie)
    assert found is not None
    writing(engine, lambda session: LOCK_OUTS[act](session, clock, found.id, cookie))
    assert asked(engine, clock, cookie) is None


def test_a_session_ends_after_half_an_hour_without_a_request(
    engine: Engine, clock: FakeClock, cookie: str
) -> None:
    """And not before: each request begins the half hour again."""
    clock.advance(minutes=29)
    assert asked(engine, clock, cookie)
    clock.advance(minutes=29)
    assert asked(engine, clock, cookie)
    clock.advance(minutes=30)
    assert asked(engine, clock, cookie) is None


def test_a_session_ends_after_twelve_busy_hours(
    engine: Engine, clock: FakeClock, cookie: str
) -> None:
    """However often somebody asks."""
    for _ in range(36):
        assert asked(engine, clock, cookie)
        clock.advance(minutes=20)
    assert asked(engine, clock, cookie) is None


def test_a_background_request_does_not_keep_a_session_alive(
    engine: Engine, clock: FakeClock, cookie: str
) -> None:
    """A page left open polls for ever; the person has gone."""
    for _ in range(3):
        clock.advance(minutes=9)
        assert asked(engine, clock, cookie, background=True)
    clock.advance(minutes=3)
    assert asked(engine, clock, cookie, background=True) is None


def test_reading_pages_writes_once_a_minute_at_most(
    engine: Engine, clock: FakeClock, cookie: str
) -> None:
    """Within the minute the session is left as it stands."""
    clock.advance(seconds=59)
    assert asked(engine, clock, cookie)
    assert last_seen_ago(engine, clock, cookie) == timedelta(seconds=59)
    clock.advance(seconds=1)
    assert asked(engine, clock, cookie)
    assert last_seen_ago(engine, clock, cookie) == timedelta(0)


def test_a_request_that_writes_takes_the_moment_along(
    engine: Engine, clock: FakeClock, cookie: str
) -> None:
    """It holds the write lock of SQLite; a second transaction would wait for it in vain."""
    clock.advance(minutes=5)
    writing(
        engine,
        lambda session: GATE.person(session, clock.now(), cookie=cookie, background=False),
    )
    assert last_seen_ago(engine, clock, cookie) == timedelta(0)


def test_demo_people_are_signed_in_on_a_demo_instance_alone(
    engine: Engine, clock: FakeClock, cookie: str
) -> None:
    """A session left over from a demo opens nothing once the instance is real."""
    writing(engine, lambda session: setattr(session.scalars(select(Staff)).one(), "demo", True))
    assert asked(engine, clock, cookie) is None
    with Session(engine) as session:
        demo = StaffAuthenticator(demo=True)
        assert demo.person(session, clock.now(), cookie=cookie, background=True)


@pytest.fixture
def token(engine: Engine, clock: FakeClock) -> str:
    """A token that reads tickets for a day."""
    tokens: list[str] = []

    def add(session: Session) -> None:
        _row, plain = add_token(
            session,
            clock.now(),
            name="Import",
            scopes=["tickets:read"],
            lifetime=timedelta(days=1),
            actor=OPERATOR,
        )
        tokens.append(plain)

    writing(engine, add)
    return tokens[0]


def bearer_scopes(engine: Engine, clock: FakeClock, header: str) -> frozenset[str]:
    """The scopes of the program behind a header."""
    with Session(engine) as session:
        return GATE.bearer(session, clock.now(), header=header).scopes


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER  "])
def test_a_token_names_a_program_with_its_scopes(
    engine: Engine, clock: FakeClock, token: str, scheme: str
) -> None:
    """The name of the scheme is read in any case (RFC 9110, 11.1)."""
    with Session(engine) as session:
        found = GATE.bearer(session, clock.now(), header=scheme + token)
    assert found.name == "Import"
    assert token.startswith(f"tod_{found.public_id}_")
    assert found.has("tickets:read")
    assert not found.has("tickets:write")


def test_a_header_that_is_no_valid_token_is_refused_with_one_text(
    engine: Engine, clock: FakeClock, token: str
) -> None:
    """Another scheme, a typing mistake, an unknown id and a wrong secret look alike."""
    parts = parse_token(token)
    assert parts is not None
    headers = [
        "",
        f"Basic {token}",
        token,
        f"Bearer {token[:-1]}",
        f"Bearer {assemble_token('0' * 10, parts.secret)}",
        f"Bearer {assemble_token(parts.public_id, '0' * 43)}",
    ]
    texts = set()
    for header in headers:
        with pytest.raises(NotAuthenticatedError) as refused:
            bearer_scopes(engine, clock, header)
        texts.add(str(refused.value))
    assert len(texts) == 1


def test_a_token_is_over_at_its_end(engine: Engine, clock: FakeClock, token: str) -> None:
    """At the very instant, not one request later."""
    clock.advance(days=1, microseconds=-1)
    assert bearer_scopes(engine, clock, f"Bearer {token}")
    clock.advance(microseconds=1)
    with pytest.raises(NotAuthenticatedError):
        bearer_scopes(engine, clock, f"Bearer {token}")


def test_a_revoked_token_is_refused_from_the_next_request_on(
    engine: Engine, clock: FakeClock, token: str
) -> None:
    """Revoking is for leaks, so it cannot wait."""
    assert bearer_scopes(engine, clock, f"Bearer {token}")
    public_id = token.split("_")[1]
    writing(
        engine,
        lambda session: revoke_token(session, clock.now(), public_id=public_id, actor=OPERATOR),
    )
    with pytest.raises(NotAuthenticatedError):
        bearer_scopes(engine, clock, f"Bearer {token}")


def test_the_last_use_of_a_token_is_written_once_a_minute_at_most(
    engine: Engine, clock: FakeClock, token: str
) -> None:
    """An operator sees which tokens are still in use, to the minute."""
    first = clock.now()
    for seconds, expected in ((0, first), (59, first), (1, first + timedelta(minutes=1))):
        clock.advance(seconds=seconds)
        bearer_scopes(engine, clock, f"Bearer {token}")
        with Session(engine) as session:
            assert session.scalars(select(ApiToken.last_used_at)).one() == expected

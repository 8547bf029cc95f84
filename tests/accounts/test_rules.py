"""Who may do what, which passwords and tokens have the right form, and when a session is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOON
from trustops.accounts.rules import (
    ALPHABET,
    PERMISSIONS,
    ROLES,
    SCOPES,
    assemble_token,
    local_path,
    needs_touch,
    normalise_email,
    normalise_name,
    parse_token,
    password_fault,
    role_permits,
    session_is_alive,
)

READS = {"desk.read", "tickets.read", "reports.read"}
ANSWERS = READS | {"tickets.answer", "alerts.read"}
RELEASES = {"answers.release", "deliveries.decide", "heartbeats.approve"}
DECIDES = ANSWERS | RELEASES | {"alerts.acknowledge"}

GRANTED = {
    "viewer": READS,
    "agent": ANSWERS,
    "lead": DECIDES,
    "ops": DECIDES - {"tickets.answer", "answers.release", "heartbeats.approve"},
    "publisher": {"desk.read", "heartbeats.approve"},
    "admin": DECIDES | {"staff.manage"},
    "auditor": READS | {"alerts.read"},
}

EMAIL, NAME = "first.agent@example.org", "First Agent Desk"


@pytest.mark.parametrize("role", sorted(GRANTED))
def test_a_role_permits_what_is_granted_and_nothing_else(role: str) -> None:
    """Deny by default: every permission that is not named for a role is refused."""
    assert {item for item in PERMISSIONS if role_permits(role, item)} == GRANTED[role]


def test_there_are_no_roles_beside_the_seven() -> None:
    """The table above is complete."""
    assert set(ROLES) == set(GRANTED)


def test_an_unknown_role_and_an_unknown_permission_are_refused() -> None:
    """What nobody wrote down is not allowed."""
    assert not role_permits("owner", "desk.read")
    assert not role_permits("admin", "everything")


def test_the_scopes_of_tokens_are_four() -> None:
    """A scope is taken from this list or not at all."""
    assert {"tickets:read", "tickets:write", "reports:read"} == SCOPES


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("eleven char", "at least 12"),
        ("ab" * 129, "at most 256"),
        ("aaaaaaaaaaaa", "more than one character"),
        ("first.agent@example.org", "other than your name"),
        ("FIRST.agent@example.ORG", "other than your name"),
        ("first agent desk", "other than your name"),
        ("F.i.r.s.t.AgentDesk", "other than your name"),
        ("Password1234", "tried first"),
        ("correct horse battery staple", "tried first"),
        ("Password１２３４", "tried first"),
        ("e\u0301" * 6, "at least 12"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason(
    password: str, words: str
) -> None:
    """Length and a list of what is tried first; no rule about digits or signs."""
    fault = password_fault(password, email=EMAIL, name=NAME)
    assert fault is not None
    assert words in fault


@pytest.mark.parametrize(
    "password", ["twelve chars", "ab" * 128, "пароль из слов", "first agent at the lake"]
)
def test_any_other_password_of_12_to_256_characters_is_taken(password: str) -> None:
    """Both borders are included, and every script is welcome."""
    assert password_fault(password, email=EMAIL, name=NAME) is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Agent@Example.ORG ", "agent@example.org"),
        ("m.l+desk@sub.example.org", "m.l+desk@sub.example.org"),
        ("\uff41gent\uff20example.org\u3000", "agent@example.org"),
        ("agent@example", None),
        ("agent example.org", None),
        ("agent@@example.org", None),
        ("agent@-example.org", None),
        ("agent@example.org\nBcc: x@example.org", None),
        ("m" * 65 + "@example.org", None),
        ("m@" + "a." * 130 + "org", None),
        ("", None),
    ],
)
def test_an_address_has_one_spelling_or_is_refused(typed: str, stored: str | None) -> None:
    """Case and spaces around it do not make another account."""
    assert normalise_email(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  First   Agent ", "First Agent"),
        ("김민준", "김민준"),
        ("m" * 120, "m" * 120),
        ("m" * 121, None),
        (" \t ", None),
        ("First\u202eAgent", None),
        ("Jose\u0301", "Jos\u00e9"),
    ],
)
def test_a_name_is_one_printable_line_of_up_to_120_characters(
    typed: str, stored: str | None
) -> None:
    """Marks that turn the direction of reading could pass one person off as another."""
    assert normalise_name(typed) == stored


@pytest.mark.parametrize(
    ("idle", "age", "alive"),
    [
        (timedelta(0), timedelta(0), True),
        (timedelta(minutes=30) - timedelta(microseconds=1), timedelta(hours=1), True),
        (timedelta(minutes=30), timedelta(hours=1), False),
        (timedelta(0), timedelta(hours=12) - timedelta(microseconds=1), True),
        (timedelta(0), timedelta(hours=12), False),
    ],
)
def test_a_session_is_over_after_30_idle_minutes_or_12_hours(
    idle: timedelta, age: timedelta, *, alive: bool
) -> None:
    """Each limit ends it by itself; at the very instant it is over."""
    expires_at = NOON - age + timedelta(hours=12)
    assert session_is_alive(NOON, last_seen_at=NOON - idle, expires_at=expires_at) is alive


def test_the_moment_of_last_use_is_written_once_a_minute_at_most() -> None:
    """The first use is always written."""
    assert needs_touch(NOON, None)
    assert needs_touch(NOON, NOON - timedelta(minutes=1))
    assert not needs_touch(NOON, NOON - timedelta(seconds=59))


PUBLIC_ID, SECRET = "k3J9xQ2mZp", "0aZ" * 14 + "b"


def test_a_token_is_prefix_public_id_secret_and_checksum() -> None:
    """The form is published, so that scanners of leaked secrets can find it."""
    token = assemble_token(PUBLIC_ID, SECRET)
    assert token.startswith(f"tod_{PUBLIC_ID}_{SECRET}")
    assert len(token) == len(f"tod_{PUBLIC_ID}_{SECRET}") + 6


@given(
    public_id=st.text(ALPHABET, min_size=10, max_size=10),
    secret=st.text(ALPHABET, min_size=43, max_size=43),
)
def test_a_token_that_was_put_together_can_be_taken_apart(public_id: str, secret: str) -> None:
    """Whatever the random part is, both halves come back."""
    parts = parse_token(assemble_token(public_id, secret))
    assert parts is not None
    assert (parts.public_id, parts.secret) == (public_id, secret)


@given(
    place=st.integers(4, len(f"tod_{PUBLIC_ID}_{SECRET}") + 5), character=st.sampled_from(ALPHABET)
)
def test_a_token_with_one_wrong_character_is_no_token(place: int, character: str) -> None:
    """CRC-32 finds every single mistake, without a question to the database."""
    token = assemble_token(PUBLIC_ID, SECRET)
    mistyped = token[:place] + character + token[place + 1 :]
    assert (parse_token(mistyped) is not None) == (mistyped == token)


@pytest.mark.parametrize(
    "text",
    [
        *("", "tod_", "tod__", "ghp_abc"),
        f"tod_{PUBLIC_ID}_{SECRET}",
        f"tod_{PUBLIC_ID}_{SECRET}000000",
    ],
)
def test_other_text_is_no_token(text: str) -> None:
    """A token without its checksum, or with another one, is none either."""
    assert parse_token(text) is None


@pytest.mark.parametrize(
    "target",
    ["/desk", "/desk/", "/desk/alerts", "/desk?view=mine&page=2", "/desk/t/MIG-7K3Q?x=%20"],
)
def test_after_signing_in_one_returns_to_a_page_of_the_desk(target: str) -> None:
    """The page that asked for signing in is where the person goes."""
    assert local_path(target, default="/desk") == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "/",
        "/support",
        "/deskx",
        "//evil.example",
        "/desk//evil.example",
        "/desk/../support",
        "/desk/\\evil.example",
        "/desk/\r\nSet-Cookie:x",
        "https://evil.example/desk",
        "javascript:alert(1)",
        "/desk/sign-in",
        "/desk/sign-out",
        "/desk/invite/abc",
    ],
)
def test_no_other_target_is_followed_after_signing_in(target: str | None) -> None:
    """Sign-in is no way to lure a person to another host or into a loop."""
    assert local_path(target, default="/desk") == "/desk"

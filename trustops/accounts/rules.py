"""What the accounts room decides without asking anybody: roles, scopes, passwords, lifetimes.

Pure: values in, values out. Whatever is not granted here is refused.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

PERMISSIONS = frozenset(
    {
        "desk.read",
        "tickets.read",
        "tickets.answer",
        "answers.release",
        "alerts.read",
        "alerts.acknowledge",
        "deliveries.decide",
        "heartbeats.approve",
        "reports.read",
        "staff.manage",
    }
)
"""Everything that a role can include."""

_VIEWER = frozenset({"desk.read", "tickets.read", "reports.read"})
_AGENT = _VIEWER | {"tickets.answer", "alerts.read"}
_RELEASES = {"answers.release", "deliveries.decide", "heartbeats.approve"}
_LEAD = _AGENT | _RELEASES | {"alerts.acknowledge"}

ROLES = MappingProxyType(
    {
        "viewer": _VIEWER,
        "agent": _AGENT,
        "lead": _LEAD,
        "ops": frozenset(
            {
                "desk.read",
                "tickets.read",
                "alerts.read",
                "alerts.acknowledge",
                "deliveries.decide",
                "reports.read",
            }
        ),
        "publisher": frozenset({"desk.read", "heartbeats.approve"}),
        "admin": _LEAD | {"staff.manage"},
        "auditor": frozenset({"desk.read", "tickets.read", "alerts.read", "reports.read"}),
    }
)
"""What each role may do. A publisher approves what goes out, and manages nobody."""

SCOPES = frozenset({"tickets:read", "tickets:write", "reports:read"})
"""What an API token can be given."""

INVITE_LIFETIME = timedelta(hours=72)
"""How long a link to set a password can be used."""

SESSION_IDLE = timedelta(minutes=30)
"""A session without a request for this long is over (OWASP ASVS 5.0, 7.3.1)."""

SESSION_ABSOLUTE = timedelta(hours=12)
"""A session is over after this long, however busy it is (OWASP ASVS 5.0, 7.3.2)."""

TOUCH_INTERVAL = timedelta(minutes=1)
"""How often at most the moment of last use is written, so that reading pages seldom writes."""

LONGEST_TOKEN_LIFETIME = timedelta(days=366)
"""Every API token expires; this is the furthest away that it may."""

RUN_WINDOW = timedelta(hours=1)
"""The hour in which failed sign-ins are counted, and the silence after which a run is over."""

RUN_FAILURES = 10
"""Failures on one account within the hour of which somebody is told. They lock nobody out."""

SPRAYED_ACCOUNTS = 10
"""Accounts with a failure within the hour of which somebody is told."""

MANY_ACCOUNTS = "sign_in"
"""The subject of a run over many accounts."""

DEVICE_LIFETIME = timedelta(days=180)
"""How long a browser that signed in is known; each sign-in begins it anew."""

MOST_DEVICES = 4
"""People whom one browser remembers: those who share a computer."""

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
LONGEST_NAME = 120
LONGEST_EMAIL = 254

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""Base62: the characters of an API token, which survive every copy and paste."""

PUBLIC_ID_LENGTH = 10
SECRET_LENGTH = 43
CHECKSUM_LENGTH = 6

_TOKEN = re.compile(
    rf"tod_([0-9A-Za-z]{{{PUBLIC_ID_LENGTH}}})"
    rf"_([0-9A-Za-z]{{{SECRET_LENGTH}}})([0-9A-Za-z]{{{CHECKSUM_LENGTH}}})"
)
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)

_TRIED_FIRST = r"""
    000000000000 010203040506 0123456789ab 112233445566 121212121212 123123123123 1234567890-=
    12345678900987654321 123456789012 1234567890123 12345678901234567890 1234567890qwerty
    1234567890qwertyuiop 12345678910 1234567891011 123456789abc 123456789abcdef 123456abcdef
    123qweasdzxc 1q2w3e4r5t6y 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx3edc 1qaz2wsx3edc4rfv 987654321098
    9876543210987654321 aaaabbbbcccc abc123abc123 abcabcabcabc abcd12345678 abcd1234abcd
    abcdefghijkl abcdefghijklmnop abcdefghijklmnopqrstuvwxyz admin1234567 adminadminadmin
    administrator asdfasdfasdf asdfghjkl123 asdfghjkl;'\ asdfghjklqwertyuiop changeme1234
    changemenow123 changemeplease computer1234 correcthorsebatterystaple defaultpassword
    football1234 footballfootball hunter2hunter2 iloveyou1234 iloveyou12345 iloveyouforever
    iloveyousomuch letmein12345 letmeinletmein letmeinplease liverpool123 manchester123
    mypassword123 nopassword123 p@ssw0rd1234 pa55word1234 passw0rd1234 password1234 password12345
    password123456 password1234567 password12345678 password123456789 password2025 password2026
    passwordpassword passwortpasswort princess1234 q1w2e3r4t5y6 qazwsxedcrfv qazwsxedcrfvtgb
    qwer1234asdf qwerasdfzxcv qwerty123456 qwerty1234567 qwertyqwerty qwertyuiop12 qwertyuiop123
    qwertyuiop1234567890 qwertyuiop[] qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm secret123456
    secretpassword summer202526 sunshine1234 superman1234 supersecret1 temporarypassword
    test12345678 testtesttest thisismypassword trustno1trustno1 trustopsdesk welcome12345
    welcome123456 welcomewelcome zaq12wsxcde3 zaq1xsw2cde3 zxcvbnmasdfghjkl
"""
_COMMON_PASSWORDS = frozenset(_TRIED_FIRST.split())
"""Long passwords that are tried first, in lower case and without spaces."""


@dataclass(frozen=True, slots=True)
class TokenParts:
    """A well-formed API token, taken apart: the public half and the secret half."""

    public_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that signed in to an account once. `nonce` tells it from every other one."""

    staff_id: int
    generation: int
    issued_at: datetime
    nonce: str


@dataclass(frozen=True, slots=True)
class Run:
    """Failed sign-ins of which somebody should be told.

    `subject` is `staff:7` or `MANY_ACCOUNTS`; `name` the person's, for one account.
    """

    subject: str
    name: str
    began_at: datetime


def device_is_too_old(device: Device, now: datetime) -> bool:
    """Whether a browser last signed in too long ago to be known."""
    return now - device.issued_at >= DEVICE_LIFETIME


def stands_for(device: Device, staff_id: int, generation: int) -> bool:
    """Whether a browser is known for this account, as the account's browsers count now."""
    return (device.staff_id, device.generation) == (staff_id, generation)


def role_permits(role: str, permission: str) -> bool:
    """Whether a role includes a permission; an unknown role includes nothing."""
    return permission in ROLES.get(role, frozenset())


def password_fault(password: str, *, email: str, name: str) -> str | None:
    """The sentence that says why a password is refused, or None when it may be used.

    Length, not composition, and a list of what is tried first: OWASP ASVS 5.0, 6.2. It is judged
    in the form in which it is hashed.
    """
    password = normalise_password(password)
    if len(password) < SHORTEST_PASSWORD:
        return f"Use at least {SHORTEST_PASSWORD} characters; a short sentence works well."
    if len(password) > LONGEST_PASSWORD:
        return f"Use at most {LONGEST_PASSWORD} characters."
    if len(set(password)) == 1:
        return "Use more than one character repeated."
    bare = _bare(password)
    if bare in {_bare(email), _bare(email.partition("@")[0]), _bare(name)}:
        return "Use something other than your name or e-mail address."
    if "".join(password.casefold().split()) in _COMMON_PASSWORDS:
        return "This is one of the passwords that are tried first. Use another one."
    return None


def normalise_password(text: str) -> str:
    """The one form of a password, however a keyboard composes its letters: Unicode's NFKC.

    What NIST SP 800-63B and OWASP name: a letter and its accent apart are the letter with it,
    and a full-width digit is the digit. Case, spaces and order stay as typed.
    """
    return unicodedata.normalize("NFKC", text)


def password_forms(text: str) -> tuple[str, ...]:
    """The forms in which a password may have been hashed, today's first, each once.

    Hashes from before there was one form hold what the keyboard of that day sent. How many there
    are depends on what was typed alone, never on whose account it is.
    """
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    return tuple(dict.fromkeys((normalise_password(text), text, composed, apart)))


def _bare(text: str) -> str:
    """Letters and digits alone, so that spaces and dots do not make a name a password."""
    return "".join(character for character in text.casefold() if character.isalnum())


def normalise_email(text: str) -> str | None:
    """The one spelling under which an address is stored: no spaces around it, lower case.

    Full-width characters, as some keyboards send them, are taken as what they stand for. Gives
    None where it is not a plain ASCII address with a dotted domain (RFC 5321 lengths).
    """
    address = unicodedata.normalize("NFKC", text).strip().lower()
    if len(address) > LONGEST_EMAIL or not _EMAIL.fullmatch(address):
        return None
    return address


def normalise_name(text: str) -> str | None:
    """A person's or token's name on one line, letters composed (NFC).

    Gives None where it is empty, too long or unprintable.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    return name if 0 < len(name) <= LONGEST_NAME and name.isprintable() else None


def session_is_alive(now: datetime, *, last_seen_at: datetime, expires_at: datetime) -> bool:
    """Whether a session that nobody ended still counts at an instant."""
    return now < expires_at and now - last_seen_at < SESSION_IDLE


def needs_touch(now: datetime, last: datetime | None) -> bool:
    """Whether the moment of last use is old enough to be written again."""
    return last is None or now - last >= TOUCH_INTERVAL


def assemble_token(public_id: str, secret: str) -> str:
    """The token as its holder sees it, once: prefix, public id, secret and checksum."""
    body = f"tod_{public_id}_{secret}"
    return body + checksum(body)


def parse_token(text: str) -> TokenParts | None:
    """The halves of a token, or None where its form or its checksum is wrong.

    The checksum is no protection; it tells a mistyped token, and a find of a secret scanner,
    without asking the database.
    """
    match = _TOKEN.fullmatch(text)
    if match is None:
        return None
    public_id, secret, found = match.groups()
    if found != checksum(f"tod_{public_id}_{secret}"):
        return None
    return TokenParts(public_id, secret)


def checksum(body: str) -> str:
    """CRC-32 of a token's body in six base62 characters, the highest first."""
    rest = zlib.crc32(body.encode("ascii"))
    digits = ""
    for _ in range(CHECKSUM_LENGTH):
        rest, digit = divmod(rest, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits


def local_path(target: str | None, *, default: str) -> str:
    """Where to go after signing in: a path of the desk on this host, else the default.

    Another host, scheme or a page outside the desk would make sign-in a way to lure people away.
    """
    if target and re.fullmatch(r"/desk(?:[/?][\w./?&=%~:,+@-]*)?", target, re.ASCII):
        outside = "//" in target.partition("?")[0] or "/.." in target
        loops = target.startswith(("/desk/sign-", "/desk/invite/"))
        return default if outside or loops else target
    return default

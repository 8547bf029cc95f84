"""Judges single settings: a secret key, a sender, an address to send to, URLs of servers. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from trustops.settings.hosts import HIGHEST_PORT, UnusableError, host_name, is_name
from trustops.settings.secret_keys import is_guessable

SHORTEST_KEY = 32
PUBLISHED = ("known to everybody",)
"""What a key holds that stands in the tests of this project, so that everybody can read it."""

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_MAILBOX = re.compile(rf"({_LOCAL})@([^@]+)")
_NAMED = re.compile(r"(.*?)\s*<([^<>]*)>")
LONGEST_LOCAL_PART = 64

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")

_ONE_SENDER = "has to be one address, alone or behind its name: Migration desk <desk@example.org>"


def refuse_weak_key(key: str) -> None:
    """Refuse a secret key that a stranger could guess.

    Raises:
        UnusableError: it is short, or made of words, a pattern or a row of the keyboard.
    """
    if not key:
        raise UnusableError("is empty; take it out to have one made")
    if len(key) < SHORTEST_KEY:
        raise UnusableError(
            f"is shorter than {SHORTEST_KEY} characters; take it out to have one made"
        )
    if is_guessable(key):
        raise UnusableError(
            "can be guessed: it is made of words, a pattern or a sample; take it out to have one "
            "made, or set 48 random bytes in base64"
        )


def refuse_published_key(key: str) -> None:
    """Refuse a key that can be read in this project's own files, fit for tests alone.

    Raises:
        UnusableError: it is one.
    """
    if any(words in key for words in PUBLISHED):
        raise UnusableError(
            "stands in the public tests of this project; take it out to have one made"
        )


def mailbox(text: str) -> str:
    """A mail address as a server takes it: the domain in lower case and in ASCII.

    Raises:
        UnusableError: it is not one address.
    """
    match = _MAILBOX.fullmatch(text)
    if match is None or len(match[1]) > LONGEST_LOCAL_PART:
        raise UnusableError("has to be a mail address such as desk@example.org")
    try:
        domain = host_name(match[2])
    except UnusableError as error:
        raise UnusableError("has a domain after the @ that cannot be") from error
    if not is_name(domain):
        raise UnusableError("has to have a domain after the @, not an IP address")
    return f"{match[1]}@{domain}"


def sender(text: str) -> tuple[str, str]:
    """The name, which may be empty, and the address of a sender as `MAIL_FROM` gives it.

    The name may hold commas, quotes and letters of any script; the mail quotes and encodes it.

    Raises:
        UnusableError: no mail could be sent from it.
    """
    if not text.isprintable():
        raise UnusableError(f"must not hold a line end or a control character, and {_ONE_SENDER}")
    match = _NAMED.fullmatch(text.strip())
    name, address = ("", text.strip()) if match is None else (_unquoted(match[1]), match[2])
    if "<" in name or ">" in name:
        raise UnusableError(_ONE_SENDER)
    try:
        return name, mailbox(address)
    except UnusableError as error:
        raise UnusableError(_ONE_SENDER) from error


def _unquoted(name: str) -> str:
    if len(name) > 1 and name.startswith('"') and name.endswith('"'):
        return re.sub(r"\\(.)", r"\1", name[1:-1])
    return name


def refuse_other_server(text: str, schemes: tuple[str, ...], *, host: bool = True) -> None:
    """Refuse a URL that begins with none of some schemes or that names no server.

    Raises:
        UnusableError: without a word of the URL, which may hold a password.
    """
    begins = " or ".join(f"{scheme}://" for scheme in schemes)
    match = _SCHEME.match(text)
    if match is None or match[1].lower() not in schemes:
        raise UnusableError(f"has to begin with {begins}")
    if any(character.isspace() or not character.isprintable() for character in text):
        raise UnusableError("must not hold a space, a line end or a control character")
    if host:
        _refuse_no_server(text)


def _refuse_no_server(text: str) -> None:
    try:
        parts = urlsplit(text)
        named, port = parts.hostname, parts.port
    except ValueError as error:
        raise UnusableError(
            f"has a host or a port that cannot be; a port is a number from 1 to {HIGHEST_PORT}, "
            "and in a password the characters /, ?, #, @ and : are written %2F, %3F, %23, %40, %3A"
        ) from error
    if not named or port == 0:
        raise UnusableError("names no server that can be reached after its //")


def refuse_mail_server(text: str) -> None:
    """Refuse an `SMTP_URL` that mail could not be sent through.

    Raises:
        UnusableError: its scheme is not one of mail, it names no host, or it has a path or query.
    """
    refuse_other_server(text, ("smtp", "smtp+starttls", "smtps"))
    parts = urlsplit(text)
    if parts.path.strip("/") or "?" in text or "#" in text:
        raise UnusableError(
            "must not have anything after the host and port; in a password the characters / ? # "
            "are written %2F %3F %23"
        )


def refuse_other_limits(text: str) -> None:
    """Refuse a `LIMITS_URL` of a storage that limits cannot be counted in.

    Raises:
        UnusableError: it is neither memory nor Redis.
    """
    if text == "memory://":
        return
    refuse_other_server(
        text,
        ("memory", "redis", "rediss", "redis+unix", "redis+sentinel", "redis+cluster"),
        host=text.startswith(("redis://", "rediss://")),
    )


def refuse_other_services(text: str) -> None:
    """Refuse what Apprise could not take for one or more URLs; whether it knows them, it says.

    Raises:
        UnusableError: it does not begin with the name of a service.
    """
    if _SCHEME.match(text.strip()) is None:
        raise UnusableError("has to hold URLs of Apprise, such as discord://id/token")

"""What `trustops official build` asks of a source before it writes the manifest of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from trustops.errors import ConflictError
from trustops.official.reported import is_readable
from trustops.official.rules import host_of_desk
from trustops.official.schema import OfficialSource
from trustops.official.signing import KeyUnusableError, PublicKey

UNSET_BASE_URL = (
    "TRUSTOPS_BASE_URL is not set to the desk's own address here, so it was not checked that the "
    "list names the desk."
)

_REPORTED = {
    "domain": "name of a site or link",
    "address": "whole address",
    "handle": "name of an account",
}
"""What a report of each kind has to be."""


def announcing(source: OfficialSource, given: Sequence[str]) -> OfficialSource:
    """The source with further keys that it announces, each as its line or as a file of it.

    Raises:
        KeyUnusableError: one cannot be read, or there are too many of them.
    """
    lines = [PublicKey.read(_text_of(item)).line for item in given]
    wanted = list(dict.fromkeys([*source.next_keys, *lines]))
    try:
        return OfficialSource.model_validate({**source.model_dump(), "next_keys": wanted})
    except ValidationError as error:
        raise KeyUnusableError(f"The next keys: {error.errors()[0]['msg']}.") from error


def require_own_host(source: OfficialSource, base_url: str) -> None:
    """Refuse a list that lacks the desk which tells people to compare its name with the list.

    Raises:
        ConflictError: the host of the base URL is not among its domains as this desk's.
    """
    host = host_of_desk(base_url)
    ours = {item.name for item in source.domains if item.kind == "desk"}
    if host and host not in ours:
        raise ConflictError(
            f"The list does not name {host}, the host of TRUSTOPS_BASE_URL, as this desk's, and "
            "pages ask people to compare it with the list. Add to official/source.toml: "
            f'[[domains]] with id = "desk", name = "{host}", kind = "desk".'
        )


def require_readable_reports(source: OfficialSource) -> None:
    """Refuse a list with a report that warns of nothing, because nobody can read what it is about.

    Lists that were signed before are read as they are.

    Raises:
        ConflictError: a value of `[[known_bad]]` is no name, address or account.
    """
    for number, item in enumerate(source.known_bad, 1):
        if not is_readable(item.kind, item.value):
            raise ConflictError(
                f"official/source.toml: no. {number} of [[known_bad]] cannot be read, so the list "
                f'would not warn of it: "{item.value}" is no {_REPORTED[item.kind]}. Nothing was '
                "built."
            )


def _text_of(given: str) -> str:
    path = Path(given)
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else given
    except (OSError, UnicodeDecodeError) as error:
        raise KeyUnusableError(f"{path.name} cannot be read.") from error

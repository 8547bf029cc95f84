"""Reads `content/exchanges/`; every problem names file, line and field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from trustops.content.toml_file import Where, note_literals, read_toml
from trustops.content.values import ContentError, Problem
from trustops.exchanges.rules import rest_of
from trustops.exchanges.schema import ClaimPart, ExchangeFile
from trustops.exchanges.values import Claim, Exchange

FOLDER = "exchanges"

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.toml")


def load_exchanges(folder: Path) -> tuple[Exchange, ...]:
    """Every exchange of a content folder, by its id; a missing folder holds none.

    Raises:
        ContentError: with all problems of all files.
    """
    problems: list[Problem] = []
    found = [
        exchange
        for path in sorted((folder / FOLDER).glob("*"))
        if not path.name.startswith(".")
        if (exchange := _read(folder, path, problems)) is not None
    ]
    _refuse_twins(found, problems)
    if problems:
        raise ContentError(tuple(problems))
    return tuple(found)


def _read(folder: Path, path: Path, problems: list[Problem]) -> Exchange | None:
    file = f"{FOLDER}/{path.name}"
    if not _NAME.fullmatch(path.name):
        words = "has to be named after its exchange: small letters, digits, dashes, and .toml"
        problems.append(Problem(file, 1, "file", words))
        return None
    read = read_toml(folder, file, ExchangeFile, problems)
    if read is None:
        return None
    note_literals(folder, file, _words(read), problems)
    return Exchange(
        id=path.stem,
        name=read.name,
        products=read.products,
        who_acts=read.who_acts,
        user_note=read.user_note,
        claims=tuple(_claim(part) for part in read.claims),
    )


def _words(read: ExchangeFile) -> Iterator[tuple[Where, str]]:
    """What pages show of it in words."""
    yield ("products",), read.products
    yield ("user_note",), read.user_note
    for number, claim in enumerate(read.claims):
        yield ("claims", number, "says"), claim.says
        yield ("claims", number, "note"), claim.note


def _claim(part: ClaimPart) -> Claim:
    return Claim(
        state=part.state,
        says=part.says,
        said_on=part.said_on,
        grade=part.grade,
        url=part.url or "",
        note=part.note,
        verified=part.verified,
        verify_by=part.verify_by or part.verified + rest_of(part.state),
    )


def _refuse_twins(found: list[Exchange], problems: list[Problem]) -> None:
    """Note every exchange whose name another file has already."""
    seen: dict[str, str] = {}
    for exchange in found:
        first = seen.setdefault(exchange.name.casefold(), exchange.id)
        if first != exchange.id:
            file = f"{FOLDER}/{exchange.id}.toml"
            problems.append(Problem(file, 1, "name", f"is that of {first}.toml too"))

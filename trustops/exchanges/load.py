"""Reads `content/exchanges/`; every problem names file, line and field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from trustops.content.file_names import id_meant, wrong_name
from trustops.content.folders import entries, printed
from trustops.content.toml_file import Where, loose_toml, note_literals, problem_at, read_toml
from trustops.content.toml_rows import rows_of, words_in
from trustops.content.values import ContentError, Problem
from trustops.content.versions import LastGood, Meanwhile, Reading, bytes_of
from trustops.exchanges.rules import rest_of
from trustops.exchanges.schema import ClaimPart, ExchangeFile
from trustops.exchanges.values import Claim, Exchange

FOLDER = "exchanges"
EXAMPLE = "crypto-com.toml"


_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.toml")


def load_exchanges(folder: Path) -> tuple[Exchange, ...]:
    """Every exchange of a content folder, by its id; a missing folder holds none.

    Raises:
        ContentError: with all problems of all files.
    """
    reading = Reading(folder)
    found = read_exchanges(reading)
    if reading.problems:
        raise ContentError(tuple(reading.problems))
    return found


def read_exchanges(reading: Reading) -> tuple[Exchange, ...]:
    """Every exchange that can be read, by its id; of one with a fault the last good version."""
    names = _names(reading)
    read = {
        name: exchange
        for name in sorted(names, key=lambda name: (not _is_settled(reading, name), name))
        if (exchange := reading.one(f"{FOLDER}/{name}", partial(_read, name=name))) is not None
    }
    for name in _twins(reading, read):
        older = reading.older(f"{FOLDER}/{name}", partial(_read, name=name))
        others = {item.name.casefold() for key, item in read.items() if key != name}
        if older is not None and older.name.casefold() not in others:
            read[name] = older
        else:
            reading.meanwhile[f"{FOLDER}/{name}"] = Meanwhile(f"{FOLDER}/{name}", None)
            del read[name]
    return tuple(read[name] for name in sorted(read))


def settled_exchanges(
    folder: Path, good: LastGood
) -> tuple[tuple[Exchange, ...], Sequence[Problem]]:
    """Every exchange as readers see it, and what is wrong with the files.

    Args:
        folder: the content folder.
        good: the last good versions of the instance, which take the place of files with faults.
    """
    reading = Reading(folder, good, good.migration())
    return read_exchanges(reading), reading.problems


def _names(reading: Reading) -> list[str]:
    """The files of the folder; those of the last good versions while it cannot be looked into."""
    found = entries(reading.folder, FOLDER, reading.problems)
    if found is not None:
        names = frozenset(path.name for path in found)
        wrong = [path for path in found if not _NAME.fullmatch(path.name)]
        reading.problems.extend(
            Problem(f"{FOLDER}/{printed(path.name)}", 1, "file", _misnamed(path.name, names))
            for path in wrong
        )
        return [path.name for path in found if path not in wrong]
    copies = reading.copies()
    return [path.name for path in entries(copies, FOLDER, []) or ()] if copies else []


def _misnamed(name: str, beside: Collection[str]) -> str:
    """What to do about a file that is not named after its exchange."""
    meant = id_meant(name)
    told = wrong_name(name, f"{meant}.toml" if meant else "", beside)
    return told or f"has to be named after its exchange in small letters, such as {EXAMPLE}"


def _is_settled(reading: Reading, name: str) -> bool:
    """Whether a file is the one that was accepted last; asked before it is read."""
    if reading.good is None:
        return False
    copy = reading.good.root(f"{FOLDER}/{name}", reading.migration) / FOLDER / name
    raw = bytes_of(copy)
    return raw is not None and raw == bytes_of(reading.folder / FOLDER / name)


def _read(folder: Path, problems: list[Problem], *, name: str) -> Exchange | None:
    file = f"{FOLDER}/{name}"
    read = read_toml(folder, file, ExchangeFile, problems)
    # The words as they are written, so that a fault of one field hides none of another.
    values, places = loose_toml(folder, file, ExchangeFile)
    note_literals(file, _words(values), places, problems)
    if read is None:
        return None
    return Exchange(
        id=name.removesuffix(".toml"),
        name=read.name,
        products=read.products,
        who_acts=read.who_acts,
        user_note=read.user_note,
        claims=tuple(_claim(part) for part in read.claims),
        ask=read.ask,
    )


def _words(values: Mapping[str, object]) -> Iterator[tuple[Where, str]]:
    """What pages show of it in words."""
    for name in ("products", "user_note"):
        words = values.get(name)
        if isinstance(words, str):
            yield (name,), words
    yield from words_in(rows_of(values, "claims"), "claims", "says", "note")


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


def _twins(reading: Reading, read: Mapping[str, Exchange]) -> list[str]:
    """Files whose exchange has the name of another one that was there before; each is noted."""
    seen: dict[str, str] = {}
    twins: list[str] = []
    for name, exchange in read.items():
        first = seen.setdefault(exchange.name.casefold(), name)
        if first != name:
            reading.problems.append(_twin(reading, name, first))
            twins.append(name)
    for file in sorted(reading.meanwhile.keys() - {f"{FOLDER}/{name}" for name in twins}):
        folder, _, name = file.partition("/")
        written = loose_toml(reading.folder, file)[0].get("name") if folder == FOLDER else None
        if isinstance(written, str) and seen.setdefault(written.casefold(), name) != name:
            reading.problems.append(_twin(reading, name, seen[written.casefold()]))
    return twins


def _twin(reading: Reading, name: str, first: str) -> Problem:
    return problem_at(reading.folder, f"{FOLDER}/{name}", ("name",), f"is that of {first} too")

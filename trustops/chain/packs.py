"""Reads the migration packs under `content/migrations/`, and tells their facts to prose."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from trustops.addresses import spelled
from trustops.chain.coherence import PackFile
from trustops.chain.schema import FactPart, Moment, Pack
from trustops.content.facts import Fact, FactKind
from trustops.content.folders import entries, printed
from trustops.content.toml_file import Where, line_in, loose_toml, note_literals, read_toml
from trustops.content.values import Chain, ContentError, Problem
from trustops.content.versions import PACKS, Reading


def load_packs(folder: Path) -> tuple[Pack, ...]:
    """Every pack of a content folder, by its id.

    Raises:
        ContentError: with all problems of all packs.
    """
    reading = Reading(folder)
    packs = read_packs(reading)
    if reading.problems:
        raise ContentError(tuple(reading.problems))
    return packs


def read_packs(reading: Reading) -> tuple[Pack, ...]:
    """Every pack that can be read, by its id; of one with a fault the last good version."""
    found = entries(reading.folder, PACKS, reading.problems) or ()
    names = [printed(path.name) for path in found if path.name.endswith(".toml")]
    packs = [published_pack(reading, name.removesuffix(".toml")) for name in sorted(names)]
    return tuple(pack for pack in packs if pack is not None)


def published_pack(reading: Reading, pack_id: str) -> Pack | None:
    """One pack, in its last good version where its file has a fault or is not there."""
    name = f"{pack_id}.toml"
    if not os.path.lexists(reading.folder / PACKS / name):
        return reading.older(f"{PACKS}/{name}", partial(read_pack, name=name))
    return reading.one(f"{PACKS}/{name}", partial(read_pack, name=name))


def find_pack(folder: Path, pack_id: str) -> Pack | None:
    """One pack of a content folder; None where there is no such file.

    Raises:
        ContentError: it has problems.
    """
    if not os.path.lexists(folder / PACKS / f"{pack_id}.toml"):
        return None
    reading = Reading(folder)
    pack = published_pack(reading, pack_id)
    if reading.problems:
        raise ContentError(tuple(reading.problems))
    return pack


def read_pack(
    content: Path, problems: list[Problem], *, name: str, folder: str = PACKS
) -> Pack | None:
    """One file of a folder of packs, or None after noting what is wrong with it."""
    file = f"{folder}/{name}"
    pack = read_toml(content, file, PackFile, problems)
    # The values as they are written, so that a fault of one field hides none of another.
    values, places = loose_toml(content, file, PackFile)
    note_literals(file, _words(values), places, problems)
    pack_id = values.get("id")
    if isinstance(pack_id, str) and f"{pack_id}.toml" != name:
        told = f"has to be the name of the file; write {name.removesuffix('.toml')}"
        problems.append(Problem(file, line_in(places, ("id",)), "id", told))
        return None
    return pack


def _words(values: Mapping[str, object]) -> Iterator[tuple[Where, str]]:
    """What pages show of a pack in words: the values of its facts."""
    stated = values.get("facts")
    for key, part in stated.items() if isinstance(stated, dict) else ():
        value = part.get("value") if isinstance(part, dict) else None
        if isinstance(value, str):
            yield ("facts", key, "value"), value


def facts(pack: Pack) -> tuple[Fact, ...]:
    """What prose may name of a pack: its own facts, and what follows from its other parts.

    A fact that the pack states takes the place of the derived one of the same name.
    """
    stated = {name: _stated(name, part) for name, part in pack.facts.items()}
    return tuple((_derived(pack) | stated).values())


def own_addresses(pack: Pack) -> frozenset[str]:
    """Every address of the migration itself, on any chain, in its one spelling: no holder's."""
    pools = pack.liquidity.addresses if pack.liquidity else ()
    tokens = (token.address for token in pack.tokens)
    contracts = (contract.address for contract in pack.contracts)
    return frozenset(map(spelled, (*pack.sink.addresses, *pools, *tokens, *contracts)))


def direct_transfers(pack: Pack | None) -> Mapping[tuple[str, str], str]:
    """What becomes of tokens that are sent to a token's own address, by chain and spelled address.

    Tokens of which the pack says nothing are left out.
    """
    return {
        (token.chain, spelled(token.address)): token.direct_transfer_means
        for token in (pack.tokens if pack else ())
        if token.direct_transfer_means
    }


def titles_of_chains(pack: Pack | None, offered: Iterable[Chain]) -> Mapping[str, str]:
    """What chains are called, by id: by the pack first, else by what the form offers.

    Args:
        pack: the published migration, if there is one.
        offered: the chains of `intake.toml`.
    """
    titles = {chain.id: chain.title for chain in offered}
    return {**titles, **{chain.name: chain.shown for chain in (pack.chains if pack else ())}}


def in_words(moment: Moment) -> str:
    """A date or an instant as pages write it; instants in UTC."""
    if isinstance(moment, datetime):
        at = moment.astimezone(UTC)
        return f"{at.day} {at:%B %Y, %H:%M} UTC"
    return f"{moment.day} {moment:%B %Y}"


def _derived(pack: Pack) -> dict[str, Fact]:
    """Name, ratio, symbols and window, as far as the pack has them."""
    found = {"name": _fact("name", FactKind.TEXT, pack.name)}
    if pack.ratio is not None:
        text = f"{pack.ratio.denominator} to {pack.ratio.numerator}"
        found["ratio"] = _fact("ratio", FactKind.RATIO, text)
    for role in ("old", "new"):
        symbols = list(dict.fromkeys(t.symbol for t in pack.tokens if t.role == role))
        if symbols:
            name = f"{role}_symbol"
            found[name] = _fact(name, FactKind.TEXT, " or ".join(symbols))
    for name, moment in (
        ("window_opened", pack.window.opens),
        ("window_closed", pack.window.closes),
    ):
        if moment is not None:
            found[name] = _moment(name, moment, pack.window.note or "")
    return found


def _stated(name: str, part: FactPart) -> Fact:
    value = part.value
    if isinstance(value, date):
        return _moment(name, value, part.note or "")
    text = f"{value:,}" if isinstance(value, int) else value
    return _fact(name, FactKind(part.kind), text, note=part.note or "")


def _moment(name: str, moment: Moment, note: str) -> Fact:
    if isinstance(moment, datetime):
        instant = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        kind = FactKind.INSTANT
    else:
        instant, kind = moment.isoformat(), FactKind.DATE
    return _fact(name, kind, in_words(moment), instant=instant, note=note)


def _fact(name: str, kind: FactKind, text: str, *, instant: str = "", note: str = "") -> Fact:
    return Fact(name=f"migration.{name}", kind=kind, text=text, instant=instant, note=note)

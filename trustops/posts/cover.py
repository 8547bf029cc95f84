"""What an approval covers: the templates, the words, and bounds around the figures. Pure.

Figures are slots: they are filled when the heartbeat goes out. Whoever approved has read every
sentence that does not follow from them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from trustops.posts.bounds import NOT_KNOWN, NUMBER, Bound, bound_of, figures_in, name_of
from trustops.posts.told import Told
from trustops.posts.values import Schedule
from trustops.status.snapshot import ComponentStatus, Snapshot

OTHER_TEMPLATES = "The templates or networks are not those that were approved."
OTHER_FIGURES = "It has other figures than those that were approved."


@dataclass(frozen=True, slots=True)
class Cover:
    """What was approved beside the text that was read.

    `templates` is the SHA-256 (hex) of their sources and the names of the networks. `words` holds
    what is said by what it is about, `bounds` each figure's by its name.
    """

    templates: str
    words: Mapping[str, str]
    bounds: Mapping[str, Bound]


def cover_of(schedule: Schedule, told: Told, snapshot: Snapshot) -> Cover:
    """What an approval of this telling covers."""
    return Cover(
        templates=_digest(schedule),
        words=_words(told, snapshot),
        bounds={figure.name: bound_of(figure) for figure in figures_in(snapshot)},
    )


def departures(cover: Cover, schedule: Schedule, told: Told, snapshot: Snapshot) -> tuple[str, ...]:
    """Why a telling is not covered by an approval, in sentences; empty where it is."""
    found = [OTHER_TEMPLATES] if cover.templates != _digest(schedule) else []
    words = _words(told, snapshot)
    others = [about for about in words if words[about] != cover.words.get(about)]
    if others:
        found.append(f"Not the words that were approved: {', '.join(others)}.")
    now = {figure.name: figure for figure in figures_in(snapshot)}
    found += [
        f"{name}: {now[name].words}, approved for {bound.words}."
        for name, bound in cover.bounds.items()
        if name in now and not bound.holds(now[name].value)
    ]
    # a figure that comes or goes does so with words; this is for what nobody thought of
    if set(now) != set(cover.bounds) and not found:
        found.append(OTHER_FIGURES)
    return tuple(found)


def to_json(cover: Cover) -> dict[str, Any]:
    """A cover as its row keeps it; limits are decimal strings, because amounts are long."""
    bounds = {
        name: {**asdict(bound), "low": _text(bound.low), "high": _text(bound.high)}
        for name, bound in cover.bounds.items()
    }
    # pairs, because a database may give an object's names back in another order
    return {
        "templates": cover.templates,
        "words": dict(cover.words),
        "bounds": [[name, bound] for name, bound in bounds.items()],
    }


def from_json(kept: Mapping[str, Any]) -> Cover:
    """A cover out of its row."""
    return Cover(
        templates=kept["templates"],
        words=kept["words"],
        bounds={
            name: Bound(**{**bound, "low": _number(bound["low"]), "high": _number(bound["high"])})
            for name, bound in kept["bounds"]
        },
    )


def bounds_in(kept: Mapping[str, Any]) -> Sequence[tuple[str, Bound]]:
    """The bounds of a row by the names of their figures, in order; none where it has no cover."""
    return list(from_json(kept).bounds.items()) if kept else []


def _words(told: Told, snapshot: Snapshot) -> Mapping[str, str]:
    """What a person has to have read, by what it is about."""
    return {
        "the state of the migration": told.state,
        "name, week and link": f"{told.project}\n{told.week}\n{told.url}",
        "weeks without a heartbeat": "\n".join(told.missed),
        "official addresses": told.addresses,
        "chains": "\n".join(_of_chains(snapshot)),
        "the promised time": str(snapshot.support.promise_hours),
        "exchanges": "\n".join((*told.exchanges, told.exchanges_short)),
        "known issues": "\n".join(told.issues),
        "what does not work": "\n".join(
            f"{item.name} ({item.status}): {NUMBER.sub('#', item.reason)}"
            for item in snapshot.components
            if item.status is not ComponentStatus.OPERATIONAL
        ),
        "the next heartbeat": told.next,
    }


def _of_chains(snapshot: Snapshot) -> Sequence[str]:
    """Each chain with its token, and with the reason where it could not be read."""
    symbols = [item.totals.old.symbol if item.totals else NOT_KNOWN for item in snapshot.chains]
    return [
        f"{item.pack} {name_of(item)}, {symbol}: {item.problem}"
        for item, symbol in zip(snapshot.chains, symbols, strict=True)
    ]


def _digest(schedule: Schedule) -> str:
    """SHA-256 (hex) of the sources of both templates and the names of the networks."""
    networks = sorted(item.name for item in schedule.networks)
    raw = json.dumps([schedule.templates.full, schedule.templates.short, networks])
    return hashlib.sha256(raw.encode()).hexdigest()


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)

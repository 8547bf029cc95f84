"""One promise in every file: `sla.toml` sets the clock, and pack and prose may not say another.

What a sentence says is decided in `trustops.content.sentences`. Statements of others (`policy/`)
promise nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from trustops.content.fronts import Plain, plain_files
from trustops.content.kinds import Kind
from trustops.content.schema import SiteFile, SlaFile
from trustops.content.sentences import Speaker, promised_in
from trustops.content.spans import Span, spans_in
from trustops.content.toml_file import Where, read_toml
from trustops.content.values import Problem

FACT = "promise"
"""The fact of a pack that says the promise in words."""

_SPEAKERS: Mapping[str, Speaker] = {
    **{kind.value: Speaker.US for kind in (Kind.PAGE, Kind.FAQ, Kind.REPLY, Kind.KNOWN_ISSUE)},
    **dict.fromkeys(("intake.toml", "components.toml"), Speaker.US),
    "exchanges": Speaker.OTHERS,
}
"""Who answers where a sentence names nobody, by the folder or file; in others nobody promises."""


def other_promises(folder: Path) -> Iterator[Problem]:
    """Every promise of a first answer in another time than that of `sla.toml`."""
    sla = read_toml(folder, "sla.toml", SlaFile, [])
    if sla is None:
        return
    target = timedelta(hours=sla.policies[0].target_hours)
    site = read_toml(folder, "site.toml", SiteFile, [])
    pack = f"migrations/{site.migration}.toml" if site else ""
    for plain in plain_files(folder):
        speaker = _SPEAKERS.get(plain.file.partition("/")[0])
        if plain.file == pack:
            yield from _of_pack(plain, target)
        elif speaker and not plain.is_withdrawn:
            yield from _of_text(plain, target, speaker)


def _of_pack(plain: Plain, target: timedelta) -> Iterator[Problem]:
    facts = plain.values.get("facts")
    fact = facts.get(FACT) if isinstance(facts, dict) else None
    value = fact.get("value") if isinstance(fact, dict) else None
    if not isinstance(value, str):
        return
    where = ("facts", FACT, "value")
    spans = tuple(spans_in(value))
    for span in spans:
        if span.longest != target:
            yield plain.at(where, _differs(span, target))
    if not spans:
        words = f"says no time that one can count, and sla.toml sets {_hours(target)}"
        yield plain.at(where, f'{words}; write "{_hours(target)}"')


def _of_text(plain: Plain, target: timedelta, speaker: Speaker) -> Iterator[Problem]:
    """Promises in the words of a document, and in the values of its front matter."""
    for where, words in _texts(plain.values, ()):
        for _, span in promised_in(words, speaker):
            if span.longest != target:
                yield plain.at(where, _differs(span, target))
    title = plain.values.get("title")
    asked = title if isinstance(title, str) else ""
    for line, span in promised_in(plain.body, speaker, asked):
        if span.longest != target:
            yield Problem(plain.file, plain.body_line + line, "text", _differs(span, target))


def _texts(value: object, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*where, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, (*where, number))


def _differs(span: Span, target: timedelta) -> str:
    words = f"promises an answer ({' '.join(span.words.split())}), and sla.toml sets"
    return f"{words} {_hours(target)} by the clock; make both the same"


def _hours(target: timedelta) -> str:
    return f"{int(target / timedelta(hours=1))} hours"

"""The manifest has one form, and everything else is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOON
from tests.official.things import NEW, ON_SOLANA, SOURCE, a_folder, both
from trustops.official.canonical import MOST_BYTES, MalformedError, parse, to_bytes
from trustops.official.schema import load_source
from trustops.official.values import Manifest

Change = Callable[[dict[str, Any]], object]


def test_what_was_built_is_read_back(manifest: Manifest) -> None:
    """Each part of the source, with the times in UTC."""
    assert (manifest.project, manifest.version) == ("Heliotrope", 1)
    assert manifest.expires_at - manifest.issued_at == timedelta(days=14)
    assert manifest.issued_at == NOON - timedelta(days=1)
    assert [token.role for token in manifest.tokens] == ["new", "old", "new"]
    assert len(manifest.known_bad) == 3


def test_the_same_source_gives_the_same_bytes(folder: Path) -> None:
    """So that two people can compare what they sign."""
    made = to_bytes(
        load_source(folder),
        version=1,
        issued_at=NOON - timedelta(days=1),
        lifetime=timedelta(days=14),
    )
    assert made == both(folder)[0]


def test_nothing_reported_leaves_no_trace(tmp_path: Path) -> None:
    """Without `known_bad` in the source there is none in the manifest."""
    source = load_source(a_folder(tmp_path, SOURCE.partition("[[known_bad]]")[0]))
    text = to_bytes(source, version=1, issued_at=NOON, lifetime=timedelta(days=1))
    assert b"known_bad" not in text
    assert parse(text).known_bad == ()


@pytest.mark.parametrize(("version", "days"), [(0, 14), (2**53, 14), (1, 15), (1, 0), (1, -1)])
def test_an_impossible_version_or_life_is_refused(folder: Path, version: int, days: int) -> None:
    """Versions are whole numbers from 1, and no manifest lives longer than fourteen days."""
    with pytest.raises(MalformedError):
        to_bytes(
            load_source(folder), version=version, issued_at=NOON, lifetime=timedelta(days=days)
        )


CHANGES: dict[str, tuple[Change, str]] = {
    "an unknown key": (lambda m: m.update(extra=1), "extra"),
    "no domains at all": (lambda m: m.pop("domains"), "domains"),
    "no end": (lambda m: m.pop("expires_at"), "expires_at"),
    "another format": (lambda m: m.update(schema="another/1"), "schema"),
    "a version in words": (lambda m: m.update(version="1"), "version"),
    "a version that is a truth": (lambda m: m.update(version=True), "version"),
    "a time with a space": (lambda m: m.update(issued_at="2026-11-21 12:00:00Z"), "issued_at"),
    "a day that is none": (lambda m: m.update(issued_at="2026-11-31T12:00:00Z"), "issued_at"),
    "an end at the beginning": (lambda m: m.update(expires_at=m["issued_at"]), "14 days"),
    "too long a life": (lambda m: m.update(expires_at="2027-11-21T12:00:00Z"), "14 days"),
    "no tokens": (lambda m: m.update(tokens=[]), "tokens"),
    "an unknown role": (lambda m: m["tokens"][0].update(role="newest"), "tokens.0.role"),
    "half an address": (lambda m: m["tokens"][0].update(address="0x00"), "tokens.0.address"),
    "a domain twice": (lambda m: m["domains"].append(dict(m["domains"][0])), "twice"),
    "two facts of one name": (
        lambda m: (
            m["contracts"].append({"address": ON_SOLANA, "chain": "solana", "role": "migrator"})
            or m["contracts"].append({"address": NEW, "chain": "base", "role": "migrator-solana"})
        ),
        "contract.migrator-solana",
    ),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_changed_manifest_says_what_is_wrong_with_it(folder: Path, name: str) -> None:
    """Canonical bytes with other content."""
    change, words = CHANGES[name]
    fields = json.loads(both(folder)[0])
    change(fields)
    with pytest.raises(MalformedError, match=words):
        parse(rfc8785.dumps(fields))


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "a line break at the end": lambda text: text + b"\n",
    "a space before it": lambda text: b" " + text,
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text,
    "a fraction": lambda text: text.replace(b'"version":1', b'"version":1.0'),
    "a key twice": lambda text: text.replace(b'"version":1', b'"version":1,"version":1'),
    "no number": lambda text: text.replace(b'"version":1', b'"version":NaN'),
    "an escape": lambda text: text.replace(b"Heliotrope", b"Heliotrop\\u0065"),
    "not UTF-8": lambda text: text.replace(b"Heliotrope", b"Heliotrop\xff"),
    "half a character": lambda text: text.replace(b"Heliotrope", b"\\ud800"),
    "spaces": lambda text: json.dumps(json.loads(text)).encode(),
    "nothing": lambda _: b"",
    "a list": lambda _: b"[]",
    "lists without end": lambda _: b"[" * 100_000,
    "a number without end": lambda _: b"9" * 10_000,
    "too much": lambda _: b" " * (MOST_BYTES + 1),
}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_another_form_is_no_manifest(folder: Path, name: str) -> None:
    """The bytes that are read are the bytes that were signed, and there is one way to write."""
    with pytest.raises(MalformedError):
        parse(FORMS[name](both(folder)[0]))


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(text: bytes) -> None:
    """Whatever lies there, it is refused in words."""
    with pytest.raises(MalformedError):
        parse(text)

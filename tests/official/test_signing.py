"""A signature holds for its bytes and its key, down to the last byte of its own file."""

from __future__ import annotations

import stat
from pathlib import Path

import minisign
import pytest

from tests.conftest import NOON, later
from tests.official.things import (
    OTHER_PUBLIC,
    OTHER_SECRET,
    PUBLIC,
    SECRET,
    a_folder,
    both,
    of,
    parse_signed,
    put,
)
from trustops.official import signing
from trustops.official.services import look
from trustops.official.signing import KeyUnusableError, PublicKey, SignatureInvalidError
from trustops.official.values import Accepted, Problem

RELEASED_KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
"""The key that minisign's own releases are signed with, as its manual prints it."""

STEP = 7
"""Every seventh place is tried with each of three changes, and every place with one of them."""

CHANGES = (0x01, 0x20, 0x80)


def places(text: bytes) -> list[tuple[int, int]]:
    """Each place of a file with a bit to flip there; places of every seventh with all bits."""
    some = [(place, CHANGES[place % 3]) for place in range(len(text))]
    return some + [(place, bit) for place in range(0, len(text), STEP) for bit in CHANGES]


def flipped(text: bytes, place: int, bit: int) -> bytes:
    """A text of which one bit is another."""
    return text[:place] + bytes([text[place] ^ bit]) + text[place + 1 :]


def test_a_good_signature_tells_key_and_comment(folder: Path) -> None:
    """The trusted comment is covered by a signature of its own."""
    found = signing.verify(*both(folder), PUBLIC)
    assert found.key_id == PUBLIC.id
    assert found.comment.endswith("file:manifest.json\thashed")


@pytest.mark.long
def test_no_byte_of_the_manifest_can_be_another(folder: Path) -> None:
    """Wherever it stands: no manifest, and the reason."""
    text, signature = both(folder)
    for place, bit in places(text):
        put(folder, flipped(text, place, bit), signature)
        found = look(folder, PUBLIC.line, NOON)
        assert (found.manifest, found.problem) == (None, Problem.BAD_SIGNATURE), place


def test_no_byte_of_the_signature_file_can_be_another(folder: Path) -> None:
    """Neither in its signatures nor in its comments, its padding or its line breaks."""
    text, signature = both(folder)
    for place, bit in places(signature):
        put(folder, text, flipped(signature, place, bit))
        found = look(folder, PUBLIC.line, NOON)
        assert (found.manifest, found.problem) == (None, Problem.BAD_SIGNATURE), place


@pytest.mark.parametrize(
    "spoiled",
    [b"", b"\n\n\n\n", b"x" * 10_000, b"\xff\xfe", b"untrusted comment: a\nAAAA\n"],
    ids=["empty", "line breaks", "long", "no text", "half"],
)
def test_what_is_no_signature_does_not_hold(folder: Path, spoiled: bytes) -> None:
    """It is refused in words."""
    with pytest.raises(SignatureInvalidError):
        signing.verify(both(folder)[0], spoiled, PUBLIC)


def test_a_signature_with_something_after_it_does_not_hold(folder: Path) -> None:
    """However far behind it stands."""
    text, signature = both(folder)
    for more in (b"\n", b" " * 5_000, signature):
        with pytest.raises(SignatureInvalidError):
            signing.verify(text, signature + more, PUBLIC)


def test_the_signature_of_another_key_does_not_hold(folder: Path) -> None:
    """Not even where it claims the id of the pinned one."""
    text = both(folder)[0]
    with pytest.raises(SignatureInvalidError, match="key identifiers"):
        signing.verify(text, signing.sign(text, OTHER_SECRET, NOON), PUBLIC)
    with pytest.raises(SignatureInvalidError):
        signing.verify(text, both(folder)[1], OTHER_PUBLIC)


def test_a_key_is_read_from_its_file_or_its_line() -> None:
    """Its id is the one that minisign prints."""
    assert PublicKey.read(PUBLIC.text) == PublicKey.read(f"  {PUBLIC.line}\n") == PUBLIC
    assert PublicKey.read(RELEASED_KEY).id == "E7620F1842B4E81F"


@pytest.mark.parametrize("text", ["", "a key", "RWQ", "é", f"{RELEASED_KEY[:-4]}AAA", "a\nb\nc"])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    """In words, for whoever set it."""
    with pytest.raises(KeyUnusableError):
        PublicKey.read(text)


def test_a_sealed_key_needs_its_password() -> None:
    """And signs as before with it."""
    sealed = signing.locked(SECRET, "a password")
    assert signing.needs_password(sealed)
    assert not signing.needs_password(SECRET)
    signature = signing.sign(b"text", sealed, NOON, password="a password")
    assert signing.verify(b"text", signature, PUBLIC).key_id == PUBLIC.id
    with pytest.raises(KeyUnusableError, match="password"):
        signing.sign(b"text", sealed, NOON, password="another")
    with pytest.raises(KeyUnusableError, match="sealed"):
        signing.locked(sealed, "again")


def test_what_is_no_secret_key_is_refused() -> None:
    """Whatever is asked of it."""
    with pytest.raises(KeyUnusableError):
        signing.sign(b"text", b"no key", NOON)
    with pytest.raises(KeyUnusableError):
        signing.needs_password(b"no key")


def test_a_signature_as_minisign_itself_writes_it_is_taken(folder: Path) -> None:
    """Signed by the library's own default, as the command of the same name does it."""
    text = both(folder)[0]
    with minisign.SecretKey.from_bytes(SECRET) as key:
        for prehash in (True, False):
            made = key.sign(
                text, prehash=prehash, trusted_comment="timestamp:1\tfile:manifest.json"
            )
            assert signing.verify(text, bytes(made) + b"\n", PUBLIC).comment.startswith("timestamp")


def test_the_demo_signs_its_own_list_again_and_again(tmp_path: Path) -> None:
    """Each start makes a newer version under the same key, which only the operator may read."""
    content, instance = a_folder(tmp_path / "content"), tmp_path / "instance"
    key = signing.sign_demo(content, instance, NOON)
    first = of(look(content, key, NOON))
    again = signing.sign_demo(content, instance, later(hours=1))
    mark = Accepted(first.version, "")
    second = of(look(content, again, later(hours=1), highest=mark))
    assert (key, first.version, second.version) == (again, 1, 2)
    assert parse_signed(content) == second
    files = sorted((instance / "demo").iterdir())
    assert [path.name for path in files] == ["official.key", "official.pub", "official.version"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}

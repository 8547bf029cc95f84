"""A project's official list, a key to sign it with, and content folders that hold them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from tests.conftest import NOON
from trustops.official import signing
from trustops.official.canonical import parse, to_bytes
from trustops.official.schema import load_source
from trustops.official.values import Manifest, Official

NEW = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
OLD = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
MIGRATOR = "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"
BAD = "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
ON_SOLANA = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"

SOURCE = f"""
project = "Heliotrope"

[[tokens]]
chain = "base"
address = "{NEW}"
symbol = "HELIO"
role = "new"
decimals = 18

[[tokens]]
chain = "base"
address = "{OLD}"
symbol = "OLDH"
role = "old"

[[tokens]]
chain = "solana"
address = "{ON_SOLANA}"
symbol = "HELIO"
role = "new"

[[contracts]]
chain = "base"
address = "{MIGRATOR}"
role = "migrator"

[[domains]]
id = "portal"
name = "portal.heliotrope.org"

[[domains]]
id = "main"
name = "heliotrope.org"

[[handles]]
id = "x"
network = "x"
handle = "@heliotrope"

[[handles]]
id = "mastodon"
network = "mastodon"
handle = "@news@social.heliotrope.org"

[[known_bad]]
kind = "domain"
value = "helio-refund.xyz"
note = "It asked holders for their recovery phrase"
grade = "B"

[[known_bad]]
kind = "address"
value = "{BAD}"
note = "It was sent around as the new migrator."
grade = "D"

[[known_bad]]
kind = "handle"
value = "@helio_refunds"
note = "It wrote to holders first"
grade = "D"
"""

SECRET, PUBLIC = signing.new_key()
OTHER_SECRET, OTHER_PUBLIC = signing.new_key()


def a_folder(folder: Path, source: str = SOURCE) -> Path:
    """A content folder with a source and nothing signed."""
    (folder / "official").mkdir(parents=True, exist_ok=True)
    (folder / "official" / "source.toml").write_text(source, encoding="utf-8")
    return folder


def signed(
    folder: Path,
    *,
    version: int = 1,
    issued_at: datetime = NOON - timedelta(days=1),
    lifetime: timedelta = timedelta(days=14),
    secret: bytes = SECRET,
    source: str = SOURCE,
) -> Path:
    """A content folder with a manifest that was signed a day before the tests' noon."""
    a_folder(folder, source)
    text = to_bytes(load_source(folder), version=version, issued_at=issued_at, lifetime=lifetime)
    put(folder, text, signing.sign(text, secret, issued_at))
    return folder


def put(folder: Path, text: bytes, signature: bytes) -> None:
    """Write the two files as they are given."""
    (folder / signing.MANIFEST).write_bytes(text)
    (folder / signing.SIGNATURE).write_bytes(signature)


def both(folder: Path) -> tuple[bytes, bytes]:
    """The manifest and the signature of a folder."""
    return (folder / signing.MANIFEST).read_bytes(), (folder / signing.SIGNATURE).read_bytes()


def parse_signed(folder: Path) -> Manifest:
    """What the manifest of a folder says, whoever signed it."""
    return parse(both(folder)[0])


def of(official: Official) -> Manifest:
    """The manifest of something official that has to be trusted."""
    assert official.manifest is not None, official.sentence
    return official.manifest

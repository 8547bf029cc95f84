"""Minisign signatures: the pinned key, verifying, signing, and the key of the demo.

A signature file is taken in one form only, down to its last byte, and both of its signatures have
to hold: that of the manifest and that of the trusted comment. minisign's own file passes.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import minisign

from trustops.errors import TrustOpsError
from trustops.official.canonical import LONGEST_LIFE, to_bytes
from trustops.official.schema import load_source

MANIFEST = Path("official") / "manifest.json"
SIGNATURE = Path("official") / "manifest.json.minisig"
"""Where the two files lie in the content folder."""

UNTRUSTED = "signature from minisign secret key"
"""The first comment of a signature. No signature covers it, so only minisign's own is taken."""

MOST_SIGNATURE_BYTES = 4096

_COMMENT = "untrusted comment:"
_KEY_ID = slice(2, 10)
_DEMO_FILES = ("official.key", "official.pub", "official.version")


class KeyUnusableError(TrustOpsError):
    """A key cannot be read, or not be opened with the password."""

    slug = "official-key"
    title = "The key cannot be used"


class SignatureInvalidError(TrustOpsError):
    """The signature is not of these bytes, not of this key, or not a signature."""

    slug = "official-signature"
    title = "The signature does not hold"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A minisign public key. `id` is what minisign prints for it: 16 hexadecimal digits."""

    id: str
    line: str

    @classmethod
    def read(cls, text: str) -> PublicKey:
        """Read a key from the text of its file, or from its base64 line alone.

        Raises:
            KeyUnusableError: it is neither.
        """
        lines = text.strip().splitlines()
        try:
            if len(lines) not in {1, 2}:
                raise KeyUnusableError("A public key is one line, or two with its comment.")
            if len(lines) > 1 and not lines[0].startswith(_COMMENT):
                raise KeyUnusableError("The first of two lines is no comment of a public key.")
            line = minisign.PublicKey.from_base64(lines[-1].strip()).to_base64().decode()
        except (minisign.Error, UnicodeEncodeError) as error:
            raise KeyUnusableError(f"The public key cannot be read: {error}.") from error
        return cls(_printed(base64.b64decode(line)[_KEY_ID]), line)

    @property
    def text(self) -> str:
        """The content of its file."""
        return f"untrusted comment: minisign public key {self.id}\n{self.line}\n"


@dataclass(frozen=True, slots=True)
class Signed:
    """What a good signature says beside that it is good."""

    key_id: str
    comment: str


def _printed(raw: bytes) -> str:
    """A key id as minisign prints it: the bytes are a number, the lowest byte first."""
    return raw[::-1].hex().upper()


def verify(manifest: bytes, signature: bytes, key: PublicKey) -> Signed:
    """Check the signature of a manifest against the pinned key.

    Raises:
        SignatureInvalidError: it does not hold; the message says why.
    """
    try:
        found = minisign.Signature.from_bytes(signature[:MOST_SIGNATURE_BYTES])
        if bytes(found) + b"\n" != signature or found.untrusted_comment != UNTRUSTED:
            raise SignatureInvalidError("The signature file is not as minisign writes it.")
        minisign.PublicKey.from_base64(key.line).verify(manifest, found)
    except minisign.Error as error:
        raise SignatureInvalidError(f"The signature does not hold: {error}.") from error
    return Signed(key.id, found.trusted_comment)


def new_key() -> tuple[bytes, PublicKey]:
    """A new key pair: the secret key's file without a password, and the public key."""
    pair = minisign.KeyPair.generate()
    return bytes(pair.secret_key) + b"\n", PublicKey.read(pair.public_key.to_base64().decode())


def locked(secret: bytes, password: str) -> bytes:
    """The file of a secret key, sealed with a password.

    Raises:
        KeyUnusableError: it cannot be read, or is sealed already.
    """
    try:
        with minisign.SecretKey.from_bytes(secret) as key:
            key.encrypt(password)
            return bytes(key) + b"\n"
    except minisign.Error as error:
        raise KeyUnusableError(f"The secret key cannot be sealed: {error}.") from error


def needs_password(secret: bytes) -> bool:
    """Whether a secret key is sealed with a password.

    Raises:
        KeyUnusableError: it cannot be read.
    """
    try:
        with minisign.SecretKey.from_bytes(secret) as key:
            return bool(key.is_encrypted())
    except minisign.Error as error:
        raise KeyUnusableError(f"The secret key cannot be read: {error}.") from error


def sign(manifest: bytes, secret: bytes, now: datetime, *, password: str = "") -> bytes:
    """The signature file of a manifest.

    Args:
        manifest: its canonical bytes.
        secret: the file of the secret key.
        now: an aware instant for the trusted comment.
        password: opens the secret key, if it is sealed.

    Raises:
        KeyUnusableError: the key cannot be read, or the password is not its own.
    """
    comment = f"timestamp:{int(now.timestamp())}\tfile:{MANIFEST.name}\thashed"
    try:
        with minisign.SecretKey.from_bytes(secret) as key:
            if key.is_encrypted():
                key.decrypt(password)
            made = key.sign(manifest, untrusted_comment=UNTRUSTED, trusted_comment=comment)
    except minisign.Error as error:
        raise KeyUnusableError(f"The secret key cannot be used: {error}.") from error
    return bytes(made) + b"\n"


def sign_demo(content_dir: Path, instance_dir: Path, now: datetime) -> str:
    """Sign the manifest of a demo's content folder with a key that is made on the spot.

    The key and the last version stay in `demo/` of the instance (mode 0600), so that a demo
    which is started again is not taken for one that was rolled back.

    Args:
        content_dir: the folder whose `official/source.toml` is signed.
        instance_dir: the folder of the instance.
        now: an aware instant, from which the manifest is valid for 14 days.

    Returns:
        The text of the public key, to be pinned.

    Raises:
        ContentError: the source cannot be used.
    """
    folder = instance_dir / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    secret_file, public_file, version_file = (folder / name for name in _DEMO_FILES)
    if not secret_file.exists():
        secret, public = new_key()
        version_file.unlink(missing_ok=True)
        write_private(public_file, public.text.encode())
        write_private(secret_file, secret)
    version = 1 + (int(version_file.read_text()) if version_file.exists() else 0)
    manifest = to_bytes(
        load_source(content_dir), version=version, issued_at=now, lifetime=LONGEST_LIFE
    )
    write_private(version_file, str(version).encode())
    write_whole(content_dir / MANIFEST, manifest)
    write_whole(content_dir / SIGNATURE, sign(manifest, secret_file.read_bytes(), now))
    return public_file.read_text(encoding="utf-8")


def demo_key(instance_dir: Path) -> str:
    """The public key of a demo that was laid out; empty where there is none."""
    try:
        return (instance_dir / "demo" / _DEMO_FILES[1]).read_text(encoding="utf-8")
    except OSError:
        return ""


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Put a file in its place in one step, so that nobody reads half of it."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
    beside.replace(path)


def write_private(path: Path, data: bytes) -> None:
    """The same for what only the operator may read."""
    write_whole(path, data, 0o600)

"""`trustops official`: build, sign and verify the manifest of official addresses.

Made for a machine that is not the server: these commands need no database and no network.
"""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import click

from trustops.cli.official_source import (
    UNSET_BASE_URL,
    announcing,
    require_own_host,
    require_readable_reports,
)
from trustops.cli.official_verify import verify
from trustops.clock import SystemClock
from trustops.errors import ConflictError, NotFoundError
from trustops.official import signing
from trustops.official.canonical import LONGEST_LIFE, parse, to_bytes
from trustops.official.rules import host_of_desk
from trustops.official.schema import load_source
from trustops.official.signing import MANIFEST, SIGNATURE, KeyUnusableError
from trustops.official.values import Manifest
from trustops.settings import Settings, load_settings

_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("official")
def official() -> None:
    """The signed manifest of official addresses, domains and handles."""


@official.command("build")
@click.option("--version", type=click.IntRange(min=1), help="Instead of one more than the last.")
@click.option(
    "--valid-days",
    type=click.IntRange(1, LONGEST_LIFE.days),
    default=LONGEST_LIFE.days,
    show_default=True,
    help="How long it is valid.",
)
@click.option(
    "--next-key",
    "next_keys",
    multiple=True,
    help="A public key, or its file, that may sign later lists; announced in this one.",
)
def build(version: int | None, valid_days: int, next_keys: tuple[str, ...]) -> None:
    """Write official/manifest.json from official/source.toml, not signed yet."""
    settings = load_settings()
    source = load_source(settings.content_dir)
    if next_keys:
        source = announcing(source, next_keys)
    require_own_host(source, settings.base_url)
    require_readable_reports(source)
    path = settings.content_dir / MANIFEST
    text = to_bytes(
        source,
        version=version or _last_version(path) + 1,
        issued_at=_clock(settings).now(),
        lifetime=timedelta(days=valid_days),
    )
    (settings.content_dir / SIGNATURE).unlink(missing_ok=True)
    signing.write_whole(path, text)
    made = parse(text)
    click.echo(f"{path}: version {made.version}, valid until {_moment(made)}.")
    if not host_of_desk(settings.base_url):
        click.echo(UNSET_BASE_URL, err=True)
    click.echo("It is not signed yet; `trustops official sign --key FILE` does that.", err=True)


@official.command("sign")
@click.option("--key", required=True, type=_EXISTING, help="The minisign secret key.")
@click.option("--password-file", type=_EXISTING, help="Its password, in a file of mode 0600.")
def sign(key: Path, password_file: Path | None) -> None:
    """Sign official/manifest.json; asks for the password of the key."""
    settings = load_settings()
    path = settings.content_dir / MANIFEST
    if not path.is_file():
        raise NotFoundError(f"{path} is not there; `trustops official build` writes it.")
    text = path.read_bytes()
    made = parse(text)
    secret = _private(key)
    password = _password(password_file, needed=signing.needs_password(secret))
    signature = signing.sign(text, secret, _clock(settings).now(), password=password)
    signing.write_whole(settings.content_dir / SIGNATURE, signature)
    click.echo(f"{settings.content_dir / SIGNATURE}: version {made.version} is signed.")


official.add_command(verify)


@official.command("keygen")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that gets official.key and official.pub.",
)
@click.option("--password-file", type=_EXISTING, help="A password, in a file of mode 0600.")
@click.option("--no-password", is_flag=True, help="Leave the key open to whoever has the file.")
def keygen(out: Path, password_file: Path | None, no_password: bool) -> None:
    """Make a key pair to sign manifests with. Keep the secret key off the server."""
    secret_file, public_file = out / "official.key", out / "official.pub"
    for path in (secret_file, public_file):
        if path.exists():
            raise ConflictError(f"{path} is there already, and is not overwritten.")
    secret, public = signing.new_key()
    if not no_password:
        password = _password(password_file, needed=True, confirm=True)
        secret = signing.locked(secret, password)
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    signing.write_private(secret_file, secret)
    signing.write_whole(public_file, public.text.encode())
    click.echo(f"{secret_file}: the secret key. Keep it off the server.")
    click.echo(f"{public_file}: the public key {public.id}, for TRUSTOPS_OFFICIAL_KEY:")
    click.echo(public.line)


def _last_version(path: Path) -> int:
    """The version of the manifest that is there; 0 where there is none."""
    if not path.exists():
        return 0
    return parse(path.read_bytes()).version


def _private(path: Path) -> bytes:
    """A file that nobody else may read.

    Raises:
        KeyUnusableError: others may read it.
    """
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyUnusableError(f"{path.name}: others may read it; chmod 600 it.")
    return path.read_bytes()


def _password(file: Path | None, *, needed: bool, confirm: bool = False) -> str:
    """The password of a key, from a file or from the terminal."""
    if not needed:
        return ""
    if file is not None:
        return _private(file).decode("utf-8").rstrip("\r\n")
    asked: str = click.prompt(
        "Password of the key", hide_input=True, confirmation_prompt=confirm, err=True
    )
    return asked


def _clock(settings: Settings) -> SystemClock:
    return SystemClock(settings.clock_offset)


def _moment(manifest: Manifest) -> str:
    return f"{manifest.expires_at:%Y-%m-%d %H:%M} UTC"

"""Checks of the settings, the files and what stands before the desk; no database is asked."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from trustops.channels.networks import CONSOLE
from trustops.channels.targets import alert_targets
from trustops.cli.content import find_problems
from trustops.cli.health import limits
from trustops.cli.health.finding import Finding, counted, fail, ok, warn
from trustops.cli.schema import is_sqlite
from trustops.cli.sqlite_copy import path_of
from trustops.settings import Settings
from trustops.settings.hosts import UnusableError
from trustops.settings.rules import refuse_published_key, refuse_weak_key
from trustops.site.release import FOLDER as RELEASES

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs"}
)
"""File systems on which the locks of SQLite, or its shared memory, do not hold."""

OF_THE_PACK = "names the fact migration."
LEAST_STRANGERS = 3
"""From so many documents on it is no typo: they speak of another migration."""

MOST_NAMED = 10
"""Names of files that one finding holds."""

MOUNTS = Path("/proc/self/mounts")


def secret_key(settings: Settings) -> Finding:
    """A key that can be guessed undoes every signature made with it."""
    key = settings.secret_key.reveal()
    try:
        refuse_weak_key(key)
        refuse_published_key(key)
    except UnusableError as error:
        return fail(
            "secret key",
            f"The secret key {error.message}.",
            "Take TRUSTOPS_SECRET_KEY out to have one made, or set a long random one.",
        )
    return ok("secret key", "There is a secret key that nobody guesses.")


def file_modes(settings: Settings) -> Finding:
    """What lies in the instance folder is nobody else's to read."""
    open_ones = [item.name for item in _private(settings) if _others_may(item)]
    if open_ones:
        return fail(
            "file modes",
            f"Others on this machine may read {', '.join(open_ones)}.",
            f"chmod 700 {settings.instance_dir}; chmod 600 the files in it.",
        )
    return ok("file modes", "Nobody else on this machine reads the instance folder.")


def _private(settings: Settings) -> Iterator[Path]:
    """The instance folder where it is open, else the files outside it that hold secrets."""
    yield settings.instance_dir
    for name in ("secret_key", "config.toml"):
        if (settings.instance_dir / name).exists():
            yield settings.instance_dir / name
    if is_sqlite(settings):
        database = path_of(settings.database_url.reveal())
        if database.exists() and settings.instance_dir not in database.parents:
            yield database


def _others_may(path: Path) -> bool:
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def file_system(settings: Settings, mounts: Path = MOUNTS) -> Finding:
    """SQLite over a network loses its locks, and with them data."""
    name = "file system"
    if not is_sqlite(settings):
        return ok(name, "The data is not in a file of ours.")
    path = path_of(settings.database_url.reveal())
    kind = _file_system_of(path, mounts)
    if kind in NETWORK_FILE_SYSTEMS:
        return fail(
            name,
            f"The SQLite database lies on a network file system ({kind}), where locks do not hold.",
            "Move the instance to a local disk, or use PostgreSQL (docs/operations.md).",
        )
    if not kind:
        return warn(
            name,
            "It is not known which file system the SQLite database lies on.",
            "Make sure that it is a local disk.",
        )
    return ok(name, f"The SQLite database lies on a local file system ({kind}).")


def _file_system_of(path: Path, mounts: Path) -> str:
    """The type of the file system of a path, by the longest mount point above it; Linux only."""
    if not mounts.exists():
        return ""
    real = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8").splitlines():
        point, found = line.split()[1:3]
        point = point.replace("\\040", " ")
        within = real == point or real.startswith(point.rstrip("/") + "/")
        if within and len(point) >= len(best):
            best, kind = point, found
    return kind


def built_pages(settings: Settings) -> Finding:
    """Built pages need a folder of their own; without one readers wait for ever."""
    name = "built pages"
    folder = settings.instance_dir / RELEASES
    if not folder.exists():
        return ok(name, "No pages were built yet; they are made when the desk starts.")
    if not folder.is_dir():
        return fail(
            name,
            f"{RELEASES} in the instance folder is no folder, so no page can be built.",
            "Move it away; it is made again within a minute.",
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        return fail(
            name,
            f"{RELEASES} in the instance folder cannot be written to, so pages stay as they are.",
            "Give it to the user who runs the desk (chown, chmod 700).",
        )
    return ok(name, "Pages are built into the instance folder.")


def content(settings: Settings) -> Finding:
    """A document with a fault is read in an older version, or not at all."""
    problems = find_problems(settings)
    if not problems:
        return ok("content", "The content files are valid.")
    files = list(dict.fromkeys(problem.file for problem in problems))
    strangers = {item.file for item in problems if OF_THE_PACK in item.message}
    if len(strangers) >= LEAST_STRANGERS:
        return fail(
            "content",
            f"{len(strangers)} documents name facts that the published migration does not have, so "
            f"the content seems to be of another project: {_in_short(sorted(strangers))}.",
            "Write these pages for your migration or take them out; `trustops content check` names "
            "each file, line and fact. `migration` in site.toml says which pack is published.",
        )
    return fail(
        "content",
        f"{counted(len(files), 'content file has', 'content files have')} "
        f"{counted(len(problems), 'problem')}: {_in_short(files)}; the first: "
        f"{problems[0]}",
        "`trustops content check` lists them all, and what readers see meanwhile.",
    )


def _in_short(files: Sequence[str]) -> str:
    """The first names of a list, and how many more there are."""
    more = f" and {len(files) - MOST_NAMED} more" if len(files) > MOST_NAMED else ""
    return f"{', '.join(files[:MOST_NAMED])}{more}"


def alert_channel(settings: Settings) -> Finding:
    """An alert that only stands in a log wakes nobody."""
    targets = alert_targets(settings)
    if all(target.channel == CONSOLE.channel for target in targets):
        return warn(
            "alert channel",
            "No alert channel is set, so alerts go to the log alone.",
            "Set TRUSTOPS_ALERT_WEBHOOK_URL, TRUSTOPS_ALERT_EMAIL_TO or TRUSTOPS_ALERT_URLS.",
        )
    names = ", ".join(target.label for target in targets)
    return ok("alert channel", f"Alerts go to {names}. `trustops alert test` tries them.")


def base_url(settings: Settings) -> Finding:
    """What visitors reach us by is encrypted, unless it is this machine alone."""
    host = urlsplit(settings.base_url).hostname or ""
    if settings.secure or host in LOOPBACK:
        return ok("base URL", f"Visitors reach the desk at {settings.base_url}.")
    return fail(
        "base URL",
        f"{settings.base_url} is neither https nor this machine: passwords would travel openly.",
        "Put nginx with a certificate before it (deploy/nginx.conf) and set TRUSTOPS_BASE_URL.",
    )


def proxies(settings: Settings) -> Finding:
    """Limits count by address, so the address has to be the visitor's."""
    name = "trusted proxies"
    if settings.secure and not settings.trusted_proxies:
        return warn(
            name,
            "The base URL is https and no proxy is trusted, so all visitors look like one address.",
            "Set TRUSTOPS_TRUSTED_PROXIES to the number of proxies before the desk, mostly 1.",
        )
    if settings.trusted_proxies and not settings.secure:
        return warn(
            name,
            "A proxy is trusted and the base URL is not https; without one, anybody could choose "
            "the address that limits count by.",
            "Set TRUSTOPS_BASE_URL to the https address, or TRUSTOPS_TRUSTED_PROXIES to 0.",
        )
    return ok(name, f"{counted(settings.trusted_proxies, 'proxy is', 'proxies are')} trusted.")


def demo(settings: Settings) -> Finding:
    """A demo shows invented tickets and has passwords that everybody knows."""
    if settings.clock_offset:
        seconds = int(settings.clock_offset.total_seconds())
        return warn(
            "demo",
            f"This is a demo whose clock is moved by {counted(seconds, 'second')}.",
            "Take TRUSTOPS_DEMO and TRUSTOPS_CLOCK_OFFSET out before real people use it.",
        )
    if settings.demo:
        return warn(
            "demo",
            "This is a demo: anybody who reads its documentation can sign in.",
            "Take TRUSTOPS_DEMO out, with another instance folder, before real people use it.",
        )
    return ok("demo", "This is not a demo.")


CHECKS = (
    secret_key,
    file_modes,
    file_system,
    built_pages,
    content,
    alert_channel,
    base_url,
    proxies,
    limits.limits,
    demo,
)
"""In the order of the report."""

"""Writes the public pages as a plain folder of files, for a web server or a content network.

A copy cannot change over by itself when the manifest of official addresses expires: it has to be
made again before that, and says until when it holds in the file `.trustops-export`.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from trustops.errors import ConflictError
from trustops.site.build import Render, redirects, write_tree
from trustops.site.sources import Sources
from trustops.site.writer import Writer, compress
from trustops.web import assets
from trustops.web.headers import ALWAYS

MARK = ".trustops-export"
"""The file by which a folder is known as ours to replace."""

_COMPRESSED_ASSETS = frozenset({".css", ".js", ".json", ".svg", ".html", ".txt"})


def export(sources: Sources, out: Path, render: Render) -> int:
    """Write pages, machine files and styles into a folder, in place of an earlier copy there.

    Args:
        sources: what the pages say.
        out: the folder; it may be missing, empty, or an earlier copy.
        render: what writes pages and feeds.

    Returns:
        How many pages and machine files there are.

    Raises:
        ConflictError: the folder holds something else.
    """
    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise ConflictError(f"{out} holds something else, so nothing was written. Choose another.")
    beside = f".{out.name}-{secrets.token_hex(4)}"
    work = out.with_name(f"{beside}-new")
    work.mkdir(parents=True)
    try:
        rows = write_tree(Writer(work), ".", sources, render)
        _assets(work / "static")
        _for_hosts(work, redirects(sources))
        manifest = sources.official.manifest
        until = manifest.expires_at.isoformat() if manifest else "no official addresses are shown"
        (work / MARK).write_text(f"{until}\n", encoding="utf-8")
        _swap(work, out, out.with_name(f"{beside}-old"))
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return len(rows)


def _assets(target: Path) -> None:
    """Copy styles, scripts and icons, with the files that are joined and compressed twins."""
    names = {str(path.relative_to(assets.FOLDER)) for path in assets.FOLDER.rglob("*.*")}
    for name in sorted(names | set(assets.MADE)):
        source = assets.FOLDER / name
        if name not in assets.MADE and not source.is_file():
            continue
        body = assets.joined(name) or source.read_bytes()
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
        if file.suffix in _COMPRESSED_ASSETS:
            file.with_name(f"{file.name}.gz").write_bytes(compress(body))


def _for_hosts(work: Path, aliases: Mapping[str, str]) -> None:
    """Write the two files by which many hosts set headers and lead former addresses on."""
    headers = "".join(f"  {name}: {value}\n" for name, value in ALWAYS.items())
    (work / "_headers").write_text(f"/*\n{headers}", encoding="utf-8")
    lines = "".join(f"{old} {new} 301\n" for old, new in sorted(aliases.items()))
    (work / "_redirects").write_text(lines, encoding="utf-8")


def _swap(work: Path, out: Path, aside: Path) -> None:
    """Put a new copy in the place of the old one, which is removed last."""
    if out.exists():
        out.rename(aside)
    work.rename(out)
    shutil.rmtree(aside, ignore_errors=True)

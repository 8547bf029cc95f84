"""Static files under the hash of their content, so that browsers may keep them for ever.

The guard in the browser is one script, and what it compares with is one document
(docs/decisions/0041-the-guard-in-the-browser.md); pages load both only where somebody types.

The styles of a face are one file, joined here from the files that people edit: a page asks for
one stylesheet instead of thirty, and no build step stands between an edit and a look at it.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from trustops.guard.browser import browser_data

FOLDER = Path(__file__).resolve().parent / "static"
HASH_LENGTH = 12

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

FACES = {f"css/{face}-face.css": face for face in ("public", "desk")}
"""Stylesheets that are joined: the basis, the face's own file, every component."""


def joined(path: str) -> bytes | None:
    """A file that is put together here, such as the stylesheet of a face; None for every other."""
    make = MADE.get(path)
    return make() if make else None


def kind(path: str) -> str:
    """The media type of a file by its name."""
    return mimetypes.guess_type(path)[0] or "application/octet-stream"


@cache
def _join(face: str) -> bytes:
    styles = FOLDER / "css"
    files = [styles / f"{name}.css" for name in ("app", "tokens", "layout", face)]
    files += sorted((styles / "components").glob("*.css"))
    return b"\n".join(file.read_bytes() for file in files)


@cache
def _guard() -> bytes:
    return b"\n".join(file.read_bytes() for file in sorted((FOLDER / "js" / "guard").glob("*.js")))


MADE: Mapping[str, Callable[[], bytes]] = {
    **{path: partial(_join, face) for path, face in FACES.items()},
    "js/guard.js": _guard,
    "guard.json": browser_data,
}
"""Files that are put together here and stand in no folder."""


def version(path: str) -> str | None:
    """The first twelve digits of a file's SHA-256, worked out once; None where there is none."""
    file = (FOLDER / path).resolve()
    known = path in MADE or (file.is_relative_to(FOLDER) and file.is_file())
    return _version(path) if known else None


@cache
def _version(path: str) -> str:
    """Kept for files that are there, or names that are none would fill the memory."""
    content = joined(path) or (FOLDER / path).read_bytes()
    return hashlib.sha256(content).hexdigest()[:HASH_LENGTH]


def asset(path: str) -> str:
    """The address of a static file, such as `js/time.js`.

    A file that is missing keeps its plain address and answers 404; a house test finds it.
    """
    found = version(path)
    return f"/static/{path}?v={found}" if found else f"/static/{path}"


def caching(path: str, asked: str) -> str:
    """How long a file may be kept: for ever under its own hash, else only if asked again."""
    return FOR_EVER if asked and asked == version(path) else ASK_AGAIN

"""Finds the Markdown files of the content folder; what lies in the wrong place is a fault.

Kinds in several languages have a folder for each id, others a file for each id. Hidden files
and the copies that editors leave behind are passed over.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from trustops.content.documents import Named
from trustops.content.kinds import BY_LOCALE, Kind
from trustops.content.toml_file import problem_at
from trustops.content.values import Problem

KNOWN_LOCALES = ("en", "ko", "zh-Hans")
"""The languages in which documents are written; `site.toml` says which of them a site has."""

READ_FOLDERS = frozenset({*map(str, Kind), "exchanges", "heartbeat", "migrations", "official"})
READ_FILES = frozenset(
    {"README.md", "components.toml", "heartbeat.toml", "intake.toml", "site.toml", "sla.toml"}
)
"""What a content folder holds at its top."""

LONGEST_ID = 48
"""Characters of an id, which is part of a public address for ever."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LEFT_BEHIND = re.compile(
    r"[.#].*|.*~|~\$.*|4913|5036|.*\.(?:sw[a-z]|bak|tmp|temp|orig|rej|part|save)|.*___jb_(?:tmp|old)___",
    re.DOTALL,
)
"""What editors and tools leave beside a file: locks, copies, trials, what was not merged."""


def find_documents(
    folder: Path, locales: Sequence[str], problems: list[Problem]
) -> Iterator[Named]:
    """Every document of the folder by its place, sorted; files that have none are noted.

    Args:
        folder: the content folder.
        locales: the languages of the site; the first is the one that has to be there.
        problems: what is wrong is appended here.
    """
    for kind in Kind:
        for path in entries(folder, str(kind), problems) or ():
            name = f"{kind}/{printed(path.name)}"
            if kind in BY_LOCALE:
                yield from _translations(kind, path, locales, problems)
            elif path.suffix != ".md" or not path.is_file():
                problems.append(Problem(name, 1, "file", "has to be a file named <id>.md"))
            elif _has_good_id(path.stem, name, problems):
                yield Named(kind, path.stem, locales[0], name)


def unknown_names(folder: Path) -> Iterator[Problem]:
    """What lies in the content folder under a name that nobody reads, such as `faqs/`."""
    for path in entries(folder.parent, folder.name, []) or ():
        known = READ_FOLDERS if path.is_dir() else READ_FILES
        is_ours = path.is_dir() or path.suffix in {".toml", ".md"}
        if path.name in known or not is_ours:
            continue
        close = difflib.get_close_matches(path.name, known, n=1, cutoff=0.6)
        words = f"; did you mean {close[0]}?" if close else ""
        yield Problem(printed(path.name), 1, "file", f"is read by nothing here{words}")


def fingerprint_of(folder: Path) -> str:
    """A cheap look at a folder: another value as soon as a file in it changed.

    Names, sizes and times of change are looked at, not what the files say, so that a watch can
    ask every few seconds. A folder that is not there has a value too.
    """
    digest = hashlib.sha256()
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(root) / name
            try:
                known = path.stat()
            except OSError:
                # What is not there or cannot be looked at; whoever reads it says why.
                continue
            line = f"{path.relative_to(folder)}\0{known.st_size}\0{known.st_mtime_ns}\0"
            digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def entries(folder: Path, name: str, problems: list[Problem]) -> list[Path] | None:
    """What lies in a folder of the content folder, without what editors leave behind.

    Nothing where it is not there; None, after noting why, where it cannot be looked into.
    """
    if not os.path.lexists(folder / name) and folder.is_dir() and os.access(folder, os.X_OK):
        return []
    try:
        found = sorted((folder / name).iterdir())
    except OSError as error:
        problems.append(Problem(name, 1, "file", f"cannot be read: {error.strerror}"))
        return None
    return [path for path in found if not _LEFT_BEHIND.fullmatch(path.name)]


def _translations(
    kind: Kind, folder: Path, locales: Sequence[str], problems: list[Problem]
) -> Iterator[Named]:
    """The files of one id, one for each language that it is written in."""
    name = f"{kind}/{printed(folder.name)}"
    if not folder.is_dir():
        problems.append(Problem(name, 1, "file", "has to be a folder named by the id"))
        return
    if not _has_good_id(folder.name, name, problems):
        return
    found = entries(folder.parent.parent, name, problems)
    if found is None:
        return
    for path in found:
        file = f"{name}/{printed(path.name)}"
        if path.suffix == ".md" and path.stem in locales:
            yield Named(kind, folder.name, path.stem, file)
        elif path.suffix == ".md" and path.stem in KNOWN_LOCALES:
            words = f"leaves out {path.stem}, in which documents are written"
            problems.append(problem_at(folder.parent.parent, "site.toml", ("locales",), words))
        else:
            allowed = ", ".join(f"{locale}.md" for locale in locales)
            problems.append(
                Problem(file, 1, "file", f"is none of {allowed} (locales of site.toml)")
            )
    if f"{locales[0]}.md" not in {path.name for path in found}:
        problems.append(Problem(f"{name}/{locales[0]}.md", 1, "file", "is missing"))


def printed(name: str) -> str:
    """A file name as it can be told, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _has_good_id(name: str, file: str, problems: list[Problem]) -> bool:
    if _ID.fullmatch(name) and len(name) <= LONGEST_ID:
        return True
    words = f"has an id that is not lower-case words with - between, up to {LONGEST_ID} characters"
    problems.append(Problem(file, 1, "file", words))
    return False

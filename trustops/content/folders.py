"""Finds the Markdown files of the content folder; what lies in the wrong place is a fault.

Kinds in several languages have a folder for each id, others a file for each id. Hidden files
and the copies that editors leave behind are passed over.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from trustops.content.documents import Named
from trustops.content.file_names import LONGEST_ID, id_meant, stem_of, wrong_name
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

_READ_WITHIN: Mapping[str, frozenset[str]] = {
    "official": frozenset({"source.toml", "manifest.json", "manifest.json.minisig"}),
    "heartbeat": frozenset({"full.md.j2", "short.md.j2"}),
    "migrations": frozenset(),
}
"""What the folders hold that have no documents; of none, every TOML file is read."""

_CODES: Mapping[str, str] = {
    **dict.fromkeys(("kr", "kor", "ko-kr", "korean", "kp"), "ko"),
    **dict.fromkeys(
        ("cn", "zh", "zh-cn", "zh-hans-cn", "zh-sg", "chi", "zho", "chinese", "sc"), "zh-Hans"
    ),
    **dict.fromkeys(("eng", "en-us", "en-gb", "us", "uk", "gb", "english"), "en"),
}
"""What people write in place of the code of a language, in small letters."""

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
            elif path.is_dir():
                told = f"has to be a file; name it {id_meant(path.name) or '<id>'}.md"
                problems.append(Problem(name, 1, "file", told))
            elif path.suffix == ".md" and path.is_file() and is_id(path.stem):
                yield Named(kind, path.stem, locales[0], name)
            else:
                beside = {other.name for other in path.parent.iterdir()}
                problems.append(Problem(name, 1, "file", _no_id(path.name, ".md", beside)))


def unknown_names(folder: Path) -> Iterator[Problem]:
    """What lies in the content folder under a name that nobody reads, such as `faqs/`."""
    for path in entries(folder.parent, folder.name, []) or ():
        known = READ_FOLDERS if path.is_dir() else READ_FILES
        if path.name in known:
            continue
        close = name_meant(path.name, known)
        if close or path.is_dir() or path.suffix in {".toml", ".md"}:
            words = f"; did you mean {close}?" if close else ""
            yield Problem(printed(path.name), 1, "file", f"is read by nothing here{words}")
    for name, known in _READ_WITHIN.items():
        for path in entries(folder, name, []) or ():
            close = name_meant(path.name, known) if path.name not in known else ""
            if close:
                told = f"is read by nothing here; did you mean {close}?"
                yield Problem(f"{name}/{printed(path.name)}", 1, "file", told)
            elif not known and ".toml" in path.name.casefold() and path.suffix != ".toml":
                told = "is read by nothing here; its name has to end in .toml"
                yield Problem(f"{name}/{printed(path.name)}", 1, "file", told)


def renamed_folders(folder: Path) -> Mapping[str, str]:
    """Folders that nobody reads and that look like one that is not there, each with that one."""
    return {
        path.name: close
        for path in entries(folder.parent, folder.name, []) or ()
        if path.is_dir()
        and path.name not in READ_FOLDERS
        and (close := name_meant(path.name, READ_FOLDERS))
        and not (folder / close).exists()
    }


def name_meant(name: str, known: Iterable[str]) -> str:
    """The name that was meant: in other letters, with another ending, or nearly typed."""
    plain = name.casefold().replace("_", "-").replace(" ", "-")
    by_small = {other.casefold(): other for other in known}
    begun = [other for other in by_small if plain.startswith(f"{other}.") or plain == other]
    close = begun or difflib.get_close_matches(plain, by_small, n=1, cutoff=0.6)
    return by_small[close[0]] if close else ""


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
        problems.append(Problem(name, 1, "file", _no_folder(kind, folder.name, locales[0])))
        return
    is_there = (folder / f"{locales[0]}.md").exists()
    if locale_meant(folder.name) and not is_there:
        words = "has the name of a language; the folder is the id and the file the language, as in"
        problems.append(Problem(name, 1, "file", f"{words} {kind}/late-holder/{locales[0]}.md"))
        return
    if not is_id(folder.name):
        problems.append(Problem(name, 1, "file", _no_id(folder.name, "", ())))
        return
    for path in entries(folder.parent.parent, name, problems) or ():
        file = f"{name}/{printed(path.name)}"
        if path.suffix == ".md" and path.stem in locales:
            yield Named(kind, folder.name, path.stem, file)
        elif path.suffix == ".md" and path.stem in KNOWN_LOCALES:
            words = f"leaves out {path.stem}, in which documents are written"
            problems.append(problem_at(folder.parent.parent, "site.toml", ("locales",), words))
        else:
            beside = {other.name for other in folder.iterdir()}
            problems.append(Problem(file, 1, "file", _no_locale(path.name, locales, beside)))
    if not is_there and os.access(folder, os.X_OK):
        problems.append(Problem(f"{name}/{locales[0]}.md", 1, "file", "is missing"))


def _no_folder(kind: Kind, name: str, locale: str) -> str:
    """What is wrong with a file that lies where the folders of the ids belong."""
    meant = f"{kind}/{id_meant(name) or '<id>'}/{locale}.md"
    told = wrong_name(name, meant)
    if told.endswith(f"to {meant}"):
        return f"has to lie in a folder that is named by its id; move it to {meant}"
    return told


def _no_locale(name: str, locales: Sequence[str], beside: Collection[str]) -> str:
    """What is wrong with the name of a translation, and what it should be."""
    allowed = ", ".join(f"{locale}.md" for locale in locales)
    meant = locale_meant(stem_of(name))
    told = wrong_name(name, f"{meant}.md" if meant in locales else "", beside)
    if told.startswith("is read by nothing under"):
        told = f"is read by nothing under this name; did you mean {meant}.md? Rename it so"
    if not told and f"{locales[0]}.md" not in beside:
        told = f"is none of {allowed}; rename it to the one of its language"
    return told or f"is none of {allowed}, by the locales of site.toml"


def locale_meant(name: str) -> str:
    """The language in which documents are written that a wrong code stands for; may be empty."""
    plain = name.casefold().replace("_", "-")
    by_small = {locale.casefold(): locale for locale in KNOWN_LOCALES}
    return by_small.get(plain) or _CODES.get(plain, "")


def printed(name: str) -> str:
    """A file name as it can be told, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def is_id(name: str) -> bool:
    """Whether a name can be an id."""
    return _ID.fullmatch(name) is not None and len(name) <= LONGEST_ID


def _no_id(name: str, ending: str, beside: Collection[str]) -> str:
    """What is wrong with a name that is no id, and what it should be."""
    form = f"lower-case words with - between, up to {LONGEST_ID} characters"
    if name.endswith(ending) and not is_id(name.removesuffix(ending)):
        meant = id_meant(name)
        fix = f"; rename it to {meant}{ending}" if meant else ""
        return f"has an id that is not {form}{fix}"
    meant = id_meant(name)
    told = wrong_name(name, f"{meant}{ending}" if meant else "", beside)
    return told or f"has to be a file named <id>{ending}, its id {form}"

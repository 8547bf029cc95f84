"""What a renamed file or folder brings about is left out: its author hears of the cause, and first.

A file under a name that nobody reads is missing where others look for it. They are not to blame.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from trustops.content.file_names import id_meant, stem_of
from trustops.content.folders import (
    READ_FILES,
    entries,
    is_id,
    locale_meant,
    name_meant,
    printed,
    renamed_folders,
    unknown_names,
)
from trustops.content.fronts import plain_markdown
from trustops.content.kinds import BY_LOCALE, Kind
from trustops.content.values import Problem, in_order

_OF_OFFICIAL = re.compile(r"names the fact (?:new_token|old_token|contract|domain|handle)\.")
_OF_PAGES = re.compile(r"links to /(?!faq/)\S*: there is no such page")
_IN_ONE_LANGUAGE = ("exchanges", "migrations")


def causes_first(folder: Path, problems: Iterable[Problem]) -> list[Problem]:
    """The faults of a content folder, names that nobody reads before all others.

    Args:
        folder: the content folder.
        problems: what else is wrong, as far as it was found without a look at such names.
    """
    unread = misnamed(folder)
    unread.update({name: (was,) for name, was in renamed_folders(folder).items()})
    others: list[Problem] = []
    left_out = dict.fromkeys(unread, 0)
    for problem in dict.fromkeys(problems):
        cause = _cause_of(problem, unread)
        if cause:
            left_out[cause] += 1
        else:
            others.append(problem)
    causes = [*unknown_names(folder), *(item for item in others if item.file in unread)]
    rest = [item for item in others if item not in causes]
    told = [_with_count(fault, left_out.get(fault.file, 0)) for fault in causes]
    return [*told, *in_order(rest)]


def misnamed(folder: Path) -> dict[str, tuple[str, ...]]:
    """Files under names that nobody reads, each with what is missing because of that.

    That is `faq/waitlist` for an answer and its former ids alike, `site.toml` for a file at the
    top of the content folder.
    """
    found: dict[str, tuple[str, ...]] = {}
    for path in entries(folder.parent, folder.name, []) or ():
        was = name_meant(path.name, READ_FILES) if path.name not in READ_FILES else ""
        if was and path.is_file() and not (folder / was).exists():
            found[printed(path.name)] = (was,)
    for kind in (*map(str, Kind), *_IN_ONE_LANGUAGE):
        for path in entries(folder, kind, []) or ():
            for file, name in _missing_for(kind, path):
                former = tuple(f"{kind}/{alias}" for alias in _former_ids(folder, file, path))
                found[file] = (f"{kind}/{name}", *former)
    return found


def _missing_for(kind: str, path: Path) -> Iterator[tuple[str, str]]:
    """The file or folder that has a wrong name, and the id that is missing for it."""
    file, name = f"{kind}/{printed(path.name)}", id_meant(path.name)
    if kind not in BY_LOCALE:
        ending = ".toml" if kind in _IN_ONE_LANGUAGE else ".md"
        is_good = path.suffix == ending and is_id(path.stem) and path.is_file()
        if not is_good and name and not (path.parent / f"{name}{ending}").exists():
            yield file, name
    elif not (path.is_dir() and is_id(path.name)):
        if name and not (path.parent / name).exists():
            yield file, name
    elif not (path / "en.md").exists():
        strays = [other for other in entries(path.parent, path.name, []) or () if other.is_file()]
        meant = [other for other in strays if locale_meant(stem_of(other.name)) == "en"]
        # Whatever lies there alone is the answer, under whatever name.
        for stray in meant or (strays if len(strays) == 1 else []):
            yield f"{file}/{printed(stray.name)}", path.name


def _former_ids(folder: Path, file: str, path: Path) -> Iterator[str]:
    """The aliases that a document under a wrong name has."""
    names = [f"{file}/en.md"] if path.is_dir() and (folder / file).is_dir() else [file]
    for name in names:
        if not (folder / name).is_file():
            continue
        for plain in plain_markdown(folder, name):
            aliases = plain.values.get("aliases")
            yield from map(str, aliases if isinstance(aliases, list) else ())


def _cause_of(problem: Problem, unread: Mapping[str, tuple[str, ...]]) -> str:
    return next(
        (
            cause
            for cause, lost in unread.items()
            if problem.file != cause and any(_follows(problem, name) for name in lost)
        ),
        "",
    )


def _follows(problem: Problem, name: str) -> bool:
    """Whether a fault is there because a file or a folder is not."""
    message = problem.message
    if name == Kind.PAGE and _OF_PAGES.search(message):
        return True
    if name == "official" and _OF_OFFICIAL.search(message):
        return True
    is_it = problem.file == name or problem.file.startswith((f"{name}/", f"{name}."))
    if is_it and message.startswith(("is missing", "was a public address")):
        return True
    kind, _, document = name.partition("/")
    place = document if document and kind == Kind.PAGE else name
    if not document or kind in {Kind.FAQ, Kind.PAGE}:
        linked = rf"/{re.escape(place)}(?![\w-])"
    else:
        linked = rf"/{kind}#{re.escape(document)}(?![\w-])"
    lost = rf"there is no {re.escape(name)}(?![\w-])|links to {linked}"
    return re.search(lost, message) is not None


def _with_count(cause: Problem, left_out: int) -> Problem:
    if not left_out:
        return cause
    faults = (
        "one fault that follows from it is"
        if left_out == 1
        else (f"{left_out} faults that follow from it are")
    )
    stop = "" if cause.message.endswith(("?", ".")) else "."
    words = f"{cause.message}{stop} Until it has its name again, {faults} left out."
    return Problem(cause.file, cause.line, cause.field, words)

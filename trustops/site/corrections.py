"""What readers are told of content that is being corrected: which document, and as of when.

Plain words and no file names; who mends them reads those in the alert and in `content check`.
"""

from __future__ import annotations

from collections.abc import Sequence

from trustops.content.kinds import BY_LOCALE, Kind
from trustops.content.versions import PACKS, Meanwhile
from trustops.site.files import Files
from trustops.status.snapshot import Correction

_PARTS = {
    "site.toml": "The name of this site",
    "intake.toml": "The topics of the support form",
    "sla.toml": "Our promise on answers",
    "components.toml": "The list of what works",
    "heartbeat.toml": "The schedule of the heartbeat",
    "heartbeat/full.md.j2": "The words of the heartbeat",
    "heartbeat/short.md.j2": "The words of the short heartbeat",
}
"""Files that are no page, by what they are to a reader."""

_LISTS = {Kind.POLICY: "/policy", Kind.KNOWN_ISSUE: "/known-issues"}


def corrections(files: Files) -> Sequence[Correction]:
    """Everything that readers see in an older version, or not at all, because it has a fault."""
    made = (_correction(files, item) for _, item in sorted(files.meanwhile.items()))
    return tuple(item for item in made if item is not None)


def _correction(files: Files, item: Meanwhile) -> Correction | None:
    """How one file is told; None for what no reader sees, such as a reply or another pack."""
    if item.file in _PARTS:
        return Correction(_PARTS[item.file], None, item.accepted_at)
    folder, _, rest = item.file.partition("/")
    name = rest.partition("/")[0].removesuffix(".md").removesuffix(".toml")
    if folder == PACKS:
        is_ours = name == files.content.migration
        return Correction("The facts of the migration", None, item.accepted_at) if is_ours else None
    if folder == "exchanges":
        row = next((row for row in files.exchanges if row.id == name), None)
        title = row.name if row else name
        path = f"/exchanges#{name}" if row else "/exchanges"
        return Correction(f"What we know of {title}", path, item.accepted_at)
    return _of_document(files, Kind(folder), name, item)


def _of_document(files: Files, kind: Kind, name: str, item: Meanwhile) -> Correction | None:
    """A page, an answer, a statement or an issue. A draft and a reply are nobody's to read."""
    library = files.library
    document = next((found for found in library.documents if found.file == item.file), None)
    if kind is Kind.REPLY:
        return None
    if document is None:
        if kind in BY_LOCALE and not any(left.file == item.file for left in library.left_out):
            return None
        title = name.replace("-", " ").capitalize()
        return Correction(title, _LISTS.get(kind) or _path(kind, name), None)
    path = f"{_LISTS[kind]}#{name}" if kind in _LISTS else _path(kind, name)
    return Correction(document.meta.title, path, item.accepted_at)


def _path(kind: Kind, name: str) -> str:
    return f"/faq/{name}" if kind is Kind.FAQ else f"/{name}"

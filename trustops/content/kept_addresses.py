"""Public addresses that were there once: an answer or a page may move, but never into nothing.

What was published is remembered by the instance (`LastGood.addresses`), so a name that is gone
can be told from one that never was. The content folder alone could not say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from trustops.content.fronts import plain_files
from trustops.content.kinds import Kind
from trustops.content.values import Problem


def lost_addresses(folder: Path, published: Collection[str]) -> Iterator[Problem]:
    """Each address that was published and leads to no document and no alias of the folder.

    Args:
        folder: the content folder.
        published: what was public, as `faq/<id>` and `pages/<id>`.
    """
    aliases = {
        f"{Kind.FAQ}/{alias}"
        for plain in plain_files(folder)
        if plain.file.startswith(f"{Kind.FAQ}/")
        for alias in _names(plain.values.get("aliases"))
    }
    for address in sorted(published):
        if address not in aliases and not (folder / address).is_dir():
            yield Problem(address, 1, "file", _words(*address.split("/")))


def _names(value: object) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []


def _words(kind: str, name: str) -> str:
    gone = "was a public address and leads nowhere now"
    kept = "where it was taken back, keep its file with status: withdrawn"
    if kind == Kind.FAQ:
        return f"{gone}; where it was renamed, write aliases: [{name}] in its new file, {kept}"
    return f"{gone}; put it back under this name, or, {kept}"

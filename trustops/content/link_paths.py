"""Which page a link means that is written as a file, or from where its author stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PLAIN_PATH = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*(?:#.*)?\Z")
_FILE_LINK = re.compile(
    r"\]\(\s*(?:\.{0,2}/)*(?:[\w-]+/)*[\w-]+\.(?:md|html?|toml)(?:#[^\s()]*)?\s*\)", re.IGNORECASE
)
"""A link to a file of the content folder, as an editor of Markdown follows it."""

_ENTRY = re.compile(r"/(?P<list>policy|known-issues|exchanges)/(?P<id>[a-z0-9-]+)\Z")
"""What stands on one page with its neighbours, and has its address there."""


def without_file_links(text: str) -> str:
    """A text whose links to files lead nowhere: the name of a file is no domain there."""
    return _FILE_LINK.sub("](/)", text)


def is_file_link(target: str) -> bool:
    """Whether a link leads to a file of the content folder rather than to a page."""
    return _FILE_LINK.fullmatch(f"]({target})") is not None


def is_plain_path(target: str) -> bool:
    """Whether a link lacks nothing but the `/` before it."""
    return _PLAIN_PATH.match(target) is not None


def path_meant(target: str) -> str:
    """A path of this site as it is written: of a file, with capitals, or from where one stands."""
    path = target.partition("#")[0].partition("?")[0].casefold()
    path = re.sub(r"^(?:\.{0,2}/)*", "/", path)
    return re.sub(r"(?:/(?:en|ko|zh-hans))?(?:\.(?:md|html?|toml))?/*\Z", "", path) or "/"


def paths_meant(target: str) -> Iterator[tuple[str, str]]:
    """The pages that a link may mean, each with its section; the likeliest first."""
    section = target.partition("#")[2]
    path = re.sub(r"\A/(?:content|pages)(?=/)", "", path_meant(target))
    path = re.sub(r"\A/pages(?=/)", "", path)
    entry = _ENTRY.match(path)
    if entry:
        yield f"/{entry['list']}", entry["id"]
    yield path, section
    yield f"/faq{path}", section

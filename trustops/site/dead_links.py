"""Links of a copy of the site that lead nowhere in it, as whatever serves its files would see them.

A copy has no desk behind it: what a form or the checker answers is not among its files. Neither a
page nor a section that is not there may be found out by the reader who needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

_PAGE = ".html"
_FRONT = "index"


@dataclass(frozen=True, slots=True, order=True)
class DeadLink:
    """A link to a page that the copy lacks, or to a section that its page lacks.

    `file` is where it stands, by its path in the copy; `path` begins with `/`. `section` is empty
    where the page itself is missing.
    """

    file: str
    path: str
    section: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, for whoever builds the copy."""
        if self.section:
            return f"{self.file} leads to {self.path}#{self.section}; that page has no such section"
        return f"{self.file} leads to {self.path}, which is not there"


@dataclass(slots=True)
class _Page(HTMLParser):
    """The ids of a page and where it leads."""

    ids: set[str] = field(default_factory=set)
    targets: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id of an element, and the target of a link."""
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.targets.append(values["href"])


def dead_links(folder: Path) -> list[DeadLink]:
    """Every link within a copy that leads nowhere in it, each once, in the order of the files.

    Args:
        folder: a finished copy, with its `_redirects`.
    """
    pages = {path: _read(folder / file) for path, file in _pages(folder)}
    redirects = _redirects(folder)
    found = {
        link
        for path, file in _pages(folder)
        for target in pages[path].targets
        if (link := _dead(folder, pages, redirects, DeadLink(file, *_place(path, target))))
    }
    return sorted(found)


def _dead(
    folder: Path, pages: Mapping[str, _Page], redirects: Mapping[str, str], link: DeadLink
) -> DeadLink | None:
    """The link as it is told, or None where it leads somewhere."""
    if not link.path.startswith("/") or link.path.startswith("//"):
        return None  # another site, or a mail address
    path = redirects.get(link.path, link.path)
    if path not in pages:
        is_file = (folder / path.lstrip("/")).is_file()
        return None if is_file else DeadLink(link.file, link.path)
    return link if link.section and link.section not in pages[path].ids else None


def _place(page: str, target: str) -> tuple[str, str]:
    """The path and the section that a link on a page leads to; the query is for the desk alone."""
    whole, section = urldefrag(target)
    return unquote(whole.partition("?")[0]) or page, unquote(section)


def _pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Every page by the path that a reader asks for, with its file."""
    for file in sorted(folder.rglob(f"*{_PAGE}")):
        name = file.relative_to(folder).as_posix()
        path = name.removesuffix(_PAGE)
        yield "/" if path == _FRONT else f"/{path.removesuffix(f'/{_FRONT}')}", name


def _read(file: Path) -> _Page:
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    return page


def _redirects(folder: Path) -> Mapping[str, str]:
    lines = (folder / "_redirects").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1] for line in lines if line.strip()}

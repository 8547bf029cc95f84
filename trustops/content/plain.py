"""Turns our own rendered HTML into plain text, for search, replies and mail.

Only what `trustops.content.markdown` lets through is known here.
"""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "h2", "h3", "h4", "tr", "pre", "li", "hr"})
_CELLS = frozenset({"td", "th"})
_TIGHT = frozenset({"li", "tr"})
"""Blocks that follow each other without an empty line."""


def plain(html: str, base_url: str = "") -> str:
    """The words of a page, a block a paragraph.

    Args:
        html: as `trustops.content.markdown.render` makes it.
        base_url: where the site is; with it, links within the site are written out too.
    """
    reader = _Reader(base_url.rstrip("/"))
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects blocks of text with the kind of each."""

    def __init__(self, base_url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base_url = base_url
        self.blocks: list[tuple[str, str, list[str]]] = []
        self.lists: list[int | None] = []
        self.targets: list[str] = []
        self.pre = False

    def text(self) -> str:
        """Everything read so far."""
        done = ""
        before = ""
        for kind, prefix, parts in self.blocks:
            words = "".join(parts)
            words = words.strip("\n") if kind == "pre" else " ".join(words.split())
            if not words:
                continue
            gap = "\n" if kind == before and kind in _TIGHT else "\n\n"
            done += (gap if done else "") + prefix + words
            before = kind
        return done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a list or a link."""
        given = dict(attrs)
        if tag in {"ul", "ol"}:
            self.lists.append(int(given.get("start") or 1) if tag == "ol" else None)
        elif tag in _BLOCKS:
            self._open(tag)
        elif tag in _CELLS and self.blocks and self.blocks[-1][2]:
            self._say(" | ")
        elif tag == "br":
            self._say(" ")
        elif tag == "a":
            self.targets.append(given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        """Close a list or a link; a link that leads away says where to."""
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag in {"ul", "ol", "pre"}:
            return
        elif tag == "a" and self.targets:
            target = self.targets.pop()
            if target.startswith("https://"):
                self._say(f" ({target})")
            elif target.startswith("/") and self.base_url:
                self._say(f" ({self.base_url}{target})")

    def handle_data(self, data: str) -> None:
        """Words; the white space between blocks is none."""
        if data.strip() or (self.blocks and self.blocks[-1][2]):
            self._say(data)

    def _say(self, words: str) -> None:
        if not self.blocks:
            self._open("p")
        self.blocks[-1][2].append(words)

    def _open(self, tag: str) -> None:
        """Begin a block; a paragraph that opens a list item is the item itself."""
        indent = "  " * (len(self.lists) - 1)
        if tag == "li":
            self.blocks.append(("li", indent + self._mark(), []))
        elif self.lists:
            if self.blocks[-1][2]:
                kind = "pre" if tag == "pre" else "li"
                self.blocks.append((kind, indent + "  ", []))
        else:
            self.blocks.append((tag, "", []))

    def _mark(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number}. "

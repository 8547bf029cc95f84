"""Makes links to this very site clickable in words that staff wrote, and no other link. Pure.

Words of a ticket are plain text. A link to anywhere else stays plain: a page of ours never leads a
holder to a place that somebody typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

_PATH = r"(?:/[A-Za-z0-9\-._~/%]*)?(?:\?[A-Za-z0-9\-._~/%=&+]*)?(?:#[A-Za-z0-9\-._~/%]*)?"
_BEFORE = "(?<![^\\s(\\[<\"'\u201c\u2018])"
"""A link begins a word; what stands within another address is a part of that."""

_AROUND = ".,;:!?)]>\"'\u201d\u2019"
"""Signs of the sentence, not of the address that they follow."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Words as safe HTML; templates put them in as they are."""

    html: str

    def __html__(self) -> str:
        """What the templates' escaping asks for."""
        return self.html


def with_own_links(text: str, base_url: str) -> Linked:
    """The text as safe HTML, in which whole addresses of this site are links; nothing else changes.

    Args:
        text: words as they were written.
        base_url: the address of this site, without a slash at its end.
    """
    base = re.escape(base_url)
    parts: list[str] = []
    end = 0
    for found in re.finditer(rf"{_BEFORE}{base}\S*", text):
        address = found.group().rstrip(_AROUND)
        # What goes on otherwise, as with a port, an @ or more of a host, is another address.
        if not re.fullmatch(base + _PATH, address):
            continue
        parts.append(escape(text[end : found.start()]))
        parts.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        end = found.start() + len(address)
    parts.append(escape(text[end:]))
    return Linked("".join(parts))

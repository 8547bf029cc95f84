"""Keeps a word with a hyphen in one line, where a narrow page would break it. Pure.

What is copied from the page has a plain hyphen, as it was written.
"""

from __future__ import annotations

import re
from typing import TypeVar

S = TypeVar("S", bound=str)

_PARTS = re.compile(
    r"<(title|textarea|script|style|option|svg)\b.*?</\1\s*>|<[^>]*>|(?<![\w@.-])e-mails?(?![\w@-])",
    re.IGNORECASE | re.DOTALL,
)
"""What may hold no element, any other tag, or a word that has to stay whole."""


def unbroken(html: S) -> S:
    """HTML of a template whose words stay whole; tags, fields and what one types are as before.

    What is safe for a template to put in stays so.
    """
    return type(html)(_PARTS.sub(_whole, str(html)))


def _whole(found: re.Match[str]) -> str:
    part = found.group()
    return part if part.startswith("<") else f'<span class="nowrap">{part}</span>'

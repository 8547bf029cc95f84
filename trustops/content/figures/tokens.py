"""What tokens are called: a name with a capital or a digit, old, new, or a token. Pure."""

from __future__ import annotations

QUOTE = r"[\"'`\u201c\u201d\u2018\u2019]"
AGE = r"(?i:old|new|legacy|former|original|previous|current|existing|fresh)"
NAME = r"(?=[0-9.]{0,14}[A-Za-z$])\$?[A-Za-z]{0,12}[A-Z0-9$][A-Za-z0-9$.]{0,14}+"
"""A token as exchanges write it: a letter, and a capital or a digit."""

_CALLED = r"(?i:tokens?|coins?)(?![A-Za-z])"
_ONE = r"(?i:tokens?|coins?|ones?)(?![A-Za-z])"
TOKEN = (
    rf"{QUOTE}?(?:[x\u00d7]\s{{1,2}})?"
    rf"(?:{AGE}(?![A-Za-z])(?:\s{{1,2}}(?:{NAME}|{_ONE})){{0,2}}"
    rf"|\((?:the\s)?{AGE}\)|{_CALLED}|{NAME}(?:\s{{1,2}}{_CALLED})?)"
    rf"(?:{QUOTE}?\s?\([^()\n]{{1,20}}\))?"
)
"""A token by its name, or called old or new, or a token: six new ones per old one."""

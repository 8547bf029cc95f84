"""Writes a pattern of this room in the notation of browsers, so that both read the same shapes.

Covers what the patterns of the room use. Needs the flag `v` of browsers, whose sets may hold sets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_WORD = r"[\p{L}\p{N}_]"
_NO_WORD = r"[[^\p{L}\p{N}_]]"
"""A set that excludes stands in a set: within a repeated group, Chromium never matches it alone."""

_CLASSES: Mapping[str, str] = {
    "w": _WORD,
    "W": _NO_WORD,
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r"\s",
    "S": r"\S",
}
_CONTROLS: Mapping[str, str] = {"n": r"\n", "r": r"\r", "t": r"\t", "f": r"\f", "v": r"\v"}
_PLACES: Mapping[str, str] = {
    "Z": "$",
    "b": rf"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))",
}
_HEXADECIMAL: Mapping[str, int] = {"x": 2, "u": 4}
_SPECIAL = frozenset(r"^$\.*+?()[]{}|/")
_END = r"(?=\n?$)"
"""Our `$`, which also holds before a line end that ends the text."""

_QUANTIFIER = re.compile(r"\{\d*,?\d*\}[?]?")
_OPENING = re.compile(r"\(\?(?:P<(?P<name>\w+)>|(?P<cased>i:)|(?P<other><?[=!]|:))")


class _Writer:
    """Reads one pattern from left to right and writes it anew."""

    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0
        self.parts: list[str] = []
        self.any_case: list[bool] = []
        self.after_class = False

    def write(self) -> str:
        """The whole pattern."""
        signs: Mapping[str, Callable[[], str]] = {
            "\\": self._escape,
            "[": self._set,
            "(": self._open,
            ")": self._close,
            "$": self._end,
            "{": self._quantifier,
        }
        while self.at < len(self.source):
            char = self.source[self.at]
            self.parts.append(signs.get(char, self._char)())
        return "".join(self.parts)

    def _take(self, size: int = 1) -> str:
        taken = self.source[self.at : self.at + size]
        self.at += size
        return taken

    def _char(self) -> str:
        char = self._take()
        if self.any_case and self.any_case[-1] and char.isalpha():
            return f"[{char.lower()}{char.upper()}]"
        return rf"\{char}" if char in "}]/" else char

    def _end(self) -> str:
        self.at += 1
        return _END

    def _quantifier(self) -> str:
        match = _QUANTIFIER.match(self.source, self.at)
        if match is None:
            self.at += 1
            return r"\{"
        return self._take(len(match[0]))

    def _open(self) -> str:
        match = _OPENING.match(self.source, self.at)
        within = bool(self.any_case and self.any_case[-1])
        if match is None:
            self.at += 1
            self.any_case.append(within)
            return "("
        self.at = match.end()
        self.any_case.append(within or match["cased"] is not None)
        return f"(?<{match['name']}>" if match["name"] else f"(?{match['other'] or ':'}"

    def _close(self) -> str:
        self.any_case.pop()
        return self._take()

    def _escape(self) -> str:
        self.at += 1
        char = self._take()
        if char in _HEXADECIMAL:
            return rf"\{char}{self._take(_HEXADECIMAL[char])}"
        known = _CLASSES.get(char) or _CONTROLS.get(char) or _PLACES.get(char)
        if known is None and char.isalnum():
            raise ValueError(f"no browser knows this of ours: \\{char}")
        return known or (rf"\{char}" if char in _SPECIAL else char)

    def _set(self) -> str:
        """A set of characters; every sign in it is written by its number."""
        self.at += 1
        written = "["
        if self.source[self.at] == "^":
            written += self._take()
        first = True
        while first or self.source[self.at] != "]":
            first = False
            if self.source[self.at] == "-" and self._is_range(written):
                written += self._take()
            written += self._item()
        self.at += 1
        if self.any_case and self.any_case[-1]:
            written = written.replace("a-z", "a-zA-Z")
        return f"[{written}]]" if written.startswith("[^") else written + "]"

    def _is_range(self, written: str) -> bool:
        """Whether a dash stands between two signs, and not for itself."""
        first, last = written in {"[", "[^"}, self.source[self.at + 1] == "]"
        return not (first or last or self.after_class)

    def _item(self) -> str:
        char = self._take()
        self.after_class = False
        if char == "\\":
            char = self._take()
            self.after_class = char in _CLASSES
            if char in _HEXADECIMAL:
                return rf"\{char}{self._take(_HEXADECIMAL[char])}"
            if char in _CLASSES or char in _CONTROLS:
                return _CLASSES.get(char) or _CONTROLS[char]
        return char if char.isalnum() or not char.isascii() else f"\\x{ord(char):02x}"


def for_browsers(pattern: re.Pattern[str]) -> tuple[str, str]:
    """The pattern, and `s` where a dot stands for line ends too.

    Raises:
        ValueError: it holds what browsers write in no other way.
    """
    return _Writer(pattern.pattern).write(), "s" if pattern.flags & re.DOTALL else ""

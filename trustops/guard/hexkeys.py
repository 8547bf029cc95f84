"""Private keys in hexadecimal: 64 digits, whole or cut up, one or more (facts/trust.md 3.3).

Left alone: addresses, UUIDs, SHA-1, call data and signatures (`0x` and another length than 64 or
128), words padded with zeros as contracts log them, and 64 digits that the text calls a
transaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trustops.guard import context
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View

KEY = 64
"""Hexadecimal digits of a private key, and of a transaction hash."""

FEWEST_DIFFERENT = 5
"""Different digits; a random key has about sixteen."""

FEWEST_LETTERS, FEWEST_DIGITS = 6, 16
"""In a key that is cut up; without them, lists of numbers would be keys."""

FEWEST_DIFFERENT_LETTERS = 4
"""Of the six; numbers in scientific notation have one."""

_PADDING = "0" * 20
_NEARLY = range(60, 68)
"""Lengths that are a key with a slip, where the text speaks of a key."""

_LONG = re.compile(r"(?P<prefix>0x)?(?P<digits>[0-9a-f]{60,})")
_LIST = re.compile(r"[\W\d_]{1,12}(?:and\W{1,3})?")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_GROUP = re.compile(r"(?<![0-9a-z])(?P<prefix>0x)?(?P<digits>[0-9a-f]{1,63})(?![0-9a-z])")
_CUT = re.compile(r"[\s:,;\-_./|\\\"'+>]{1,6}")


def _is_random(digits: str) -> bool:
    return (
        len(set(digits)) >= FEWEST_DIFFERENT
        and not digits.startswith(_PADDING)
        and not digits.isdecimal()
    )


def _is_key_length(digits: str, *, prefixed: bool) -> bool:
    size = len(digits)
    if size in {KEY, 2 * KEY}:
        return True
    if size == KEY + 2:
        return digits.startswith("00")
    return size % KEY == 0 and not prefixed


def _is_damaged_key(low: str, match: re.Match[str]) -> bool:
    digits = match["digits"]
    compressed = len(digits) == KEY + 2 and digits[:2] in {"02", "03"}
    return (
        len(digits) in _NEARLY
        and len(digits) != KEY
        and not compressed
        and context.has_key_cue(low, *match.span())
    )


def _believed(low: str, match: re.Match[str], previous: int) -> bool:
    """Whether the text says that 64 digits are a transaction.

    `previous` is where the last believed value ended: a list of hashes needs its word once.
    """
    start, end = match.span()
    if context.is_in_explorer(low, start):
        return True
    if context.has_key_cue(low, start, end):
        return False
    in_list = previous > 0 and _LIST.fullmatch(low, previous, start) is not None
    return in_list or context.is_called_transaction(low, start, end)


def whole(view: View, *, transaction: bool = False) -> Iterator[Span]:
    """Keys in one piece. In the transaction field, `0x` and 64 digits need no word beside them."""
    low, previous = view.low, 0
    for match in _LONG.finditer(low):
        digits, prefixed = match["digits"], match["prefix"] is not None
        if not _is_random(digits):
            continue
        if prefixed and len(digits) == KEY:
            cue = context.has_key_cue(low, *match.span())
            if _believed(low, match, previous) or (transaction and not cue):
                previous = match.end()
                continue
        if _is_key_length(digits, prefixed=prefixed) or _is_damaged_key(low, match):
            yield Span(*match.span(), SecretKind.PRIVATE_KEY)


def _chains(low: str) -> Iterator[list[re.Match[str]]]:
    """Groups of digits with nothing but small separators between them."""
    without_uuids = _UUID.sub(lambda match: "-" * len(match[0]), low)
    chain: list[re.Match[str]] = []
    for match in _GROUP.finditer(without_uuids):
        if chain and not _CUT.fullmatch(low, chain[-1].end(), match.start()):
            yield chain
            chain = []
        chain.append(match)
    yield chain


def _windows(chain: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Neighbouring groups with 64 digits together: the first, and the one after the last."""
    total = first = 0
    for last, match in enumerate(chain):
        total += len(match["digits"])
        while total > KEY:
            total -= len(chain[first]["digits"])
            first += 1
        if total == KEY:
            yield first, last + 1


def _parts(low: str, chain: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a key may begin or end here: at a line, beside a word, or where the chain does."""
    if at in {0, len(chain)}:
        return True
    before, after = chain[at - 1], chain[at]
    if "\n" in low[before.end() : after.start()]:
        return True
    digits = before["digits"], after["digits"]
    return len(digits[0]) != len(digits[1]) and any(map(str.isalpha, digits))


def _is_mixed(groups: Sequence[re.Match[str]]) -> bool:
    digits = "".join(match["digits"] for match in groups)
    numbers = sum(char.isdecimal() for char in digits)
    different = {char for char in digits if char.isalpha()}
    return (
        numbers >= FEWEST_DIGITS
        and len(digits) - numbers >= FEWEST_LETTERS
        and len(different) >= FEWEST_DIFFERENT_LETTERS
    )


def _is_cut_key(groups: Sequence[re.Match[str]]) -> bool:
    bytewise = all(len(match["digits"]) <= len("ff") for match in groups)
    return (
        _is_mixed(groups)
        and _is_random("".join(match["digits"] for match in groups))
        and (bytewise or all(match["prefix"] is None for match in groups[1:]))
    )


def cut(view: View) -> Iterator[Span]:
    """Keys whose 64 digits are parted by spaces, line ends, colons or other small signs."""
    for chain in filter(_is_mixed, _chains(view.low)):
        for first, end in _windows(chain):
            groups = chain[first:end]
            edges = _parts(view.low, chain, first) and _parts(view.low, chain, end)
            if edges and _is_cut_key(groups):
                yield Span(groups[0].start(), groups[-1].end(), SecretKind.PRIVATE_KEY)

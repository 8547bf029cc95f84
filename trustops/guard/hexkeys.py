"""Private keys in hexadecimal: 64 digits, whole or cut up, one or more (docs/guard.md).

Left alone: addresses, UUIDs, SHA-1, call data and signatures (`0x` and another length than 64 or
128), words padded with zeros as contracts log them, and 64 digits that the text names as something
public. Where it says neither, the find is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from trustops.guard import checksums, context
from trustops.guard.context import Weight
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View

KEY = 64
"""Hexadecimal digits of a private key, and of a transaction hash."""

FEWEST_DIFFERENT = 5
"""Different digits; a random key has about sixteen."""

FEWEST_LETTERS, FEWEST_DIGITS = 6, 16
"""In a key that is cut up; without them, lists of numbers would be keys."""

FEWEST_DIFFERENT_LETTERS = 3
"""Of the six; numbers in scientific notation have one."""

_PADDING = "0" * 8
_NEARLY = range(60, 68)
"""Lengths that are a key with a slip, where the text speaks of a key."""

_LONG = re.compile(r"(?P<prefix>0x)?(?P<digits>(?:(?!0x)[0-9a-f]){60,})")
_LIST = re.compile(
    r"[\W\d_]{1,12}(?:and\W{1,3})?"
    r"|\W{1,3}(?:(?:does|do|did|is|was|should|be|but|and|instead|of|vs|versus|not|n.?t|match(?:es)?"
    r"|got|get|expected|i|it|has|have|says?|shows?|the|page|site"
    r"|mine|yours|ours)\W{1,3}){1,8}"
    r"|[\W\d_]{1,40}\n[\W\d_]{0,40}|[\"']?\s{0,3}[\t|,;][^\n]{0,120}\n[\W\d_]{0,12}"
)
"""What parts the values of a list, or one row of a table from the next."""

_OF_A_WALLET = re.compile(r"(?<![0-9a-z])(?:0x)?[0-9a-f]{60,67}0x[0-9a-f]{2}(?:0x[0-9a-f]{2,40})?")
"""A key of a Klaytn wallet: the key, its kind and the address, each with its `0x`."""

_ENTROPY = re.compile(
    r"(?<![0-9a-z-])(?:0x)?(?:[0-9a-f]{8}(?:[ :-]?[0-9a-f]{8}){3,6}"
    r"|[0-9a-f]{4}(?:[ :-]?[0-9a-f]{4}){7,13}|[0-9a-f]{2}(?:[ :-]?[0-9a-f]{2}){15,27})(?![0-9a-z-])"
)
_ENTROPY_DIGITS = frozenset({32, 40, 48, 56})
"""Digits of what a phrase of 12, 15, 18 or 21 words is made of; that of 24 words is `KEY`."""

_BITS = re.compile(r"(?<!\d)(?:[01]{96,352}|[01]{8,11}(?:\s[01]{8,11}){11,31})(?!\d)")
"""Glued or in groups, but never either at each place: that would take for ever on many bits."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_GROUP = re.compile(r"(?:\\x|(?<![0-9a-z])(?P<prefix>0x)?)(?P<digits>[0-9a-f]{1,63})(?![0-9a-z])")
_CUT = re.compile(r"[\s:,;\-_./|\\\"'+>]{0,6}")
_HALF = re.compile(r"(?<![0-9a-z])(?:0x)?(?P<digits>[0-9a-f]{8,56})(?![0-9a-z])")
_NUMBER = re.compile(r"(?<![0-9a-z.])\d{70,78}(?![0-9a-z])")
_MOST_BETWEEN = 120
"""Characters between two parts of a key that are announced as such."""


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


def _weigh(low: str, match: re.Match[str], previous: int) -> Weight:
    """What the text says of the digits.

    `previous` is where the last public value ended: a list of hashes needs its word once.
    """
    start, end = match.span()
    in_list = previous > 0 and _LIST.fullmatch(low, previous, start) is not None
    prefixed = match["prefix"] is not None and len(match["digits"]) == KEY
    return context.weigh(low, start, end, prefixed=prefixed, in_list=in_list)


def _is_pair(digits: str) -> bool:
    return len(digits) == 2 * KEY and checksums.is_ed25519_pair(bytes.fromhex(digits))


def whole(view: View, *, transaction: bool = False) -> Iterator[Span]:
    """Keys in one piece, and in doubt what may be one.

    In the field for transactions 64 digits need no word beside them.
    """
    low, previous = view.low, 0
    for match in _LONG.finditer(low):
        digits = match["digits"]
        if not _is_random(digits):
            continue
        if _is_key_length(digits, prefixed=match["prefix"] is not None):
            weight = _weigh(low, match, previous)
            certain = weight is Weight.KEY or _is_pair(digits)
            welcome = transaction and len(digits) == KEY
            if not certain and (welcome or weight is Weight.PUBLIC):
                previous = match.end()
                continue
            yield Span(*match.span(), SecretKind.PRIVATE_KEY, is_certain=certain)
        elif _is_damaged_key(low, match):
            yield Span(*match.span(), SecretKind.PRIVATE_KEY)


def joined_to_address(view: View) -> Iterator[Span]:
    """Keys of Klaytn wallets, whatever the text says of them."""
    for match in _OF_A_WALLET.finditer(view.low):
        yield Span(*match.span(), SecretKind.PRIVATE_KEY)


def entropy(view: View) -> Iterator[Span]:
    """What a recovery phrase is made of, in hexadecimal digits or in bits, where it is named."""
    for shape in (_ENTROPY, _BITS):
        for match in shape.finditer(view.low):
            size = sum(map(str.isalnum, match[0].removeprefix("0x")))
            sized = size in _ENTROPY_DIGITS or shape is _BITS
            if sized and context.is_called_entropy(view.low, match.start()):
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


def announced(view: View) -> Iterator[Span]:
    """Two parts of a key with words between, each called a half, the first part or the rest."""
    for first, second in pairwise(_HALF.finditer(view.low)):
        digits = first["digits"] + second["digits"]
        near = second.start() - first.end() <= _MOST_BETWEEN
        if near and len(digits) == KEY and _is_random(digits):
            starts = first.start(), second.start()
            if all(context.is_called_part(view.low, start) for start in starts):
                yield Span(first.start(), second.end(), SecretKind.PRIVATE_KEY)


def numbers(view: View) -> Iterator[Span]:
    """Keys written as one number, where the text calls it a key."""
    for match in _NUMBER.finditer(view.low):
        if context.is_called_key(view.low, match.start()):
            yield Span(*match.span(), SecretKind.PRIVATE_KEY)


def pairs(view: View) -> Iterator[Span]:
    """A private key and its public key, byte for byte."""
    for chain in _chains(view.low):
        digits = "".join(match["digits"].zfill(len("ff")) for match in chain)
        if _is_pair(digits):
            yield Span(chain[0].start(), chain[-1].end(), SecretKind.PRIVATE_KEY)


def cut(view: View) -> Iterator[Span]:
    """Keys whose 64 digits are parted by spaces, line ends, colons or other small signs."""
    for chain in filter(_is_mixed, _chains(view.low)):
        for first, end in _windows(chain):
            groups = chain[first:end]
            edges = _parts(view.low, chain, first) and _parts(view.low, chain, end)
            if edges and _is_cut_key(groups):
                begin, stop = groups[0].start(), groups[-1].end()
                weight = context.weigh(view.low, begin, stop, prefixed=False)
                if weight is not Weight.PUBLIC:
                    certain = weight is Weight.KEY
                    yield Span(begin, stop, SecretKind.PRIVATE_KEY, is_certain=certain)

"""Private keys in base58, whole or broken by line ends: WIF, BIP-38, extended keys, Solana.

A Solana signature has the shape of a Solana secret and is none; see `checksums.is_ed25519_pair`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from trustops.guard import checksums, context
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View

MOST_PIECES = 16
"""Pieces that one key may be broken into."""

_PROOFS: dict[int, Callable[[str], bool]] = {
    51: checksums.is_wif,
    52: checksums.is_wif,
    58: checksums.is_bip38,
    111: checksums.is_extended_key,
    **dict.fromkeys(range(84, 89), checksums.is_solana_secret),
}
"""By length in characters: what a key of this length has to pass."""

_LONGEST, _SHORTEST = max(_PROOFS), min(_PROOFS)
_PIECE = re.compile(r"(?<![A-Za-z0-9])[1-9A-HJ-NP-Za-km-z]{3,}(?![A-Za-z0-9])")
_BREAK = re.compile(r"[\s\"'+>\\,|-]{1,6}")
_MIXED = tuple(map(re.compile, ("[0-9]", "[A-Z]", "[a-z]")))
_NEAR_A_CUE = re.compile(
    r"(?<![A-Za-z0-9])(?:[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51}|6P[1-9A-HJ-NP-Za-km-z]{55,57})"
    r"(?![A-Za-z0-9])"
)
_CALLED = re.compile(
    r"(?<![A-Za-z0-9])(?:[1-9A-HJ-NP-Za-km-z]{43,44}|[1-9A-HJ-NP-Za-km-z]{84,90}"
    r"|s[1-9A-HJ-NP-Za-km-z]{26,31}|S[A-Z2-7]{54,56}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9_-]{43}=?)(?![A-Za-z0-9=])"
)
"""Solana in two lengths, XRP, Stellar, and 32 bytes in base64 of either alphabet."""


def _is_mixed(text: str) -> bool:
    return all(pattern.search(text) for pattern in _MIXED)


def _chains(text: str) -> Iterator[list[re.Match[str]]]:
    """Pieces with nothing but small separators between them, where they could hold a key."""
    chain: list[re.Match[str]] = []
    for match in _PIECE.finditer(text):
        if chain and not _BREAK.fullmatch(text, chain[-1].end(), match.start()):
            yield chain
            chain = []
        chain.append(match)
    yield chain


def _joined(pieces: Sequence[re.Match[str]]) -> Iterator[tuple[str, int]]:
    """The first piece, alone and with its followers, as far as a key reaches."""
    joined = ""
    for piece in pieces:
        joined += piece[0]
        if len(joined) > _LONGEST:
            return
        if len(joined) in _PROOFS:
            yield joined, piece.end()


def _is_called_shape(text: str) -> bool:
    return text.isupper() or _is_mixed(text)


def proven(view: View) -> Iterator[Span]:
    """Keys that a checksum, or the public key in them, proves."""
    if not _is_mixed(view.text):
        return
    for chain in _chains(view.text):
        for at, piece in enumerate(chain):
            for joined, end in _joined(chain[at : at + MOST_PIECES]):
                if _is_mixed(joined) and _PROOFS[len(joined)](joined):
                    yield Span(piece.start(), end, SecretKind.PRIVATE_KEY)


def called(view: View) -> Iterator[Span]:
    """Values of the right shape that the text calls a key: one with a slip, or a bare seed."""
    for match in _NEAR_A_CUE.finditer(view.text):
        if _is_mixed(match[0]) and context.has_key_cue(view.low, *match.span()):
            yield Span(*match.span(), SecretKind.PRIVATE_KEY)
    for match in _CALLED.finditer(view.text):
        if _is_called_shape(match[0]) and context.is_called_key(view.low, match.start()):
            yield Span(*match.span(), SecretKind.PRIVATE_KEY)

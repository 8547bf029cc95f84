"""Secrets in the files that wallets write: keystores, PEM blocks, arrays of bytes.

Read by their shape and not by a parser, because people paste halves, quoted and cut.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from trustops.guard import checksums, context
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View

FEWEST_DIFFERENT = 16
"""Different values among 32 bytes; random ones have about thirty."""

_HALF, _BYTE = 128, 255

_MEMBER = re.compile(
    r"(?<![a-z])(ciphertext|cipherparams|kdfparams|kdf|mac|encoded|encoding|data|encrypted|iv|nonce"
    r"|salt)[\s\"'\\]{0,4}[:=]"
)
_SEALED = re.compile(
    r"(?<![a-z])(?:data|encrypted)[\s\"'\\]{1,4}[:=][\s\"'\\]{1,4}[a-z0-9+/=]{60,}"
)
_PEM = re.compile(
    r"-{2,5}\s{0,4}begin\s[a-z0-9 ]{0,40}private\s+key(?:\s+block)?\s{0,4}--"
    r"(?:.*?--\s{0,4}end\s[^-]{0,60}-{2,5}|.*)"
    r"|putty-user-key-file-\d.*|(?:minisign encrypted|signify) secret key\s{1,4}[a-z0-9+/=]{40,}",
    re.DOTALL,
)
_CBOR = re.compile(r"cbor_?hex[\s\"'\\:=]{1,12}58(?:20|40|60|80)[0-9a-f]{56,}")
_SIGNING = re.compile(r"sign(?:ing)?_?key|skey")
_VERIFYING = re.compile(r"verif(?:ication|ying)_?key|vkey")
_FILE_CHARACTERS = 300
"""How far the kind of a cardano-cli file stands from its bytes."""

_WEB_KEY = re.compile(r"[\"'](?:d|k)[\"']\s?:\s?[\"'][a-z0-9_-]{42,}[\"']")
_WEB_KEY_KIND = re.compile(r"[\"']kty[\"']\s?:")
_INDEX = r"[\"']?\d{1,2}[\"']?\s{0,2}:\s{0,2}"
_NUMBER = rf"(?:{_INDEX})?\d{{1,3}}"
_NUMBERS = re.compile(rf"(?<![\w.])(?:{_NUMBER}[\s,;]{{1,12}}){{31,}}{_NUMBER}(?![\w.])")
_OPENING = re.compile(r"[\[{(]\s{0,8}$")
_BASE64 = re.compile(r"(?<![\w+/])[A-Za-z0-9+/_-]{86}(?:==)?(?![\w+/=])")


def keystores(view: View) -> Iterator[Span]:
    """Wallet files: keystores (version 3 and its relatives) and vaults of wallets in browsers.

    Cipher text, and how its key is derived.
    """
    members = list(_MEMBER.finditer(view.low))
    names = {match[1] for match in members}
    evm = "ciphertext" in names and bool(names & {"kdf", "kdfparams", "mac", "cipherparams"})
    polkadot = {"encoded", "encoding"} <= names and "pkcs8" in view.low
    vault = "salt" in names and bool(names & {"iv", "nonce"}) and _SEALED.search(view.low)
    if evm or polkadot or vault:
        yield Span(members[0].start(), members[-1].end(), SecretKind.KEYSTORE)


def pem_blocks(view: View) -> Iterator[Span]:
    """Private keys between BEGIN and END, or after BEGIN where the end is missing."""
    for match in _PEM.finditer(view.low):
        yield Span(*match.span(), SecretKind.PRIVATE_KEY)


def cardano_files(view: View) -> Iterator[Span]:
    """Signing keys as cardano-cli writes them: their kind, and their bytes in CBOR.

    Where the kind is cut off, the bytes may be those of a public key.
    """
    for match in _CBOR.finditer(view.low):
        start, end = match.span()
        before = view.low[max(0, start - _FILE_CHARACTERS) : start].rpartition("{")[2]
        after = view.low[end : end + _FILE_CHARACTERS].partition("}")[0]
        signing = any(map(_SIGNING.search, (before, after)))
        if signing or not any(map(_VERIFYING.search, (before, after))):
            yield Span(start, end, SecretKind.PRIVATE_KEY, is_certain=signing)


def web_keys(view: View) -> Iterator[Span]:
    """Private keys in the notation of the web (JWK), as Arweave wallets keep them."""
    if _WEB_KEY_KIND.search(view.low):
        for match in _WEB_KEY.finditer(view.low):
            yield Span(*match.span(), SecretKind.PRIVATE_KEY)


def _is_random(values: list[int]) -> bool:
    """Whether 32 bytes look drawn by lot: different, unordered, and not all of them small."""
    return (
        len(set(values)) >= FEWEST_DIFFERENT and max(values) >= _HALF and values != sorted(values)
    )


def byte_arrays(view: View) -> Iterator[Span]:
    """Arrays of 64 bytes that are a key pair, and of 32 that look like a key."""
    for match in _NUMBERS.finditer(view.low):
        values = [int(value) for value in re.findall(r"\d+", re.sub(_INDEX, "", match[0]))]
        if max(values) > _BYTE:
            continue
        shaped = len(values) == checksums.SEED_BYTES and _is_random(values)
        before = view.low[max(0, match.start() - len("[") - 8) : match.start()]
        said = _OPENING.search(before) or context.has_key_cue(view.low, *match.span())
        if (shaped and said) or checksums.is_ed25519_pair(bytes(values)):
            yield Span(*match.span(), SecretKind.PRIVATE_KEY)


def base64_pairs(view: View) -> Iterator[Span]:
    """Key pairs of 64 bytes in base64, of either alphabet."""
    for match in _BASE64.finditer(view.text):
        if checksums.is_ed25519_pair(base64.urlsafe_b64decode(_urlsafe(match[0]))):
            yield Span(*match.span(), SecretKind.PRIVATE_KEY)


def _urlsafe(text: str) -> str:
    return text.rstrip("=").replace("+", "-").replace("/", "_") + "=="

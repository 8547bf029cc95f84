"""What stands where a secret stood: in stored words, and while the words around it are read.

What is stored names the kind for programs. People read words of ours in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trustops.guard.kinds import SecretKind

PLACEHOLDER = re.compile(r"\[REDACTED:\w+\]")
BREAK = "[redacted]"
"""A placeholder without the words of its kind, some of which are on the list."""

_OF_A_KIND = "|".join(SecretKind)
_ONE_AFTER_ANOTHER = re.compile(
    rf"\[REDACTED:(?P<kind>{_OF_A_KIND})\](?:[\s,;]*\[REDACTED:(?P=kind)\])*"
)
_WORD = re.compile(r"[^\W\d_]|\d{3}")
"""A letter, or a number that is none of a list."""

_ONE: Mapping[SecretKind, str] = {
    SecretKind.RECOVERY_PHRASE: "a part of a recovery phrase, taken out",
    SecretKind.PRIVATE_KEY: "a part of a private key, taken out",
    SecretKind.KEYSTORE: "a part of a wallet file, taken out",
    SecretKind.API_TOKEN: "an API token, taken out",
}
SEVERAL: Mapping[SecretKind, str] = {
    SecretKind.RECOVERY_PHRASE: "parts of a recovery phrase, taken out",
    SecretKind.PRIVATE_KEY: "parts of a private key, taken out",
    SecretKind.KEYSTORE: "parts of a wallet file, taken out",
    SecretKind.API_TOKEN: "API tokens, taken out",
}
"""What several places say together, by the kind that was taken out of all of them."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text: as it was written, or `taken_out`, in words of ours."""

    text: str
    taken_out: bool = False


def placeholder(kind: SecretKind) -> str:
    """What stands where a secret stood."""
    return f"[REDACTED:{kind}]"


def without_placeholders(text: str) -> str:
    """The text as it is looked at: a placeholder parts words, and is none itself."""
    return PLACEHOLDER.sub(BREAK, text)


def stretches(text: str) -> Iterator[Stretch]:
    """The parts of a text for people; placeholders of a kind side by side are one part."""
    done = 0
    for match in _ONE_AFTER_ANOTHER.finditer(text):
        if match.start() > done:
            yield Stretch(text[done : match.start()])
        kind = SecretKind(match["kind"])
        words = _ONE if match.group() == placeholder(kind) else SEVERAL
        yield Stretch(words[kind], taken_out=True)
        done = match.end()
    if done < len(text):
        yield Stretch(text[done:])


def in_words(text: str) -> str:
    """The text for people in one line of plain words."""
    return "".join(f"[{one.text}]" if one.taken_out else one.text for one in stretches(text))


def nothing_but(text: str) -> SecretKind | None:
    """The kind of which a text holds placeholders and no other word; None where there is more."""
    kinds = {match["kind"] for match in _ONE_AFTER_ANOTHER.finditer(text)}
    if len(kinds) != 1 or _WORD.search(_ONE_AFTER_ANOTHER.sub("", text)):
        return None
    return SecretKind(kinds.pop())

"""Layouts that no rule was written for: whatever parts the words of a phrase, they are one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from tests.guard.languages import BY_NAME, composed, valid_phrase
from tests.guard.test_languages import slip39_share
from trustops.guard import Finding, SecretKind, find_secrets

PHRASE = (Finding(SecretKind.RECOVERY_PHRASE, ""),)


def _numbered(pattern: str, between: str) -> Callable[[Sequence[str]], str]:
    return lambda words: between.join(
        pattern.format(at, word) for at, word in enumerate(words, start=1)
    )


LAYOUTS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "rows of CSV": _numbered("{};{};", "\n"),
    "numbers of a keypad": _numbered("{}\ufe0f\u20e3{}", " "),
    "rows of three": lambda words: "\n".join(
        "\t".join(words[at : at + 3]) for at in range(0, len(words), 3)
    ),
    "arrows": " -> ".join,
    "brackets": lambda words: "".join(f"[{word}]" for word in words),
    "settings": _numbered('word_{} = "{}"', "\n"),
    "lines of a chat": _numbered("[10:{:02}] me: {}", "\n"),
    "bullets": lambda words: "\n".join(f"• {word}" for word in words),
    "values of SQL": _numbered("({}, '{}')", ", "),
    "quoted mail": lambda words: "\n".join(f"> > {word}" for word in words),
    "leaders": _numbered("{:.<10}{}", "\n"),
    "second half first": lambda words: " ".join([*words[6:], *words[:6]]),
    "and sign": lambda words: f"{', '.join(words[:-1])} & {words[-1]}",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", BY_NAME)
def test_phrases_are_found_in_layouts_of_programs_and_paper(name: str, layout: str) -> None:
    """In all ten languages."""
    for seed in range(2):
        words = composed(valid_phrase(BY_NAME[name], f"fresh {layout} {seed}"))
        assert find_secrets(LAYOUTS[layout](words)) == PHRASE


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", [20, 33])
def test_shares_of_slip39_are_found_in_them_too(size: int, layout: str) -> None:
    """With their own list of 1024 words."""
    assert find_secrets(LAYOUTS[layout](slip39_share(f"fresh {layout}", size))) == PHRASE

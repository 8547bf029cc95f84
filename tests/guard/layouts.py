"""How people, programs and mail systems write twelve words down.

`WORD_STYLES` change a word, `SEPARATORS` stand between words, `LAYOUTS` set a whole phrase.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable, Mapping, Sequence

from tests.guard.samples import WORD_LIST
from trustops.guard.confusables import CONFUSABLES

Style = Callable[[str], str]
Layout = Callable[[Sequence[str]], str]

_LOOK_ALIKE = {letter: char for char, letter in reversed(CONFUSABLES.items())}


def shifted(first: int) -> Style:
    """Letters of another alphabet of the same order, such as the mathematical ones."""
    return lambda word: "".join(
        chr(first + ord(char) - ord("a")) if "a" <= char <= "z" else char for char in word.lower()
    )


def joined_by(sign: str) -> Style:
    """A sign after every letter."""
    return lambda word: "".join(char + sign for char in word)


WORD_STYLES: Mapping[str, Style] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": str.title,
    "swapped case": lambda word: word[0] + word[1:].upper(),
    "full width": shifted(0xFF41),
    "mathematical bold": shifted(0x1D41A),
    "circled": shifted(0x24D0),
    "squared": shifted(0x1F170),
    "flags": shifted(0x1F1E6),
    "look-alikes": lambda word: "".join(_LOOK_ALIKE.get(char, char) for char in word),
    "acute accents": joined_by("\u0301"),
    "struck through": joined_by("\u0336"),
    "zero-width spaces inside": joined_by("\u200b"),
    "soft hyphens inside": joined_by("\u00ad"),
    "joiners inside": joined_by("\u200d"),
    "null bytes inside": joined_by("\0"),
    "right-to-left marks": lambda word: f"\u202b{word}\u202c",
    "quoted": lambda word: f'"{word}"',
    "bold": lambda word: f"**{word}**",
}
"""Ways to write one word that leave it a word."""

SEPARATORS = (
    *(
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        ",",
        ", ",
        ";",
        "; ",
        "|",
        " | ",
        ".",
        ". ",
        "...",
        "-",
        " - ",
    ),
    *("\u2013", " \u2014 ", "_", "/", "\\", "+", "*", ":", "=", "~", "#", "$", "'", "\n> "),
    *("\u00a0", "\u2003", "\u3000", "\u2028", "\u2800", "\u3001", "\uff0c", "\u2192", "\u2022"),
    *("\U0001f525", "\u2764\ufe0f", "<br>", "</li><li>", "%20", "%2520", "%0A", "&nbsp;", "&#32;"),
    *("1", " 7. ", " 12) ", "=20\n", "\n- [ ] ", "', '", '","', "  3\t"),
)
"""What stands between two words; every one alone, and any mixture of them, hides nothing."""


def _numbered(pattern: str, between: str) -> Layout:
    return lambda words: between.join(
        pattern.format(at, word, letter=chr(ord("a") + (at - 1) % 26))
        for at, word in enumerate(words, start=1)
    )


def _each(pattern: str, between: str = " ") -> Layout:
    return lambda words: between.join(pattern.format(word) for word in words)


def _encoded(words: Sequence[str]) -> bytes:
    return " ".join(words).encode()


def _wrapped(words: Sequence[str], width: int, line_end: str) -> str:
    text = " ".join(words)
    return line_end.join(text[at : at + width] for at in range(0, len(text), width))


_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"


def _told(words: Sequence[str]) -> str:
    return ", ".join(
        f"the {ordinal} word is {word}"
        for ordinal, word in zip(_ORDINALS.split(), words, strict=False)
    )


LAYOUTS: Mapping[str, Layout] = {
    "in a row": " ".join,
    "with commas": ", ".join,
    "one a line": "\n".join,
    "numbered with dots": _numbered("{}. {}", "\n"),
    "numbered with brackets": _numbered("{}){}", " "),
    "numbered with hashes": _numbered("#{} {}", " "),
    "numbered words": _numbered("word {}: {}", ", "),
    "numbers for separators": _numbered("{}{}", ""),
    "ordinals": _numbered("{}th {}", " "),
    "lettered": _numbered("{letter}) {1}", " "),
    "sentences with numbers": _numbered("Word {} is {}", ". "),
    "told": _told,
    "two columns": _numbered("{:>2} {:<12}", "   "),
    "table of Markdown": _numbered("| {} | {} |", "\n"),
    "settings": _numbered('SEED_{}="{}"', "\n"),
    "query string": _numbered("w{}={}", "&"),
    "list of YAML": _each("  - {}", "\n"),
    "list of HTML": _each("<li>{}</li>", ""),
    "attributes of HTML": _each('<li data-w="{}"></li>', ""),
    "elements of XML": _numbered('<word index="{}">{}</word>', ""),
    "comment of HTML": lambda words: f"<!-- {' '.join(words)} -->",
    "inside one tag": lambda words: f"<{' '.join(words)}>",
    "markup inside words": lambda words: " ".join(f"{w[:2]}<b>{w[2:]}</b>" for w in words),
    "array of JSON": json.dumps,
    "object of JSON": lambda words: json.dumps({f"w{at}": w for at, w in enumerate(words)}),
    "objects of JSON": lambda words: json.dumps([{"index": 1, "value": w} for w in words]),
    "JSON in JSON": lambda words: json.dumps(json.dumps({"words": "\n".join(words)})),
    "joined with and": " and ".join,
    "joined with then": " then ".join,
    "last joined with and": lambda words: ", ".join(words[:-1]) + " and " + words[-1],
    "hashtags": _each("#{}"),
    "handles": _each("@{}"),
    "commands of LaTeX": _each("\\textbf{{{}}}"),
    "spoilers": _each("||{}||"),
    "same remark after each": _each("{} blah"),
    "sentences": _each("I like {}."),
    "host name": lambda words: f"https://{'.'.join(words)}.example/",
    "reversed order": lambda words: " ".join(reversed(words)),
    "backwards": lambda words: " ".join(words)[::-1],
    "each word backwards": lambda words: " ".join(word[::-1] for word in words),
    "glued": "".join,
    "camel case": lambda words: "".join(map(str.title, words)),
    "glued in pairs": lambda words: " ".join(
        "".join(words[at : at + 2]) for at in range(0, len(words), 2)
    ),
    "spaced letters": lambda words: "  ".join(map(" ".join, words)),
    "one letter a line": lambda words: "\n".join("".join(words)),
    "broken at line ends": lambda words: _wrapped(words, 13, "=\n"),
    "cut in fives": lambda words: _wrapped(words, 5, " "),
    "abbreviated": lambda words: " ".join(word[:4] for word in words),
    "abbreviated in a list": lambda words: "\n".join(word[:4].upper() for word in words),
    "abbreviated to five letters": lambda words: ", ".join(word[:5] for word in words),
    "abbreviated and glued": lambda words: "".join(word[:4] for word in words),
    "digits of a SeedQR code": lambda words: "".join(
        f"{WORD_LIST.index(word):04}" for word in words
    ),
    "percent-encoded": lambda words: "".join(f"%{byte:02x}" for byte in _encoded(words)),
    "entities": lambda words: "".join(f"&#{ord(char)};" for char in " ".join(words)),
    "entities in hexadecimal": lambda words: "".join(
        f"&#x{ord(char):x};" for char in " ".join(words)
    ),
    "entities of entities": lambda words: html.escape("&nbsp;".join(words)),
    "escapes of JSON": lambda words: "".join(f"\\u{ord(char):04x}" for char in " ".join(words)),
    "escapes with braces": lambda words: "".join(
        f"\\u{{{ord(char):x}}}" for char in " ".join(words)
    ),
    "escaped line ends": "\\n".join,
    "quoted-printable": lambda words: "".join(f"={byte:02X}" for byte in _encoded(words)),
    "Roman numerals": lambda words: "".join(
        f"{chr(0x2160 + at)}{word}" for at, word in enumerate(words)
    ),
    "base64": lambda words: base64.b64encode(_encoded(words)).decode(),
    "hexadecimal": lambda words: _encoded(words).hex(),
    "invisible characters": lambda words: (
        "hello" + "".join(chr(0xE0000 + byte) for byte in _encoded(words))
    ),
    "halves with a remark": lambda words: (
        f"The first half is {' '.join(words[:6])}. The rest follows: {' '.join(words[6:])}"
    ),
    "thirds on lines": lambda words: "\n".join(
        f"row {name}: {' '.join(words[at * 4 : at * 4 + 4])}" for at, name in enumerate("xyz")
    ),
}
"""Ways to set twelve words that are different and not the words of sentences."""

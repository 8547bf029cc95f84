"""What the guard of a browser reads: lists, tables, patterns and words of this room, as JSON.

The script (`web/static/js/guard/`) has the rules; whatever they compare with comes from here, so
that a word or a pattern that changes here changes there. Nothing of it is a secret.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import ModuleType

from trustops.guard import (
    base58keys,
    checksums,
    context,
    cues,
    detect,
    documents,
    explorers,
    fragments,
    hexkeys,
    normalise,
    phrases,
    places,
    prefixes,
    rhythm,
    signs,
    stream,
    tokens,
)
from trustops.guard.advice import PLACE_LEFT, WARNINGS, WARNINGS_IN_DOUBT
from trustops.guard.browser_patterns import for_browsers
from trustops.guard.confusables import CONFUSABLES
from trustops.guard.sentences import CHINESE_NUMERALS, CHINESE_PAIRS
from trustops.guard.words import CHINESE, LEXICONS, Lexicon

_MODULES: tuple[ModuleType, ...] = (
    base58keys,
    checksums,
    context,
    cues,
    detect,
    documents,
    explorers,
    fragments,
    hexkeys,
    normalise,
    phrases,
    prefixes,
    rhythm,
    signs,
    stream,
    tokens,
)


def _name(module: ModuleType, name: str) -> str:
    return f"{module.__name__.rpartition('.')[2]}.{name.lstrip('_')}"


def _constants() -> tuple[dict[str, tuple[str, str]], dict[str, float]]:
    """Patterns and numbers of the modules, under `module.NAME`."""
    patterns: dict[str, tuple[str, str]] = {}
    numbers: dict[str, float] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                patterns[_name(module, name)] = for_browsers(value)
            elif isinstance(value, int | float) and name.isupper():
                numbers[_name(module, name)] = value
    return patterns, numbers


def _joined(words: Iterable[str]) -> str:
    return " ".join(words)


def _list(lexicon: Lexicon) -> Mapping[str, str]:
    return {
        "language": lexicon.language,
        "listed": _joined(lexicon.listed),
        "common": _joined(sorted(lexicon.common)),
        "usual": _joined(sorted(lexicon.usual)),
        "prose": _joined(sorted(lexicon.prose)),
        "labels": _joined(sorted(lexicon.labels)),
    }


def _rules(rules: Iterable[prefixes.Rule]) -> list[object]:
    return [
        {"marks": rule.marks, "shape": for_browsers(rule.shape), "proof": rule.proof.__name__}
        for rule in rules
    ]


def _explorers() -> Mapping[str, object]:
    return {
        "known": places.EXPLORERS,
        "objects": explorers.OBJECTS_BY_HASH,
        "others": [(hosts, for_browsers(shape)) for hosts, shape in explorers.OTHERS],
        "names": sorted(explorers.NAMES),
    }


@cache
def browser_data() -> bytes:
    """The JSON document, the same for the same version of the product."""
    patterns, numbers = _constants()
    document = {
        "lexicons": [_list(lexicon) for lexicon in LEXICONS],
        "chinese": [_list(lexicon) for lexicon in CHINESE],
        "scripts": [
            {
                "letter": for_browsers(script.letter),
                "languages": [lexicon.language for lexicon in script.lexicons],
                "opening": script.opening,
            }
            for script in stream.SCRIPTS
        ],
        "patterns": patterns,
        "numbers": numbers,
        "confusables": CONFUSABLES,
        "numerals": "".join(sorted(CHINESE_NUMERALS)),
        "joins": "".join(rhythm.JOINS),
        "counted": tokens.COUNTED,
        "others": tokens.FIRST_OF_OTHERS,
        "pairs": CHINESE_PAIRS.replace(" ", "").replace("\n", ""),
        "weights": signs.WEIGHTS,
        "prefixes": _rules(prefixes.RULES),
        "services": _rules(prefixes.SERVICES),
        "explorers": _explorers(),
        "warnings": WARNINGS,
        "doubts": WARNINGS_IN_DOUBT,
        "place_left": PLACE_LEFT,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

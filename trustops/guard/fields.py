"""A phrase that is spread over the fields of one form, with honest words in fields between.

Fields in a row are read as lines of one text (`rules.scan`). What is asked here needs the form: who
writes nothing but list words into the field of a wallet writes no wallet, however common they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from trustops.guard.fragments import ENOUGH
from trustops.guard.normalise import plain_view
from trustops.guard.pieces import Texts
from trustops.guard.signs import has_enough
from trustops.guard.tokens import Text
from trustops.guard.words import LEXICONS, Lexicon

FOR_VALUES = frozenset({"wallet", "tx_hash"})
"""Fields that are meant for an address or a hash, which is no word of any list."""

FEWEST_WORDS = 2
"""List words that a field has to hold to count; one may be anything."""

_MAILBOX = re.compile(r"([^\s@]+)@[^\s@]+\.[a-z]{2,}\s*$", re.IGNORECASE)


def _words_of(text: str) -> frozenset[str]:
    mailbox = _MAILBOX.fullmatch(text.strip())
    return Text(plain_view(mailbox[1] if mailbox else text)).different


def _of_list(words: Sequence[frozenset[str]], lexicon: Lexicon) -> list[int]:
    """Which fields hold nothing but words of a list."""
    return [at for at, own in enumerate(words) if len(own) >= FEWEST_WORDS and own <= lexicon.words]


def spread(names: Sequence[str], texts: Sequence[str]) -> list[int]:
    """Which fields hold a part of a phrase that none of them holds alone; the first list counts."""
    if len(texts) < FEWEST_WORDS:
        return []
    words = [_words_of(text) for text in texts] if FOR_VALUES & set(names) else []
    for lexicon in LEXICONS if words else ():
        bare = _of_list(words, lexicon)
        values = any(names[at] in FOR_VALUES for at in bare)
        if values and len(set(chain.from_iterable(words[at] for at in bare))) >= ENOUGH:
            return bare
    return list(dict.fromkeys(_in_signs(texts)))


def _in_signs(texts: Sequence[str]) -> Iterator[int]:
    if not has_enough("\n".join(texts)):
        return
    own = Texts(texts)
    if own.are_drawn(own.rows_of_signs):
        for row in own.rows_of_signs:
            yield own.text_at(row.start)

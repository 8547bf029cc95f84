"""Which words can belong to an English recovery phrase (BIP-39), and which belong to prose.

The list is read once from the `mnemonic` library. A word of it is known by its first four letters.
"""

from __future__ import annotations

from pathlib import Path

import mnemonic


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


PHRASE_LANGUAGES = ("English",)
"""The languages of the lists that are known: whoever tells holders what is refused names these."""

WORDS: frozenset[str] = _split(
    (Path(mnemonic.__file__).parent / "wordlist" / "english.txt").read_text("utf-8")
)
"""The 2048 words."""

SHORTEST, LONGEST = min(map(len, WORDS)), max(map(len, WORDS))
"""Letters of the shortest and the longest word."""

ABBREVIATION = 4
"""Letters that make a word of the list unmistakable; some people write down only these."""

ABBREVIATIONS: frozenset[str] = frozenset(
    word[:length] for word in WORDS for length in range(ABBREVIATION, LONGEST + 1)
)
"""The words, and what is left of them when they are cut after four letters or later."""

LABELS: frozenset[str] = (
    _split("""
    and three four five seven eight nine eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    st nd rd th ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii
    xxiv nr num li ol ul td tr br div span
    a b c d e f g h i j k l m n o p q r s t u v w x y z
    """)
    - WORDS
)
"""What people put beside a word to number it or to join it to the next."""

PROSE: frozenset[str] = (
    _split("""
    the to of is in my an it its or for with on at by from as be was were are am been being not no
    do does did don doesn didn isn wasn aren couldn wouldn shouldn haven hasn hadn won ll re ve so
    but if when which who whom whose why how their his her our your them him me us we he she had has
    having would could should may might than too some up out per via yes hi dear please thanks
    thank these those here after until while both each every between without within under during
    since because upon once however therefore still yet got get gets getting went goes going
    said says know knows think thought want wants wanted need needs tried trying told really
    im ive dont cant didnt doesnt
    """)
    - WORDS
)
"""Words of sentences that are not on the list: no phrase has them, prose is full of them."""

COMMON: frozenset[str] = (
    _split("""
    you that this have they one all there can what about use will other then like into two more
    first now over only little very just where before any same also around must such because again
    off know make time way find want when since three still another nothing used need help please
    thank tell ask say give good later people day own
    token old address page swap exchange claim bridge network account wallet ticket window fee gas
    pool amount balance answer question message list name number step confirm open close wait check
    update connect base change call transfer support error
""")
    & WORDS
)
"""Words of the list that sentences, or talk about a migration, are full of.

Among words that are drawn by lot they are rare: one in twenty.
"""


def _shortened(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


_SHORTENED: frozenset[str] = frozenset().union(*map(_shortened, WORDS))


def is_misspelt(token: str) -> bool:
    """Whether the token is a word of the list with one letter wrong, missing, added or swapped."""
    if not SHORTEST <= len(token) <= LONGEST + 1 or token in PROSE:
        return False
    cut = _shortened(token)
    return token in _SHORTENED or not WORDS.isdisjoint(cut) or not _SHORTENED.isdisjoint(cut)

"""What may be said to a holder: the judgement on words of staff, programs and templates. Pure.

Nothing is sent, stored or logged here. `docs/guard.md` says what is held and what is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trustops.guard.outgoing_asks import asks
from trustops.guard.outgoing_names import Allowed, names
from trustops.guard.outgoing_nets import nets
from trustops.guard.outgoing_patterns import WEIGH
from trustops.guard.outgoing_promises import promises
from trustops.guard.outgoing_reasons import REFUSED, SENTENCES, Code, Reason, Ruling
from trustops.guard.reading import readings

__all__ = ["Allowed", "Code", "Reason", "Ruling", "Verdict", "judge"]


LONGEST_TITLE = 80
"""Characters of a title; a longer one is a text."""

_SUBJECTS = frozenset({Code.SENSITIVE, Code.SECRET, Code.ONE_TIME_CODE})
"""What a title may be about."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of words, with every reason in the order of the text."""

    reasons: Sequence[Reason]

    @property
    def ruling(self) -> Ruling:
        """The worst that any reason asks for."""
        if any(reason.code in REFUSED for reason in self.reasons):
            return Ruling.REFUSED
        return Ruling.HELD if self.reasons else Ruling.PASS

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why, each kind once; they follow the name of a field. Of refused words, why refused."""
        refused = [reason for reason in self.reasons if reason.code in REFUSED]
        return tuple(dict.fromkeys(SENTENCES[item.code] for item in refused or self.reasons))


def judge(text: str, allowed: Allowed, *, title: bool = False) -> Verdict:
    """Judge words that somebody is about to say to a holder.

    A `title` of a page may name what it is about, as "A third word" does: nobody answers a title.
    It is judged like all else where it speaks to the reader.
    """
    asked = {*asks(text), *names(text, allowed), *promises(text, allowed.facts)}
    found = asked or set(nets(text))
    if title and _is_heading(text):
        found = {reason for reason in found if reason.code not in _SUBJECTS}
    return Verdict(tuple(sorted(found, key=lambda item: (item.start, item.end, item.code))))


def _is_heading(text: str) -> bool:
    """Whether a title only names something: one short line that asks the reader for nothing."""
    if len(text) > LONGEST_TITLE or "\n" in text.strip():
        return False
    return not any(WEIGH["title_asks"].search(reading.text) for reading in readings(text))

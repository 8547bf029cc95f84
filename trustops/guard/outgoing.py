"""What may be said to a holder: the judgement on words of staff, programs and templates. Pure.

Nothing is sent, stored or logged here. `docs/guard.md` says what is held and what is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trustops.guard.outgoing_asks import asks
from trustops.guard.outgoing_names import Allowed, names
from trustops.guard.outgoing_nets import nets
from trustops.guard.outgoing_promises import promises
from trustops.guard.outgoing_reasons import REFUSED, SENTENCES, Code, Reason, Ruling

__all__ = ["Allowed", "Code", "Reason", "Ruling", "Verdict", "judge"]


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


def judge(text: str, allowed: Allowed) -> Verdict:
    """Judge words that somebody is about to say to a holder."""
    asked = {*asks(text), *names(text, allowed), *promises(text, allowed.facts)}
    found = asked or set(nets(text))
    return Verdict(tuple(sorted(found, key=lambda item: (item.start, item.end, item.code))))

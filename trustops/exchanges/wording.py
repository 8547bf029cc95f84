"""What the matrix says in words: how old rows are, what their reader can do, how many there are.

What a reader can do is theirs alone: no sentence says what an exchange will do. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from trustops.exchanges.rules import ZONES, Tone, stale_words, tone
from trustops.exchanges.values import Review, Row, State

ADVICE: Mapping[State, str] = MappingProxyType(
    {
        State.UNKNOWN: (
            "Ask the exchange through the support in its own site or app, and keep its answer. "
            "That we have no evidence is not a no."
        ),
        State.CONTACTED: (
            "Ask the exchange yourself, through its own site or app: it can look into your "
            "account, and we cannot."
        ),
        State.UNDER_REVIEW: (
            "Count on neither outcome, and send no old tokens there. Look for a notice on the "
            "exchange's own site before you trade them."
        ),
        State.ANNOUNCED: (
            "Send no old tokens there in the hope of a swap. If you hold some there, read the "
            "exchange's own notice: whose balance counts, at what time, and whether you have to "
            "opt in. It is done when your account there shows it, and not before."
        ),
        State.HALTED: (
            "Send no tokens there while it stands still: they may not be credited. Ask the "
            "exchange what is stopped, and look for its notice before you act."
        ),
        State.IN_PROGRESS: (
            "Send no tokens there until the exchange says that it is done. Then compare your "
            "balance with what its notice says."
        ),
        State.COMPLETED: (
            "Look at your balance there. If something is missing, write to the exchange, with the "
            "day and the amount of your old balance: only it can look into its books."
        ),
        State.COMPLETED_EXCEPTIONS: (
            "Read in the exchange's own notice who is left out, then look at your balance. If "
            "something is missing, write to the exchange: only it can look into its books."
        ),
        State.NOT_SUPPORTED: (
            "Ask the exchange whether old tokens can be withdrawn, and until when. Before you "
            "withdraw, read on this site what can still be done with them."
        ),
        State.DECLINED: (
            "Ask the exchange what becomes of old tokens there, and until when they can be "
            "withdrawn. Before you withdraw, read on this site what can still be done with them."
        ),
        State.CAUTION: (
            "Read in the exchange's own notice what the warning means, and until when you can act."
        ),
        State.DELISTING: (
            "Find the last days of trading and of withdrawals in the exchange's own notice. If "
            "they lie ahead, decide before them; if they are past, ask it what can still be "
            "withdrawn. "
            "Withdraw to an address alone that you checked letter by letter."
        ),
        State.DELISTED: (
            "Ask the exchange whether tokens can still be withdrawn, and until when. If they "
            "cannot, ask it what became of them and keep its answer."
        ),
        State.DISPUTED: (
            "Rely on neither source. Ask the exchange through its own site or app, and keep its "
            "answer. If you have an answer already, show it to us with the form for help."
        ),
    }
)
"""What whoever holds tokens at an exchange can do, by its state; it fits what is reported too."""

_SENTENCES: Mapping[State, tuple[str, str]] = MappingProxyType(
    {
        State.UNKNOWN: ("We have no evidence.", "We have no evidence."),
        State.CONTACTED: (
            "It was asked, and has not answered.",
            "They were asked, and have not answered.",
        ),
        State.DISPUTED: ("Sources contradict each other.", "Sources contradict each other."),
    }
)
"""What is so, whoever says it: of one exchange, and of several."""

_SAID_OF_IT: Mapping[State, tuple[str, str]] = MappingProxyType(
    {
        State.UNDER_REVIEW: ("is looking into it", "are looking into it"),
        State.ANNOUNCED: ("announced a swap", "announced a swap"),
        State.HALTED: ("stands still for now", "stand still for now"),
        State.IN_PROGRESS: ("is swapping now", "are swapping now"),
        State.COMPLETED: ("is done", "are done"),
        State.COMPLETED_EXCEPTIONS: ("is done, with exceptions", "are done, with exceptions"),
        State.NOT_SUPPORTED: ("does not take part", "do not take part"),
        State.DECLINED: ("refuses", "refuse"),
        State.CAUTION: ("warns of the token", "warn of the token"),
        State.DELISTING: ("announced the end of trading", "announced the end of trading"),
        State.DELISTED: ("has ended trading", "have ended trading"),
    }
)
"""What an exchange says of itself, or what others say of it: of one, and of several."""

_ACTS = frozenset({State.ANNOUNCED, State.DELISTING})
"""What an exchange does by saying it. The sentence dates it back: it may be long past."""

NOTHING_TO_CHECK = "Nothing to check yet"
WRONG_DAY = "The day of the last check is wrong"
"""Of a look that lies ahead: somebody mistyped it, and nobody can tell how old it is."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows say the same, and how these look: neutral where they differ."""

    count: int
    words: str
    tone: Tone


def sentence(row: Row) -> str:
    """Where an exchange stands, as a reader hears it, and who says so."""
    if row.state in _SENTENCES:
        return _SENTENCES[row.state][0]
    said = _SAID_OF_IT[row.state][0]
    if row.reported:
        return f"Others say that it {said}."
    return f"It {said}." if row.state in _ACTS else f"It says that it {said}."


def age_words(row: Row, today: date) -> str:
    """How old what is known of an exchange is on a day (in UTC)."""
    if row.claim is None:
        return NOTHING_TO_CHECK
    days = (today - row.claim.verified).days
    if days < -ZONES.days:
        return WRONG_DAY
    if row.stale:
        return f"{stale_words(row)} ({_days(days)})"
    return f"Checked {_days(days)} ago" if days > 0 else "Checked today"


def due_words(review: Review, today: date) -> str:
    """When a row goes stale, or since when it is, as staff read it on a day (in UTC)."""
    days = (review.stale_on - today).days
    if not review.row.stale:
        return f"In {_days(days)}"
    if days > 0:
        return WRONG_DAY
    return f"Stale for {_days(-days)}" if days else "Stale since today"


def summary(rows: Iterable[Row]) -> Sequence[Counted]:
    """How many exchanges stand how, the most frequent first; each group in one sentence."""
    groups: dict[tuple[State, bool], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.state, row.reported), []).append(row)
    counted = (
        Counted(len(alike), _sentence_of_all(alike), _tone_of_all(alike))
        for alike in groups.values()
    )
    return sorted(counted, key=lambda item: (-item.count, item.words))


def _sentence_of_all(alike: Sequence[Row]) -> str:
    first = alike[0]
    if len(alike) == 1:
        return sentence(first)
    if first.state in _SENTENCES:
        return _SENTENCES[first.state][1]
    said = _SAID_OF_IT[first.state][1]
    if first.reported:
        return f"They {said}, others say."
    return f"They {said}." if first.state in _ACTS else f"They say that they {said}."


def _tone_of_all(alike: Sequence[Row]) -> Tone:
    tones = {tone(row) for row in alike}
    return tones.pop() if len(tones) == 1 else Tone.NEUTRAL


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"

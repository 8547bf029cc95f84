"""What the outgoing guard says of a heartbeat's texts, as sentences for whoever approves it. Pure.

Held words wait for a person: an approval is their release. Refused words go out by no approval.
"""

from __future__ import annotations

from collections.abc import Mapping

from trustops.guard.outgoing import Allowed, Ruling, judge


def held_reasons(texts: Mapping[str, str], base_url: str, allowed: Allowed) -> tuple[str, ...]:
    """Why texts need a person, each reason once; empty where they may go by rule."""
    return _sentences(texts, base_url, allowed, frozenset({Ruling.HELD, Ruling.REFUSED}))


def refused_reasons(texts: Mapping[str, str], base_url: str, allowed: Allowed) -> tuple[str, ...]:
    """Why texts may not go out at all; empty where they may."""
    return _sentences(texts, base_url, allowed, frozenset({Ruling.REFUSED}))


def _sentences(
    texts: Mapping[str, str], base_url: str, allowed: Allowed, rulings: frozenset[Ruling]
) -> tuple[str, ...]:
    # The permalink is ours whatever the host of this desk is, a machine of one's own among them.
    verdicts = (judge(text.replace(base_url, ""), allowed) for text in texts.values())
    found = (
        f"Its text {sentence}."
        for verdict in verdicts
        if verdict.ruling in rulings
        for sentence in verdict.sentences
    )
    return tuple(dict.fromkeys(found))

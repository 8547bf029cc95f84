"""How facts stand in a page: as HTML of our own, as plain text, or with the words that withhold.

This HTML is put in after the author's words were sanitised, so it is the only one with classes.
"""

from __future__ import annotations

from html import escape

from trustops.content.facts import Fact, FactKind, Facts

_NOUNS = {"domain": "site", "handle": "account"}
"""What is withheld, by the first part of the name; else it is an address."""


def withheld_words(name: str) -> str:
    """The words in place of a fact that the manifest would give if it could be trusted."""
    noun = _NOUNS.get(name.partition(".")[0], "address")
    return f"{noun} withheld: it could not be verified"


def as_html(name: str, facts: Facts) -> str:
    """A fact as HTML that may stand wherever words may."""
    fact = facts.find(name)
    if fact is None:
        return f'<strong class="withheld">{escape(_absent(name, facts))}</strong>'
    if fact.kind is FactKind.ADDRESS:
        return _address(fact)
    if fact.kind in {FactKind.DATE, FactKind.INSTANT}:
        return f'<time datetime="{escape(fact.instant)}">{escape(fact.text)}</time>'
    if fact.kind in {FactKind.DOMAIN, FactKind.HANDLE}:
        return f'<bdi class="{fact.kind}" translate="no">{escape(fact.text)}</bdi>'
    return escape(fact.text)


def as_text(name: str, facts: Facts) -> str:
    """A fact as plain text, an address in one piece."""
    fact = facts.find(name)
    return fact.text if fact else _absent(name, facts)


def _absent(name: str, facts: Facts) -> str:
    if facts.withholds(name):
        return withheld_words(name)
    return "not known here"


def _address(fact: Fact) -> str:
    """An address in full, in groups of four; the gaps are the stylesheet's and are not copied."""
    value = fact.text
    start = 2 if value.startswith("0x") else 0
    parts = [value[:start]] if start else []
    parts += [value[place : place + 4] for place in range(start, len(value), 4)]
    groups = "<wbr>".join(f'<span class="address-group">{escape(part)}</span>' for part in parts)
    return (
        f'<code class="address" data-chain="{escape(fact.chain)}" data-copy="{escape(value)}" '
        f'data-copy-label="address"><bdi class="address-value" translate="no">{groups}</bdi></code>'
    )

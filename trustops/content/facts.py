"""Facts by name: what prose may say of addresses, domains, dates and ratios, and nothing else.

A page writes `{{ fact.new_token.base }}`; the signed manifest or the migration pack gives the
value. Facts of the manifest are withheld while it cannot be trusted, and pages say so there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class FactKind(StrEnum):
    """How a fact is shown."""

    ADDRESS = "address"
    DOMAIN = "domain"
    HANDLE = "handle"
    DATE = "date"
    INSTANT = "instant"
    RATIO = "ratio"
    NUMBER = "number"
    TEXT = "text"


OFFICIAL = frozenset({"new_token", "old_token", "contract", "domain", "handle"})
"""First parts of the names that only the signed manifest may give."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its name, such as `new_token.base`.

    `text` is what a page shows. `instant` is the ISO 8601 form of a date or an instant, in UTC.
    `note` says how sure it is, where that needs saying.
    """

    name: str
    kind: FactKind
    text: str
    chain: str = ""
    instant: str = ""
    note: str = ""


NOT_NAMED = "not named yet"

OPERATOR: Mapping[str, Fact] = MappingProxyType(
    {
        name: Fact(name, FactKind.TEXT, NOT_NAMED)
        for name in ("operator.name", "operator.relation", "operator.contact")
    }
)
"""Who answers for the site, where nothing says more: prose may always ask."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts that prose may name. `withheld` tells why those of the manifest are not here.

    `of_site` are those that `site.toml` gives, which are always there.
    """

    known: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    withheld: str = ""
    of_site: Mapping[str, Fact] = field(default_factory=lambda: OPERATOR)

    @classmethod
    def of(cls, *groups: Iterable[Fact], withheld: str = "") -> Facts:
        """Facts from several sources; a name that stands twice is a defect of the sources."""
        known: dict[str, Fact] = {}
        for group in groups:
            for fact in group:
                if fact.name in known:
                    raise ValueError(f"the fact {fact.name} comes from two sources")
                known[fact.name] = fact
        return cls(MappingProxyType(known), withheld)

    def find(self, name: str) -> Fact | None:
        """The fact with a name; None where there is none, or where it is withheld."""
        return self.known.get(name) or self.of_site.get(name)

    def withholds(self, name: str) -> bool:
        """Whether a name is one of the manifest's while the manifest cannot be trusted."""
        return bool(self.withheld) and name.partition(".")[0] in OFFICIAL

    def without_official(self, why: str) -> Facts:
        """The same facts after the manifest lost its trust."""
        kept = {
            name: fact
            for name, fact in self.known.items()
            if name.partition(".")[0] not in OFFICIAL
        }
        return Facts(MappingProxyType(kept), why, self.of_site)

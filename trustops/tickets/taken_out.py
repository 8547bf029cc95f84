"""Messages of which nothing is left but that a secret was taken out: one line for several. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from trustops.guard.placeholders import SEVERAL, nothing_but

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Run(Generic[T]):
    """Entries one after the other: one that is shown whole, or several that `sentence` tells of."""

    entries: Sequence[T]
    sentence: str = ""


def in_runs(
    entries: Sequence[T], *, words: Callable[[T], str], author: Callable[[T], str]
) -> list[Run[T]]:
    """The entries in their order, with those folded of which nothing is left to read.

    Two or more are folded where they stand one after the other, are by one author and had a secret
    of one kind: ten of them would push all else off the page.

    Args:
        entries: what happened, in the order in which it is shown.
        words: what is stored of an entry; empty where it is no message.
        author: by whom an entry is.
    """
    runs: list[Run[T]] = []
    for (kind, _), same in groupby(entries, key=lambda one: (nothing_but(words(one)), author(one))):
        group = list(same)
        if kind is None or len(group) == 1:
            runs += [Run([one]) for one in group]
        else:
            runs.append(Run(group, f"{len(group)} messages: {SEVERAL[kind]}"))
    return runs

"""The alert of the exchanges room: what was not checked for too long. Pure.

One alert stands for all rows that are stale, because one person looks through all of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from trustops.alerts.rules import LONGEST_SUMMARY, Kind, NewAlert, Severity
from trustops.exchanges.values import Row

SUBJECT = "exchanges"
"""What the alert is about."""

PATH = "/desk/exchanges"
"""The page that says whom to ask."""

_END = ". The desk says whom to ask."


def looks_of(stale: Sequence[Row]) -> Mapping[str, str]:
    """The look of each row that no longer counts, by the id of the exchange.

    A row that is renewed and grows stale again has another one.
    """
    return {row.id: row.claim.verify_by.isoformat() for row in stale if row.claim is not None}


def stale_alert(stale: Sequence[Row], *, at: datetime, host: str) -> NewAlert:
    """The alert that rows went stale.

    Args:
        stale: every row that is stale, at least one.
        at: when that was found, an aware instant.
        host: the machine whose files say so.
    """
    looks = looks_of(stale)
    digest = hashlib.sha256(json.dumps(looks, sort_keys=True).encode()).hexdigest()[:16]
    return NewAlert(
        kind=Kind.EXCHANGES_STALE,
        severity=Severity.WARNING,
        dedupe_key=f"{Kind.EXCHANGES_STALE}:{digest}",
        subject=SUBJECT,
        summary=_summary([row.name for row in stale]),
        at=at,
        path=PATH,
        data={"looks": dict(looks), "host": host},
    )


def _summary(names: Sequence[str]) -> str:
    """One line with as many names as fit."""
    subject = "1 exchange was" if len(names) == 1 else f"{len(names)} exchanges were"
    line = f"{subject} not checked for too long: "
    named: list[str] = []
    for name in names:
        clean = " ".join("".join(c if c.isprintable() else " " for c in name).split())
        more = f" and {len(names)} more"
        if len(line) + len(", ".join([*named, clean])) + len(more) + len(_END) > LONGEST_SUMMARY:
            break
        named.append(clean)
    left = len(names) - len(named)
    return f"{line}{', '.join(named)}{f' and {left} more' if left else ''}{_END}"

"""Turns a snapshot into the sentences and lines that a heartbeat is made of. Pure.

Every figure says as of when it is, and of which block where it comes from a chain. What could not
be checked says so; it is never zero, and never an old value without its age.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from trustops.chain.values import Standing, TokenName, Totals
from trustops.content.chain_names import chain_shown
from trustops.exchanges.rules import counts
from trustops.exchanges.values import Row
from trustops.exchanges.wording import sentence, summary
from trustops.posts.rules import words_of
from trustops.posts.told import About, Told
from trustops.posts.values import Past
from trustops.status.snapshot import ComponentStatus, Snapshot, Support

MOST_TOPICS = 5
MINUS = "\N{MINUS SIGN}"
NOT_CHECKED = "We could not check this."

Figures = Mapping[str, Any]
"""What a heartbeat told, as its row keeps it: see `figures_of`."""


def told_of(snapshot: Snapshot, about: About, past: Past) -> Told:
    """Everything that a heartbeat says of a snapshot, beside what the one before it said."""
    before = past.figures or {}
    now = figures_of(snapshot)
    since = f"since {past.week}" if past.week else ""
    marks = [(item, _net_before(item, before)) for item in snapshot.chains]
    return Told(
        project=snapshot.project,
        week=about.week,
        url=about.url,
        state=snapshot.migration_state,
        as_of=words_of(snapshot.as_of),
        late=f"This heartbeat is late. It was due {words_of(about.due_at)}." if about.late else "",
        unchanged=f"Nothing changed {since}." if since and _same(now, before) else "",
        missed=[f"No heartbeat went out for {week}. This one covers it." for week in past.missed],
        addresses=snapshot.addresses,
        chains=[_chain(item, net, since) for item, net in marks],
        chains_short=[_chain_short(item, net) for item, net in marks],
        support=_support(snapshot.support),
        support_short=_support_short(snapshot.support),
        exchanges=_exchanges(snapshot.exchanges, before, since),
        exchanges_short=_counted(snapshot.exchanges),
        issues=[title for _, title in snapshot.open_issues],
        troubles=[
            f"{item.name}: {item.reason or 'not as it should be'}"
            for item in snapshot.components
            if item.status is not ComponentStatus.OPERATIONAL
        ],
        next=f"The next heartbeat is due {words_of(about.next_at)}.",
    )


def figures_of(snapshot: Snapshot) -> Figures:
    """What is kept of a snapshot with its heartbeat: what was told, and what the next compares.

    Amounts are decimal strings in the smallest unit of the old token; None was not checked.
    """
    return {
        "as_of": _iso(snapshot.as_of),
        "chains": [
            {
                "pack": item.pack,
                "chain": item.totals.chain if item.totals else None,
                "net": str(item.totals.net) if item.totals else None,
                "block": item.totals.block.number if item.totals else None,
                "block_at": _iso(item.totals.block.at) if item.totals else None,
                "problem": item.problem,
            }
            for item in snapshot.chains
        ],
        "support": {
            "as_of": _iso(snapshot.support.as_of),
            "opened": snapshot.support.opened,
            "closed": snapshot.support.closed,
            "met": snapshot.support.met,
            "breached": snapshot.support.breached,
            "median_seconds": snapshot.support.median_seconds,
            "waiting": snapshot.support.waiting,
            "overdue": snapshot.support.overdue,
        },
        "exchanges": {row.id: row.label for row in snapshot.exchanges},
        "issues": [issue for issue, _ in snapshot.open_issues],
        "addresses": snapshot.addresses,
    }


def tokens(amount: int, token: TokenName) -> str:
    """An amount in whole tokens, towards zero, such as `1,200 OLD`."""
    sign = MINUS if amount < 0 else ""
    whole = abs(amount) // 10**token.decimals
    if whole == 0 and amount:
        return f"{sign}less than 1 {token.symbol}"
    return f"{sign}{whole:,} {token.symbol}"


def _named(standing: Standing) -> str:
    """The chain as a sentence names it; the migration, where none of its chains is known."""
    of_totals = standing.totals.chain if standing.totals else ""
    chain = of_totals or standing.chain
    return standing.title or (chain_shown(chain) if chain else standing.pack)


def _chain(standing: Standing, before: int | None, since: str) -> str:
    totals = standing.totals
    if totals is None:
        return f"{_named(standing)}: {standing.problem or NOT_CHECKED}"
    if standing.problem:
        return (
            f"{_named(standing)}: {standing.problem} The last good reading was"
            f" {tokens(totals.net, totals.old)} migrated, {_mark(totals)}."
        )
    change = _change(totals, before)
    people = "1 wallet" if totals.holders == 1 else f"{totals.holders:,} wallets"
    migrated = f"{tokens(totals.net, totals.old)} migrated by {people}"
    return (
        f"{_named(standing)}: {migrated}, {_mark(totals)}"
        f"{f' ({change} {since})' if change and since else ''}."
    )


def _chain_short(standing: Standing, before: int | None) -> str:
    totals = standing.totals
    if totals is None or standing.problem:
        return f"{_named(standing)}: could not be checked now."
    change = _change(totals, before)
    return (
        f"{tokens(totals.net, totals.old)} migrated{f' ({change})' if change else ''},"
        f" {_mark(totals)}."
    )


def _mark(totals: Totals) -> str:
    return f"as of block {totals.block.number:,}, {words_of(totals.block.at)}"


def _change(totals: Totals, before: int | None) -> str:
    if before is None:
        return ""
    if totals.net == before:
        return "no change"
    sign = "+" if totals.net > before else MINUS
    return f"{sign}{tokens(abs(totals.net - before), totals.old)}"


def _support(support: Support) -> Sequence[str]:
    judged = support.met + support.breached
    lines = [f"Opened {support.opened:,}, closed {support.closed:,}."]
    if judged:
        lines.append(
            f"{support.met:,} of {judged:,} first answers that fell due came within"
            f" {support.promise_hours} h."
        )
    else:
        lines.append("No first answer fell due.")
    if support.median_seconds is None:
        lines.append("No first answer was given.")
    else:
        lines.append(f"The median first answer took {duration(support.median_seconds)}.")
    late = f"{support.overdue_words} of them late" if support.overdue else "none late"
    lines.append(f"Waiting for a first answer now: {support.waiting_words}, {late}.")
    topics = [f"{title} ({count:,})" for title, count in support.topics[:MOST_TOPICS]]
    if topics:
        lines.append(f"Most asked: {', '.join(topics)}.")
    return lines


def _support_short(support: Support) -> str:
    judged = support.met + support.breached
    share = (
        f"{support.met:,} of {judged:,} first answers within {support.promise_hours} h"
        if judged
        else "no first answer fell due"
    )
    return (
        f"Support, 7 days to {words_of(support.as_of)}: opened {support.opened:,},"
        f" closed {support.closed:,}; {share}."
    )


def _exchanges(rows: Sequence[Row], before: Figures, since: str) -> Sequence[str]:
    if not rows:
        return ["No exchange is on record."]
    lines = [f"{item.words.removesuffix('.')}: {item.count}." for item in summary(rows)]
    stale = sum(row.stale for row in rows)
    if stale:
        lines.append(f"Not looked at lately: {stale}.")
    known = before.get("exchanges", {})
    changed = [
        f"{row.name}: {sentence(row)} Before: {known[row.id]}."
        for row in rows
        if row.id in known and known[row.id] != row.label
    ]
    new = [
        f"{row.name}, new here: {sentence(row)}" for row in rows if since and row.id not in known
    ]
    if since and not changed and not new:
        return [*lines, f"No exchange changed {since}."]
    return [*lines, *changed, *new]


def _counted(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    stale = sum(row.stale for row in rows)
    words = ", ".join(f"{label} {count}" for label, count in counts(rows).items())
    return f"Exchanges: {words}." + (f" Not looked at lately: {stale}." if stale else "")


def _same(now: Figures, before: Figures) -> bool:
    """Whether nothing that a reader would act on differs; what was not checked may."""
    watched = ("exchanges", "issues", "addresses")
    chains, were = now["chains"], before.get("chains", [])
    checked = all(item["net"] is not None and not item["problem"] for item in chains)
    return (
        checked
        and [item["net"] for item in chains] == [item["net"] for item in were]
        and all(now[name] == before.get(name) for name in watched)
        and not now["support"]["opened"]
    )


def _net_before(standing: Standing, before: Figures) -> int | None:
    """The net of the same chain in the last heartbeat; None where it told none."""
    if standing.totals is None:
        return None
    for item in before.get("chains", []):
        same = (item["pack"], item["chain"]) == (standing.pack, standing.totals.chain)
        if same and item["net"] is not None:
            return int(item["net"])
    return None


def duration(seconds: int) -> str:
    """A duration as a person says it, such as `5 h 00 min`, rounded down to minutes."""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")

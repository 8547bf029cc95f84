"""What the pages with figures say: the status page, and the archive of the heartbeats.

Each figure keeps the moment, and the block, that it is as of. What was not read is None, which a
page shows as "could not check"; it is never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trustops.chain.schema import Pack
from trustops.chain.values import Standing, Totals
from trustops.content.chain_names import chain_shown
from trustops.content.kinds import Kind
from trustops.exchanges import rules as exchanges
from trustops.exchanges import wording
from trustops.exchanges.values import Row
from trustops.posts.queries import Published
from trustops.site.sources import Sources
from trustops.site.telling import Clean, chain_names
from trustops.status.snapshot import Component, ComponentStatus, Correction, Snapshot, Support

SHOWN_DAYS = 30
"""How many days a chart shows."""

_HELP = "troubleshooting"


@dataclass(frozen=True, slots=True)
class ChainFigures:
    """The figures of one chain, in whole tokens.

    `problem` is empty after a good read; else the figures are those of the last good one, which
    `as_of` dates, as does the block of `totals`. Without a good read `totals` and `net` are None
    and `as_of` is the last attempt, None before the first. `days` are pairs of a day and the net
    of it, up to the day of the block. What is not known is an empty text.
    """

    title: str
    problem: str
    as_of: datetime | None
    totals: Totals | None
    net: str | None
    share: str
    issued: str
    new_left: str
    days: Sequence[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The front page. `state` is one sentence, `more` what there is to say beside it.

    `name` says what migrates into what; it is empty where no migration is published.
    `help_href` leads to what one can do now. `troubles` are components that do not work as they
    should, but for what the banner says already. `last` is the newest heartbeat; `due_since` dates
    one that was due and has not gone out. `corrections` are documents with an older version.
    `figures_as_of` is the age of the oldest figure, but for those of a chain that has a problem.
    """

    name: str
    state: str
    more: str
    help_href: str
    figures_as_of: datetime
    chains: Sequence[ChainFigures]
    support: Support
    exchanges: Sequence[wording.Counted]
    issues: Sequence[tuple[str, str]]
    components: Sequence[Component]
    troubles: Sequence[Component]
    last: Published | None
    next_at: datetime | None
    due_since: datetime | None
    corrections: Sequence[Correction] = ()


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """Every heartbeat, the newest first, when the next one is due, and since when one is late."""

    beats: Sequence[Published]
    next_at: datetime | None
    due_since: datetime | None


@dataclass(frozen=True, slots=True)
class HeartbeatPage:
    """One heartbeat with its words."""

    beat: Published
    words: Clean


@dataclass(frozen=True, slots=True)
class MatrixEntry:
    """An exchange on its page: how it stands in a sentence, how old that is, what one can do.

    `version_of` dates an entry that is being corrected.
    """

    row: Row
    tone: exchanges.Tone
    says: str
    age: str
    advice: str
    version_of: datetime | None


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """The matrix of exchanges. `summary` counts them by state, `stale` those that grew old."""

    entries: Sequence[MatrixEntry]
    summary: Sequence[wording.Counted]
    stale: int


def status_page(sources: Sources) -> StatusPage:
    """The state of everything, as of one moment."""
    snapshot = sources.snapshot
    sentence, dot, more = snapshot.migration_state.partition(". ")
    titles = chain_names(sources)
    has_help = sources.library.find(Kind.PAGE, _HELP) is not None
    return StatusPage(
        name=sources.pack.name if sources.pack else "",
        state=f"{sentence}." if dot else sentence,
        more=more,
        help_href=f"/{_HELP}" if has_help else "/faq",
        figures_as_of=_figures_as_of(snapshot),
        chains=[chain_figures(item, sources.pack, titles) for item in snapshot.chains],
        support=snapshot.support,
        exchanges=wording.summary(snapshot.exchanges),
        issues=snapshot.open_issues,
        components=snapshot.components,
        troubles=[
            item
            for item in snapshot.components
            if item.status is not ComponentStatus.OPERATIONAL and not _in_the_banner(item, snapshot)
        ],
        last=sources.heartbeats[0] if sources.heartbeats else None,
        next_at=snapshot.next_heartbeat_at,
        due_since=snapshot.heartbeat_due_since,
        corrections=snapshot.corrections,
    )


def _figures_as_of(snapshot: Snapshot) -> datetime:
    """One date for all figures: none of them is older."""
    blocks = (item.totals.block.at for item in snapshot.chains if item.totals and not item.problem)
    return min(snapshot.as_of, snapshot.support.as_of, *blocks)


def _in_the_banner(item: Component, snapshot: Snapshot) -> bool:
    """Whether the banner over every page says the same already: no address is shown."""
    return bool(snapshot.addresses) and item.reason == snapshot.addresses


def archive_page(sources: Sources) -> ArchivePage:
    """The heartbeats that went out."""
    snapshot = sources.snapshot
    return ArchivePage(sources.heartbeats, snapshot.next_heartbeat_at, snapshot.heartbeat_due_since)


def matrix_page(sources: Sources) -> MatrixPage:
    """Every exchange as it stands on the day of the build."""
    rows, today = sources.exchanges, sources.now.date()
    return MatrixPage(
        entries=[
            MatrixEntry(
                row,
                exchanges.tone(row),
                wording.sentence(row),
                wording.age_words(row, today),
                wording.ADVICE[row.state],
                sources.version_of(f"exchanges/{row.id}.toml"),
            )
            for row in rows
        ],
        summary=wording.summary(rows),
        stale=sum(row.stale for row in rows),
    )


def chain_figures(standing: Standing, pack: Pack | None, titles: Mapping[str, str]) -> ChainFigures:
    """The figures of one chain as the page shows them.

    Args:
        standing: what is known of it.
        pack: the published migration.
        titles: the chains' names in sentences.
    """
    totals = standing.totals
    name = (totals.chain if totals else "") or standing.chain
    title = chain_shown(name, titles) if name else standing.pack
    if totals is None:
        problem = standing.problem or "We could not check this right now."
        return ChainFigures(title, problem, standing.checked_at, None, None, "", "", "", ())
    return ChainFigures(
        title=title,
        problem=standing.problem,
        as_of=totals.block.at,
        totals=totals,
        net=whole(totals.net, totals.old.decimals),
        share=share(totals, burned=pack is not None and pack.sink.kind == "burned"),
        issued=whole(totals.issued, totals.new.decimals),
        new_left="" if totals.new_left is None else whole(totals.new_left, totals.new.decimals),
        days=days_of(standing.by_day, totals),
    )


def whole(amount: int, decimals: int) -> str:
    """An amount of smallest units in whole tokens, towards zero, such as `1,203,400`."""
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    tokens = abs(amount) // 10**decimals
    if tokens == 0 and amount:
        return f"{sign}less than 1"
    return f"{sign}{tokens:,}"


def share(totals: Totals, *, burned: bool) -> str:
    """How much of the old token has migrated, in percent, rounded down; empty where not known.

    Old tokens that were burned are no longer in the supply that a chain tells, and count to it.
    """
    if totals.old_supply is None:
        return ""
    supply = totals.old_supply + (totals.net if burned else 0)
    if not 0 <= totals.net <= supply or supply == 0:
        return ""
    tenths = totals.net * 1000 // supply
    return f"{tenths // 10}.{tenths % 10} %"


def days_of(by_day: Sequence[tuple[date, int]], totals: Totals) -> Sequence[tuple[date, int]]:
    """The net of each day in whole tokens: the newest days, up to that of the block.

    A day without a migration is zero, because the chain was read as far as the block. Where
    nothing moved for that long, the days are those that end with the last one on which it did.
    """
    known = dict(by_day)
    if not known:
        return ()
    last, end = max(known), totals.block.at.date()
    if end - last >= timedelta(days=SHOWN_DAYS):
        end = last
    begin = max(min(known), end - timedelta(days=SHOWN_DAYS - 1))
    unit = 10**totals.old.decimals
    return [
        (day, _tokens(known.get(day, 0), unit))
        for day in (begin + timedelta(days=n) for n in range((end - begin).days + 1))
    ]


def _tokens(amount: int, unit: int) -> int:
    """Whole tokens, towards zero."""
    return amount // unit if amount >= 0 else -(-amount // unit)

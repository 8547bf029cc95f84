"""Turns a Snapshot into the shapes of `migration.json` and `exchanges.json`, and one back.

Nothing is left out for being unknown: it is null, and the problem says why.
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import ValidationError

from trustops.chain.values import BlockMark, Standing, TokenName, Totals
from trustops.exchanges.rules import counts
from trustops.exchanges.values import Claim, Row
from trustops.status import shapes
from trustops.status.snapshot import Component, Snapshot, Support


def migration(snapshot: Snapshot, base_url: str) -> shapes.MigrationOut:
    """Everything but the rows of the matrix."""
    return shapes.MigrationOut(
        as_of=snapshot.as_of,
        project=snapshot.project,
        url=base_url,
        state=snapshot.migration_state,
        addresses=snapshot.addresses,
        components=[_component(component) for component in snapshot.components],
        chains=[_chain(standing) for standing in snapshot.chains],
        support=_support(snapshot.support),
        exchanges={
            label: shapes.CountOut(value=count, as_of=snapshot.as_of)
            for label, count in counts(snapshot.exchanges).items()
        },
        known_issues=[shapes.IssueOut(id=id_, title=title) for id_, title in snapshot.open_issues],
        last_heartbeat=snapshot.last_heartbeat,
        next_heartbeat_at=snapshot.next_heartbeat_at,
        heartbeat_due_since=snapshot.heartbeat_due_since,
        corrections=[
            shapes.CorrectionOut(title=item.title, path=item.path, version_of=item.accepted_at)
            for item in snapshot.corrections
        ],
        demo=snapshot.demo,
    )


def exchanges(snapshot: Snapshot, base_url: str) -> shapes.ExchangesOut:
    """The rows of the matrix."""
    return shapes.ExchangesOut(
        as_of=snapshot.as_of,
        project=snapshot.project,
        url=base_url,
        exchanges=[_exchange(row, snapshot) for row in snapshot.exchanges],
        demo=snapshot.demo,
    )


def previous_components(migration_json: bytes | None) -> tuple[Component, ...]:
    """The components of an earlier `migration.json`, for `Inputs.previous`.

    A file of another version, or none, tells nothing: every component then begins anew.
    """
    if migration_json is None:
        return ()
    try:
        read = shapes.MigrationOut.model_validate_json(migration_json)
    except ValidationError:
        return ()
    return tuple(Component(**dict(component)) for component in read.components)


def _component(component: Component) -> shapes.ComponentOut:
    return shapes.ComponentOut(
        id=component.id,
        name=component.name,
        description=component.description,
        status=component.status,
        reason=component.reason,
        since=component.since,
    )


def _chain(standing: Standing) -> shapes.ChainOut:
    totals = standing.totals
    if totals is None:
        return shapes.ChainOut(
            pack=standing.pack,
            chain=None,
            checked_at=standing.checked_at,
            problem=standing.problem,
        )
    at = totals.block
    return shapes.ChainOut(
        pack=standing.pack,
        chain=totals.chain,
        checked_at=standing.checked_at,
        problem=standing.problem,
        block=shapes.BlockOut(number=at.number, hash=at.hash, at=at.at),
        final_block=totals.final_block,
        window=totals.window,
        migrated=_amount(totals.migrated, totals.old, at),
        unmigrated=_amount(totals.unmigrated, totals.old, at),
        net=_amount(totals.net, totals.old, at),
        issued=_amount(totals.issued, totals.new, at),
        old_supply=_known(totals.old_supply, totals.old, at),
        old_in_sink=_known(totals.old_in_sink, totals.old, at),
        sent_directly=_known(totals.sent_directly, totals.old, at),
        new_left=_known(totals.new_left, totals.new, at),
        events=_count_at(totals.events, at),
        provisional_events=_count_at(totals.provisional, at),
        holders=_count_at(totals.holders, at),
        by_day=_by_day(standing, totals),
    )


def _by_day(standing: Standing, totals: Totals) -> shapes.ByDayOut:
    decimals = totals.old.decimals
    return shapes.ByDayOut(
        symbol=totals.old.symbol,
        decimals=decimals,
        as_of=totals.block.at,
        block=totals.block.number,
        days=[
            shapes.DayOut(day=day, value=str(net), amount=in_tokens(net, decimals))
            for day, net in standing.by_day
        ],
    )


def _known(value: int | None, token: TokenName, at: BlockMark) -> shapes.AmountOut | None:
    return None if value is None else _amount(value, token, at)


def _amount(value: int, token: TokenName, at: BlockMark) -> shapes.AmountOut:
    return shapes.AmountOut(
        value=str(value),
        amount=in_tokens(value, token.decimals),
        symbol=token.symbol,
        decimals=token.decimals,
        as_of=at.at,
        block=at.number,
    )


def in_tokens(value: int, decimals: int) -> str:
    """A whole number of smallest units as tokens, exactly and without an exponent."""
    digits = Decimal(value).as_tuple().digits
    text = format(Decimal((int(value < 0), digits, -decimals)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _count_at(value: int, at: BlockMark) -> shapes.CountOut:
    return shapes.CountOut(value=value, as_of=at.at, block=at.number)


def _support(support: Support) -> shapes.SupportOut:
    def count(value: int | None) -> shapes.CountOut:
        return shapes.CountOut(value=value, as_of=support.as_of)

    return shapes.SupportOut(
        promise_hours=support.promise_hours,
        opened=count(support.opened),
        closed=count(support.closed),
        met=count(support.met),
        breached=count(support.breached),
        median_first_response_seconds=count(support.median_seconds),
        waiting=count(support.waiting),
        overdue=count(support.overdue),
        topics=[
            shapes.TopicOut(title=title, value=number, as_of=support.as_of)
            for title, number in support.topics
        ],
    )


def _exchange(row: Row, snapshot: Snapshot) -> shapes.ExchangeOut:
    return shapes.ExchangeOut(
        id=row.id,
        name=row.name,
        products=row.products,
        state=row.state,
        label=row.label,
        reported=row.reported,
        stale=row.stale,
        who_acts=row.who_acts,
        user_note=row.user_note,
        as_of=snapshot.as_of,
        claim=_claim(row.claim) if row.claim else None,
        history=[_claim(claim) for claim in row.history],
    )


def _claim(claim: Claim) -> shapes.ClaimOut:
    return shapes.ClaimOut(
        state=claim.state,
        says=claim.says,
        said_on=claim.said_on,
        grade=claim.grade,
        url=claim.url or None,
        note=claim.note,
        verified=claim.verified,
        verify_by=claim.verify_by,
    )

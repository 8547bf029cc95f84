"""`trustops chain`: read the published migration now, how its chains stand, and one wallet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import click

from jobs.chain import chain_sync
from jobs.runner import JobContext, Result, run_job
from jobs.schedule import job_named
from trustops.addresses import Shape, read
from trustops.chain.amounts import in_tokens
from trustops.chain.queries import reason, standing
from trustops.chain.records import of_standing, of_wallet
from trustops.chain.services import start_anew
from trustops.chain.setup import work_of
from trustops.chain.sync import Work, holds_tokens, readable
from trustops.chain.values import Standing, TokenName, Totals, WalletFacts
from trustops.chain.wallets import read_wallet
from trustops.cli.context import application
from trustops.content import Content
from trustops.db import db
from trustops.errors import InvalidInputError, NotFoundError
from trustops.settings import Settings
from trustops.web import context as web

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for a machine.")


@click.group("chain")
def chain() -> None:
    """What the chains say of the migration that is published."""


@dataclass(frozen=True)
class _Desk:
    """What a command works with, inside of the application."""

    context: JobContext
    work: Work

    def standings(self) -> tuple[tuple[Standing, str], ...]:
        """How each chain stands, with the reason of a failure for operators."""
        pack = self.work.pack
        with self.context.reading() as session:
            found = standing(session, pack, self.context.clock.now())
            return tuple((item, reason(session, pack.id, item.chain)) for item in found)


@chain.command("sync")
@click.option("--anew", is_flag=True, help="Forget what was read and begin at the first block.")
@as_json
def sync_now(anew: bool, as_json: bool) -> None:
    """Read every chain now. Exit code 1 unless all could be read to their heads."""
    with application() as app:
        with app.app_context():
            desk = _desk()
            if anew:
                with desk.context.open_session() as session:
                    for part in readable(desk.work.pack):
                        start_anew(session, desk.work.pack.id, part.name)
        ran = run_job(app, replace(job_named("chain_sync"), run=partial(chain_sync, at_once=True)))
        with app.app_context():
            desk = _desk()
            wanted = len(readable(desk.work.pack))
            _print_standings(desk, as_json=as_json)
    if ran.result is not Result.OK or ran.data["good"] < wanted:
        raise SystemExit(1)


@chain.command("status")
@as_json
def status(as_json: bool) -> None:
    """Print how each chain stands, as it was last read. Exit code 1 where one has a problem."""
    with application() as app, app.app_context():
        if not _print_standings(_desk(), as_json=as_json):
            raise SystemExit(1)


@chain.command("diagnose")
@click.argument("address")
@click.option("--chain", "name", help="One chain of the pack; all that can be read by default.")
@as_json
def diagnose(address: str, name: str | None, as_json: bool) -> None:
    """Read a wallet now: balances, allowance, events. Exit code 1 where it could not be read."""
    reading = read(address)
    if reading.shape is not Shape.EVM_ADDRESS or reading.mistyped:
        raise InvalidInputError("That is no address of an EVM chain, or a letter of it is wrong.")
    with application() as app, app.app_context():
        desk = _desk()
        pack = desk.work.pack
        places = dict.fromkeys((*readable(pack), *holds_tokens(pack)))
        chains = [name] if name else [part.name for part in places]
        context, wallet = desk.context, reading.text
        facts = [
            read_wallet(context.open_session, context.clock, desk.work, chain=item, address=wallet)
            for item in chains
        ]
    if as_json:
        click.echo(json.dumps([of_wallet(item) for item in facts]))
    else:
        for item in facts:
            for line in _wallet_lines(item):
                click.echo(line)
    if not facts or any(item.problem for item in facts):
        raise SystemExit(1)


def _desk() -> _Desk:
    """The desk of the application that is open.

    Raises:
        NotFoundError: the pack that the content names is not there.
    """
    context = JobContext(db.engine, web.clock())
    content = web.part(Content)
    work = work_of(web.part(Settings), content, context.clock)
    if work is None:
        raise NotFoundError(f"There is no migrations/{content.migration}.toml in the content.")
    return _Desk(context, work)


def _print_standings(desk: _Desk, *, as_json: bool) -> bool:
    """Print how each chain stands; gives whether all stand well."""
    found = desk.standings()
    if as_json:
        documents = [of_standing(item) | {"reason": why} for item, why in found]
        click.echo(json.dumps(documents))
    else:
        for item, why in found:
            for line in _standing_lines(item, why):
                click.echo(line)
    return bool(found) and not any(item.problem for item, _ in found)


def _standing_lines(item: Standing, why: str) -> Iterator[str]:
    if item.problem:
        yield f"{item.problem} {why}".strip()
    if item.totals is not None:
        yield from _totals_lines(item.totals)


def _totals_lines(totals: Totals) -> Iterator[str]:
    old, new = totals.old, totals.new
    block = totals.block
    yield f"{totals.chain}: block {block.number:,} of {block.at:%Y-%m-%d %H:%M:%S} UTC"
    yield f"  final block {totals.final_block:,}, window {totals.window}"
    yield f"  migrated    {_tokens(totals.migrated, old)}"
    yield f"  unmigrated  {_tokens(totals.unmigrated, old)}"
    yield f"  net         {_tokens(totals.net, old)}"
    yield f"  issued      {_tokens(totals.issued, new)}"
    yield f"  events      {totals.events:,}, {totals.provisional:,} of them not final"
    yield f"  wallets     {totals.holders:,}"
    for name, amount, token in (
        ("old supply", totals.old_supply, old),
        ("in sink", totals.old_in_sink, old),
        ("directly", totals.sent_directly, old),
        ("new left", totals.new_left, new),
    ):
        if amount is not None:
            yield f"  {name:<11} {_tokens(amount, token)}"


def _wallet_lines(facts: WalletFacts) -> Iterator[str]:
    yield f"{facts.address} on {facts.chain}"
    if facts.problem or facts.block is None:
        yield f"  {facts.problem}"
        return
    yield f"  block {facts.block.number:,} of {facts.block.at:%Y-%m-%d %H:%M:%S} UTC"
    for name, amount, token in (
        ("old balance", facts.old_balance, facts.old),
        ("new balance", facts.new_balance, facts.new),
        ("allowance", facts.allowance, facts.old),
    ):
        yield f"  {name:<11} {_tokens(amount, token)}"
    yield f"  {'a contract' if facts.is_contract else 'an account with a key'}"
    for event in facts.events:
        final = "" if event.final else ", not final yet"
        yield (
            f"  {event.direction} in block {event.block.number:,}: "
            f"{_tokens(event.old_amount, facts.old)}, {_tokens(event.new_amount, facts.new)} "
            f"to {event.beneficiary}, {event.tx_hash}{final}"
        )


def _tokens(amount: int | None, token: TokenName | None) -> str:
    if amount is None or token is None:
        return "not read"
    return f"{in_tokens(amount, token.decimals)} {token.symbol}"

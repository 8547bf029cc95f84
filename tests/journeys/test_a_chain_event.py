"""A chain event's path: a holder migrates on a real chain, and the public figure moves.

The chain is the demo's, py-evm behind HTTP. `docs/tour.md` walks the same path through the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from jobs.runner import Ran, Result, run_job
from jobs.schedule import job_named
from tests.conftest import NOON
from tests.factories import a_ticket
from tests.fakes import FakeClock
from tests.web_fixtures import settings_for
from trustops.app import create_app
from trustops.chain.queries import wallet_facts
from trustops.chain.values import Totals, WalletFacts
from trustops.db import db, start_writing
from trustops.demo.chain.node import Node
from trustops.demo.chain.start import NAME, DemoChain
from trustops.demo.chain.world import World
from trustops.demo.folder import on_the_chain
from trustops.settings import Settings
from trustops.site.sources import gather
from trustops.status.snapshot import Snapshot

pytestmark = pytest.mark.long


@dataclass
class Stage:
    """The application, its clock, and the chain that it reads."""

    app: Flask
    settings: Settings
    clock: FakeClock
    world: World
    node: Node

    def run(self, name: str) -> Ran:
        """Run a job as the scheduler would; it has to end well."""
        ran = run_job(self.app, job_named(name))
        assert ran.result is Result.OK, ran.error
        return ran

    def snapshot(self) -> Snapshot:
        """What the public would be told now."""
        with self.app.app_context():
            return gather(db.session(), self.clock.now(), self.settings).snapshot

    def totals(self) -> Totals:
        """The public figures of the chain; they have to be good."""
        (standing,) = self.snapshot().chains
        assert standing.problem == ""
        assert standing.totals is not None
        return standing.totals

    def wallet(self, role: str) -> WalletFacts | None:
        """What was last read of a holder's wallet."""
        with self.app.app_context():
            return wallet_facts(db.session(), NAME, self.world.addresses[role])


@pytest.fixture
def stage(sqlite_url: str, tmp_path: Path, clock: FakeClock) -> Iterator[Stage]:
    """The real application on a chain with a month of history."""
    world = World(NOON, holders=9)
    world.go_on(NOON)
    node = Node(world.provider)
    thread = Thread(target=node.serve_forever, args=(0.02,))
    thread.start()
    chain = DemoChain(node.url, world.chain_id, world.addresses)
    settings = on_the_chain(settings_for(sqlite_url, tmp_path, DEMO="1"), chain, NOON)
    app = create_app(settings, clock=clock)
    yield Stage(app, settings, clock, world, node)
    node.shutdown()
    thread.join()
    node.server_close()
    with app.app_context():
        db.engine.dispose()


def test_a_migration_reaches_the_public_figure_and_the_ticket(stage: Stage) -> None:
    """From the log of a block to the snapshot, with the block that it is as of."""
    stage.run("chain_sync")
    before = stage.totals()
    held = stage.world.old.functions.balanceOf(stage.world.migrator.address).call()
    assert before.old_in_sink == held
    assert before.sent_directly == held - before.net > 0

    for seconds in (30, 60):
        stage.clock.advance(seconds=30)
        stage.world.go_on(NOON + timedelta(seconds=seconds))
    stage.run("chain_sync")
    after = stage.totals()
    assert after.block.number > before.block.number
    assert after.net > before.net
    assert after.events == before.events + 1

    with stage.app.app_context():
        start_writing(db.session())
        a_ticket(
            db.session(), stage.clock.now(), wallet=stage.world.addresses["partial"], chain=NAME
        )
        db.session.commit()
    stage.run("wallet_checks")
    found = stage.wallet("partial")
    assert found is not None
    assert found.problem == ""
    assert found.block is not None
    assert len(found.events) == 1
    assert found.old_balance == stage.world.old.functions.balanceOf(found.address).call()


def test_a_chain_that_is_gone_is_told_and_never_shown_as_nothing(stage: Stage) -> None:
    """Neither zero nor a figure without its age; and the ticket says why."""
    stage.run("chain_sync")
    good = stage.totals()
    stage.node.shutdown()
    stage.node.server_close()
    stage.clock.advance(minutes=30)
    run_job(stage.app, job_named("chain_sync"))
    (standing,) = stage.snapshot().chains
    assert standing.problem
    assert standing.totals == good
    with stage.app.app_context():
        start_writing(db.session())
        a_ticket(
            db.session(), stage.clock.now(), wallet=stage.world.addresses["approved"], chain=NAME
        )
        db.session.commit()
    run_job(stage.app, job_named("wallet_checks"))
    found = stage.wallet("approved")
    assert found is not None
    assert found.problem
    assert found.old_balance is None

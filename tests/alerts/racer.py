"""One of several real processes that race: raises alerts, then sends what is due.

Started as `python -m tests.alerts.racer DATABASE_URL WEBHOOK_URL COUNT`. It waits for a line on
its input, so that all of them begin together, and works until nothing is due.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from sqlalchemy import create_engine

from tests.alerts.things import BASE_URL, HOOK, breach
from tests.channels.things import SECRET, opener
from tests.conftest import NOON
from tests.fakes import FakeClock
from trustops.alerts.rules import DELIVERY_KIND
from trustops.alerts.services import compose, raise_alert
from trustops.channels.deliver import deliver_due
from trustops.channels.targets import Senders
from trustops.channels.webhook import WebhookSender
from trustops.db import engine_options
from trustops.settings import Credential


def main(database: str, webhook: str, count: int) -> None:
    """Find the same things as the others, then send."""
    engine = create_engine(database, **engine_options(database))
    clock = FakeClock(NOON)
    sender = WebhookSender(webhook, Credential(SECRET), clock, read_timeout=timedelta(seconds=60))
    senders = Senders({"webhook": sender}, timedelta(seconds=60))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(count):
        with opener(engine) as session:
            raise_alert(session, clock.now(), breach(number), targets=[HOOK], base_url=BASE_URL)
    deliver_due(lambda: opener(engine), clock, senders, composers={DELIVERY_KIND: compose})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

"""One of several real processes that bring the week's heartbeat out at the same moment.

Started as `python -m tests.posts.racer DATABASE_URL WEBHOOK_URL MASTODON_URL`. It waits for a line
on its input, so that all begin together: plan, give up, write, approve by the rule, queue, send.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from sqlalchemy import create_engine

from tests.channels.things import SECRET, opener
from tests.conftest import NOON
from tests.fakes import FakeClock
from tests.posts.things import a_setup
from tests.status.things import a_snapshot
from trustops.channels.console import ConsoleSender
from trustops.channels.deliver import deliver_due
from trustops.channels.networks import CONSOLE, MASTODON, WEBHOOK
from trustops.channels.networks.mastodon.sender import MastodonSender
from trustops.channels.rules import Target
from trustops.channels.targets import Senders
from trustops.channels.webhook import WebhookSender
from trustops.db import engine_options
from trustops.posts.filling import Source
from trustops.posts.outbox import DELIVERY_KIND, compose_message
from trustops.posts.planning import materialise, miss
from trustops.posts.services import compose, queue_due
from trustops.settings import Credential

PATIENCE = timedelta(seconds=60)
TOKEN = "alice_token"
TARGETS = tuple(Target(item.channel, item.channel) for item in (CONSOLE, WEBHOOK, MASTODON))


def main(database: str, webhook: str, mastodon: str) -> None:
    """Do what the jobs of one process do at noon."""
    engine = create_engine(database, **engine_options(database))
    clock = FakeClock(NOON)
    setup = a_setup(targets=TARGETS)
    senders = Senders(
        {
            CONSOLE.channel: ConsoleSender(),
            WEBHOOK.channel: WebhookSender(
                webhook, Credential(SECRET), clock, read_timeout=PATIENCE
            ),
            MASTODON.channel: MastodonSender(
                mastodon, Credential(TOKEN), clock, read_timeout=PATIENCE
            ),
        },
        2 * PATIENCE,
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(3):
        with opener(engine) as session:
            materialise(session, NOON, setup.schedule, first_due=NOON)
            miss(session, NOON, setup)
        with opener(engine) as session:
            compose(session, NOON, a_snapshot(), setup=setup)
        with opener(engine) as session:
            queue_due(session, NOON, setup, source=Source(a_snapshot(), {}))
    deliver_due(lambda: opener(engine), clock, senders, composers={DELIVERY_KIND: compose_message})


if __name__ == "__main__":
    main(*sys.argv[1:4])

"""The job of the exchanges: tell ops of rows that went stale, until somebody has looked again."""

from __future__ import annotations

from socket import gethostname

from jobs.runner import JobContext
from trustops.channels.targets import alert_targets
from trustops.content.versions import LastGood
from trustops.exchanges import services
from trustops.exchanges.load import settled_exchanges
from trustops.exchanges.rules import matrix
from trustops.settings import Settings


def exchange_reviews(context: JobContext) -> dict[str, int]:
    """Raise an alert when a row went stale, and resolve it once all are renewed.

    Reads the files as readers see them. While nothing changes it only reads.
    """
    settings = context.part(Settings)
    now, host = context.clock.now(), gethostname()
    listed, _ = settled_exchanges(settings.content_dir, LastGood(settings.instance_dir))
    stale = [row for row in matrix(listed, now.date()) if row.stale]
    with context.reading() as session:
        settled = services.is_up_to_date(session, now, stale, host=host)
    if settled:
        return {"stale": len(stale), "raised": 0}
    with context.open_session() as session:
        raised = services.tell(
            session,
            now,
            stale,
            targets=alert_targets(settings),
            base_url=settings.base_url,
            host=host,
        )
    return {"stale": len(stale), "raised": int(raised)}

"""The job of the exchanges: ops hear on the day on which a row goes stale, until it is renewed."""

from __future__ import annotations

from jobs.exchanges import exchange_reviews
from jobs.site import site_release
from tests.exchanges.claims import claim_text
from tests.jobs.breaking import Site
from tests.jobs.things import alerts
from trustops.alerts.models import Alert
from trustops.alerts.rules import Kind

FILE = "exchanges/binance.toml"
CLAIM = claim_text(
    "announced", "Says that it takes part.", "2026-11-20", "2026-11-20", 'note = "Seen."'
)


def claimed(site: Site, text: str = CLAIM) -> None:
    """Write a claim into the file of the exchange, which may rest for seven days."""
    path = site.folder / FILE
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def of_exchanges(site: Site) -> list[Alert]:
    """The alerts about rows that went stale, the oldest first."""
    return [alert for alert in alerts(site.work) if alert.kind == Kind.EXCHANGES_STALE]


def test_a_row_raises_an_alert_on_the_day_on_which_it_goes_stale(site: Site) -> None:
    """Not a week before, not on its last day, and once."""
    claimed(site)
    site.clock.advance(hours=5 * 24 + 11)
    assert exchange_reviews(site.work) == {"stale": 0, "raised": 0}
    site.clock.advance(hours=1)
    assert exchange_reviews(site.work) == {"stale": 1, "raised": 1}
    assert exchange_reviews(site.work) == {"stale": 1, "raised": 0}
    (alert,) = of_exchanges(site)
    assert "Binance" in alert.summary
    assert alert.resolved_at is None


def test_a_row_that_is_renewed_resolves_its_alert(site: Site) -> None:
    """Within the minute; the old text put back is stale again, and is told again."""
    claimed(site)
    site.clock.advance(hours=7 * 24)
    exchange_reviews(site.work)
    site.edit(FILE, "verified = 2026-11-20", "verified = 2026-11-29")
    exchange_reviews(site.work)
    assert of_exchanges(site)[0].resolved_at == site.clock.now()
    site.edit(FILE, "verified = 2026-11-29", "verified = 2026-11-20")
    assert exchange_reviews(site.work) == {"stale": 1, "raised": 1}


def test_a_fault_in_the_file_resolves_nothing(site: Site) -> None:
    """Readers see its last good version, which is as stale as before."""
    claimed(site)
    site_release(site.work)
    site.clock.advance(hours=7 * 24)
    exchange_reviews(site.work)
    site.edit(FILE, "verified = 2026-11-20", "verified = tomorrow")
    assert exchange_reviews(site.work) == {"stale": 1, "raised": 0}
    assert of_exchanges(site)[0].resolved_at is None


def test_an_exchange_without_evidence_alarms_nobody(site: Site) -> None:
    """However long it stands there."""
    site.clock.advance(hours=400 * 24)
    assert exchange_reviews(site.work) == {"stale": 0, "raised": 0}

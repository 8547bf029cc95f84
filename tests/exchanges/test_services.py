"""The alert of the matrix: one for all rows that are stale, another one when a further row is.

Nothing is raised before a row is stale, nothing is raised twice, and it is over when all rows are
renewed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.alerts.things import BASE_URL, HOOK, MAIL
from tests.conftest import NOON, later
from tests.status.things import a_claim, an_exchange
from trustops.alerts.models import Alert
from trustops.alerts.rules import LONGEST_SUMMARY, Kind, Severity
from trustops.channels.models import Delivery
from trustops.exchanges.alerting import stale_alert
from trustops.exchanges.rules import matrix
from trustops.exchanges.services import is_up_to_date, tell
from trustops.exchanges.values import Row

LONG_AGO = date(2026, 11, 1)


def stale(*names: str, verified: date = LONG_AGO, ask: str = "") -> tuple[Row, ...]:
    """Rows of these names that nobody has looked at for too long."""
    claim = a_claim(said_on=LONG_AGO, verified=verified, verify_by=verified + timedelta(days=1))
    some = [an_exchange(claim, id=name.lower(), name=name, ask=ask) for name in names]
    return matrix(some, NOON.date())


def told(session: Session, rows: Sequence[Row], minutes: float = 0, host: str = "one") -> bool:
    """Tell ops of these rows, so many minutes after noon."""
    now = later(minutes=minutes)
    before = is_up_to_date(session, now, rows, host=host)
    raised = tell(session, now, rows, targets=[HOOK, MAIL], base_url=BASE_URL, host=host)
    assert not (raised and before), "a look that only reads would have missed it"
    assert is_up_to_date(session, now, rows, host=host)
    return raised


def alerts(session: Session) -> list[Alert]:
    """Every alert, the oldest first, as its row is now."""
    session.expire_all()
    return list(session.scalars(select(Alert).order_by(Alert.id)))


def test_one_alert_names_all_rows_that_are_stale(session: Session) -> None:
    """It leads to the page that says whom to ask, and goes to every target once."""
    assert told(session, stale("Kraken", "Gate", ask="listings@exchange.example"))
    (alert,) = alerts(session)
    assert (alert.kind, alert.severity) == (Kind.EXCHANGES_STALE, Severity.WARNING)
    assert alert.summary == (
        "2 exchanges were not checked for too long: Gate, Kraken. The desk says whom to ask."
    )
    assert alert.path == "/desk/exchanges"
    assert session.scalar(select(func.count()).select_from(Delivery)) == 2
    payloads = "".join(map(str, session.scalars(select(Delivery.payload))))
    assert "listings@exchange.example" not in f"{payloads}{alert.summary}{alert.data}"


def test_nothing_is_raised_while_every_row_is_fresh(session: Session) -> None:
    """And nothing is written."""
    assert not told(session, ())
    assert alerts(session) == []


def test_the_same_rows_raise_one_alert_however_often_they_are_looked_at(session: Session) -> None:
    """Also when a person has taken it on."""
    told(session, stale("Kraken", "Gate"))
    alerts(session)[0].acknowledged_at = NOON
    session.flush()  # the next look reads it
    for minute in range(1, 4):
        assert not told(session, stale("Kraken", "Gate"), minute)
    assert len(alerts(session)) == 1


def test_a_row_that_is_renewed_among_others_changes_nothing(session: Session) -> None:
    """The others were told of already."""
    told(session, stale("Kraken", "Gate"))
    assert not told(session, stale("Gate"), 1)
    (alert,) = alerts(session)
    assert alert.resolved_at is None


def test_a_further_row_opens_an_alert_in_the_place_of_the_last(session: Session) -> None:
    """One is open at a time, and it names every row that is stale then."""
    told(session, stale("Kraken"))
    assert told(session, stale("Kraken", "Gate"), 1)
    before, now = alerts(session)
    assert before.resolved_at == later(minutes=1)
    assert now.resolved_at is None
    assert "Gate, Kraken" in now.summary


def test_a_row_that_was_renewed_and_is_stale_again_is_told_again(session: Session) -> None:
    """Although another one has been stale all the time and its alert is open."""
    told(session, stale("Kraken", "Gate"))
    told(session, stale("Gate"), 1)
    again = (*stale("Gate"), *stale("Kraken", verified=date(2026, 11, 20)))
    assert told(session, again, 2)


def test_the_alert_is_over_when_every_row_is_renewed(session: Session) -> None:
    """And what is stale again after that is another alert, which goes out again."""
    told(session, stale("Kraken"))
    assert not told(session, (), 1)
    (alert,) = alerts(session)
    assert alert.resolved_at == later(minutes=1)
    assert told(session, stale("Kraken"), 2)
    assert [item.resolved_at is None for item in alerts(session)] == [False, True]


def test_hosts_with_other_files_do_not_take_turns(session: Session) -> None:
    """Another host resolves an alert only when the one that raised it had its time."""
    told(session, stale("Kraken"), host="old")
    for minute in range(1, 14):
        told(session, () if minute % 2 else stale("Kraken"), minute, "new" if minute % 2 else "old")
    assert [item.resolved_at for item in alerts(session)] == [None]
    told(session, (), 16, "new")
    assert [item.resolved_at for item in alerts(session)] == [later(minutes=16)]


def test_a_line_of_many_names_says_how_many_more_there_are() -> None:
    """It fits an alert, whatever the names are, and holds no sign that nobody sees."""
    names = [f"Exchange\N{NO-BREAK SPACE}number {n:03} of a very long list" for n in range(200)]
    alert = stale_alert(stale(*names), at=NOON, host="one")
    assert len(alert.summary) <= LONGEST_SUMMARY
    assert "not checked for too long: Exchange number 000 of" in alert.summary
    shown = alert.summary.count("Exchange number")
    assert f" and {200 - shown} more. The desk says whom to ask." in alert.summary


def test_one_row_is_named_in_a_sentence_of_its_own() -> None:
    """One exchange is not exchanges."""
    alert = stale_alert(stale("Kraken"), at=NOON, host="one")
    assert alert.summary.startswith("1 exchange was not checked for too long: Kraken.")

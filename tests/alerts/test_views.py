"""The alerts page: what it shows to whom, and that its buttons do what they say, once.

The views run in a bare application with a person signed in; who may call them at all is the web
room's matter, so the tests read the rule that each view states.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from jinja2 import DictLoader
from sqlalchemy.orm import Session

from tests.alerts.things import breach, lead, raised
from tests.channels.things import rows, settings
from tests.fakes import FakeClock
from trustops.alerts import views
from trustops.alerts.models import Alert
from trustops.alerts.queries import alert_list
from trustops.channels.rules import Outcome
from trustops.channels.services import claim, settle
from trustops.db import db, start_writing
from trustops.web import access, context

TEMPLATE = """{{ page.view }}|{{ page.waiting }}|{{ page.targets|join(",") }}|
{%- for row in page.rows %}{{ row.alert.summary }}
{%- for item in row.deliveries %}[{{ item.channel }}: {{ page.words[item.state] }}
{%- if page.may_decide and item.state in page.undecided %} (Send again){% endif %}]{% endfor %}
{%- endfor %}|{{ page.may_acknowledge }}|{{ page.after or "" }}|{{ page.first }}"""


@dataclass(frozen=True, slots=True)
class Signed:
    """A person who is signed in, with some permissions."""

    id: int
    permissions: frozenset[str]
    name: str = "Lead"
    role: str = "lead"

    def can(self, permission: str) -> bool:
        """Whether it is among them."""
        return permission in self.permissions


@dataclass
class Desk:
    """The bare application, with a session beside it and the person that it takes for signed in."""

    app: Flask
    client: FlaskClient
    session: Session
    staff_id: int
    clock: FakeClock
    permissions: frozenset[str] = frozenset({"alerts.acknowledge", "deliveries.decide"})

    def get(self, path: str) -> str:
        """The text of a page."""
        answer = self.client.get(path)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def post(self, path: str, **form: str) -> str:
        """Send a form; gives where it leads. A reload there repeats nothing."""
        answer = self.client.post(path, data=form)
        assert answer.status_code == 303
        return answer.headers["Location"]


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    """The alerts' views on an empty database, with a lead signed in."""
    app = Flask("desk")
    app.config["SQLALCHEMY_DATABASE_URI"] = sqlite_url
    db.init_app(app)
    app.jinja_loader = DictLoader({"alerts/list.html": TEMPLATE})
    app.register_blueprint(views.blueprint)
    context.register(app, settings(tmp_path))
    context.register_clock(app, clock)
    with app.app_context(), Session(db.engine, expire_on_commit=False) as session:
        made = Desk(app, app.test_client(), session, lead(session).id, clock)
        session.commit()

        @app.before_request
        def sign_in() -> None:
            g.person = Signed(made.staff_id, made.permissions)
            start_writing(context.session())

        @app.teardown_request
        def commit(error: BaseException | None) -> None:
            if error is None:
                context.session().commit()

        yield made
        db.engine.dispose()


def with_breach(desk: Desk, outcome: Outcome | None = None) -> Alert:
    """A breach alert, whose first delivery ended in some way."""
    alert = raised(desk.session, desk.clock.now(), breach(7))
    if outcome is not None:
        held = claim(desk.session, desk.clock.now())
        assert held is not None
        settle(desk.session, desk.clock.now(), held, outcome)
    desk.session.commit()
    return alert


def test_the_page_shows_what_waits_and_how_it_went_out(desk: Desk) -> None:
    """Each delivery with its state in words, and the way to decide where one is needed."""
    with_breach(desk, Outcome.unknown("No answer."))
    assert desk.get("/desk/alerts") == (
        "waiting|1|console|MIG-7 had no first response within 48 h."
        "[webhook: Unknown: it may have arrived (Send again)][email: Waiting to be sent]"
        "|True||True"
    )


def test_who_may_not_decide_sees_no_button(desk: Desk) -> None:
    """An agent reads alerts and no more."""
    desk.permissions = frozenset()
    with_breach(desk, Outcome.unknown("No answer."))
    page = desk.get("/desk/alerts")
    assert "Send again" not in page
    assert page.endswith("|False||True")


def test_an_acknowledged_alert_leaves_the_list_of_those_that_wait(desk: Desk) -> None:
    """And stays in the list of all, with who took it on."""
    alert = with_breach(desk)
    path = f"/desk/alerts/{alert.public_id}/acknowledge"
    assert desk.post(path) == "/desk/alerts?view=waiting"
    assert desk.post(path, view="all") == "/desk/alerts?view=all"
    assert "MIG-7" not in desk.get("/desk/alerts")
    assert "MIG-7" in desk.get("/desk/alerts?view=all")
    desk.session.refresh(alert)
    assert (alert.acknowledged_by_id, alert.acknowledged_by_name) == (desk.staff_id, "Lead")


def test_a_person_sends_a_delivery_again(desk: Desk) -> None:
    """It is queued anew, for the next run."""
    with_breach(desk, Outcome.unknown("No answer."))
    [key] = [row.id for row in rows(desk.session).values() if row.state == "unknown"]
    desk.session.rollback()  # ends the look at the old state
    desk.post(f"/desk/deliveries/{key}/send-again")
    assert {row.state for row in rows(desk.session).values()} == {"queued"}


def test_a_number_that_no_delivery_can_have_is_not_found(desk: Desk) -> None:
    """Rather than a failure of ours: the database holds no such number."""
    path = f"/desk/deliveries/{2**63}/send-again"
    assert desk.client.post(path).status_code == 404


def test_a_test_alert_goes_where_every_alert_goes(desk: Desk) -> None:
    """A double click sends one."""
    desk.post("/desk/alerts/test")
    desk.post("/desk/alerts/test")
    [row] = alert_list(desk.session, waiting=True).rows
    assert row.alert.kind == "alert.test"
    assert [item.channel for item in row.deliveries] == ["console"]
    assert row.deliveries[0].payload["url"] == "http://127.0.0.1:8000/desk/alerts"


def test_every_view_states_who_may_use_it() -> None:
    """Reading, taking on and deciding are three permissions."""
    needs = {
        name: getattr(access.rule_of(getattr(views, name)), "need", None)
        for name in ("alerts", "acknowledge", "decide_to_send_again", "send_test")
    }
    assert needs == {
        "alerts": "alerts.read",
        "acknowledge": "alerts.acknowledge",
        "decide_to_send_again": "deliveries.decide",
        "send_test": "alerts.acknowledge",
    }

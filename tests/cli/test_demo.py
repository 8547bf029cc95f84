"""`trustops demo`: the whole product with invented data, and never on an instance with real one."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from flask import Flask
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from tests.cli.processes import answers, environment, free_port, started, stop, wait_until
from tests.factories import a_ticket
from trustops.accounts.models import Staff
from trustops.cli.demo import fill
from trustops.db import db, start_writing
from trustops.demo.people import SIGN_INS
from trustops.errors import ConflictError
from trustops.settings import Settings
from trustops.tickets.models import Ticket


def count(folder: Path) -> int:
    """How many tickets there are."""
    engine = create_engine(f"sqlite:///{folder / 'trustops.sqlite3'}")
    with Session(engine) as session:
        found = len(session.scalars(select(Ticket.id)).all())
    engine.dispose()
    return found


@pytest.mark.processes
def test_a_demo_shows_everything_and_tickets_keep_arriving(tmp_path: Path) -> None:
    """It prints where things are and who can sign in, and says on each page that it is a demo."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = tmp_path / "log"
    arguments = ("demo", "--port", str(port))
    with started(*arguments, log=log, env=environment(tmp_path / "instance")) as process:
        wait_until(lambda: answers(f"{url}/readyz"), "a demo that serves")
        before = count(tmp_path / "instance")
        wait_until(lambda: count(tmp_path / "instance") > before, "another ticket")
        front = requests.get(f"{url}/", timeout=10)
        assert stop(process) == 0
    printed = log.read_text()
    assert f"{url}/desk" in printed
    assert all(email in printed and password in printed for _, email, password in SIGN_INS)
    assert printed.index("sla.breached") < printed.index(f"{url}/desk ")
    assert front.status_code == 200
    assert 'data-kind="demo"' in front.text
    assert before > len(SIGN_INS)


@pytest.mark.usefixtures("app")
def test_an_instance_with_real_tickets_is_left_alone(app: Flask, settings: Settings) -> None:
    """Nothing is added to it, neither people nor tickets."""
    with app.app_context():
        with Session(db.engine) as session:
            start_writing(session)
            a_ticket(session)
            session.commit()
        with pytest.raises(ConflictError, match="not of the demo"):
            fill(app, settings)
        with Session(db.engine) as session:
            assert session.scalars(select(Staff)).all() == []
            assert len(session.scalars(select(Ticket)).all()) == 1


def test_an_instance_is_filled_once(app: Flask, settings: Settings) -> None:
    """A second start goes on with what is there."""
    fill(app, settings)
    with app.app_context(), Session(db.engine) as session:
        before = len(session.scalars(select(Ticket.id)).all())
    fill(app, settings)
    with app.app_context(), Session(db.engine) as session:
        assert len(session.scalars(select(Ticket.id)).all()) == before > 0

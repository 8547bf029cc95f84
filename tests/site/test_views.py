"""The front page: help in one tap, and figures that hide nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import a_person, a_ticket, a_writer, by
from tests.tickets.holder import words_of
from trustops.db import Session, db, start_writing
from trustops.tickets import services
from trustops.tickets.models import Ticket
from trustops.tickets.rules import Status

HOUR = timedelta(hours=1)


def _opened(session: Session, at: datetime, answered_after: float | None) -> None:
    """A ticket from some moment, answered so many hours later or not at all."""
    ticket = a_ticket(session, at, subject="A private matter")
    if answered_after is None:
        return
    staff = a_person(session, f"Agent {ticket.id}")
    act = by(staff, at + answered_after * HOUR)
    services.reply(session, act, ticket, writer=a_writer(staff), body="Yes.", then=Status.WAITING)


def _fill(app: Flask, *tickets: tuple[float, float | None]) -> list[str]:
    """Open tickets so many hours before noon, each answered so many hours later; their names."""
    with app.app_context(), Session(db.engine) as session:
        start_writing(session)
        for hours_ago, answered_after in tickets:
            _opened(session, NOON - hours_ago * HOUR, answered_after)
        session.commit()
        return list(session.scalars(select(Ticket.reference)))


@pytest.fixture
def page(client: FlaskClient) -> str:
    """The front page of a desk on its first day."""
    return client.get("/").text


def test_the_first_sentences_say_what_this_is_and_how_to_get_help(page: str) -> None:
    """Before any figure."""
    assert (
        "This is the elizaOS migration desk. Write to us, without an account, and a person "
        "answers within 48 hours. Open a ticket"
    ) in words_of(page)


@pytest.mark.parametrize("target", ["/support", "/support/new-link", "#never"])
def test_everything_is_one_tap_away(client: FlaskClient, page: str, target: str) -> None:
    """Open a ticket, find the own one again, check whether this is really us."""
    assert f'href="{target}"' in page
    if target.startswith("/"):
        assert client.get(target).status_code == 200
    else:
        assert 'id="never"' in page


def test_the_page_says_what_we_never_do(page: str) -> None:
    """And where to tell us of somebody who did."""
    told = words_of(page)
    for never in ("write to you first", "ask for your recovery phrase", "ask you to send tokens"):
        assert f"We never {never}" in told
    assert 'href="/support?topic=scam"' in page


def test_anybody_reads_it_and_no_cookie_is_set(client: FlaskClient) -> None:
    """The page has no form, so it needs to remember nobody."""
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_where_nothing_fell_due_no_share_is_made_up(page: str) -> None:
    """Never 100 % of nothing."""
    told = words_of(page)
    assert "Nothing fell due" in told
    assert "%" not in told
    assert "No numbers yet" in told


def test_the_share_tells_what_it_rests_on_and_when(app: Flask, client: FlaskClient) -> None:
    """Rounded down: two of three are 66 %, and 100 % means every one."""
    _fill(app, (96, 3), (96, 47), (96, 49))
    told = words_of(client.get("/").text)
    assert "First answers within 48 hours, in the last 7 days 66 %" in told
    assert "as of 22 Nov 2026, 12:00 UTC · 2 of 3 that fell due" in told
    assert "20 Nov 66 %" in told


def test_whoever_waits_too_long_is_counted_before_any_job_has_looked(
    app: Flask, client: FlaskClient
) -> None:
    """Both among those waiting and in the share; a ticket within its time in neither."""
    _fill(app, (49, None), (47, None))
    told = words_of(client.get("/").text)
    assert "Waiting right now for longer than 48 hours 1 as of 22 Nov 2026, 12:00 UTC" in told
    assert "0 of 1 that fell due" in told


def test_what_fell_due_before_the_window_is_left_out(app: Flask, client: FlaskClient) -> None:
    """But whoever still waits from then is counted."""
    _fill(app, (24 * 30, None), (24 * 30, 1))
    told = words_of(client.get("/").text)
    assert "Nothing fell due" in told
    assert "Waiting right now for longer than 48 hours 1" in told


def test_closing_without_an_answer_is_told(app: Flask, client: FlaskClient) -> None:
    """It improves no figure unseen."""
    _fill(app, (60, None), (96, 1))
    with app.app_context(), Session(db.engine) as session:
        start_writing(session)
        ticket = session.scalars(select(Ticket).order_by(Ticket.id).limit(1)).one()
        at = NOON - 30 * HOUR
        staff = a_person(session, "Agent Nobody")
        services.change(session, by(staff, at), ticket, services.Change(status=Status.CLOSED))
        session.commit()
    assert "1 ticket was closed by us without an answer" in words_of(client.get("/").text)


def test_no_ticket_is_to_be_recognised(app: Flask, client: FlaskClient) -> None:
    """Figures alone: neither a reference nor a word of a requester."""
    references = _fill(app, (60, None), (96, 1))
    page = client.get("/").text
    for secret in ("A private matter", *references):
        assert secret not in page

"""A form that is sent twice does its work once: a second click, a page sent again after a while.

Whoever says something else sends another form, and no words are lost.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.fakes import FakeClock
from tests.tickets.holder import WORDS, Books, Holder, values, words_of
from tests.web_fixtures import settings_for
from trustops.app import create_app
from trustops.db import db

COOKIE = "trustops_browser"


def filled(holder: Holder, path: str = "/support") -> dict[str, str]:
    """The fields of the support form with its hidden ones, as a person filled them in."""
    shown = values(holder.read(path))
    return {**shown, **WORDS, "website": ""}


def send(holder: Holder, form: dict[str, str], **other: str) -> TestResponse:
    """Send the support form as it stands, or with something put right."""
    return holder.client.post("/support", data={**form, **other})


def test_the_support_form_sent_twice_opens_one_ticket(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """Both answers lead to its page, also hours later and from another network address."""
    form = filled(holder)
    first, second = send(holder, form), send(holder, form)
    clock.advance(hours=5)
    third = holder.client.post(
        "/support", data=form, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}
    )
    [ticket] = books.tickets()
    assert books.messages() == [WORDS["message"]]
    for answer in (first, second, third):
        assert answer.status_code == 303
        assert ticket.reference in holder.read(answer.location)


def test_spaces_around_words_do_not_make_another_form(holder: Holder, books: Books) -> None:
    """What is compared is what would be stored."""
    form = filled(holder)
    send(holder, form)
    send(holder, form, message=f" {WORDS['message']}\r\n", email=" ")
    assert len(books.tickets()) == 1


def test_a_form_put_right_and_sent_again_is_another_ticket(holder: Holder, books: Books) -> None:
    """Back, a word mended, sent: it is kept as it is now, once, and the first one stays."""
    form = filled(holder)
    send(holder, form)
    for _ in range(2):
        answer = send(holder, form, message="I sent it three days ago.")
        assert "three days ago" in words_of(holder.read(answer.location))
    assert books.messages() == ["I sent it two days ago.", "I sent it three days ago."]
    again = send(holder, form)
    assert "two days ago" in words_of(holder.read(again.location))
    assert len(books.tickets()) == 2


def test_a_form_that_was_refused_can_be_mended_and_sent(holder: Holder, books: Books) -> None:
    """A refusal takes no key; the mended form opens one ticket however often it is sent."""
    form = filled(holder)
    assert send(holder, form, email="nobody@nowhere").status_code == 422
    assert send(holder, form, topic="nonsense").status_code == 422
    for _ in range(2):
        assert send(holder, form).status_code == 303
    assert len(books.tickets()) == 1


def test_two_tabs_are_two_forms(holder: Holder, books: Books) -> None:
    """One opened long before the other and sent after it works as well."""
    older, newer = filled(holder), filled(holder)
    assert older["form_key"] != newer["form_key"]
    for form in (newer, older):
        assert send(holder, form).status_code == 303
    assert len(books.tickets()) == 2


@pytest.mark.parametrize("key", ["", "x" * 5000, "schlüssel", "a\r\nb", "0"])
def test_a_key_of_whatever_kind_refuses_nobody(holder: Holder, books: Books, key: str) -> None:
    """A page from before an upgrade has none, and a program may send anything."""
    form = filled(holder) | {"form_key": key}
    assert send(holder, form).status_code == 303
    assert len(books.tickets()) == 1


def test_a_key_leads_nobody_else_to_the_ticket(app: Flask, holder: Holder, books: Books) -> None:
    """Another browser that learnt the key and the words opens a ticket of its own."""
    form = filled(holder)
    send(holder, form)
    stranger = Holder(app.test_client())
    own = filled(stranger) | {"form_key": form["form_key"]}
    answer = stranger.client.post("/support", data=own)
    first, second = books.tickets()
    page = stranger.read(answer.location)
    assert second.reference in page
    assert first.reference not in page


@pytest.mark.parametrize("_round", range(3))
def test_two_processes_that_get_the_form_at_once_open_one_ticket(
    database: str, tmp_path: Path, clock: FakeClock, _round: int
) -> None:
    """Two applications on one database, SQLite and PostgreSQL: the key is unique there."""
    apps = [create_app(settings_for(database, tmp_path), clock=clock) for _ in range(2)]
    first = Holder(apps[0].test_client())
    form = filled(first)
    cookie = first.client.get_cookie(COOKIE)
    assert cookie is not None
    barrier = Barrier(2)

    def post(app: Flask) -> int:
        client = app.test_client()
        client.set_cookie(COOKIE, cookie.value)
        barrier.wait()
        return client.post("/support", data=form).status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(post, apps)) == [303, 303]
    assert len(Books(apps[0]).tickets()) == 1
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def test_words_sent_twice_are_added_once(holder: Holder, books: Books) -> None:
    """Other words, and the same words from the page as it is afterwards, are words of their own."""
    path = holder.open()
    form = values(holder.read(path)) | {"message": "Any news?"}
    for message in ("Any news?", "Any news?", "I found the hash."):
        answer = holder.client.post(f"{path}/messages", data=form | {"message": message})
        assert (answer.status_code, answer.location) == (303, path)
    assert books.messages()[1:] == ["Any news?", "I found the hash."]
    assert holder.write(path, "Any news?").status_code == 303
    assert books.messages()[1:] == ["Any news?", "I found the hash.", "Any news?"]

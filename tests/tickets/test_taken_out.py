"""Where secrets were taken out of a ticket, people read words, and not ten lines of the same."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.desk.browser import Desk
from tests.fakes import FakeClock
from tests.tickets.holder import Books, Holder, words_of
from trustops.accounts.services import add_token
from trustops.db import Actor
from trustops.tickets.taken_out import in_runs

GONE = "[REDACTED:recovery_phrase]"
KEY = "[REDACTED:private_key]"
PIECE = "a part of a recovery phrase, taken out"
FOUR = "4 messages: parts of a recovery phrase, taken out"
WORDS = "velvet oyster garbage walnut pelican jealous tobacco quantum lobster noodle crunch zebra"
EACH = WORDS.split()
RUN = re.compile(r'class="timeline-event"[^>]*>(.*?)</li>', re.DOTALL)


@pytest.fixture
def holder(client: FlaskClient) -> Holder:
    """A holder at a browser."""
    return Holder(client)


def told(holder: Holder) -> str:
    """The path of a ticket from which pieces were taken: the line about it, and four messages."""
    path = holder.open(subject=" ".join(EACH[:5]), message="I sent it two days ago.")
    for word in EACH[5:9]:
        assert holder.write(path, word).status_code == 303
    assert holder.write(path, " ".join(EACH)).status_code == 422
    return path


def test_the_requester_and_staff_read_words_and_one_line_for_messages_without_any(
    app: Flask, holder: Holder, clock: FakeClock
) -> None:
    """On the page of each, in its title, in the queue and in the search."""
    path = told(holder)
    books, desk = Books(app), Desk(app, clock)
    (ticket,) = books.tickets()
    assert books.messages()[-4:] == [GONE] * 4
    assert ticket.subject == GONE
    agent = desk.signed_in()
    pages = [holder.read(path)]
    pages += [
        agent.text(at)
        for at in (
            f"/desk/tickets/{ticket.reference}",
            "/desk",
            f"/desk/search?q={ticket.reference}",
        )
    ]
    for page in pages:
        assert "REDACTED" not in words_of(page)
        assert PIECE in words_of(page)
    for page in pages[:2]:
        runs = [words_of(found) for found in RUN.findall(page)]
        assert sum(FOUR in run for run in runs) == 1
        assert page.count('class="timeline-entry"') == 1
    assert f"[{PIECE}]" in pages[1].partition("</title>")[0]


def test_programs_get_what_is_stored_and_the_words_for_people_beside_it(
    app: Flask, holder: Holder, clock: FakeClock
) -> None:
    """Nothing stands beside a text from which nothing was taken."""
    told(holder)
    books = Books(app)
    token = books.write(
        lambda session: add_token(
            session,
            clock.now(),
            name="bot",
            scopes=["tickets:read"],
            lifetime=timedelta(days=1),
            actor=Actor("system", "test", "Test"),
        )[1]
    )
    (ticket,) = books.tickets()
    head = {"Authorization": f"Bearer {token}"}
    read = app.test_client().get(f"/api/v1/tickets/{ticket.reference}", headers=head).get_json()
    assert (read["subject"], read["subject_in_words"]) == (GONE, f"[{PIECE}]")
    messages = [(one["message"], one["message_in_words"]) for one in read["messages"]]
    assert messages == [("I sent it two days ago.", None), *[(GONE, f"[{PIECE}]")] * 4]


@pytest.mark.parametrize(
    ("entries", "runs"),
    [
        ([("a", GONE)], [(1, "")]),
        ([("a", GONE), ("a", GONE)], [(2, "2 messages: parts of a recovery phrase, taken out")]),
        ([("a", KEY), ("a", KEY)], [(2, "2 messages: parts of a private key, taken out")]),
        ([("a", GONE), ("b", GONE)], [(1, ""), (1, "")]),
        ([("a", GONE), ("a", KEY)], [(1, ""), (1, "")]),
        ([("a", GONE), ("a", f"{GONE} and?"), ("a", GONE)], [(1, "")] * 3),
        ([("a", "x"), ("a", "x")], [(1, "")] * 2),
        ([], []),
    ],
)
def test_messages_of_which_nothing_is_left_are_folded_side_by_side(
    entries: list[tuple[str, str]], runs: list[tuple[int, str]]
) -> None:
    """Of one author and one kind; whatever has a word to read is shown whole."""
    folded = in_runs(entries, words=lambda one: one[1], author=lambda one: one[0])
    assert [(len(run.entries), run.sentence) for run in folded] == runs
    assert [one for run in folded for one in run.entries] == entries

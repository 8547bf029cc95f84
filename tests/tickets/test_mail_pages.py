"""Pages around the address of a requester: confirm it, send the mail again, ask for a new link."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.tickets.holder import Books, Holder, values, words_of
from tests.web_fixtures import settings_for
from trustops.settings import Settings
from trustops.tickets.mail import NEW_LINK_MAIL
from trustops.tickets.opening import CONFIRM_MAIL
from trustops.tickets.rules import Purpose

EMAIL = "holder@example.org"
SILENT = "a desk that sends no mail"
without_mail = pytest.mark.parametrize("settings", [SILENT], indirect=True)


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """An instance that sends mail, unless a test asks for one that does not."""
    if getattr(request, "param", "") == SILENT:
        return settings_for(sqlite_url, tmp_path)
    mail = {"SMTP_URL": "smtp://127.0.0.1:2525", "MAIL_FROM": "desk@example.org"}
    return settings_for(sqlite_url, tmp_path, **mail)


def _confirm(holder: Holder, books: Books, clock: FakeClock) -> None:
    """Press the button behind a link that was mailed."""
    path = f"/support/confirm/{books.link(clock.now(), Purpose.CONFIRM)}"
    assert holder.send(path, page=path).status_code == 200


def test_the_form_says_what_an_address_is_used_for(holder: Holder) -> None:
    """For a new link and word of an answer, once confirmed, and nothing else."""
    page = words_of(holder.read("/support"))
    assert "once you have confirmed it. For nothing else." in page
    assert "sends no mail" not in page


def test_looking_at_the_link_of_a_mail_confirms_nothing(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """Programs open links in mails; a person presses a button, once."""
    page = holder.open(email=EMAIL)
    path = f"/support/confirm/{books.link(clock.now(), Purpose.CONFIRM)}"
    version = books.tickets()[0].version
    for _ in range(2):
        assert "Press the button" in words_of(holder.read(path))
    [ticket] = books.tickets()
    assert (ticket.email_confirmed_at, ticket.version) == (None, version)
    answer = holder.send(path, page=path)
    assert "Your address is confirmed." in words_of(answer.text)
    assert books.tickets()[0].email_confirmed_at == clock.now()
    assert "h…@example.org, confirmed" in words_of(holder.read(page))
    assert holder.send(path, page=page).status_code == 404


def test_a_link_of_a_mail_ends_after_a_day(holder: Holder, books: Books, clock: FakeClock) -> None:
    """And a private link confirms nothing."""
    page = holder.open(email=EMAIL)
    path = f"/support/confirm/{books.link(clock.now(), Purpose.CONFIRM)}"
    clock.advance(hours=24)
    for wrong in (path, page.replace("/t/", "/confirm/")):
        assert holder.client.get(wrong).status_code == 404
        assert holder.send(wrong, page="/support").status_code == 404
    assert books.tickets()[0].email_confirmed_at is None


def test_the_confirmation_without_its_token_is_refused(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """Nobody else makes a browser press the button."""
    holder.open(email=EMAIL)
    path = f"/support/confirm/{books.link(clock.now(), Purpose.CONFIRM)}"
    assert holder.client.post(path).status_code == 400
    assert books.tickets()[0].email_confirmed_at is None


def test_the_mail_is_sent_again_once_a_day(holder: Holder, books: Books, clock: FakeClock) -> None:
    """The page says whether one goes out."""
    page = holder.open(email=EMAIL)
    assert books.mails(CONFIRM_MAIL) == 1
    holder.send(f"{page}/confirmation", page=page)
    assert "We send this mail once a day at most." in words_of(holder.read(page))
    clock.advance(days=1)
    holder.send(f"{page}/confirmation", page=page)
    assert "The mail is on its way." in words_of(holder.read(page))
    assert "on its way" not in words_of(holder.read(page))
    assert books.mails(CONFIRM_MAIL) == 2


def test_a_ticket_in_quarantine_sends_no_mail(holder: Holder, books: Books) -> None:
    """Neither by itself nor by the button: the form is no tool for writing to strangers."""
    page = holder.open(email=EMAIL, website="https://spam.test")
    assert holder.send(f"{page}/confirmation", page=page).status_code == 303
    assert books.mails(CONFIRM_MAIL) == 0


def test_a_ticket_without_an_address_offers_no_mail(holder: Holder) -> None:
    """There is nobody to send it to."""
    page = holder.read(holder.open())
    assert "/confirmation" not in page
    assert "It is the only way back to this ticket." in words_of(page)


def test_a_new_link_says_the_same_always(holder: Holder, books: Books, clock: FakeClock) -> None:
    """Whether there is such a ticket, whose it is, and whether its address was confirmed."""
    holder.open(email=EMAIL)
    [reference] = [ticket.reference for ticket in books.tickets()]

    def told(name: str, email: str) -> str:
        """What the page says to whoever asks."""
        form = "/support/new-link"
        answer = holder.send(form, page="/support", reference=name, email=email)
        assert answer.status_code == 200
        return words_of(answer.text)

    unconfirmed = told(reference, EMAIL)
    _confirm(holder, books, clock)
    wrong = [told(reference, "other@example.org"), told("MIG-2222222", EMAIL)]
    assert books.mails(NEW_LINK_MAIL) == 0
    right = told(f" {reference.lower()} ", EMAIL.upper())
    assert books.mails(NEW_LINK_MAIL) == 1
    assert {unconfirmed, right, *wrong} == {right}


def test_nobody_uses_up_the_new_links_of_others_behind_one_address(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """Five an hour for a ticket; another one, and its confirmation, are not in the way."""
    page = holder.open(email=EMAIL)
    [ticket] = books.tickets()

    def ask(reference: str) -> int:
        form = {"page": "/support", "reference": reference, "email": EMAIL}
        return holder.send("/support/new-link", **form).status_code

    assert [ask("MIG-2222222") for _ in range(6)] == [200] * 5 + [429]
    assert ask(" mig-2222222 ") == 429
    assert holder.send(f"{page}/confirmation", page=page).status_code == 303
    _confirm(holder, books, clock)
    assert ask(ticket.reference) == 200
    assert books.mails(NEW_LINK_MAIL) == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"reference": "MIG-2222222", "email": ""}, "“E-mail address” is needed."),
        ({"reference": "", "email": EMAIL}, "“Reference of the ticket” is needed."),
    ],
)
def test_a_new_link_needs_both_and_keeps_what_was_typed(
    holder: Holder, sent: dict[str, str], sentence: str
) -> None:
    """With what to put right."""
    answer = holder.send("/support/new-link", page="/support/new-link", **sent)
    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    back = values(answer.text)
    assert {name: back[name] for name in sent} == sent


@without_mail
def test_a_desk_without_mail_says_so_and_queues_none(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """On every page that would else promise one."""
    page = holder.open(email=EMAIL)
    assert "This desk sends no mail" in words_of(holder.read(page))
    assert holder.send(f"{page}/confirmation", page=page).status_code == 303
    _confirm(holder, books, clock)
    [ticket] = books.tickets()
    assert "reference" not in values(holder.read("/support/new-link"))
    answer = holder.send(
        "/support/new-link", page="/support", reference=ticket.reference, email=EMAIL
    )
    assert "This desk sends no mail" in words_of(answer.text)
    assert books.mails(CONFIRM_MAIL) == books.mails(NEW_LINK_MAIL) == 0

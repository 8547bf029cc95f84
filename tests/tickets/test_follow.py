"""The private page of a ticket: what its requester reads and can do, and what nobody else can."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import later
from tests.fakes import FakeClock
from tests.tickets.holder import PHRASE, Books, Holder, values, words_of
from tests.web_fixtures import csrf
from trustops.tickets.conversation import PART
from trustops.tickets.rules import LINK_LIFETIME, REOPEN_WINDOW, Purpose, Status


@pytest.fixture
def stranger(app: Flask) -> Holder:
    """Somebody else, at another browser."""
    return Holder(app.test_client())


@pytest.mark.parametrize(
    ("hours", "heading", "left"),
    [
        (0, "We have your message. A person will answer it.", "48 h 00 min left"),
        (47, "We have your message. A person will answer it.", "1 h 00 min left"),
        (48, "We have your message. A person will answer it.", "due now"),
        (50, "We are late. You should have had an answer by now.", "−2 h 00 min"),
    ],
)
def test_the_page_says_where_the_ticket_stands_and_by_when(
    holder: Holder, clock: FakeClock, hours: float, heading: str, left: str
) -> None:
    """The promise stands there in UTC, with the moment for the reader's own clock behind it."""
    path = holder.open()
    clock.advance(hours=hours)
    page = holder.read(path)
    for told in (heading, left, "24 Nov 2026, 12:00 UTC"):
        assert told in words_of(page)
    assert f'datetime="{later(hours=48).isoformat()}"' in page


def test_the_answer_stands_on_the_page_under_the_name_of_whoever_gave_it(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """And the promise, which was kept, is no longer counted."""
    path = holder.open()
    books.answer("It is on its way.", clock.advance(hours=3))
    page = words_of(holder.read(path))
    for told in ("We have answered.", "It is on its way.", "Agent One", "staff of this desk"):
        assert told in page
    assert "left" not in page
    assert "First answered 22 Nov 2026, 15:00 UTC" in page


def test_the_newest_answer_comes_first_then_writing_the_past_and_the_link(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """What somebody comes back for; before there is an answer the link comes first."""
    path = holder.open(message="I sent it two days ago.")
    page = holder.read(path)
    places = [page.index(words) for words in ("Keep this link", "<textarea", "two days ago.")]
    assert places == sorted(places)
    books.answer("The first answer.", clock.advance(hours=1))
    books.answer("The second answer.", clock.advance(hours=1))
    holder.write(path, "Thank you for both.")
    page = holder.read(path)
    order = (
        *("Our newest answer</h2>", "The second answer.", "<textarea", "All other messages</h2>"),
        *("Thank you for both.", "The first answer.", "two days ago.", "Keep this link"),
    )
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert page.count("The second answer.") == 1


def test_a_long_ticket_is_read_part_by_part_and_loses_nothing(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """The answer stays on top of each part; places hold while more is written."""
    path = holder.open(message="The very first words.")
    books.answer("The answer of the desk.", clock.advance(hours=1))
    books.note("Only staff see this.", clock.now())
    books.more(2 * PART + 3, clock.now())
    newest = holder.read(path)
    earlier = f"{path}?until={PART + 5}#past"
    assert f'href="{earlier}"' in newest
    assert "The very first words." not in newest
    assert f"Earlier messages: {PART + 5}" in newest
    second = holder.read(f"{path}?until={PART + 5}")
    third = holder.read(f"{path}?until=5")
    pages = (newest, second, third)
    for number in range(2 * PART + 3):
        assert sum(page.count(f">more {number}<") for page in pages) == 1, number
    assert "The very first words." in third
    assert "Earlier messages" not in third
    assert "Only staff see this." not in newest + second + third
    for page in pages:
        assert page.count("The answer of the desk.") == 1
    assert holder.client.get(f"{path}?until=x").status_code == 422
    assert holder.client.get(f"{path}?until={10**17}").status_code == 200


def test_an_answered_ticket_that_stays_open_claims_no_new_message(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """The holder wrote nothing since, and reads that the ticket is with us."""
    path = holder.open()
    books.answer("We are asking the exchange.", clock.advance(hours=3), then=None)
    assert "This ticket is with us." in words_of(holder.read(path))


def test_internal_notes_never_appear(holder: Holder, books: Books, clock: FakeClock) -> None:
    """Neither the words nor who wrote them, nor that there is one."""
    path = holder.open()
    before = words_of(holder.read(path))
    books.note("Looks like a repeat.", clock.now())
    assert words_of(holder.read(path)) == before


def test_an_unknown_link_opens_nothing(stranger: Holder, holder: Holder) -> None:
    """Whatever is asked of it; and it says nothing that a wrong address would not."""
    path = holder.open()
    wrong = path[:-1] + ("A" if path[-1] != "A" else "B")
    assert stranger.client.get(wrong).status_code == 404
    assert "Nothing arrived" not in stranger.client.get(wrong).text
    for act in ("messages", "close", "confirmation"):
        answer = stranger.send(f"{wrong}/{act}", page="/support", message="Let me in")
        assert answer.status_code == 404


def test_a_dead_link_says_what_to_do_and_gives_the_words_back(
    stranger: Holder, holder: Holder
) -> None:
    """Nobody stands before an address that is merely not known; the ways on are what we can do."""
    path = holder.open()
    cut = path[:-3]
    page = words_of(stranger.client.get(cut).text)
    for told in ("This link opens no ticket", "to its last character", "Open a new ticket"):
        assert told in page
    assert "Ask for a new link" not in page  # this desk sends no mail
    ours = {"Sec-Fetch-Site": "same-origin"}
    form = {"csrf_token": csrf(stranger.client, "/support"), "message": "Is anybody there?"}
    answer = stranger.client.post(f"{cut}/messages", data=form, headers=ours)
    assert answer.status_code == 404
    assert "Is anybody there?" in answer.text
    beginning = stranger.client.get("/support/t/")
    assert (beginning.status_code, beginning.location) == (303, "/support/new-link")


def test_whoever_reports_a_scam_reads_first_what_to_do_first(holder: Holder) -> None:
    """Directly under the heading; on other tickets it stands below the times."""
    scam = holder.read(holder.open(topic="scam"))
    assert scam.index("</h1>") < scam.index("do this first") < scam.index('class="lead"')
    assert scam.count("do this first") == 1
    other = holder.read(holder.open())
    assert other.index('class="lead"') < other.index("do this first")


def test_without_a_signed_list_words_lead_nowhere_and_a_hash_stays_as_it_was_typed(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """Nothing is called ours then, no page of this desk either (tests/official/test_marking.py)."""
    value = "0x" + "aB3d" * 16
    typed = f"It was transaction {value}, see http://localhost/faq"
    path = holder.open(message=typed, tx_hash=value)
    words = "Read http://localhost/faq/late. Not http://localhost.evil.xyz/a or https://evil.xyz/b"
    books.answer(words, clock.advance(hours=1))
    page = holder.read(path)
    for address in ("http://localhost/faq", "http://localhost.evil", "https://evil"):
        assert f'href="{address}' not in page
    for shown in ("hxxp://localhost[.]evil[.]xyz/a", "hxxps://evil[.]xyz/b"):
        assert f"<bdi>{shown}</bdi>" in page
    assert "http://localhost/faq/late</bdi>" in page
    assert "this desk itself: compare its name with the one in your address bar" in page
    assert f"transaction <bdi>{value}</bdi>" in page


def test_the_link_of_one_shows_nothing_of_another(holder: Holder, stranger: Holder) -> None:
    """A private link is the whole of what somebody may see, whoever asks."""
    mine = holder.open(subject="My own matter", wallet="0xMine")
    theirs = stranger.open(subject="Theirs", wallet="0xTheirs")
    page = stranger.read(theirs)
    assert "0xTheirs" in page
    for secret in ("My own matter", "0xMine", mine):
        assert secret not in page


def test_a_link_that_confirms_an_address_opens_no_ticket(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """One purpose a link; and none opens for ever."""
    path = holder.open()
    token = books.link(clock.now(), Purpose.CONFIRM)
    assert holder.client.get(f"/support/t/{token}").status_code == 404
    assert "It works until 21 May 2027, 12:00 UTC." in words_of(holder.read(path))
    clock.advance(seconds=LINK_LIFETIME / timedelta(seconds=1))
    assert holder.client.get(path).status_code == 404


def test_the_page_is_kept_from_search_engines_and_caches(holder: Holder) -> None:
    """By headers, so that no page can forget it."""
    answer = holder.client.get(holder.open())
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_words_that_are_added_stand_above_the_older_ones(holder: Holder) -> None:
    """The page opens at its top, which says that they came."""
    path = holder.open()
    answer = holder.write(path, "One thing more.")
    assert (answer.status_code, answer.location) == (303, path)
    page = holder.read(path)
    assert page.index("One thing more.") < page.index("two days ago.")


def test_a_message_after_an_answer_is_received_with_the_time_by_which_a_person_answers(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """Whoever cries for help reads that somebody heard, until when, and what to do first."""
    path = holder.open()
    books.answer("Please look at the page.", clock.advance(hours=3))
    before = words_of(holder.read(path))
    assert "answers by" not in before
    assert "answer by" not in before
    clock.advance(hours=1)
    holder.write(path, "I typed my phrase on that page. Help.")
    page = words_of(holder.read(path))
    assert "We have your new message. A person will answer it." in page
    for words in ("Your newest message", "We mean to answer by", "min left"):
        assert words in page
    assert "do this first" in page
    clock.advance(hours=49)
    late = words_of(holder.read(path))
    assert "We are late." in late
    assert "alerted" not in late


def test_who_is_late_with_the_first_answer_says_who_knows_of_it(
    holder: Holder, clock: FakeClock
) -> None:
    """The breach of a clock alerts; a message that came later has no clock."""
    path = holder.open()
    assert "A person answers by" in words_of(holder.read(path))
    clock.advance(hours=49)
    assert "The people in charge are alerted" in words_of(holder.read(path))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (" ", "“Add something” is needed."),
        ("x" * 10_001, "“Add something” may have at most 10000 characters."),
    ],
)
def test_words_that_cannot_be_taken_come_back(
    holder: Holder, books: Books, words: str, sentence: str
) -> None:
    """With what to put right, beside the ticket."""
    path = holder.open()
    answer = holder.write(path, words)
    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    assert values(answer.text)["message"] == words
    assert books.messages() == ["I sent it two days ago."]


def test_a_secret_in_further_words_is_refused_beside_the_ticket(
    holder: Holder, books: Books
) -> None:
    """Also one that is spread over two messages; the page stays, the words of both are gone."""
    path = holder.open()
    begun, ended = PHRASE.split(" true ")
    holder.write(path, begun)
    for words in (PHRASE, f"true {ended}"):
        answer = holder.write(path, words)
        assert answer.status_code == 422
        assert "treat it as compromised" in words_of(answer.text)
        assert "What to do now, step by step" in answer.text
        assert "Nothing arrived" in answer.text
        assert values(answer.text)["message"] == ""
        assert "crunch" not in answer.text
    assert books.messages() == ["I sent it two days ago.", "[REDACTED:recovery_phrase]"]


def test_a_secret_sent_to_an_unknown_link_is_refused_all_the_same(stranger: Holder) -> None:
    """With the advice, on a page of its own."""
    unknown = "/support/t/unknown/messages"
    answer = stranger.send(unknown, page="/support", message=PHRASE)
    assert answer.status_code == 422
    assert "treat it as compromised" in words_of(answer.text)
    assert "What to do now, step by step" in answer.text


def test_further_words_without_the_token_of_the_form_are_given_back(
    holder: Holder, books: Books
) -> None:
    """Nothing is added, and nothing is lost."""
    path = holder.open()
    ours = {"Sec-Fetch-Site": "same-origin"}
    data = {"message": "One thing more."}
    answer = holder.client.post(f"{path}/messages", data=data, headers=ours)
    assert answer.status_code == 400
    assert "One thing more." in answer.text
    assert holder.client.post(f"{path}/close", headers=ours).status_code == 400
    assert books.messages() == ["I sent it two days ago."]
    assert books.tickets()[0].status == Status.OPEN


def test_a_requester_closes_and_opens_again_by_writing(holder: Holder, books: Books) -> None:
    """Closing is one button; a second press changes nothing."""
    path = holder.open()
    assert holder.close(path).status_code == 303
    page = holder.read(path)
    assert "This ticket is closed." in words_of(page)
    assert f"{path}/close" not in page
    holder.close(path)
    assert holder.write(path, "It is not settled after all.").status_code == 303
    assert "We have your message." in words_of(holder.read(path))
    assert books.tickets()[0].status == Status.OPEN


def test_a_ticket_that_ended_long_ago_asks_for_a_new_one(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """The form is gone; words from a page that was still open come back."""
    path = holder.open()
    holder.close(path)
    clock.advance(seconds=REOPEN_WINDOW / timedelta(seconds=1) + 1)
    page = holder.read(path)
    assert "It ended more than 30 days ago." in words_of(page)
    assert "message" not in values(page)
    answer = holder.send(f"{path}/messages", page="/support", message="Hello again")
    assert answer.status_code == 409
    assert "closed more than 30 days ago" in words_of(answer.text)
    assert "Hello again" in answer.text
    assert books.messages() == ["I sent it two days ago."]


@pytest.mark.parametrize("status", [Status.SPAM, Status.DUPLICATE])
def test_a_ticket_that_words_do_not_open_again_does_not_promise_it(
    holder: Holder, books: Books, clock: FakeClock, status: Status
) -> None:
    """What is written is kept; where help is to be had, the page says."""
    path = holder.open()
    books.take(status, clock.now())
    kept = "Words written here are kept, but they do not open this one again."
    assert kept in words_of(holder.read(path))
    holder.write(path, "I am a person.")
    assert kept in words_of(holder.read(path))
    assert books.tickets()[0].status == status
    assert books.messages()[-1] == "I am a person."


def test_a_solved_ticket_says_how_it_opens_again(
    holder: Holder, books: Books, clock: FakeClock
) -> None:
    """For thirty days, by writing."""
    path = holder.open()
    books.answer("Done.", clock.now(), then=Status.SOLVED)
    assert "write below within 30 days" in words_of(holder.read(path))
    holder.write(path, "It is not.")
    assert "We have your new message." in words_of(holder.read(path))


def test_the_address_is_never_shown_in_full(holder: Holder) -> None:
    """Whoever holds the link learns only what its owner knows already."""
    page = holder.read(holder.open(email="holder@example.org"))
    assert "holder@example.org" not in page
    assert "h…@example.org, not confirmed" in words_of(page)
    assert "none given" in words_of(holder.read(holder.open()))

"""Where a value may be a key or a transaction hash, the person is asked, and loses no other word.

So it is with Chinese signs that may be a recovery phrase or a sentence. Nothing of the value is
stored or comes back; whoever says what it is, is heard at once.
"""

from __future__ import annotations

import hashlib

import pytest
from flask.testing import FlaskClient

from tests.guard.languages import BY_NAME, valid_phrase
from tests.tickets.holder import PHRASE, Books, Holder, values, words_of

HASH = hashlib.sha256(b"a transaction, or not").hexdigest()
QUESTION = "Is this a transaction hash?"
MESSAGE = f"I sent it two days ago, see {HASH} please."

SIGNS = "".join(valid_phrase(BY_NAME["simplified Chinese"], "asked"))
SENTENCE = f"我今天打开钱包发现{SIGNS}然后代币没有到账"
SENTENCE_LEFT = "我今天打开钱包发现[taken out]然后代币没有到账"
QUESTION_OF_PHRASE = "Is this a recovery phrase?"


def test_the_form_asks_and_keeps_every_other_word(holder: Holder, books: Books) -> None:
    """A place is left where the value stood; nobody is told to move assets at once."""
    other = "0x" + HASH[::-1]
    answer = holder.ask(message=MESSAGE, tx_hash=other)
    assert answer.status_code == 422
    assert QUESTION in words_of(answer.text)
    assert "looks like a secret" not in answer.text
    assert HASH not in answer.text
    back = values(answer.text)
    assert back["message"] == "I sent it two days ago, see [taken out] please."
    assert back["tx_hash"] == other
    assert back["subject"] == "Nothing arrived"
    assert books.tickets() == []


@pytest.mark.parametrize(
    "said",
    [
        {"message": MESSAGE.replace("see", "see transaction")},
        {"message": "I sent it two days ago.", "tx_hash": HASH},
    ],
)
def test_the_answer_is_the_word_or_the_field_for_transactions(
    holder: Holder, books: Books, said: dict[str, str]
) -> None:
    """Neither needs a script."""
    holder.open(**said)
    assert len(books.tickets()) == 1


def test_a_certain_find_elsewhere_is_refused_and_not_asked_about(holder: Holder) -> None:
    """The form comes back without either."""
    answer = holder.ask(message=MESSAGE, subject=PHRASE)
    assert "treat it as compromised" in words_of(answer.text)
    assert QUESTION not in words_of(answer.text)
    for part in ("jealous", HASH):
        assert part not in answer.text


def test_further_words_are_asked_about_beside_the_ticket(holder: Holder, books: Books) -> None:
    """The same on the private page."""
    path = holder.open()
    answer = holder.write(path, f"And this: 0x{HASH}, what is it?")
    assert answer.status_code == 422
    assert QUESTION in words_of(answer.text)
    assert values(answer.text)["message"] == "And this: [taken out], what is it?"
    assert HASH not in answer.text
    assert holder.write(path, f"The transaction 0x{HASH}").status_code == 303
    assert books.messages() == ["I sent it two days ago.", f"The transaction 0x{HASH}"]


def test_the_check_page_says_transaction_first(client: FlaskClient) -> None:
    """And gives the other words back."""
    answer = Holder(client).send("/check", page="/check", q=f"is {HASH} yours")
    assert answer.status_code == 422
    assert QUESTION in words_of(answer.text)
    assert values(answer.text)["q"] == "is [taken out] yours"
    assert HASH not in answer.text


def test_a_program_is_told_that_it_is_a_question(client: FlaskClient) -> None:
    """By the type of the problem, and by the field."""
    answer = client.post(
        "/api/v1/tickets",
        json={"topic": "other", "subject": "Hello", "message": MESSAGE, "locale": "en"},
    )
    problem = answer.get_json()
    assert answer.status_code == 422
    assert problem["type"] == "/problems/secret-or-transaction"
    assert problem["title"] == QUESTION
    assert [item["field"] for item in problem["errors"]] == ["message"]
    assert HASH not in answer.text


def test_a_page_that_shows_no_form_gives_the_words_back(client: FlaskClient) -> None:
    """As the pages of the desk do; only what came from a page of ours is repeated."""
    sent = {"message": MESSAGE, "subject": "Mine"}
    ours = client.post("/support/new-link", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert ours.status_code == 422
    assert "I sent it two days ago, see [taken out] please." in ours.text
    assert HASH not in ours.text
    theirs = client.post("/support/new-link", data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert "two days ago" not in theirs.text


def test_the_form_asks_about_signs_in_a_sentence_and_keeps_the_sentence(
    holder: Holder, books: Books
) -> None:
    """The question is that of a phrase, and nobody is asked for a transaction."""
    answer = holder.ask(message=SENTENCE)
    assert answer.status_code == 422
    page = words_of(answer.text)
    assert f"{QUESTION_OF_PHRASE} Nothing is stored yet" in page
    assert "“What happened?” may hold a recovery phrase" in page
    assert QUESTION not in page
    assert SIGNS not in answer.text
    assert values(answer.text)["message"] == SENTENCE_LEFT
    assert books.tickets() == []


def test_signs_in_further_words_are_asked_about_beside_the_ticket(
    holder: Holder, books: Books
) -> None:
    """And at `/check`, in the same words."""
    path = holder.open()
    for answer, name in (
        (holder.write(path, SENTENCE), "message"),
        (holder.send("/check", page="/check", q=SENTENCE), "q"),
    ):
        assert answer.status_code == 422
        assert QUESTION_OF_PHRASE in words_of(answer.text)
        assert QUESTION not in words_of(answer.text)
        assert values(answer.text)[name] == SENTENCE_LEFT
        assert SIGNS not in answer.text
    assert books.messages() == ["I sent it two days ago."]


def test_signs_in_doubt_only_beside_an_earlier_message_are_asked_about_without_them(
    holder: Holder, books: Books
) -> None:
    """No place of them is known in the new words, so the field comes back empty."""
    words = valid_phrase(BY_NAME["simplified Chinese"], "pieces")
    first, second = f"我的钱包,{''.join(words[:6])}", f"{''.join(words[6:])},然后"
    path = holder.open()
    assert holder.write(path, first).status_code == 303
    answer = holder.write(path, second)
    assert answer.status_code == 422
    assert QUESTION_OF_PHRASE in words_of(answer.text)
    assert values(answer.text)["message"] == ""
    assert "".join(words[6:]) not in answer.text
    assert books.messages() == ["I sent it two days ago.", first]


def test_a_program_reads_which_question_it_is(client: FlaskClient) -> None:
    """Where both are in doubt, the phrase names the problem, and the text explains both."""
    body = {"topic": "other", "subject": HASH, "message": SENTENCE, "locale": "zh"}
    answer = client.post("/api/v1/tickets", json=body)
    problem = answer.get_json()
    assert answer.status_code == 422
    assert problem["type"] == "/problems/secret-or-sentence"
    assert problem["title"] == QUESTION_OF_PHRASE
    assert QUESTION_OF_PHRASE in problem["detail"]
    assert QUESTION in problem["detail"]
    errors = {item["field"]: item["message"] for item in problem["errors"]}
    assert "transaction hash" in errors["subject"]
    assert "recovery phrase" in errors["message"]

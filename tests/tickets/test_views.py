"""The form that opens a ticket, as holders, mistaken holders, programs and attackers use it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.factories import CONTENT
from tests.tickets.holder import PHRASE, WORDS, Books, Holder, scripts_of, values, words_of
from trustops.tickets.rules import FLOOD_TICKETS, Quarantine

HASH = "0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d"
FULL = {
    **WORDS,
    "wallet": "0xDe000000000000000000000000000000000000De",
    "chain": "base",
    "tx_hash": HASH,
    "email": "holder@example.org",
    "locale": "ko",
}
ATTACK = "\"'></textarea><script>alert(1)</script><img src=x onerror=alert(2)>"


def test_a_ticket_is_opened_without_account_address_or_script(holder: Holder, books: Books) -> None:
    """Topic, one line and the words are all that is needed."""
    path = holder.open()
    page = words_of(holder.read(path))
    [ticket] = books.tickets()
    for told in (ticket.reference, "Nothing arrived", "I sent it two days ago.", "Keep this link"):
        assert told in page
    assert f"http://localhost{path}" in page
    assert "24 Nov 2026, 12:00 UTC" in page


def test_a_report_of_a_scam_begins_with_high_priority(holder: Holder, books: Books) -> None:
    """Tokens may be leaving while it waits."""
    holder.open(topic="scam")
    holder.open()
    assert sorted(ticket.priority for ticket in books.tickets()) == ["high", "normal"]


def test_everything_that_was_given_is_kept_and_shown(holder: Holder, books: Books) -> None:
    """Wallet and hash are shown whole, in one piece where they are copied; rows have one case."""
    path = holder.open(**FULL)
    [ticket] = books.tickets()
    kept = {name: getattr(ticket, name) for name in FULL if name != "message"}
    sent = {name: value for name, value in FULL.items() if name != "message"}
    assert kept == sent | {"wallet": FULL["wallet"].lower()}
    page = holder.read(path)
    assert f'data-copy="{FULL["wallet"]}"' in page
    assert f'data-copy="{HASH}"' in page
    assert "Base" in words_of(page)


def test_the_form_offers_what_content_offers(holder: Holder) -> None:
    """Topics, chains and languages come from the content files; a chain may be another one."""
    page = holder.read("/support")
    offered = [topic.id for topic in CONTENT.topics] + [chain.id for chain in CONTENT.chains]
    for value in (*offered, *CONTENT.locales):
        assert f'<option value="{value}"' in page
    holder.open(chain="other")


def test_the_form_takes_these_names_and_no_others(holder: Holder) -> None:
    """Programs and bookmarks rely on them."""
    assert set(values(holder.read("/support"))) == {*FULL, "website", "csrf_token", "form_key"}


def test_a_link_can_choose_the_topic_and_gives_its_hint(holder: Holder) -> None:
    """Whoever comes from the safety line does not have to search for the topic."""
    page = holder.read("/support?topic=scam")
    assert values(page)["topic"] == "scam"
    scam = CONTENT.topic("scam")
    assert scam is not None
    assert f'id="topic-hint">{scam.hint}' in page


def test_the_language_is_the_browsers_until_somebody_chooses(client: FlaskClient) -> None:
    """The desk sees in which language a ticket is written; English where nothing fits."""
    asked = client.get("/support", headers={"Accept-Language": "ko-KR,ko;q=0.9,en;q=0.5"})
    assert values(asked.text)["locale"] == "ko"
    assert values(client.get("/support", headers={"Accept-Language": "fi"}).text)["locale"] == "en"


def test_the_form_says_what_we_promise_and_what_we_never_do(holder: Holder) -> None:
    """Before anybody types a word."""
    page = words_of(holder.read("/support"))
    assert "A person answers within 48 hours." in page
    assert "asks for your recovery phrase or a key, or asks you to send tokens" in page
    assert "The transaction, as an explorer shows it: its hash or the link. Never a key." in page
    assert "This desk sends no mail" in page


def test_nothing_that_is_typed_is_kept_by_the_browser(holder: Holder) -> None:
    """Nor sent to a spelling service; and every script is a file of ours."""
    page = holder.read("/support")
    assert 'autocomplete="off"' in page
    assert 'spellcheck="false"' in page
    assert all(source.startswith("/static/") for source in scripts_of(page))


def test_an_error_calls_its_field_what_the_label_above_it_does(holder: Holder) -> None:
    """Every field that is needed, so that nobody looks for one that is not there."""
    page = holder.ask(topic="", subject="", message="").text
    for name in ("topic", "subject", "message"):
        label = re.search(f'<label[^>]*for="{name}">([^<]+)</label>', page)
        assert label is not None
        error = re.search(f'id="{name}-error">.*?<span>([^<]+)</span>', page, re.DOTALL)
        assert error is not None
        assert error[1] == f"“{label[1]}” is needed."


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("topic", "", "“What is it about?” is needed."),
        ("topic", "lottery", "“What is it about?” has to be one of not-eligible, late,"),
        ("subject", " ", "“In one line” is needed."),
        ("subject", "x" * 201, "“In one line” may have at most 200 characters."),
        ("message", " \n ", "“What happened?” is needed."),
        ("message", "x" * 10_001, "“What happened?” may have at most 10000 characters."),
        ("wallet", "x" * 301, "“Wallet address” may have at most 300 characters."),
        ("chain", "<base>", "“Chain” has to be the name of a chain"),
        ("tx_hash", "x" * 301, "“Transaction hash” may have at most 300 characters."),
        ("email", "nobody", "“E-mail address” has to be an e-mail address such as"),
    ],
)
def test_a_mistake_is_named_at_its_field_and_everything_comes_back(
    holder: Holder, books: Books, field: str, value: str, sentence: str
) -> None:
    """Nobody types twice; nothing half done is stored."""
    sent = {**FULL, field: value}
    answer = holder.ask(**sent)
    assert answer.status_code == 422
    assert words_of(answer.text).count(sentence) == 2
    assert f'href="#{field}"' in answer.text
    back = {name: text for name, text in values(answer.text).items() if name in sent}
    offered = {"topic": "lottery", "chain": "<base>"}
    assert back == {**sent, field: "" if value == offered.get(field) else value}
    assert books.tickets() == []


@pytest.mark.parametrize("field", ["subject", "message", "wallet", "tx_hash", "email"])
def test_a_secret_does_not_come_back_and_all_else_does(
    holder: Holder, books: Books, field: str
) -> None:
    """With advice at the top of the page, and at the field a word that it was left out."""
    answer = holder.ask(**{**FULL, field: PHRASE})
    assert answer.status_code == 422
    assert "jealous" not in answer.text
    assert "treat it as compromised" in words_of(answer.text)
    assert "What to do now, step by step" in answer.text
    assert "was not stored and is not shown again." in words_of(answer.text)
    back = {name: text for name, text in values(answer.text).items() if name in FULL}
    assert back == {**FULL, field: ""}
    assert books.tickets() == []


def test_a_form_without_its_token_is_refused_and_the_words_are_given_back(
    client: FlaskClient, books: Books
) -> None:
    """A page that stood open for long, or a browser without cookies, costs nobody their words."""
    answer = client.post("/support", data=WORDS, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400
    assert "I sent it two days ago." in answer.text
    assert books.tickets() == []


def test_a_form_of_another_site_is_refused_and_puts_no_words_on_our_pages(
    client: FlaskClient, books: Books
) -> None:
    """Nobody can make our page say something."""
    answer = client.post("/support", data=WORDS, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "I sent it two days ago." not in answer.text
    assert books.tickets() == []


def test_a_program_that_fills_in_the_hidden_field_learns_nothing(
    holder: Holder, books: Books
) -> None:
    """The answer is that of every other ticket; the ticket is kept, aside."""
    paths = [holder.open(website=website) for website in ("", "https://spam.test")]
    [honest, bot] = books.tickets()
    assert (honest.quarantine_reason, bot.quarantine_reason) == (None, Quarantine.HONEYPOT)
    [as_told, trapped] = [
        words_of(holder.read(path)).replace(path, "").replace(ticket.reference, "")
        for path, ticket in zip(paths, (honest, bot), strict=True)
    ]
    assert trapped == as_told


def test_a_flood_is_answered_like_every_ticket_and_set_aside(holder: Holder, books: Books) -> None:
    """A holder behind a busy address is never turned away."""
    for _ in range(FLOOD_TICKETS + 1):
        holder.open()
    *_, last = books.tickets()
    assert last.quarantine_reason == Quarantine.FLOOD
    assert last.due_at is not None


@pytest.mark.parametrize("field", ["subject", "message", "wallet", "tx_hash"])
def test_what_somebody_wrote_stays_text(holder: Holder, field: str) -> None:
    """On the refused form and on the ticket; in a value, in a heading, in an attribute."""
    attack = ATTACK.replace(" ", "/") if field in {"wallet", "tx_hash"} else ATTACK
    refused = holder.ask(**{**FULL, field: attack, "email": "nobody"})
    assert values(refused.text)[field] == attack
    page = holder.read(holder.open(**{**FULL, field: attack}))
    for text in (refused.text, page):
        assert "<script>alert" not in text
        assert "<img" not in text
        assert all(source.startswith("/static/") for source in scripts_of(text))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("한국어 문장은 낱말 사이에서만 줄을 바꿉니다.", "한국어 문장은"),
        ("工作人员会在48小时内答复。", "工作人员会在48小时内答复。"),
        ("שלום, איבדתי את האסימונים", "שלום, איבדתי את האסימונים"),
        ("W" * 10_000, "W" * 10_000),
        ("see https://example.org/claim now", "hxxps://example[.]org/claim"),
    ],
)
def test_every_writing_is_shown_as_it_was_written(holder: Holder, words: str, shown: str) -> None:
    """In its own direction, and with no address turned into a link."""
    page = holder.read(holder.open(message=words, locale="ko"))
    assert shown in words_of(page)
    assert 'dir="auto"' in page
    assert 'lang="ko"' in page
    assert 'href="https://example.org' not in page


def test_two_tickets_have_two_links(holder: Holder) -> None:
    """Also for the same words in the same moment."""
    assert holder.open() != holder.open()

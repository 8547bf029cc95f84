"""E-mail: our words alone, to one address; and which step of SMTP failed decides the outcome."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.channels.mail import Mailbox, certificate, listening, silent_port
from tests.channels.receiver import closed_port
from tests.channels.things import MESSAGE, claimed
from tests.fakes import FakeClock
from trustops.channels.email import (
    BAD_SENDER,
    BAD_SERVER,
    HUNG_UP,
    NO_STARTTLS,
    NO_TLS,
    NOT_LET_IN,
    SILENT,
    TURNED_AWAY,
    UNREACHABLE,
    EmailSender,
    Server,
    parse_server,
)
from trustops.channels.rules import DeliveryState, Message, Outcome
from trustops.settings import Credential

FROM = "TrustOps Desk <desk@example.org>"
OPS = claimed("email", "ops@example.org", "alert:1:email:ops@example.org")
SHORT = timedelta(seconds=1)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server without TLS or login."""
    with listening() as opened:
        yield opened


def sender(url: str, clock: FakeClock, mail_from: str = FROM) -> EmailSender:
    """An adapter that does not wait long."""
    return EmailSender(Credential(url), mail_from, clock, timeout=SHORT)


def sent_to(mailbox: Mailbox, clock: FakeClock, message: Message = MESSAGE) -> Outcome:
    """Send a message to ops through the server."""
    return sender(f"smtp://127.0.0.1:{mailbox.port}", clock).send(OPS, message)


def test_a_mail_holds_our_words_and_says_that_it_is_automatic(
    mailbox: Mailbox, clock: FakeClock
) -> None:
    """So that no out-of-office answer comes back (RFC 3834)."""
    outcome = sent_to(mailbox, clock)
    [mail] = mailbox.mails
    assert mailbox.recipients == ["ops@example.org"]
    assert mail["From"] == FROM
    assert mail["To"] == "ops@example.org"
    assert mail["Subject"] == MESSAGE.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == clock.wall()
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().splitlines() == MESSAGE.text.splitlines()
    assert outcome == Outcome.sent(mail["Message-ID"])


def test_a_delivery_has_one_message_id_on_every_attempt(mailbox: Mailbox, clock: FakeClock) -> None:
    """A mail program shows a repeat once; the id tells no count and no address."""
    sent_to(mailbox, clock)
    sent_to(mailbox, clock)
    first, second = (mail["Message-ID"] for mail in mailbox.mails)
    assert first == second
    assert first.endswith("@example.org>")
    assert "ops" not in first


def test_lines_that_begin_with_a_dot_and_other_scripts_arrive_whole(
    mailbox: Mailbox, clock: FakeClock
) -> None:
    """A line with a dot alone would end the mail early (RFC 5321, 4.5.2)."""
    text = "before\n.\n..\n.dot\n마이그레이션 迁移\n" + "long " * 60
    sent_to(mailbox, clock, replace(MESSAGE, text=text, subject="마이그레이션"))
    [mail] = mailbox.mails
    assert mail.get_content().splitlines() == text.splitlines()
    assert mail["Subject"] == "마이그레이션"
    assert all(len(line) <= 998 and line.isascii() for line in mailbox.raw[0].splitlines())


def test_no_text_can_begin_a_header(mailbox: Mailbox, clock: FakeClock) -> None:
    """Line breaks of every kind in a subject become spaces."""
    subject = "One\r\nBcc: all@example.org\nX: 1\rY: 2\u2028Z: 3\x85W: 4"
    sent_to(mailbox, clock, replace(MESSAGE, subject=subject))
    [mail] = mailbox.mails
    assert mail["Subject"] == "One Bcc: all@example.org X: 1 Y: 2 Z: 3 W: 4"
    assert mail["Bcc"] is None
    assert mailbox.recipients == ["ops@example.org"]


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nRCPT TO:<b@example.org>",
        "a b@example.org",
        "a@example.org, b@example.org",
        "a@example.org>",
        "<a@example.org",
        "nobody",
        "a..b@example.org",
        ".a@example.org",
        "a.@example.org",
        "a@example..org",
        "",
        "ä@example.org",
    ],
)
def test_what_is_not_one_address_is_refused_before_anything_is_said(
    clock: FakeClock, address: str
) -> None:
    """No server is needed to know it."""
    adapter = sender(f"smtp://127.0.0.1:{closed_port()}", clock)
    outcome = adapter.send(replace(OPS, target=address), MESSAGE)
    assert outcome == Outcome.rejected("The recipient's address cannot be used.")


def test_an_address_that_may_not_be_stored_comes_with_the_message(
    mailbox: Mailbox, clock: FakeClock
) -> None:
    """Mails to requesters name the recipient at send time; the row does not."""
    sent_to(mailbox, clock, replace(MESSAGE, recipient="holder@example.com"))
    assert mailbox.recipients == ["holder@example.com"]


@pytest.mark.parametrize(
    ("step", "reply", "outcome"),
    [
        (
            "rcpt",
            "451 Try later",
            Outcome.not_sent("The mail server answered 451 to RCPT TO."),
        ),
        ("rcpt", "550 No such user", Outcome.rejected("The mail server answered 550 to RCPT TO.")),
        ("rcpt", "251 Elsewhere", Outcome.rejected("The mail server answered 503 to DATA.")),
        ("data", "451 Try later", Outcome.not_sent("The mail server answered 451 to the message.")),
        ("data", "550 Refused", Outcome.rejected("The mail server answered 550 to the message.")),
    ],
)
def test_a_reply_decides(
    mailbox: Mailbox, clock: FakeClock, step: str, reply: str, outcome: Outcome
) -> None:
    """4xx is not now, 5xx is never; the server's own words are not kept."""
    setattr(mailbox, step, reply)
    assert sent_to(mailbox, clock) == outcome
    assert mailbox.mails == []


def test_a_timeout_after_the_whole_message_is_unknown(mailbox: Mailbox, clock: FakeClock) -> None:
    """The server has it and may deliver it."""
    mailbox.hang_at = "DATA"
    outcome = sent_to(mailbox, clock)
    assert (outcome.state, outcome.timed_out) == (DeliveryState.UNKNOWN, True)
    assert mailbox.whole_messages == 1


def test_a_timeout_before_the_message_means_that_it_was_not_sent(
    mailbox: Mailbox, clock: FakeClock
) -> None:
    """Nothing of the message was given in yet."""
    mailbox.hang_at = "RCPT"
    outcome = sent_to(mailbox, clock)
    assert (outcome.state, outcome.timed_out) == (DeliveryState.NOT_SENT, True)
    assert mailbox.whole_messages == 0


def test_a_server_that_never_greets_got_nothing(clock: FakeClock) -> None:
    """It took the connection and stayed silent."""
    with silent_port() as port:
        outcome = sender(f"smtp://127.0.0.1:{port}", clock).send(OPS, MESSAGE)
    assert (outcome.state, outcome.timed_out) == (DeliveryState.NOT_SENT, True)


@pytest.mark.parametrize(
    "url",
    ["smtp://127.0.0.1:{port}", "smtps://127.0.0.1:{port}", "smtp://mail.invalid", "http://x", ""],
)
def test_a_server_that_is_not_there_got_nothing(clock: FakeClock, url: str) -> None:
    """Refused, unknown, or no mail server at all: tried again later, when the setting is mended."""
    outcome = sender(url.format(port=closed_port()), clock).send(OPS, MESSAGE)
    assert outcome.state is DeliveryState.NOT_SENT


def test_login_uses_the_user_and_password_of_the_url(clock: FakeClock) -> None:
    """Both are percent-encoded there."""
    with listening(login=True) as mailbox:
        outcome = sender(f"smtp://desk:p%40ss@127.0.0.1:{mailbox.port}", clock).send(OPS, MESSAGE)
        assert outcome.state is DeliveryState.SENT
        assert mailbox.logins == [(b"desk", b"p@ss")]


def test_a_wrong_password_is_put_off_because_it_can_be_mended(clock: FakeClock) -> None:
    """The credential is read again on the next attempt; the reason does not tell it."""
    with listening(login=True) as mailbox:
        outcome = sender(f"smtp://desk:wrong@127.0.0.1:{mailbox.port}", clock).send(OPS, MESSAGE)
        assert outcome.state is DeliveryState.NOT_SENT
        assert "wrong" not in repr(outcome)
        assert mailbox.mails == []


def test_a_name_with_a_comma_or_of_another_script_sends_mail(
    mailbox: Mailbox, clock: FakeClock
) -> None:
    """It is quoted or encoded; the address behind it stays the one that was given."""
    for name in ("Desk, Migration", 'The "Desk"', "Büro für Umzüge", "마이그레이션"):
        outcome = sender(
            f"smtp://127.0.0.1:{mailbox.port}", clock, f"{name} <desk@example.org>"
        ).send(OPS, MESSAGE)
        assert outcome.state is DeliveryState.SENT
        [address] = mailbox.mails[-1]["From"].addresses
        assert (address.display_name, address.addr_spec) == (name, "desk@example.org")


def test_a_sender_that_no_mail_takes_sends_nothing(mailbox: Mailbox, clock: FakeClock) -> None:
    """It can be mended, so the mail is tried again."""
    adapter = sender(f"smtp://127.0.0.1:{mailbox.port}", clock, "a@example.org, b@example.org")
    assert adapter.send(OPS, MESSAGE) == Outcome.not_sent(BAD_SENDER)
    assert adapter.try_out() == BAD_SENDER
    assert mailbox.mails == []


def test_trying_out_a_server_signs_in_and_sends_nothing(clock: FakeClock) -> None:
    """What went wrong is told in a sentence without the password."""
    with listening(login=True) as mailbox:
        here = f"127.0.0.1:{mailbox.port}"
        assert sender(f"smtp://desk:p%40ss@{here}", clock).try_out() == ""
        assert sender(f"smtp://desk:wrong@{here}", clock).try_out() == NOT_LET_IN
        assert sender(f"smtp+starttls://{here}", clock).try_out() == NO_STARTTLS
        assert sender(f"smtps://{here}", clock).try_out() == NO_TLS
        assert mailbox.mails == []
    assert sender(f"smtp://{here}", clock).try_out() == UNREACHABLE
    assert sender("http://mail.example.org", clock).try_out() == BAD_SERVER


@pytest.mark.parametrize(
    ("first", "ends", "sentence"),
    [(b"", False, SILENT), (b"", True, HUNG_UP), (b"554 no\r\n", True, TURNED_AWAY)],
)
def test_a_server_that_does_not_talk_is_no_wrong_password(
    first: bytes, ends: bool, sentence: str, clock: FakeClock
) -> None:
    """One waits for ever, one hangs up, one turns everybody away; none has seen a password."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"smtp://desk:wrong@127.0.0.1:{listener.getsockname()[1]}"
        adapter = replace(sender(url, clock), timeout=timedelta(seconds=1))
        with ThreadPoolExecutor(1) as pool:
            trial = pool.submit(adapter.try_out)
            connection, _ = listener.accept()
            with connection:
                connection.sendall(first)
                if not ends:
                    assert trial.result() == sentence
            assert trial.result() == sentence


@pytest.mark.parametrize("security", ["smtps", "smtp+starttls"])
def test_tls_is_checked_before_anything_is_sent(
    tmp_path: Path, clock: FakeClock, security: str
) -> None:
    """A certificate that nobody vouches for gets neither password nor mail."""
    server, client = certificate(tmp_path)
    given = {"tls": server} if security == "smtps" else {"starttls": server}
    with listening(login=True, **given) as mailbox:
        adapter = sender(f"{security}://desk:p%40ss@127.0.0.1:{mailbox.port}", clock)
        assert adapter.send(OPS, MESSAGE).state is DeliveryState.NOT_SENT
        assert (mailbox.logins, mailbox.mails) == ([], [])
        trusting = replace(adapter, tls=client)
        assert trusting.send(OPS, MESSAGE).state is DeliveryState.SENT


def test_without_starttls_on_offer_nothing_is_sent(mailbox: Mailbox, clock: FakeClock) -> None:
    """What asks for TLS is never sent in the clear."""
    outcome = sender(f"smtp+starttls://127.0.0.1:{mailbox.port}", clock).send(OPS, MESSAGE)
    assert outcome.state is DeliveryState.NOT_SENT
    assert mailbox.mails == []


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", Server("mail.example.org", 25, "plain")),
        (
            "smtp+starttls://u:p@mail.example.org",
            Server("mail.example.org", 587, "starttls", "u", "p"),
        ),
        (
            "smtps://u%40x:p%2F@mail.example.org:2465",
            Server("mail.example.org", 2465, "tls", "u@x", "p/"),
        ),
        ("smtp://mail.example.org:port", None),
        ("smtp://", None),
        ("imap://mail.example.org", None),
    ],
)
def test_a_mail_server_is_named_by_a_url(url: str, server: Server | None) -> None:
    """The scheme says how the connection is secured, and the usual port."""
    assert parse_server(url) == server

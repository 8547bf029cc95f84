"""The e-mail adapter: one plain message to one address, through the server in `SMTP_URL`.

The steps of SMTP are taken one by one, because it matters which one failed: before the server
had the whole message nothing was sent, after that only its reply tells.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from functools import partial
from urllib.parse import unquote, urlsplit

from trustops.channels.rules import ACCEPTED_REPLIES, Claimed, Message, Outcome, outcome_of_reply
from trustops.clock import Clock
from trustops.settings import Credential
from trustops.settings.hosts import UnusableError
from trustops.settings.rules import sender as sender_of

TIMEOUT = timedelta(seconds=10)
GO_AHEAD = 354
"""The reply to `DATA` that asks for the message (RFC 5321, 4.3.2)."""

BAD_ADDRESS = "The recipient's address cannot be used."
BAD_SENDER = "MAIL_FROM cannot be used."
BAD_SERVER = "SMTP_URL cannot be used."
NOT_REACHED = "The mail server could not be reached, or did not let us in."
UNREACHABLE = "The mail server cannot be reached."
SILENT = "The mail server did not answer in time; the scheme and the port may not belong together."
HUNG_UP = "The mail server ended the conversation; the scheme and the port may not belong together."
NO_TLS = "The mail server and the desk cannot agree on TLS; smtps:// and smtp+starttls:// differ."
NO_STARTTLS = "The mail server does not offer STARTTLS."
BAD_CERTIFICATE = "The mail server shows a certificate that this machine does not trust."
NO_LOGIN = "The mail server offers no way to sign in that we know."
NOT_LET_IN = "The mail server answers, and refuses the user and password."
TURNED_AWAY = "The mail server answers, and turns us away."
BROKEN_OFF = "The mail server ended the conversation before it had the message."
NO_REPLY = "The mail server got the whole message and gave no usable reply."

_ADDRESS = re.compile(
    r"(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?=.{1,255}\Z)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server as `SMTP_URL` gives it. `security` is plain, starttls or tls."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class EmailSender:
    """Sends mail from `MAIL_FROM` through `SMTP_URL`, which is read again for each message.

    `tls` replaces the machine's trusted certificates, for tests.
    """

    url: Credential
    mail_from: str
    clock: Clock
    timeout: timedelta = TIMEOUT
    tls: ssl.SSLContext | None = None

    def send(self, claimed: Claimed, message: Message) -> Outcome:
        """Mail the message to its recipient, or to the row's target where it names none."""
        recipient = message.recipient or claimed.target
        if not _ADDRESS.fullmatch(recipient):
            return Outcome.rejected(BAD_ADDRESS)
        server = parse_server(self.url.reveal())
        if server is None:
            return Outcome.not_sent(BAD_SERVER)
        try:
            name, sender = sender_of(self.mail_from)
        except UnusableError:
            return Outcome.not_sent(BAD_SENDER)
        letter = write_letter(
            message,
            sender=(one_line(name), sender),
            recipient=recipient,
            message_id=message_id(claimed.dedupe_key, sender),
        )
        letter["Date"] = format_datetime(self.clock.wall())
        try:
            connection = self._connect(server, sender.partition("@")[2])
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return Outcome.not_sent(NOT_REACHED, timed_out=_timed_out(error))
        try:
            return _hand_over(connection, sender, recipient, letter)
        finally:
            _leave(connection)

    def try_out(self) -> str:
        """Connect, and sign in where the URL says so, without sending; gives what went wrong.

        Raises:
            SettingsError: the credential cannot be read.
        """
        server = parse_server(self.url.reveal())
        if server is None:
            return BAD_SERVER
        try:
            _, sender = sender_of(self.mail_from)
        except UnusableError:
            return BAD_SENDER
        try:
            connection = self._connect(server, sender.partition("@")[2])
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return what_failed(error)
        _leave(connection)
        return ""

    def _connect(self, server: Server, own_name: str) -> smtplib.SMTP:
        """A connection on which mail may be given in, with TLS and login as the URL asks for."""
        seconds = self.timeout.total_seconds()
        context = self.tls or ssl.create_default_context()
        connection: smtplib.SMTP
        if server.security == "tls":
            connection = smtplib.SMTP_SSL(
                server.host, server.port, own_name, timeout=seconds, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, own_name, timeout=seconds)
        try:
            if server.security == "starttls":
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
            else:
                connection.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException, ValueError):
            connection.close()
            raise
        return connection


def _hand_over(
    connection: smtplib.SMTP, sender: str, recipient: str, letter: EmailMessage
) -> Outcome:
    """Give the message in; a whole message with a lost reply is the one unknown outcome."""
    raw = letter.as_bytes(policy=SMTP_POLICY.clone(cte_type="7bit"))
    whole = False
    try:
        for step, act in (
            ("MAIL FROM", partial(connection.mail, sender)),
            ("RCPT TO", partial(connection.rcpt, recipient)),
        ):
            code = act()[0]
            if code not in ACCEPTED_REPLIES:
                return outcome_of_reply(code, step)
        code = connection.docmd("DATA")[0]
        if code != GO_AHEAD:
            return outcome_of_reply(code, "DATA")
        whole = True
        connection.send(_stuffed(raw))
        code = connection.getreply()[0]
    except (OSError, smtplib.SMTPException, ValueError) as error:
        if whole:
            return Outcome.unknown(NO_REPLY, timed_out=_timed_out(error))
        return Outcome.not_sent(BROKEN_OFF, timed_out=_timed_out(error))
    if code in ACCEPTED_REPLIES:
        return Outcome.sent(str(letter["Message-ID"]))
    return outcome_of_reply(code, "the message")


def _leave(connection: smtplib.SMTP) -> None:
    """Take leave without waiting for a reply: the outcome is known, and nothing here changes it."""
    with suppress(OSError, smtplib.SMTPException):
        connection.putcmd("QUIT")
    connection.close()


def write_letter(
    message: Message, *, sender: tuple[str, str], recipient: str, message_id: str
) -> EmailMessage:
    """The mail as it goes out: plain text of ours, marked as automatic (RFC 3834, 5)."""
    letter = EmailMessage(policy=SMTP_POLICY)
    letter["From"] = Address(display_name=sender[0], addr_spec=sender[1])
    letter["To"] = Address(addr_spec=recipient)
    letter["Subject"] = one_line(message.subject)
    letter["Message-ID"] = message_id
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text, cte="quoted-printable")
    return letter


def message_id(dedupe_key: str, sender: str) -> str:
    """The Message-ID of a delivery: the same on every attempt, and without a count in it."""
    digest = hashlib.sha256(dedupe_key.encode()).hexdigest()[:32]
    return f"<{digest}@{sender.partition('@')[2] or 'localhost'}>"


def one_line(text: str) -> str:
    """A header's text without line breaks and control characters, which could begin a header."""
    return _CONTROLS.sub(" ", text).strip()


def parse_server(url: str) -> Server | None:
    """The server that an `SMTP_URL` names; None where it is not one.

    `smtp://` stays as it is (port 25), `smtp+starttls://` has to turn to TLS (port 587),
    `smtps://` begins with it (port 465). User and password are percent-encoded.
    """
    schemes = {"smtp": ("plain", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in schemes or not parts.hostname:
        return None
    security, usual_port = schemes[parts.scheme]
    return Server(
        host=parts.hostname,
        port=port or usual_port,
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _stuffed(raw: bytes) -> bytes:
    """The message with its end mark, and no line in it that could be one (RFC 5321, 4.5.2)."""
    ended = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    return ended.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def what_failed(error: Exception) -> str:
    """What went wrong before a mail could be given in; without a word of the server or of ours."""
    if _timed_out(error):
        return SILENT
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NO_STARTTLS if "STARTTLS" in str(error) else NO_LOGIN
    for kind, sentence in _FAILURES:
        if isinstance(error, kind):
            return sentence
    return UNREACHABLE


_FAILURES: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, BAD_CERTIFICATE),
    (ssl.SSLError, NO_TLS),
    (smtplib.SMTPAuthenticationError, NOT_LET_IN),
    (smtplib.SMTPServerDisconnected, HUNG_UP),
    (ConnectionResetError, HUNG_UP),
    (BrokenPipeError, HUNG_UP),
    (smtplib.SMTPResponseException, TURNED_AWAY),
    (smtplib.SMTPException, NO_LOGIN),
)
"""What each failure of a trial means, the narrower kinds first."""


def _timed_out(error: BaseException) -> bool:
    """Whether a timeout lies under an error; smtplib tells of it only in the context."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)

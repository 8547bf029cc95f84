"""A local mail server that does what it is told at each step of SMTP."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.channels.receiver import closed_port


@dataclass
class Mailbox:
    """Keeps the mails it accepted. `rcpt` and `data` are its replies at these steps.

    `hang_at` is a step at which it says nothing any more.
    """

    port: int = 0
    rcpt: str = "250 OK"
    data: str = "250 OK"
    hang_at: str = ""
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    whole_messages: int = 0

    async def on_recipient(
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Reply to a recipient."""
        await self._perhaps_hang("RCPT")
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def on_message(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Reply to a whole message."""
        self.whole_messages += 1
        await self._perhaps_hang("DATA")
        if self.data.startswith("250"):
            self.raw.append(envelope.original_content or b"")
            self.recipients.extend(envelope.rcpt_tos)
        return self.data

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails that were accepted, parsed."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]

    def let_in(
        self,
        _server: SMTP,
        _session: Session,
        _envelope: Envelope,
        _mechanism: str,
        given: object,
    ) -> AuthResult:
        """Let one user in, with one password."""
        assert isinstance(given, LoginPassword)
        self.logins.append((given.login, given.password))
        right = given.password == b"p@ss"
        return AuthResult(success=right, handled=right)

    async def _perhaps_hang(self, step: str) -> None:
        if self.hang_at == step:
            await asyncio.sleep(20)  # ends with the server, when the test does


@contextmanager
def listening(
    *,
    login: bool = False,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Mailbox]:
    """A mail server on a free port, for as long as the block lasts."""
    mailbox = Mailbox(port=closed_port())
    controller = Controller(
        SimpleNamespace(handle_RCPT=mailbox.on_recipient, handle_DATA=mailbox.on_message),
        hostname="127.0.0.1",
        port=mailbox.port,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=mailbox.let_in if login else None,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Contexts of a server with a certificate for 127.0.0.1, and of a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example.org")])
    made = datetime(2020, 1, 1, tzinfo=UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(made)
        .not_valid_after(made + timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    client = ssl.create_default_context(
        cadata=signed.public_bytes(serialization.Encoding.PEM).decode()
    )
    return server, client


@contextmanager
def silent_port() -> Iterator[int]:
    """A port that accepts connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]

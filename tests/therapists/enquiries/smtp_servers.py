"""A real SMTP server that answers as told, at whichever step it is told to."""

import logging
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

#: In place of an answer: say nothing more, and hang up.
SILENCE, HANG_UP = "silence", "hang up"


class Answers:
    """What the server says at each step; where nothing is said here, it takes what comes."""

    def __init__(self) -> None:
        self.at: dict[str, str] = {}
        self.offers_tls = True
        self.envelopes: list[Envelope] = []

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        if "ehlo" in self.at:
            server.transport.abort()
        return [line for line in responses if self.offers_tls or "STARTTLS" not in line]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.at.get("mail", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.at.get("rcpt", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "data" not in self.at:
            self.envelopes.append(envelope)
        return self.at.get("data", "250 OK")


class AnsweringSMTP(SMTP):
    async def push(self, status: str | bytes) -> None:
        greeting = self.event_handler.at.get("greeting") if str(status).startswith("220 127") else None
        if greeting != SILENCE:
            await super().push(greeting or status)


class AnsweringController(Controller):
    def factory(self) -> SMTP:
        return AnsweringSMTP(self.handler, **self.SMTP_kwargs)


def self_signed(folder: Path) -> ssl.SSLContext:
    """A certificate for the right address that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(timezone.now() - timedelta(days=1))
        .not_valid_after(timezone.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return context


def refuse(*_of_the_session: object) -> AuthResult:
    return AuthResult(success=False, handled=False)


def a_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def answering_server(folder: Path) -> Iterator[tuple[Answers, int]]:
    """Serve until the end of the block. Give what it answers, and its port."""
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    answers, port = Answers(), a_free_port()
    controller = AnsweringController(
        answers,
        hostname="127.0.0.1",
        port=port,
        server_hostname="127.0.0.1",
        tls_context=self_signed(folder),
        auth_require_tls=False,
        authenticator=refuse,
    )
    controller.start()
    try:
        yield answers, port
    finally:
        controller.stop()

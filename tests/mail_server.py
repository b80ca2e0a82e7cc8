"""A real mail server on this machine, which answers as a test tells it to and keeps what it was given."""

import asyncio
import datetime as dt
import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.server import free_port

#: In place of an answer: it says nothing, or the connection is gone.
HANGS, DIES = "hangs", "dies"

USER, PASSWORD = "bluelight", "pass:word@1"


@dataclass(frozen=True, slots=True)
class Received:
    """One message as it was handed over; `line` tells connections apart."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    line: int
    secured: bool


@dataclass
class MailServer:
    """`says` are its answers by stage (MAIL, RCPT, DATA), or by recipient; what it says nothing to is well."""

    says: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    sign_ins: list[bool] = field(default_factory=list)
    slow_s: float = 0.0
    most_at_once: int = 0
    at_once: int = 0
    port: int = 0

    def to(self, recipient: str) -> list[Received]:
        return [one for one in self.received if recipient in one.recipients]

    def waits_for(self, recipient: str, *, number: int = 1, within_s: float = 15) -> list[Received]:
        """The messages to somebody, once there are so many."""
        until = time.monotonic() + within_s
        while len(self.to(recipient)) < number:
            assert time.monotonic() < until, f"{len(self.to(recipient))} of {number} messages to {recipient}"
            time.sleep(0.01)
        return self.to(recipient)

    async def handle_EHLO(
        self, server: Any, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.lines.add(id(session))
        told = await self._said(server, "EHLO")
        return [told] if told else responses

    async def handle_MAIL(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        told = await self._said(server, "MAIL")
        if told is None:
            envelope.mail_from = address
        return told or "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        told = await self._said(server, "RCPT", address)
        if told is None:
            envelope.rcpt_tos.append(address)
        return told or "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.slow_s)
            told = await self._said(server, "DATA")
        finally:
            self.at_once -= 1
        if told is None:
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            recipients = tuple(envelope.rcpt_tos)
            secured = session.ssl is not None
            self.received.append(Received(envelope.mail_from or "", recipients, message, id(session), secured))
        return told or "250 OK"

    def signs_in(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        self.sign_ins.append(known)
        return AuthResult(success=known, handled=known)

    async def _said(self, server: Any, *stages: str) -> str | None:
        told = next((self.says[stage] for stage in stages if stage in self.says), None)
        if told == HANGS:
            await asyncio.sleep(60)
        if told == DIES:
            server.transport.abort()
        return told


@contextmanager
def running_mail_server(
    *, certificate: Path | None = None, implicit: bool = False, signing_in: bool = False
) -> Iterator[MailServer]:
    """
    One that is closed at the end; with a certificate it demands STARTTLS, or speaks TLS from the first byte.
    """
    server = MailServer(port=free_port())
    how: dict[str, Any] = {"authenticator": server.signs_in, "auth_required": True} if signing_in else {}
    secured = context_of(certificate) if certificate else None
    if signing_in and secured is None:
        how["auth_require_tls"] = False
    if secured is not None and implicit:
        how["ssl_context"] = secured
        how["auth_require_tls"] = False
    elif secured is not None:
        how |= {"tls_context": secured, "require_starttls": True}
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **how)
    controller.start()
    try:
        yield server
    finally:
        _end(controller)


def _end(controller: Controller) -> None:
    """What still hangs on it is let go first: nobody waits for the end of a test."""
    loop = controller.loop
    cancelled = threading.Event()

    def cancel() -> None:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        cancelled.set()

    loop.call_soon_threadsafe(cancel)
    cancelled.wait(5)
    controller.stop()


def context_of(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def make_certificate(folder: Path, *, name: str = "127.0.0.1") -> Path:
    """A key and a certificate that nobody but itself vouches for, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "mail-certificate.txt"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file


def trusting(certificate: Path) -> ssl.SSLContext:
    """What believes this certificate and no other."""
    return ssl.create_default_context(cafile=str(certificate))

"""Read the address of a mail server, so that a wrong one stops the start."""

from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from infra.service_account import LOOPBACK
from notifications.channels.mail_message import is_address
from notifications.channels.mail_relay import Relay, Secrecy

#: What a mail server listens on: for those who sign in and say STARTTLS, from the first byte secured, on this machine.
SUBMISSION, SECURED, HERE = 587, 465, 25


def read_relay(told: str, *, sender: str | None) -> Relay:
    """
    `smtp://user:password@host:port?from=…` or `smtps://…`; `sender` is who it is from where it does not say.

    Without TLS only on this machine: everywhere else smtp:// demands STARTTLS.
    Raises ValueError in words that continue "SMTP_URL …", and that hold no password.
    """
    try:
        parts = urlsplit(told)
        host, port = parts.hostname, parts.port
        asked = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
    except ValueError as fault:
        raise ValueError("is no address: smtp://user:password@host:port") from fault
    if parts.scheme not in ("smtp", "smtps") or not host or port == 0 or parts.path not in ("", "/"):
        raise ValueError("must begin with smtp:// or smtps:// and name a host")
    if set(asked) - {"from"} or parts.fragment:
        raise ValueError("knows nothing after the host but ?from=")
    if (parts.username is None) != (parts.password is None):
        raise ValueError("names a user and a password, or neither")
    sender = read_sender(asked["from"][0]) if asked else sender
    if sender is None:
        raise ValueError("does not say who the mail is from: add ?from=ADDRESS, or set BLUELIGHT_MAIL_FROM")
    secrecy = Secrecy.TLS if parts.scheme == "smtps" else Secrecy.NONE if host in LOOPBACK else Secrecy.STARTTLS
    usual = {Secrecy.TLS: SECURED, Secrecy.STARTTLS: SUBMISSION, Secrecy.NONE: HERE}[secrecy]
    user = None if parts.username is None else unquote(parts.username)
    password = None if parts.password is None else unquote(parts.password)
    if any(not part.isprintable() for part in (host, user or "", password or "")):
        raise ValueError("holds signs that cannot be printed")
    return Relay(host, port or usual, secrecy, sender, user, password)


def read_sender(told: str) -> str:
    """An address, or a name and an address. Raises ValueError in words that continue "MAIL_FROM …"."""
    _, mailbox = parseaddr(told)
    if not told.isprintable() or not is_address(mailbox) or not mailbox.isascii() or "." not in mailbox:
        raise ValueError("must be an address, or a name and an address: Campus Safety <safety@example.org>")
    return told.strip()

"""Are mail and pushes to browsers set up so that they would arrive? Each fault with its remedy."""

import ssl
import time
from collections.abc import Iterator
from smtplib import SMTPAuthenticationError, SMTPException, SMTPNotSupportedError

from backend.kernel.errors import Unavailable
from infra.finding import Finding, is_private
from infra.posting import NOBODY, subject_of
from infra.settings import Settings
from infra.vapid_key import NAME, vapid_of
from notifications.channels.mail_answer import opening_answer
from notifications.channels.mail_line import MESSAGE_S, MailLine


def examine_post(settings: Settings) -> Iterator[Finding]:
    """The mail server is really called, up to the sign-in; browsers' makers are not."""
    yield _mail(settings)
    yield from _web_push(settings)


def _mail(settings: Settings) -> Finding:
    relay = settings.mail
    if relay is None:
        return Finding("e-mail: off, played by the recorder", well=True)
    try:
        MailLine(relay, trust=ssl.create_default_context(), until=time.monotonic() + MESSAGE_S).leave()
    except (OSError, SMTPException) as fault:
        what = f"e-mail: {relay.host} takes no mail of ours ({opening_answer(fault).fault})"
        return Finding(what, well=False, remedy=_remedy(fault, f"{relay.host}:{relay.port}"))
    return Finding(f"e-mail: {relay.host} takes mail from {relay.mailbox}", well=True)


def _remedy(fault: Exception, address: str) -> str:
    if isinstance(fault, SMTPAuthenticationError):
        return "check user and password in BLUELIGHT_SMTP_URL; signs like @ and : are written %40 and %3A there"
    if isinstance(fault, SMTPNotSupportedError):
        return "it offers no STARTTLS or sign-in: use smtps://, or leave the password out where none is asked for"
    if isinstance(fault, ssl.SSLCertVerificationError):
        return "name it as its certificate does, or put its authority's certificate where SSL_CERT_FILE says"
    if isinstance(fault, ssl.SSLError):
        return f"{address} speaks no TLS from the first byte: use smtp:// for STARTTLS"
    return f"is it running, and may this machine call {address}?"


def _web_push(settings: Settings) -> Iterator[Finding]:
    file = settings.data_dir / NAME
    if settings.vapid_private_key is None and not file.exists():
        yield Finding("web push: its key is drawn at the first start", well=True)
    elif settings.vapid_private_key is None:
        try:
            vapid_of(settings.data_dir)
        except Unavailable:
            remedy = "bring it back from a backup; a new key would cost every browser its subscription"
            yield Finding(f"web push: {file} is no key", well=False, remedy=remedy)
        else:
            yield Finding("web push: its key is its owner's alone", is_private(file), f"chmod 600 {file}")
    else:
        yield Finding("web push: by the key in the settings", well=True)
    known = subject_of(settings) != NOBODY
    what = "are told who we are" if known else "are told of nobody whom they could write to"
    remedy = "set BLUELIGHT_PUBLIC_URL to an https:// address"
    yield Finding(f"web push: browsers' makers {what}", known or settings.public_url is None, remedy)

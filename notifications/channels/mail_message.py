"""A letter as an e-mail: one recipient, plain text, and the same message however often it has to be sent."""

import hashlib
import re
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr

from notifications.channels.letter import Letter
from notifications.channels.mail_relay import Relay

#: A bare address and nothing else: no second one, no name, no command to the server.
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"\\\x00-\x1f\x7f@]+@[^\s<>()\[\],;:\"\\\x00-\x1f\x7f@]+")

#: What a line break could hide behind, and every other sign that is none.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

#: A broadcast's `delivery_id` is its person: what tells one thread, and one version of its words, from another.
WHICH_WORDS = ("broadcast_id", "version", "hash")

#: Subjects are cut here: what is longer no list of messages shows.
LONGEST_SUBJECT = 180


def is_address(text: str) -> bool:
    """Whether a message can be sent there at all."""
    return ADDRESS.fullmatch(text) is not None and len(text) <= 254


def message_of(letter: Letter, relay: Relay, *, now: datetime) -> EmailMessage:
    """
    Where it says title, the words are a broadcast's; else it is a case's, and holds one sentence and ids.

    The Message-ID is made from the delivery, the person and which words they
    are: where it is not known whether the first try arrived, a mail client shows
    the second as the same message, and an update as another. What belongs to one broadcast stands in one thread.
    """
    message = EmailMessage(policy.SMTP)
    name, mailbox = parseaddr(relay.sender)
    message["From"] = formataddr((one_line(name), mailbox)) if name else mailbox
    message["To"] = letter.value
    message["Subject"] = one_line(letter.title or letter.sentence)[:LONGEST_SUBJECT]
    message["Date"] = format_datetime(now)
    words = [str(letter.data.get(name, "")) for name in WHICH_WORDS]
    message["Message-ID"] = f"<{_digest(letter.delivery_id, letter.value, *words)}@{relay.domain}>"
    broadcast = letter.data.get("broadcast_id")
    if broadcast:
        message["References"] = f"<{_digest('broadcast', str(broadcast))}@{relay.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    # Exchange's own word for the same: an absence note must not come back to a warning.
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(_body(letter), charset="utf-8", cte="quoted-printable")
    return message


def one_line(text: str) -> str:
    """The words on one line: a break in a header would begin another header."""
    return _clean(CONTROLS.sub(" ", text)).strip()


def _body(letter: Letter) -> str:
    if letter.title is not None:
        return _clean(letter.sentence)
    ids = [f"{name.removesuffix('_id')}: {letter.data[name]}" for name in sorted(letter.data) if name.endswith("_id")]
    return _clean("\n".join([letter.sentence, *([""] if ids else []), *ids]))


def _clean(text: str) -> str:
    """Without halves of a character, which no encoding can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]

"""Words that arrive in the clear: sealed here, before they touch any store, and forgotten."""

import json
from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from backend.concerns import lodging, reading_mailbox, receipt as receipts, sealing
from backend.concerns.lodging import Sealed
from backend.concerns.reading_mailbox import Reply, Told
from backend.concerns.sealing import Envelope, Unopenable
from backend.concerns.words import Words
from backend.kernel.errors import Conflict, FieldFault, Invalid
from mobile_api.anonymous import images, work
from mobile_api.anonymous.porch import Porch

#: Keys that change between reading and writing are read again; three times in a row is no chance any more.
ATTEMPTS = 3

#: How the client's own sealing is told apart from ours: it made its receipt itself.
NO_RECEIPT: dict[str, str] = {}

NOBODYS = "The advisers have changed meanwhile: look once more at whom you leave out."

TOO_LONG = "That is more than fits into one concern: lodge it shorter, and add the rest afterwards."


def lodged(porch: Porch, body: Mapping[str, Any]) -> dict[str, str]:
    """
    Lodge what a body says, in the clear or sealed; `{receipt}`, empty when the client made its own.

    Raises Unavailable when no adviser has a key, before any work is used up.
    """
    porch.read(lodging.offered)
    work.must_be_done(porch, body["work"], what_for=body["mailbox"])
    if body["sealed"] is None:
        return {"receipt": lodge_words(porch, words_of(porch, body), body["without"])}
    envelope, reply_key = body["sealed"]
    sealed = Sealed(body["mailbox"], reply_key, envelope)
    porch.write(lodging.lodge, sealed, version=body["version"], today=porch.today())
    return NO_RECEIPT


def words_of(porch: Porch, body: Mapping[str, Any]) -> Words:
    """What a body says in the clear, its images written anew. Raises Invalid for one that is none."""
    files = [one["data"] for one in body["attachments"]]
    return Words(
        body["words"] or "",
        about=body["about"],
        place=body["place"],
        happened_on=body["happened_on"],
        attachments=porch.imaging.call(partial(images.all_written_anew, files)) if files else (),
        reveal=body.get("reveal"),
    )


def lodge_words(porch: Porch, words: Words, without: Collection[str]) -> str:
    """
    Seal a concern to everybody but those struck out, lodge it, and return its receipt.

    Raises Unavailable when no adviser has a key, Invalid when all of them were
    struck out, a key is nobody's or it is too long.
    """
    receipt = receipts.new_receipt()
    mailbox = receipts.mailbox_of(receipt)
    for attempt in range(ATTEMPTS):
        keys = porch.read(lodging.offered)
        if keys.strangers(without):
            raise Invalid(NOBODYS, [FieldFault("without", "No adviser has or had this key.")])
        sealed = Sealed(mailbox.id, mailbox.public_key, _sealed(porch, words, keys.but(without)))
        try:
            porch.write(lodging.lodge, sealed, version=keys.version, today=porch.today())
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            break
    return receipt


def add_words(porch: Porch, receipt: str, words: Words) -> None:
    """
    Seal it to those who read this concern, and add it; a receipt that is nobody's is passed over in silence.

    Raises Invalid when it is too long.
    """
    known = receipts.read_receipt(receipt) or receipts.new_receipt()
    add_to_mailbox(porch, receipts.mailbox_of(known).id, words)


def add_to_mailbox(porch: Porch, mailbox: str, words: Words) -> None:
    """The same by the mailbox's name, which is made of the receipt."""
    keys = porch.read(reading_mailbox.readers, mailbox)
    porch.write(lodging.add, mailbox, _sealed(porch, words, keys), today=porch.today())


def read_back(porch: Porch, receipt: str) -> Told | None:
    """What waits for whoever holds this receipt; None when it is nobody's. `opened` opens its replies."""
    known = receipts.read_receipt(receipt) or receipts.new_receipt()
    found = porch.read(reading_mailbox.look_into, receipts.mailbox_of(known).id, today=porch.today())
    return found.told if found.is_somebodys else None


def opened(reply: Reply, receipt: str) -> str | None:
    """The words of one reply, for whoever gave their receipt to this server; None when it does not open."""
    known = receipts.read_receipt(receipt)
    try:
        plain = sealing.open_box(reply.box, reply.copy, receipts.mailbox_of(known or "").private_key)
        words = json.loads(plain)["words"]
    except (Unopenable, ValueError, LookupError, TypeError):
        return None
    return words if isinstance(words, str) else None


def _sealed(porch: Porch, words: Words, keys: dict[str, bytes]) -> Envelope:
    """Away from the hub: a large one takes milliseconds."""
    try:
        return porch.imaging.call(lambda: sealing.seal(words.plain(), keys))
    except ValueError as fault:
        raise Invalid(TOO_LONG) from fault

"""Answer for a mailbox: a receipt that is nobody's gets as many bytes, after as much work, at the same tick."""

import math
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from backend.concerns import lodging, reading_mailbox, receipt as receipts
from backend.concerns.words import Words
from mobile_api.anonymous import arriving, work
from mobile_api.anonymous.bytes_in import is_mailbox
from mobile_api.anonymous.porch import Porch

T = TypeVar("T")

#: Seconds; some ten times what a look takes. Whatever was done, the answer leaves at a whole number of these.
TICK_S = 0.1


def asked_at(porch: Porch, body: Mapping[str, Any]) -> bytes:
    """What waits in the mailbox that is asked for, sealed, once what came with it was added."""

    def answer() -> bytes:
        mailbox = named_by(body)
        if body["work"] is not None:
            _add(porch, mailbox, body)
        return porch.read(reading_mailbox.sealed_up, mailbox, today=porch.today())

    return at_a_tick(porch, answer)


def named_by(body: Mapping[str, Any]) -> str:
    """The mailbox of this body; for what never was one a name that is nobody's."""
    if body["mailbox"] is not None:
        nobodys = receipts.mailbox_of(receipts.new_receipt()).id
        return str(body["mailbox"]) if is_mailbox(body["mailbox"]) else nobodys
    typed = body["receipt"]
    # Of any length: only as much of it is read as twelve words can have.
    known = receipts.read_receipt(typed[:LONGEST_RECEIPT]) if isinstance(typed, str) else None
    return receipts.mailbox_of(known or receipts.new_receipt()).id


#: Twelve words of at most eight letters, generously spaced.
LONGEST_RECEIPT = 400


def at_a_tick(porch: Porch, do: Callable[[], T]) -> T:
    """Do it, and hold its answer back until the next tick since it began: refusals too."""
    began = time.monotonic()
    try:
        return do()
    finally:
        taken = time.monotonic() - began
        porch.database.give_way(math.ceil(taken / TICK_S) * TICK_S - taken)


def _add(porch: Porch, mailbox: str, body: Mapping[str, Any]) -> None:
    given = body["sealed"][0] if body["sealed"] is not None else None
    if given is None and not body["words"] and body["reveal"] is None:
        return
    work.must_be_done(porch, body["work"])
    if given is not None:
        porch.write(lodging.add, mailbox, given, today=porch.today())
    else:
        words: Words = arriving.words_of(porch, body)
        arriving.add_to_mailbox(porch, mailbox, words)

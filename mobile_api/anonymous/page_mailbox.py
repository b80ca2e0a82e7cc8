"""The mailbox as a page: the receipt is typed, what waits is read, and one may add to it or say who one is."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from backend.concerns.reading_mailbox import Told
from backend.concerns.words import Words
from backend.kernel.errors import Invalid, Refusal
from mobile_api.anonymous import arriving
from mobile_api.anonymous.mailbox import at_a_tick
from mobile_api.anonymous.page_answers import counted, must_be_allowed, of_fault, sentence, shown, status_of
from mobile_api.anonymous.page_form import Given, read_form
from mobile_api.anonymous.porch import Porch, current_porch

#: Sizes of the page with what waits, in bytes: what travels tells nothing of how much that is, or whether it is any.
CLASSES = tuple(size << 10 for size in (32, 128, 512, 2048))

NO_WORDS = "Type the twelve words first."
NOTHING_ADDED = "Write at least a few words."
NO_NAME = "Write your name first, or stay without one."

ADDED = "It has arrived. The advisers are told of it from tomorrow."
REVEALED = "It has arrived. The advisers who read your concern will know who you are."

CLOSED_MEANWHILE = "The advisers have closed this concern. What you have just written may not have reached them."

bp = Blueprint("concern_mailbox", __name__)
bp.register_error_handler(Exception, of_fault)


@bp.get("/concern/mailbox")
def ask() -> Response:
    """The place to type the receipt."""
    return shown(current_porch(), "mailbox.html", HTTPStatus.OK)


@bp.post("/concern/mailbox")
def look() -> Response:
    """What waits for these words, after adding what came with them. Any words at all are answered alike."""
    porch = current_porch()
    try:
        given = read_form(request)
    except HTTPException:
        return ask()
    if not given.text("receipt"):
        return shown(porch, "mailbox.html", HTTPStatus.UNPROCESSABLE_ENTITY, problem=NO_WORDS)
    return at_a_tick(porch, lambda: _answered(porch, given))


def _answered(porch: Porch, given: Given) -> Response:
    step = given.text("step")
    if step == "reveal" and given.text("name"):
        asked = {name: given.text(name) for name in ("receipt", "name", "contact")}
        return shown(porch, "reveal.html", HTTPStatus.OK, **asked)
    refusal, done = None, None
    try:
        done = _added(porch, given, step)
    except Refusal as fault:
        refusal = fault
    return _opened(porch, given, refusal, done)


def _added(porch: Porch, given: Given, step: str) -> str | None:
    """What to say of what was added, if anything was. Raises Refusal."""
    if step == "reveal":
        raise Invalid(NO_NAME)
    if step == "add":
        if not given.text("words"):
            raise Invalid(NOTHING_ADDED)
        words, done = Words(given.text("words")), ADDED
    elif step == "reveal_sure":
        words, done = Words("", reveal={"name": given.text("name"), "contact": given.text("contact")}), REVEALED
    else:
        return None
    must_be_allowed(porch, given)
    with counted(porch, given):
        arriving.add_words(porch, given.text("receipt"), words)
    return done


def _opened(porch: Porch, given: Given, refusal: Refusal | None, done: str | None) -> Response:
    receipt = given.text("receipt")
    told = arriving.read_back(porch, receipt)
    # Nothing is said to have arrived where there is nothing for it to arrive at, or not any more.
    was_closed = done is not None and told is not None and not told.may_add
    response = shown(
        porch,
        "opened.html",
        status_of(refusal),
        receipt=receipt,
        told=told,
        done=done if told and not was_closed else None,
        problem=CLOSED_MEANWHILE if was_closed else sentence(refusal),
        typed_words=given.text("words") if refusal else "",
        **_clocks(told, porch.today()),
        replies=_replies(told, receipt),
    )
    response.set_data(padded(response.get_data()))
    return response


def _replies(told: Told | None, receipt: str) -> list[dict[str, str]]:
    return [
        {"on": day_in_words(reply.on), "words": words}
        for reply in (told.replies if told else ())
        if (words := arriving.opened(reply, receipt)) is not None
    ]


def _clocks(told: Told | None, today: date) -> Mapping[str, Any]:
    if told is None:
        return {}
    return {
        "written_on": [day_in_words(day) for day in dict.fromkeys(told.written_on)],
        "mailbox_until": day_in_words(told.mailbox_until),
        "mailbox_left": days_left(told.mailbox_until, today),
        "data_until": day_in_words(told.data_until),
        "data_left": days_left(told.data_until, today),
    }


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def days_left(until: date, today: date) -> str:
    left = (until - today).days
    return "today is the last day" if left <= 0 else f"{left} more day{'s' if left > 1 else ''}"


def padded(page: bytes) -> bytes:
    """The page with blanks behind it, up to its size class; a page beyond the largest stays as it is."""
    size = next((size for size in CLASSES if size >= len(page)), len(page))
    return page.ljust(size, b" ")

"""The open page /concern: words to an adviser without a name, from any browser, with or without scripts."""

import secrets
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, send_from_directory
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from backend.concerns import lodging
from backend.concerns.concern import DATA_KEPT, MAILBOX_KEPT
from backend.concerns.keys_offered import KeysOffered
from backend.kernel.errors import Invalid, Refusal, TooMany, Unavailable
from mobile_api.anonymous import arriving, images, work
from mobile_api.anonymous.leaks import leaks_in
from mobile_api.anonymous.page_form import FIELDS, LONGEST, Given, read_form
from mobile_api.anonymous.porch import Porch, current_porch
from mobile_api.anonymous.small_budget import SmallBudget
from mobile_api.anonymous.typed_back import fault_in, words_of

PAGES = Path(__file__).parent / "page"

#: Where the application keeps what browsers without scripts may still send.
BUDGET = "porch without scripts"

#: Where "Leave now" leads: what is in force on the campus, at once, from this same server.
ELSEWHERE = "/status"

ANYWHERE = "112"

NOTHING_WRITTEN = "Write at least a few words about what worries you."
NOBODY_LEFT = "Somebody must be able to read it: leave at least one adviser in."
SENT_ALREADY = "This form was sent already, and has arrived. Nothing was sent a second time."
FULL = (
    "Without scripts only a few concerns an hour can be taken, from everybody together, and this hour's are used up. "
    "Wait for the next hour, or allow scripts on this page: then your browser does a little work instead."
)
TOO_LARGE = "That was more than can be sent at once. Go back: your words should still be there. Send it with smaller photos."

bp = Blueprint("concern_page", __name__, template_folder=str(PAGES))


@bp.get("/concern")
def ask() -> Response:
    """Is anyone in danger now? Then: what is read by whom, what stays hidden and what cannot, and the form."""
    return _asked(current_porch(), Given(MultiDict()))


@bp.post("/concern")
def take() -> Response:
    """What is pressed on that page: look it through, send it, or hold the receipt that was typed against the one shown."""
    porch = current_porch()
    try:
        given = read_form(request)
    except RequestEntityTooLarge:
        return _shown(porch, "concern/told.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, problem=TOO_LARGE)
    except HTTPException:
        return ask()
    step = given.text("step")
    if step == "typed":
        return _typed(porch, given)
    try:
        _must_be_whole(porch, given)
        if step != "send":
            return _asked(porch, given, leaks=leaks_in(given.texts))
        with_work = _may_be_taken(porch, given)
        photos = porch.imaging.call(partial(images.all_written_anew, given.photos))
        receipt = arriving.lodge_words(porch, given.words(photos), given.without)
    except Refusal as refusal:
        return _asked(porch, given, refusal, leaks=leaks_in(given.texts) if step == "send" else None)
    if not with_work:
        _budget().take(given.text("form"), porch.clock())
    return _shown(porch, "concern/receipt.html", HTTPStatus.CREATED, receipt=receipt, words=receipt.split())


@bp.get("/concern/parts/<name>")
def part(name: str) -> Response:
    """A script, the style sheet or the linter's rules; kept by no browser, so that none tells of a visit."""
    return _unkept(send_from_directory(PAGES / "parts", name))


@bp.post("/concern/leave")
def leave() -> Response:
    """
    Somewhere else, and what the browser kept of here is thrown away.

    Not its storage and cookies: nothing of ours is in them, and the emergency
    app of the same address keeps its sign-in there.
    """
    response = _unkept(make_response(redirect(ELSEWHERE, HTTPStatus.SEE_OTHER)))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _typed(porch: Porch, given: Given) -> Response:
    receipt, typed = given.text("receipt"), given.text("typed")
    fault = fault_in(typed, receipt)
    if fault is None:
        return _shown(porch, "concern/kept.html", HTTPStatus.OK)
    # What is shown is what was sent: whoever sends another receipt than theirs is shown their own words again.
    words = words_of(receipt)[:12]
    return _shown(porch, "concern/receipt.html", HTTPStatus.OK, receipt=" ".join(words), words=words, problem=fault)


def _must_be_whole(porch: Porch, given: Given) -> None:
    keys = porch.read(lodging.offered)
    if not given.text("words"):
        raise Invalid(NOTHING_WRITTEN)
    if {one.key_id for one in keys.advisers} <= set(given.without):
        raise Invalid(NOBODY_LEFT)


def _may_be_taken(porch: Porch, given: Given) -> bool:
    """True by its proof of work, False by the budget of those who cannot do any. Raises Invalid or TooMany."""
    nonce = given.text("nonce")
    if nonce:
        work.must_be_done(porch, {"challenge": given.text("challenge"), "nonce": nonce})
        return True
    if _budget().was_sent(given.text("form")):
        raise Invalid(SENT_ALREADY)
    if not _budget().has_room(porch.clock()):
        raise TooMany(FULL, retry_after_s=3600)
    return False


def _asked(porch: Porch, given: Given, refusal: Refusal | None = None, *, leaks: Any = None) -> Response:
    """The form, with what was written in it already, and above it what there is to say about that."""
    try:
        keys = porch.read(lodging.offered)
    except Unavailable:
        return _shown(porch, "concern/closed.html", HTTPStatus.SERVICE_UNAVAILABLE)
    status = HTTPStatus.OK if refusal is None else _status_of(refusal)
    return _shown(
        porch,
        "concern/ask.html",
        status,
        given=given,
        fields=FIELDS,
        advisers=_by_name(keys),
        leaks=leaks,
        problem=_sentence(refusal),
        form=secrets.token_urlsafe(16),
        longest=LONGEST,
    )


def _by_name(keys: KeysOffered) -> list[tuple[str, str]]:
    """Each adviser once, as `(key ids with blanks between, name)`."""
    found: dict[Any, tuple[list[str], str]] = {}
    for one in keys.advisers:
        found.setdefault(one.adviser_id, ([], one.name or ""))[0].append(one.key_id)
    return [(" ".join(key_ids), name) for key_ids, name in found.values()]


def _sentence(refusal: Refusal | None) -> str | None:
    """What is wrong, as a person reads it."""
    if refusal is None:
        return None
    return " ".join([refusal.title, *(fault.message for fault in getattr(refusal, "errors", ()))])


def _status_of(refusal: Refusal) -> HTTPStatus:
    if isinstance(refusal, TooMany):
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.SERVICE_UNAVAILABLE if isinstance(refusal, Unavailable) else HTTPStatus.UNPROCESSABLE_ENTITY


def _budget() -> SmallBudget:
    found = current_app.extensions.setdefault(BUDGET, SmallBudget())
    assert isinstance(found, SmallBudget)
    return found


def _shown(porch: Porch, template: str, status: HTTPStatus, **told: Any) -> Response:
    numbers = porch.numbers()
    body = render_template(
        template,
        demo=porch.demo,
        numbers=numbers,
        anywhere=None if ANYWHERE in {one["number"] for one in numbers} else ANYWHERE,
        mailbox_days=MAILBOX_KEPT.days,
        data_days=DATA_KEPT.days,
        **told,
    )
    return _unkept(make_response(body, status))


def _unkept(response: Response) -> Response:
    """No browser, proxy or search engine keeps it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
    return response

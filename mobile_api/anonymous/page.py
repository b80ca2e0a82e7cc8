"""The open page /concern: words to an adviser without a name, from any browser, with or without scripts."""

from collections.abc import Collection
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, make_response, redirect, request, send_from_directory
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from backend.concerns import lodging, receipt as receipts
from backend.concerns.keys_offered import KeysOffered
from backend.concerns.receipt import WORDS
from backend.kernel.errors import Invalid, Refusal, Unavailable
from mobile_api.anonymous import arriving, images
from mobile_api.anonymous.leaks import Leak, leaks_in
from mobile_api.anonymous.page_answers import counted, must_be_allowed, of_fault, sentence, shown, status_of, unkept
from mobile_api.anonymous.page_form import FIELDS, Given, read_form
from mobile_api.anonymous.porch import Porch, current_porch
from mobile_api.anonymous.typed_back import fault_in, words_of

PAGES = Path(__file__).parent / "page"

#: What seals in the browser, built from page/sealing; where it is not built, words are sealed when they arrive.
SEALING = "sealing.js"

#: Where "Leave now" leads: what is in force on the campus, at once, from this same server.
ELSEWHERE = "/status"

NOTHING_WRITTEN = "Write at least a few words about what worries you."
NOBODY_LEFT = "Somebody must be able to read it: leave at least one adviser in."
TOO_LARGE = "That was more than can be sent at once. Go back: your words should still be there. Use smaller photos."

bp = Blueprint("concern_page", __name__, template_folder=str(PAGES))
bp.register_error_handler(Exception, of_fault)


@bp.get("/concern")
def ask() -> Response:
    """Is anyone in danger now? Then: what is read by whom, what stays hidden and what cannot, and the form."""
    return _asked(current_porch(), Given(MultiDict()))


@bp.post("/concern")
def take() -> Response:
    """What is pressed there: look it through, send it, or hold what was typed against the receipt that was shown."""
    porch = current_porch()
    try:
        given = read_form(request)
    except RequestEntityTooLarge:
        return shown(porch, "told.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, problem=TOO_LARGE)
    except HTTPException:
        return ask()
    step = given.text("step")
    if step == "typed":
        return _typed(porch, given)
    return _sent(porch, given) if step == "send" else _looked_through(porch, given)


@bp.get(f"/concern/parts/{SEALING}")
def sealing() -> Response:
    """What seals and opens in the browser; kept as little as the other parts."""
    return unkept(send_from_directory(PAGES / "built", SEALING))


@bp.get("/concern/parts/receipt_words.json")
def receipt_words() -> Response:
    """The words a receipt is made of: a browser that seals makes its own, and none of them ever comes here."""
    return unkept(jsonify(receipts.word_list()))


@bp.get("/concern/parts/<name>")
def part(name: str) -> Response:
    """A script, the style sheet or the linter's rules; kept by no browser, so that none tells of a visit."""
    return unkept(send_from_directory(PAGES / "parts", name))


@bp.post("/concern/leave")
def leave() -> Response:
    """
    Somewhere else, and what the browser kept of here is thrown away.

    Not its storage and cookies: nothing of ours is in them, and the emergency
    app at the same address keeps its sign-in there.
    """
    response = unkept(make_response(redirect(ELSEWHERE, HTTPStatus.SEE_OTHER)))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _looked_through(porch: Porch, given: Given) -> Response:
    try:
        _must_be_whole(porch, given)
    except Refusal as refusal:
        return _asked(porch, given, refusal)
    return _asked(porch, given, leaks=leaks_in(given.texts))


def _sent(porch: Porch, given: Given) -> Response:
    try:
        _must_be_whole(porch, given)
        must_be_allowed(porch, given)
        with counted(porch, given):
            photos = porch.imaging.call(partial(images.all_written_anew, given.photos)) if given.photos else ()
            receipt = arriving.lodge_words(porch, given.words(photos), given.without)
    except Refusal as refusal:
        return _asked(porch, given, refusal, leaks=leaks_in(given.texts))
    return _receipt(porch, receipt, HTTPStatus.CREATED)


def _typed(porch: Porch, given: Given) -> Response:
    fault = fault_in(given.text("typed"), given.text("receipt"))
    if fault is None:
        return shown(porch, "kept.html", HTTPStatus.OK)
    # What is shown is what was sent with it: nothing here remembers a receipt.
    return _receipt(porch, " ".join(words_of(given.text("receipt"))[:WORDS]), HTTPStatus.OK, fault)


def _receipt(porch: Porch, receipt: str, status: HTTPStatus, problem: str | None = None) -> Response:
    return shown(porch, "receipt.html", status, receipt=receipt, words=receipt.split(), problem=problem)


def _must_be_whole(porch: Porch, given: Given) -> None:
    if not given.text("words"):
        raise Invalid(NOTHING_WRITTEN)
    keys = porch.read(lodging.offered)
    if {one.adviser_id for one in keys.advisers} <= keys.struck_out(given.without):
        raise Invalid(NOBODY_LEFT)


def _asked(porch: Porch, given: Given, refusal: Refusal | None = None, *, leaks: list[Leak] | None = None) -> Response:
    """The form, with what was written in it already, and above it what there is to say about that."""
    try:
        advisers = by_name(porch.read(lodging.offered), given.without)
    except Unavailable:
        return shown(porch, "closed.html", status_of(refusal))
    told: dict[str, Any] = {"given": given, "fields": FIELDS, "advisers": advisers, "leaks": leaks}
    return shown(porch, "ask.html", status_of(refusal), problem=sentence(refusal), **told)


def by_name(keys: KeysOffered, without: Collection[str]) -> list[tuple[str, str, bool]]:
    """Each adviser once, as `(key ids with blanks between, name, whether they are struck out)`."""
    struck = keys.struck_out(without)
    found: dict[UUID | None, tuple[list[str], str]] = {}
    for one in keys.advisers:
        found.setdefault(one.adviser_id, ([], one.name or ""))[0].append(one.key_id)
    return [(" ".join(key_ids), name, one in struck) for one, (key_ids, name) in found.items()]

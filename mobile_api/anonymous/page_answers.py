"""How the open page answers: HTML that nobody keeps, a sentence for every refusal, and who may send without work."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, make_response, render_template
from werkzeug.exceptions import HTTPException

from backend.concerns.concern import DATA_KEPT, MAILBOX_KEPT
from backend.kernel.errors import Invalid, Refusal, TooMany, Unavailable
from mobile_api.anonymous import work
from mobile_api.anonymous.page_form import LONGEST, Given
from mobile_api.anonymous.porch import Porch, current_porch
from mobile_api.anonymous.small_budget import SmallBudget

#: Where the application keeps what browsers without scripts may still send.
BUDGET = "porch without scripts"

ANYWHERE = "112"

SENT_ALREADY = "This form was sent already, and has arrived. Nothing was sent a second time."
FULL = (
    "Without scripts only a few concerns an hour can be taken, from everybody together, and this hour's are used up. "
    "Wait for the next hour, or allow scripts on this page: then your browser does a little work instead."
)
OUR_FAULT = "Something went wrong on our side. Nothing was kept of what you sent. Go back and try again, or ring."
NOTHING_HERE = "There is nothing at this address."


def must_be_allowed(porch: Porch, given: Given) -> None:
    """
    By its proof of work, or by the small budget of browsers that cannot do any.

    Raises Invalid for work that is not done and for a form that was sent
    already, TooMany when the budget is used up.
    """
    if given.text("nonce"):
        work.must_be_done(porch, {"challenge": given.text("challenge"), "nonce": given.text("nonce")})
        return
    if _budget().was_sent(given.text("form")):
        raise Invalid(SENT_ALREADY)
    if not _budget().has_room(porch.clock()):
        raise TooMany(FULL, retry_after_s=3600)


@contextmanager
def counted(porch: Porch, given: Given) -> Iterator[None]:
    """
    Without work, what is done here is one of this hour's few, from before it begins.

    What fails is given back, save with photos: to decode them costs seconds,
    whatever comes of it.
    """
    if given.text("nonce"):
        yield
        return
    _budget().take(given.text("form"), porch.clock())
    try:
        yield
    except Exception:
        if not given.photos:
            _budget().give_back(given.text("form"))
        raise


def sentence(refusal: Refusal | None) -> str | None:
    """What is wrong, as a person reads it."""
    return " ".join([refusal.title, *(fault.message for fault in refusal.errors)]) if refusal else None


def status_of(refusal: Refusal | None) -> HTTPStatus:
    if refusal is None:
        return HTTPStatus.OK
    if isinstance(refusal, TooMany):
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.SERVICE_UNAVAILABLE if isinstance(refusal, Unavailable) else HTTPStatus.UNPROCESSABLE_ENTITY


def of_fault(fault: Exception) -> Response:
    """Our own mistake, or an address where nothing is: said on a page, and to no log, which would have its hour."""
    if isinstance(fault, HTTPException):
        return shown(current_porch(), "told.html", HTTPStatus(fault.code or HTTPStatus.NOT_FOUND), problem=NOTHING_HERE)
    return shown(current_porch(), "told.html", HTTPStatus.INTERNAL_SERVER_ERROR, problem=OUR_FAULT)


def shown(porch: Porch, template: str, status: HTTPStatus, **told: Any) -> Response:
    """One page, with whom to ring on it and a new name for its form."""
    numbers = porch.numbers()
    body = render_template(
        f"concern/{template}",
        demo=porch.demo,
        numbers=numbers,
        anywhere=None if ANYWHERE in {one["number"] for one in numbers} else ANYWHERE,
        mailbox_days=MAILBOX_KEPT.days,
        data_days=DATA_KEPT.days,
        longest=LONGEST,
        form=secrets.token_urlsafe(16),
        **told,
    )
    return unkept(make_response(body, status))


def unkept(response: Response) -> Response:
    """No browser, proxy or search engine keeps it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
    return response


def _budget() -> SmallBudget:
    found = current_app.extensions.setdefault(BUDGET, SmallBudget())
    assert isinstance(found, SmallBudget)
    return found

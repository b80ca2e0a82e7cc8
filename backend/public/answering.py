"""The page behind the link in an e-mail: what is said, three buttons, and what was understood. It needs no script."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from backend.answers.answering_by_link import answer_link, read_link
from backend.campus import campus_store
from backend.campus.emergency_numbers import ANYWHERE
from backend.campus.numbers import call_list
from backend.kernel.errors import Refusal
from backend.kernel.vocabulary import Answer
from backend.public.front import PAGES
from backend.web.context import now, read, write

bp = Blueprint("answering", __name__, template_folder=str(PAGES))

#: What is on the buttons, and how it is said back.
CHOICES = {
    Answer.SAFE: "I am safe",
    Answer.NEED_HELP: "I need help",
    Answer.NOT_HERE: "I am not here",
}

#: What can be rung when not even the campus can be read.
LAST_RESORT = [{"label": "Emergency services", "number": ANYWHERE, "reach": "external", "dialable": True}]


@bp.get("/answer/<token>")
def page(token: str) -> Response:
    """What is said, and the buttons. It changes nothing: mail scanners follow links too."""
    try:
        told = read(read_link, token, now=now())
    except Refusal:
        return _shown("answer_failed.html", 503)
    return _shown("answer.html", 200, told=told) if told else _gone()


@bp.post("/answer/<token>")
def take(token: str) -> Response:
    """Take the answer, and say what was understood."""
    try:
        given = Answer(request.form.get("answer", ""))
    except ValueError:
        return page(token)
    try:
        told = write(answer_link, token, given, now=now())
    except Refusal:
        return _shown("answer_failed.html", 503)
    return _shown("answer.html", 200, told=told, given=given.value) if told else _gone()


def _gone() -> Response:
    """The same for a link that is old and for one that was made up."""
    return _shown("answer_gone.html", 404)


def _shown(template: str, status: int, **more: Any) -> Response:
    body = render_template(template, choices=CHOICES, local=_local_time, numbers=_numbers(), **more)
    response = make_response(body, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _numbers() -> Any:
    try:
        return call_list(read(campus_store.newest), None)
    except Refusal:
        return LAST_RESORT


def _local_time(at: datetime) -> str:
    return f"{read(campus_store.newest).local(at):%H:%M}"

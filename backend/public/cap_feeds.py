"""The CAP 1.2 documents and their feeds; exercises have a feed and addresses of their own and are in no other."""

from hashlib import sha256
from uuid import UUID

from flask import Blueprint, Response, current_app

from backend.campus.campus import Campus
from backend.cap import cap, cap_feed
from backend.cap.cap import Publisher
from backend.kernel.errors import NotFound
from backend.open_pages import telling
from backend.open_pages.thread import Thread
from backend.public.answers import PUBLIC_URL, cacheable
from backend.web.context import now, read

FEED, EXERCISES = "/cap/feed", "/cap/exercise"
ATOM = "application/atom+xml; charset=utf-8"
CAP = f"{cap.MEDIA_TYPE}; charset=utf-8"

bp = Blueprint("cap", __name__)


@bp.get(FEED)
def feed() -> Response:
    """Everything real that is in force, and for a day what was called off."""
    return _feed(FEED, exercise=False)


@bp.get(EXERCISES)
def exercises() -> Response:
    """The same of exercises."""
    return _feed(EXERCISES, exercise=True)


@bp.get("/cap/<uuid:broadcast_id>.xml")
def newest(broadcast_id: UUID) -> Response:
    """A thread in its newest words."""
    return _document(broadcast_id, None, exercise=False)


@bp.get("/cap/<uuid:broadcast_id>/<int:number>.xml")
def version(broadcast_id: UUID, number: int) -> Response:
    """One version of a thread: what a later one's references mean."""
    return _document(broadcast_id, number, exercise=False)


@bp.get("/cap/exercise/<uuid:broadcast_id>.xml")
def newest_exercise(broadcast_id: UUID) -> Response:
    return _document(broadcast_id, None, exercise=True)


@bp.get("/cap/exercise/<uuid:broadcast_id>/<int:number>.xml")
def exercise_version(broadcast_id: UUID, number: int) -> Response:
    return _document(broadcast_id, number, exercise=True)


def address_of(thread: Thread) -> str:
    """Where a thread's newest document stands."""
    return f"{EXERCISES if thread.newest.exercise else '/cap'}/{thread.newest.broadcast_id}.xml"


def _feed(path: str, *, exercise: bool) -> Response:
    truth = read(telling.truth, exercise=exercise, now=now())
    publisher = _publisher(truth.campus)
    body = cap_feed.feed(truth, publisher, path=path, address_of=address_of)
    return cacheable(body, ATOM, mark=_mark(body))


def _document(broadcast_id: UUID, number: int | None, *, exercise: bool) -> Response:
    campus, thread = read(telling.thread, broadcast_id, exercise=exercise)
    if number is not None and not 1 <= number <= len(thread.versions):
        raise NotFound("There is no such version.")
    body = cap.document(thread, _publisher(campus), number)
    return cacheable(body, CAP, mark=_mark(body))


def _mark(body: bytes) -> str:
    return sha256(body).hexdigest()[:32]


def _publisher(campus: Campus) -> Publisher:
    return Publisher(campus, current_app.config[PUBLIC_URL])

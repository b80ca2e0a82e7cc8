"""What each open page carries of a broadcast: rendered, and read back, so that one on an older version is found."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.answers import page_marks
from backend.answers.page_marks import Carried, Mark
from backend.cap import cap, cap_feed
from backend.cap.cap import Publisher
from backend.open_pages import recorded_line, status_page, telling
from backend.open_pages.thread import Thread
from backend.open_pages.truth import Truth


def carried(session: Session, broadcast_id: UUID, *, exercise: bool = False, now: datetime) -> list[Carried]:
    """
    What everybody who reads the open pages is told of this broadcast at this moment.

    An exercise stands in its own feed and document and on no other page.
    Raises NotFound for what never went out, or is the other world's.
    """
    _, thread = telling.thread(session, broadcast_id, exercise=exercise)
    return carried_by(telling.truth(session, exercise=exercise, now=now), thread)


def carried_by(truth: Truth, thread: Thread) -> list[Carried]:
    """The same of any reading, also one that was remembered; nothing asks the thread what should stand there."""
    exercise, broadcast_id = thread.newest.exercise, thread.newest.broadcast_id
    publisher = Publisher(truth.campus, None)
    feed = cap_feed.feed(truth, publisher, path="/cap/feed", address_of=lambda _: "")
    data = status_page.as_data(truth, ())
    found: dict[str, Mark] = {
        "/cap/exercise" if exercise else "/cap/feed": page_marks.in_the_feed(feed, broadcast_id),
        "/cap/exercise/{id}.xml" if exercise else "/cap/{id}.xml": page_marks.in_the_document(
            cap.document(thread, publisher)
        ),
    }
    if not exercise:
        found |= {
            "/status": page_marks.on_the_page(status_page.as_page(data), broadcast_id),
            "/status.json": page_marks.in_the_data(data, broadcast_id),
            "/status/recorded-line": page_marks.on_the_line(recorded_line.script(truth), thread),
            "/status/recorded-line (TwiML)": page_marks.on_the_exchange(recorded_line.twiml(truth), thread),
        }
    return [Carried(where, *(mark or (None, None))) for where, mark in found.items()]

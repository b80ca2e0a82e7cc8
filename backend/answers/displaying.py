"""A recipient's screen says what it showed, messages and broadcasts alike."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.answers import own_store
from backend.answers.own_store import Showable
from backend.broadcasts import roll_store
from backend.inbox.confirming import confirm
from backend.inbox.message import Recipient
from backend.kernel.vocabulary import Stage


def take_receipt(
    session: Session,
    recipient: Recipient,
    message_ids: Collection[UUID],
    stage: Stage,
    *,
    versions: Mapping[UUID, int] | None = None,
    now: datetime,
) -> int:
    """
    Write down what was shown; how many of the ids were news.

    What is no message of this recipient may be a broadcast. `versions` names
    which of its versions was on the screen.
    """
    confirmed = confirm(session, recipient, message_ids, stage, now=now)
    if not confirmed.others:
        return confirmed.news
    return confirmed.news + display(session, recipient.person_id, confirmed.others, versions=versions or {}, now=now)


def display(
    session: Session, person_id: UUID, ids: Collection[UUID], *, versions: Mapping[UUID, int], now: datetime
) -> int:
    """
    Note on the rolls of these broadcasts that this person has them on a screen; how many were news.

    First displayed wins, the newest version is kept. Ids of nothing, of another
    world or of what never went out are passed over.
    """
    news = 0
    for one in own_store.showable(session, person_id, ids):
        row = roll_store.new_row(one.broadcast_id, person_id, zone_id=one.zone_id, site_id=one.site_id)
        shown = {"displayed_at": now, "displayed_version": _version_of(one, versions.get(one.broadcast_id))}
        news += own_store.note_displayed(session, {**row, **shown})
    return news


def _version_of(one: Showable, named: int | None) -> int:
    # Not told which: no newer one than is known to have set out to this phone, or an update would count as read.
    return min(named or one.sent_version or one.version, one.version)

"""Let a broadcast go out: a template by one person, free text by a second one who has read exactly these words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from backend.approvals import approval_store
from backend.approvals.asking_second import ask
from backend.approvals.confirming_second import confirm as agree, spend
from backend.broadcasts import broadcast_store, prepared
from backend.broadcasts.agreed import deed_of
from backend.broadcasts.broadcast import Broadcast, Version
from backend.broadcasts.composing import must_stand, template_behind, words_in
from backend.broadcasts.drafting import must_be_ours, of_desk
from backend.broadcasts.overseeing import minded
from backend.broadcasts.putting_out import put_out
from backend.broadcasts.spoken import ENGLISH, Part
from backend.campus import campus_store
from backend.kernel.errors import Conflict, Forbidden
from backend.kernel.vocabulary import Role
from backend.people.account import Principal

#: What was true of a place is not for long: a second person confirms free text within this, or is asked anew.
GOOD_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Issued:
    """A thread, and whether its newest words wait for a second person."""

    broadcast: Broadcast
    waits: bool


def issue(session: Session, broadcast_id: UUID, *, by: Principal, now: datetime) -> Issued:
    """
    Issue a draft: at once when its words are a template's, else when a second person has confirmed it.

    Only who wrote free text asks for it; everybody else may be the second
    person. Raises NotFound, Invalid with each fault, Conflict for what is no
    draft or somebody else's.
    """
    broadcast = of_desk(session, broadcast_id, by=by)
    must_be_ours(broadcast)
    waiting = broadcast_store.next_version(session, broadcast)
    if broadcast.is_over or broadcast.version or waiting is None:
        raise Conflict("This broadcast is no draft any more.", slug="broadcast-issued")
    return send_or_ask(session, broadcast, waiting, by=by, now=now)


def send_or_ask(session: Session, broadcast: Broadcast, version: Version, *, by: Principal, now: datetime) -> Issued:
    """Words that are written down go out if one person may send them, else a second one is asked."""
    must_stand(session, broadcast, version)
    version.template = template_behind(session, broadcast, version)
    if version.template is not None:
        send(session, broadcast, version, by=by.id, now=now)
        return Issued(broadcast, waits=False)
    if version.written_by != by.id:
        raise Conflict(
            "Somebody else wrote this: they ask for it and you confirm it. Or save it as yours.",
            slug="not-the-author",
        )
    ask(session, deed_of(broadcast, version), roles=[Role.CONTROLLER], good_for=GOOD_FOR, by=by, now=now)
    return Issued(broadcast, waits=True)


def confirm(session: Session, broadcast_id: UUID, digest: str | None, *, by: Principal, now: datetime) -> Broadcast:
    """
    The second person agrees, and the words that wait go out in the same transaction.

    `digest` names what they have read: if it has changed since, nothing goes
    out. Raises NotFound; Forbidden for the author, for who asked, and for who
    has not given their password again; Conflict when nothing waits or it is not
    what was asked for; Invalid with each fault.
    """
    broadcast = of_desk(session, broadcast_id, by=by)
    version = broadcast_store.next_version(session, broadcast)
    if version is None or broadcast.is_over:
        raise Conflict("Nothing of this broadcast waits for a second person.", slug="issue-not-asked")
    if version.written_by == by.id:
        raise Forbidden("You wrote this yourself: a second person confirms it.", slug="second-person-needed")
    agreed = deed_of(broadcast, version)
    asked = approval_store.asked(session, agreed.what, agreed.about_id)
    if asked is None:
        raise Conflict("Nothing of this broadcast waits for a second person.", slug="issue-not-asked")
    if digest is not None and digest != agreed.digest:
        raise Conflict("This has changed since you read it. Look at it again.", slug="approval-changed")
    must_stand(session, broadcast, version)
    agree(session, asked.id, agreed, by=by, now=now)
    spend(session, agreed, by=by, now=now)
    send(session, broadcast, version, by=asked.asked_by, second=by.id, now=now)
    return broadcast


def send(
    session: Session, broadcast: Broadcast, version: Version, *, by: UUID, second: UUID | None = None, now: datetime
) -> None:
    """The words go out; who sends the first of them owns the thread, and where it happens is settled with them."""
    if version.part == Part.ALERT.value:
        broadcast.owner_id = by
        if broadcast.place is None:
            english = words_in(version)[ENGLISH]
            zone = prepared.zone_in(campus_store.newest(session), f"{english.title}\n{english.body}")
            broadcast.place = zone.id if zone else None
    put_out(session, broadcast, version, by=by, second=second, now=now)
    minded(session, broadcast, by=second or by, now=now)

"""Take in somebody else's alert as a proposal: it waits for a controller, and nothing sends it on by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from backend.broadcasts import broadcast_store
from backend.broadcasts.broadcast import Broadcast, BroadcastState, Version
from backend.broadcasts.spoken import Part
from backend.cap import proposal_store
from backend.cap.cap_message import Name
from backend.cap.cap_proposal import Proposal, draft_words, id_of
from backend.kernel import audit
from backend.kernel.errors import Conflict, NotFound
from backend.people.account import Principal

CANCEL, UPDATE = "Cancel", "Update"

#: Where the thread that a proposal is about goes on: another one beside it would be two truths.
GOING_ON = frozenset({BroadcastState.DRAFT.value, BroadcastState.IN_FORCE.value})


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal, what of its sender's it follows (adopted or not), and what that waits follows it."""

    broadcast: Broadcast
    follows: tuple[Broadcast, ...]
    followed_by: tuple[Broadcast, ...]


def propose(session: Session, proposal: Proposal, *, by: Principal, now: datetime) -> tuple[Proposed, bool]:
    """
    Write it down for the control room; False beside it when this very message is known already.

    An exercise person's are exercises whatever they say of themselves.
    """
    exercise = by.exercise or proposal.is_exercise
    broadcast_id = id_of(proposal.message.name, exercise=exercise)
    found = broadcast_store.by_id(session, broadcast_id)
    if found is not None:
        return _linked(session, [found], by=by)[0], False
    broadcast = Broadcast(
        id=broadcast_id,
        state=BroadcastState.PROPOSED.value,
        purpose=proposal.purpose.value,
        severity=proposal.severity.value,
        exercise=exercise,
        place=proposal.place,
        audience=proposal.audience.document(),
        made_at=now,
        source=dict(proposal.source),
    )
    broadcast_store.add(session, broadcast)
    _record(session, "broadcast.proposed", broadcast, by=by, now=now)
    return _linked(session, [broadcast], by=by)[0], True


def proposals(session: Session, *, by: Principal, after: UUID | None = None, most: int) -> list[Proposed]:
    """What waits, the newest first; an exercise controller sees exercises alone."""
    return _linked(session, proposal_store.waiting(session, worlds=_worlds(by), after=after, most=most), by=by)


def adopt(session: Session, broadcast_id: UUID, *, by: Principal, now: datetime) -> Broadcast:
    """
    Make it this controller's draft, in words they may change; it still passes the lint and a second person.

    Raises Conflict for one that was adopted or dismissed, for what calls an
    alert off, and for an update of an alert that is our draft or in force
    already: that thread is where it belongs.
    """
    broadcast = _waiting(session, broadcast_id, by=by)
    assert broadcast.source is not None
    (proposed,) = _linked(session, [broadcast], by=by)
    going_on = [one for one in proposed.follows if one.state in GOING_ON]
    if broadcast.source["msg_type"] == CANCEL or going_on:
        raise Conflict(
            "This follows an alert: clear, retract or update the broadcast that was made of it.",
            slug="cap-follows",
            facts={"follows": [str(one.id) for one in proposed.follows]},
        )
    broadcast.state, broadcast.owner_id = BroadcastState.DRAFT.value, by.id
    draft = Version(
        broadcast_id=broadcast.id,
        number=1,
        part=Part.ALERT.value,
        words=draft_words(broadcast.source),
        template=None,
        written_by=by.id,
        written_at=now,
    )
    broadcast_store.add(session, broadcast, draft)
    _record(session, "broadcast.adopted", broadcast, by=by, now=now)
    return broadcast


def dismiss(session: Session, broadcast_id: UUID, *, by: Principal, now: datetime) -> Broadcast:
    """It is nothing of ours. Raises Conflict for one that was adopted or dismissed."""
    broadcast = _waiting(session, broadcast_id, by=by)
    broadcast.drop()
    _record(session, "broadcast.dismissed", broadcast, by=by, now=now)
    return broadcast


def _waiting(session: Session, broadcast_id: UUID, *, by: Principal) -> Broadcast:
    broadcast = broadcast_store.locked(session, broadcast_id)
    if broadcast is None or broadcast.source is None or broadcast.exercise not in _worlds(by):
        raise NotFound("There is no such proposal.")
    if broadcast.state != BroadcastState.PROPOSED.value:
        raise Conflict("This was adopted or dismissed already.", slug="proposal-taken")
    return broadcast


def _worlds(by: Principal) -> tuple[bool, ...]:
    """A controller plans exercises; whoever plays in one never sees what is real."""
    return (True,) if by.exercise else (False, True)


def _linked(session: Session, broadcasts: Sequence[Broadcast], *, by: Principal) -> list[Proposed]:
    references = {one.id: _follows(one) for one in broadcasts}
    known = proposal_store.known(session, {target for ids in references.values() for target in ids})
    later: dict[UUID, list[Broadcast]] = {}
    for one in proposal_store.all_waiting(session, worlds=_worlds(by)):
        for target in _follows(one):
            later.setdefault(target, []).append(one)
    return [
        Proposed(
            broadcast=one,
            follows=tuple(known[target] for target in references[one.id] if target in known),
            followed_by=tuple(later.get(one.id, ())),
        )
        for one in broadcasts
    ]


def _follows(broadcast: Broadcast) -> list[UUID]:
    """The ids of what it names, if that was its own sender's: nobody calls off another's alert."""
    source = broadcast.source or {}
    if source.get("msg_type") not in (UPDATE, CANCEL):
        return []
    names = [_name(one) for one in source["references"] if one["sender"] == source["sender"]]
    return [id_of(name, exercise=broadcast.exercise) for name in names]


def _name(told: dict[str, str]) -> Name:
    return Name(told["sender"], told["identifier"], datetime.fromisoformat(told["sent"]))


def _record(session: Session, action: str, broadcast: Broadcast, *, by: Principal, now: datetime) -> None:
    source = broadcast.source or {}
    audit.record(
        session,
        action,
        actor=by.id,
        about="broadcast",
        about_id=broadcast.id,
        at=now,
        msg_type=source.get("msg_type"),
        status=source.get("status"),
    )

"""Put everybody a broadcast is for on its roll, a page of people at a time, and plan the waves that reach them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.broadcasts import audience_store, broadcast_store, reach_plan, roll_store
from backend.broadcasts.audience import audience_of
from backend.broadcasts.broadcast import Broadcast
from backend.broadcasts.reach_plan import Unless
from backend.broadcasts.reachable import Reachable, Why
from backend.broadcasts.roll import By, by
from backend.broadcasts.spoken import Part, Spoken
from backend.campus import campus_store
from backend.kernel.database import wants
from backend.kernel.vocabulary import Channel
from backend.people import handset_store, people_store
from notifications import wave_store

#: People in one transaction, and in one wave at most.
MOST = 500

#: The round that carries waves listens to this bell.
CARRYING = "carrying"

#: Whoever has a phone that should wake is given so long until the same words go to their mailbox as well.
PUSH_PATIENCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Somebody on the page; `wakes` when a phone of theirs would show a push."""

    id: UUID
    ways: By
    wakes: bool
    zone_id: str | None = None
    site_id: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """
    The next people of a version, read on a snapshot.

    `was` is how far the roll had been made (version, account): it must still
    be so when they are written down.
    """

    spoken: Spoken
    was: tuple[int, UUID | None]
    people: tuple[Enrolled, ...]
    connected: frozenset[UUID]
    is_last: bool


@dataclass(frozen=True, slots=True)
class Fanned:
    """Who has come on the roll; `done` when it is whole."""

    broadcast_id: UUID
    version: int
    people: tuple[UUID, ...]
    done: bool


def survey(session: Session, *, now: datetime) -> Page | None:
    """The next page of the broadcast that waits, None when every roll is made: reading, so that the writer need not."""
    broadcast = broadcast_store.fanning_out(session)
    told = broadcast_store.said(session, broadcast.id) if broadcast else None
    if broadcast is None or told is None:
        return None
    after = broadcast.fanned_after if broadcast.fanned_version == told.version else None
    people, is_last = _next_people(session, broadcast, told, after=after, now=now)
    connected = handset_store.connected(session, [one.id for one in people], now=now)
    was = broadcast.fanned_version, broadcast.fanned_after
    return Page(told, was, tuple(people), frozenset(connected), is_last)


def fan_out(session: Session, page: Page, *, now: datetime) -> Fanned | None:
    """
    Write a page down: roll, waves, and how far it is, in one transaction, so that a page is done once or not at all.

    None when another process was quicker, or a newer version is out.
    """
    told = page.spoken
    upto = page.people[-1].id if page.people else page.was[1]
    done_at = now if page.is_last else None
    if not broadcast_store.advance(session, told.broadcast_id, told.version, was=page.was, after=upto, done_at=done_at):
        return None
    if page.was[0] != told.version:
        # A late channel never tells an older version as live.
        wave_store.supersede(session, told.broadcast_id, before=told.version, now=now)
    channels = by(reach_plan.channels(told.severity))
    roll_store.enrol(session, [_roll_row(told.broadcast_id, one, page, channels) for one in page.people])
    wave_store.plan(session, list(_waves(told, page.people, now=now)))
    wants(session, CARRYING)
    return Fanned(told.broadcast_id, told.version, tuple(one.id for one in page.people), page.is_last)


def _next_people(
    session: Session, broadcast: Broadcast, told: Spoken, *, after: UUID | None, now: datetime
) -> tuple[list[Enrolled], bool]:
    """
    The page's people, and whether nobody comes after them.

    Everybody who is on the roll hears every later version; who has come into
    the audience since hears an update, but not the end of what they never heard of.
    """
    found: dict[UUID, Enrolled] = {}
    full = False
    if not told.part.ends:
        campus = campus_store.newest(session)
        audience = audience_store.page(
            session, campus, audience_of(broadcast.audience), exercise=told.exercise, after=after, most=MOST, now=now
        )
        full = len(audience) == MOST
        found = {one.id: _enrolled(one) for one in audience}
    if told.part is not Part.ALERT:
        on_it = roll_store.enrolled(session, broadcast.id, after=after, most=MOST)
        full = full or len(on_it) == MOST
        unknown = [one for one in on_it if one not in found]
        found |= {one.id: one for one in _of_the_roll(session, unknown, exercise=told.exercise)}
    people = [found[one] for one in sorted(found)]
    return people[:MOST], not full and len(people) <= MOST


def _enrolled(one: Reachable) -> Enrolled:
    ways = _ways(push=one.pushable, mobile=one.mobile, email=one.email)
    return Enrolled(one.id, ways, one.pushable and not one.silenced, one.building, one.site)


def _of_the_roll(session: Session, ids: Sequence[UUID], *, exercise: bool) -> Iterator[Enrolled]:
    addresses = people_store.addresses(session, ids, exercise=exercise) if ids else {}
    phones = handset_store.pushable_of(session, list(addresses)) if addresses else {}
    for id_ in ids:
        address, handsets = addresses.get(id_), phones.get(id_, [])
        ways = _ways(push=bool(handsets), mobile=address.mobile, email=address.email) if address else By.NONE
        yield Enrolled(id_, ways, any(not one.silenced for one in handsets))


def _ways(*, push: bool, mobile: str | None, email: str | None) -> By:
    ways = By.PUSH if push else By.NONE
    if mobile:
        ways |= By.SMS | By.VOICE
    return ways | By.EMAIL if email else ways


def _roll_row(broadcast_id: UUID, one: Enrolled, page: Page, channels: By) -> dict[str, Any]:
    asked = one.ways & channels
    here = one.id in page.connected
    return {
        "broadcast_id": broadcast_id,
        "person_id": one.id,
        "zone_id": one.zone_id,
        "site_id": one.site_id,
        "asked": int(asked),
        "sent": int(By.SOCKET) if here else 0,
        "taken": 0,
        "failed": 0,
        "unreachable": None if asked or here else Why.NO_CHANNEL.value,
        "version": page.spoken.version if here else 0,
        "displayed_version": 0,
    }


def _waves(told: Spoken, people: Sequence[Enrolled], *, now: datetime) -> Iterator[dict[str, Any]]:
    """A wave for each step that reaches any of these, and one more for whose mailbox waits for their phone."""
    for step in reach_plan.steps(told.severity):
        reached = [one for one in people if one.ways & by([step.channel])]
        due_at = told.issued_at + step.after
        patient = [one for one in reached if step.unless is Unless.PUSHED and one.wakes]
        at_once = [one for one in reached if not (step.unless is Unless.PUSHED and one.wakes)]
        for some, at in ((at_once, due_at), (patient, due_at + PUSH_PATIENCE)):
            if some:
                yield _wave(told, step.channel, step.unless, [one.id for one in some], due_at=at, now=now)


def _wave(
    told: Spoken, channel: Channel, unless: Unless, people: Iterable[UUID], *, due_at: datetime, now: datetime
) -> dict[str, Any]:
    ids = [str(one) for one in people]
    return {
        "id": uuid4(),
        "broadcast_id": told.broadcast_id,
        "version": told.version,
        "channel": channel.value,
        "first": UUID(ids[0]),
        "unless": unless.value,
        "lane": int(reach_plan.lane(told.severity)),
        "people": ids,
        "made_at": now,
        "due_at": due_at,
        "attempts": 0,
        "dead": False,
    }

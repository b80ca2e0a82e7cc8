"""Carry a wave under a lease, a few people at a time, until all are told, it is superseded, or it is given up."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.alarms.raising_alarm import raise_alarm
from backend.answers import answer_token, answering, counting
from backend.broadcasts import broadcast_store, reach_plan, roll_store
from backend.broadcasts.broadcast import BroadcastState
from backend.broadcasts.reach_plan import Unless
from backend.broadcasts.roll import by
from backend.broadcasts.roll_store import Heard
from backend.broadcasts.spoken import Spoken
from backend.kernel.vocabulary import AlarmReason, Channel
from backend.people import handset_store, people_store
from backend.people.handset import Handset
from backend.people.losing_targets import lose_target
from backend.people.people_store import Address
from notifications import wave_store, wording
from notifications.parcel import Outcome, Parcel, Result, Target, TargetKind
from notifications.wave import MOST_ATTEMPTS, Wave, WaveEnd

#: A provider keeps a push until the next word is due, within these bounds: after it, it would tell what was.
SHORTEST_KEPT, LONGEST_KEPT = timedelta(minutes=10), timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A wave in this process's hands."""

    id: UUID
    lease: str
    broadcast_id: UUID
    version: int
    channel: Channel
    unless: Unless
    people: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """
    A few of a wave's people as they are this moment.

    `left_out` need this channel no more, `nowhere` have no address for it.
    `is_over`: a newer version is out or the broadcast has run out, and nobody
    is told this one.
    """

    parcels: tuple[Parcel, ...] = ()
    left_out: tuple[UUID, ...] = ()
    nowhere: tuple[UUID, ...] = ()
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """Where people are led; None where this service has no public address."""

    public_url: str | None = None

    @property
    def status(self) -> str | None:
        return f"{self.public_url}/status" if self.public_url else None

    def answer(self, token: str) -> str | None:
        return f"{self.public_url}/answer/{token}" if self.public_url else None


def claim(session: Session, *, but_not: Collection[str] = (), now: datetime) -> Claimed | None:
    """Take the next wave of a free channel; what is late, or has ended each of its senders, is ended on the way."""
    while (wave := wave_store.next_to_go(session, but_not=but_not, now=now)) is not None:
        if _is_over(session, wave.broadcast_id, wave.version):
            wave.end(WaveEnd.SUPERSEDED, now=now)
        elif wave.attempts >= MOST_ATTEMPTS:
            _give_up(session, wave, "no sender came back from it", now=now)
        else:
            wave.claim(str(uuid4()), now=now)
            return _claimed(wave)
        session.flush()
    return None


def look_up(session: Session, claimed: Claimed, people: Collection[UUID], *, links: Links, now: datetime) -> Chunk:
    """Who of these still needs it, where each is reached, and what each is told in their language."""
    if _is_over(session, claimed.broadcast_id, claimed.version):
        return Chunk(is_over=True)
    told = broadcast_store.said(session, claimed.broadcast_id)
    assert told is not None
    heard = roll_store.heard(session, claimed.broadcast_id, people)
    left_out = tuple(one for one in people if one in heard and _has_it(heard[one], claimed.unless, told))
    wanted = [one for one in people if one not in set(left_out)]
    addresses = people_store.addresses(session, wanted, exercise=told.exercise)
    phones = handset_store.pushable_of(session, list(addresses)) if claimed.channel is Channel.PUSH else {}
    key = session.info[answering.KEY]
    parcels = tuple(
        _parcel(told, one, claimed.channel, addresses[one], targets, links=links, key=key, now=now)
        for one in wanted
        if one in addresses and (targets := _targets(claimed.channel, addresses[one], phones.get(one, ())))
    )
    reached = {parcel.delivery_id for parcel in parcels}
    return Chunk(parcels, left_out, tuple(one for one in wanted if one not in reached))


def settle(session: Session, claimed: Claimed, chunk: Chunk, results: Sequence[Result], *, now: datetime) -> None:
    """
    Write down what came of a chunk: the roll, dead targets, and who is left of the wave.

    What a provider took counts whoever holds the wave by now: the person has
    it. Whoever is to be tried again stays.
    """
    for target in [one for result in results for one in result.gone]:
        lose_target(session, target.kind.value, target.value, now=now)
    taken = [one.delivery_id for one in results if _is_taken(one)]
    failed = [one.delivery_id for one in results if not _is_taken(one) and one.outcome is not Outcome.RETRY]
    tried = [one.delivery_id for one in results if one.outcome is Outcome.RETRY and one.tried]
    channel = by([claimed.channel])
    counting.count(
        session,
        claimed.broadcast_id,
        claimed.version,
        channel,
        taken=taken,
        failed=[*failed, *chunk.nowhere],
        tried=tried,
    )
    wave = wave_store.locked(session, claimed.id)
    if wave is not None and wave.finished_at is None:
        wave.part_with([*taken, *failed, *chunk.nowhere, *chunk.left_out])
        if wave.lease == claimed.lease:
            wave.goes_on(now=now)
    if any(result.alarming for result in results):
        raise_alarm(session, AlarmReason.DEAD_LETTER, now=now)


def finish(
    session: Session, claimed: Claimed, *, retry_after_s: float | None = None, counts: bool = True, now: datetime
) -> WaveEnd | None:
    """
    All chunks are back: done, superseded, or later again for who is left (None); at the last try these are given up.

    `counts` is False when the channel held some of them back: that was no attempt.
    """
    wave = wave_store.locked(session, claimed.id)
    if wave is None or wave.finished_at is not None or wave.lease != claimed.lease:
        return None
    if not wave.people:
        wave.end(WaveEnd.DONE, now=now)
        return WaveEnd.DONE
    if _is_over(session, wave.broadcast_id, wave.version):
        wave.end(WaveEnd.SUPERSEDED, now=now)
        return WaveEnd.SUPERSEDED
    if wave.attempts >= MOST_ATTEMPTS and counts:
        _give_up(session, wave, "tried as often as it is of use", now=now)
        return WaveEnd.DEAD
    wave.wait(retry_after_s, counts=counts, now=now)
    return None


def _claimed(wave: Wave) -> Claimed:
    assert wave.lease is not None
    return Claimed(
        wave.id,
        wave.lease,
        wave.broadcast_id,
        wave.version,
        Channel(wave.channel),
        Unless(wave.unless),
        wave.still_to_reach,
    )


def _is_over(session: Session, broadcast_id: UUID, version: int) -> bool:
    broadcast = broadcast_store.by_id(session, broadcast_id)
    return broadcast is None or broadcast.version != version or broadcast.state == BroadcastState.EXPIRED.value


def _give_up(session: Session, wave: Wave, fault: str, *, now: datetime) -> None:
    """Nobody who is left was told by this channel: counted, and one alarm a broadcast and channel (promise I9)."""
    counting.count(session, wave.broadcast_id, wave.version, by([wave.channel]), failed=list(wave.still_to_reach))
    if not wave_store.died_before(session, wave.broadcast_id, wave.channel):
        broadcast = broadcast_store.by_id(session, wave.broadcast_id)
        exercise = broadcast is not None and broadcast.exercise
        raise_alarm(session, AlarmReason.DEAD_LETTER, exercise=exercise, now=now)
    wave.end(WaveEnd.DEAD, fault=fault, now=now)


def _has_it(heard: Heard, unless: Unless, told: Spoken) -> bool:
    """Whether this version reached them well enough; an answer to an older one says nothing of this one."""
    if heard.answered_at is not None and heard.answered_at >= told.issued_at:
        return True
    if unless is not Unless.ANSWERED and heard.displayed_version >= told.version:
        return True
    return unless is Unless.PUSHED and heard.is_pushed


def _is_taken(result: Result) -> bool:
    """A person is told when any of their phones is, whatever becomes of the others."""
    return result.outcome is Outcome.SENT or bool(result.told)


def _targets(channel: Channel, address: Address, handsets: Sequence[Handset]) -> tuple[Target, ...]:
    if channel is Channel.PUSH:
        return tuple(_phones(handsets))
    if channel is Channel.EMAIL:
        return (Target(TargetKind.MAILBOX, address.email),) if address.email else ()
    return (Target(TargetKind.NUMBER, address.mobile),) if address.mobile else ()


def _phones(handsets: Sequence[Handset]) -> Iterator[Target]:
    for one in handsets:
        if one.push_kind and one.push_value:
            yield Target(TargetKind(one.push_kind), one.push_value, one.platform, one.installation_id)


def _parcel(
    told: Spoken,
    person_id: UUID,
    channel: Channel,
    address: Address,
    targets: tuple[Target, ...],
    *,
    links: Links,
    key: bytes,
    now: datetime,
) -> Parcel:
    data: dict[str, Any] = {
        "broadcast_id": str(told.broadcast_id),
        "version": told.version,
        "hash": told.hash,
        "severity": told.severity.value,
        "exercise": told.exercise,
    }
    title, sentence = None, ""
    if channel is Channel.PUSH:
        words = wording.on_a_phone(told, address.language)
        title, sentence = words.title, words.body
    else:
        token = answer_token.token_of(key, told.broadcast_id, person_id)
        more = {"status_url": links.status}
        if channel is not Channel.SMS:
            more |= {
                "answer_token": token,
                "answer_url": links.answer(token),
                "language": told.language_for(address.language),
            }
        data |= {name: value for name, value in more.items() if value is not None}
        title, sentence = _words(told, channel, address.language, data)
    kept = told.next_update_at - now if told.next_update_at else LONGEST_KEPT
    return Parcel(
        person_id,
        channel.value,
        targets,
        sentence,
        data,
        lane=int(reach_plan.lane(told.severity)),
        about=str(told.broadcast_id),
        title=title,
        kept_s=int(min(LONGEST_KEPT, max(SHORTEST_KEPT, kept)).total_seconds()),
        # What ends it takes the place of what rang, and need not ring.
        quiet=told.part.ends or not reach_plan.is_loud(told.severity),
    )


def _words(told: Spoken, channel: Channel, language: str, data: dict[str, Any]) -> tuple[str, str]:
    """Title and body as a mailbox or a telephone is told them."""
    title = wording.on_a_phone(told, language).title
    if channel is Channel.EMAIL:
        mail = wording.as_mail(told, language, answer_url=data.get("answer_url"), status_url=data.get("status_url"))
        return mail.title, mail.body
    if channel is Channel.SMS:
        return title, wording.as_text(told, language, status_url=data.get("status_url"))
    return title, wording.as_call(told, language)

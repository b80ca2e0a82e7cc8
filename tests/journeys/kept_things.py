"""What Bluelight keeps for a time, left behind with words that stand nowhere else."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.alarms.raising_alarm import raise_alarm
from backend.alarms.taking import take
from backend.approvals.asking_second import GOOD_FOR, ask
from backend.approvals.deed import deed
from backend.campus.campus import RotaLine
from backend.dispatch.disclosure import Disclosure
from backend.inbox.message import Recipient
from backend.inbox.posting import Draft, post
from backend.incidents import face, incident_store
from backend.incidents.check_in import CheckIn
from backend.kernel import audit, outbox
from backend.kernel.events import DutyChanged
from backend.kernel.outbox import OutboxRow
from backend.kernel.vocabulary import AlarmReason, Face, Role
from backend.people.account import Account, Principal
from backend.people.inviting import invite
from backend.people.sign_in import TAP_GRACE, hash_of
from notifications.delivery import Delivery
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import case_at

#: Digits of a latitude that stand nowhere else.
WHERE = 51.49811234
THERE = (WHERE, -0.17711234)
ON_THE_WAY = 51.49822345

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True)
class Left:
    """What was left: bytes by which it is found in a store's files, its case if it has one, and how long it stays."""

    telltales: tuple[bytes, ...]
    stays: timedelta
    case_id: str | None = None


def closed_case(campus: CampusStage, **more: Any) -> str:
    """A case somebody raised and called off, all of it told."""
    student = campus.student(somebody())
    case_id: str = student.taps("help", **more)["id"]
    student.posts(f"/v1/incidents/{case_id}/cancel", {})
    return case_id


def somebody() -> str:
    """A name that nobody has."""
    return f"somebody-{uuid4().hex}"


def number(value: float) -> tuple[bytes, ...]:
    """How either store, and JSON, writes a number down."""
    return struct.pack(">d", value), struct.pack("<d", value), str(value).encode()


def of_id(value: UUID | str) -> tuple[bytes, ...]:
    """How either store writes down an id in a column of its own."""
    id_ = UUID(str(value))
    return id_.hex.encode(), id_.bytes


def keeps(campus: CampusStage, key: str) -> timedelta:
    return campus.configuration.keeping.age(key)


def positions(campus: CampusStage) -> Left:
    """Where somebody was, and went: on the case, on its track, and in what officers and the control room were told."""
    officer, controller = campus.officer(somebody()), campus.controller(somebody())
    student = campus.student(somebody())
    case_id = student.taps("help", at=THERE)["id"]
    officer.accepts()
    campus.passes(6)
    moved = {"seq": 1, "latitude": ON_THE_WAY, "longitude": -0.177, "accuracy_m": 5.0}
    student.posts(f"/v1/incidents/{case_id}/positions", moved)
    controller.posts(case_at(case_id, "resolve"), {"note": None})
    officer.goes_off_duty()
    campus.database.write(_has_a_face, UUID(case_id), now=campus.clock())
    return Left(number(WHERE) + number(ON_THE_WAY), keeps(campus, "case_positions_h"), case_id)


def _has_a_face(session: Session, case_id: UUID, *, now: datetime) -> None:
    """As if it had gone on under duress: what its owner is shown is kept beside it."""
    incident = incident_store.by_id(session, case_id)
    assert incident is not None
    facts = face.frozen(incident)
    place = {name: facts.pop(name) for name in face.PLACE}
    shown = {"incident": facts, "progress": [], "said_until": 0, "fixes_until": 0}
    session.add(face.Face(incident_id=case_id, called_off_at=now, told_until=0, shown=shown, place=place))


def officers_positions(campus: CampusStage) -> Left:
    """Where an officer was who never went off duty: in the row of the duty, and in the control room's stream."""
    campus.configure(keeping=replace(campus.configuration.keeping, officer_tracks_days=5))
    campus.controller(somebody())
    campus.officer(somebody(), at=THERE)
    return Left(number(WHERE), keeps(campus, "officer_tracks_days"))


def message(campus: CampusStage) -> Left:
    """What a stream tells."""
    words, case_id = f"told-{uuid4()}", closed_case(campus)
    reader = campus.student(somebody())
    told = {"incident_id": case_id, "note": words}
    draft = Draft(Recipient(reader.id, Face.HANDSET), "incident", told, incident_id=UUID(case_id))
    campus.database.write(post, [draft], now=campus.clock())
    return Left((words.encode(),), keeps(campus, "streams_days"), case_id)


def delivery(campus: CampusStage) -> Left:
    """What was sent by another channel."""
    words, case_id = f"sent-{uuid4()}", closed_case(campus)

    def send(session: Session) -> None:
        done = Delivery(key=words, channel="sms", lane=2, sentence="Open Bluelight", data={}, made_at=campus.clock())
        done.id, done.due_at, done.attempts, done.incident_id = uuid4(), campus.clock(), 1, UUID(case_id)
        session.add(done)
        done.outcome, done.finished_at, done.dead = "sent", campus.clock(), False

    campus.database.write(send)
    return Left((words.encode(),), keeps(campus, "deliveries_days"), case_id)


def told_event(campus: CampusStage) -> Left:
    """An event that was told."""
    nobody = uuid4()
    event = DutyChanged(nobody, "off_duty")
    campus.database.write(lambda session: outbox.keep(session, event, at=campus.clock()))
    campus.settles()
    return Left((str(nobody).encode(),), keeps(campus, "events_told_days"))


def dead_event(campus: CampusStage) -> Left:
    """An event that could not be told."""
    words = uuid4().hex
    row = OutboxRow(lane=2, name=words, facts={}, at=campus.clock(), done=True, attempts=5, dead_at=campus.clock())
    campus.database.write(lambda session: session.add(row))
    return Left((words.encode(),), keeps(campus, "cases_days"))


def handset(campus: CampusStage) -> Left:
    """A phone that was given away."""
    words = f"push-{uuid4()}"
    body = {"installation_id": f"i-{uuid4()}", "platform": "web", "push": {"kind": "token", "value": words}}
    assert campus.student(somebody()).asks("PUT", "/v1/handset", body).status_code == 200
    return Left((words.encode(),), keeps(campus, "push_targets_unseen_days"))


def ended_sign_in(campus: CampusStage) -> Left:
    """A sign-in that somebody ended."""
    student = campus.student(somebody())
    student.posts("/v1/sign-out")
    return Left((hash_of(student.token).encode(),), keeps(campus, "sign_ins_ended_days"))


def sign_in_that_ran_out(campus: CampusStage) -> Left:
    """A sign-in that nobody renewed; it can raise a tap for a month more."""
    student = campus.student(somebody())
    return Left(
        (hash_of(student.token).encode(),), timedelta(days=90) + TAP_GRACE + keeps(campus, "sign_ins_ended_days")
    )


def wrong_password(campus: CampusStage) -> Left:
    """Somebody who guessed."""
    address = f"{uuid4()}@journeys.example"
    assert campus.client.post("/v1/sign-in", json={"email": address, "password": "a guess"}).status_code == 401
    return Left((hash_of(address).encode(),), keeps(campus, "sign_in_failures_days"))


def invitation(campus: CampusStage) -> Left:
    """A code that nobody used."""
    guest = campus.student(somebody())
    code = campus.database.write(invite, f"{guest.name}@journeys.example", by=None, now=campus.clock())
    return Left((hash_of(code).encode(),), timedelta(days=14) + keeps(campus, "invitations_ended_days"))


def alarm(campus: CampusStage) -> Left:
    """An alarm about no case."""
    raised = campus.database.write(raise_alarm, AlarmReason.DEAD_LETTER, now=campus.clock())
    taker = campus.controller(somebody())
    campus.database.write(take, raised.id, by=taker.id, exercise=False, now=campus.clock())
    campus.settles()
    return Left(of_id(raised.id), keeps(campus, "alarms_taken_days"))


def case(campus: CampusStage) -> Left:
    """What somebody in trouble wrote, and what the control room did."""
    note, words, reason, shown, hazard = (f"{what}-{uuid4()}" for what in ("note", "said", "declined", "shown", "gas"))
    officer, controller = campus.officer(somebody()), campus.controller(somebody())
    student = campus.student(somebody())
    case_id = student.taps("help", at=campus.LIBRARY, note=note)["id"]
    officer.declines(reason)
    controller.posts(case_at(case_id, "notes"), {"text": words})
    controller.asks("PUT", case_at(case_id, "methane"), {"major_incident": True, "hazards": hazard})
    look = Disclosure(incident_id=UUID(case_id), account_id=student.id, viewer_id=controller.id, side="controller")
    look.reason, look.at = shown, campus.clock()
    campus.database.write(lambda session: session.add(look))
    controller.posts(case_at(case_id, "resolve"), {"note": None})
    officer.goes_off_duty()
    written = (note, words, reason, shown, hazard)
    return Left(tuple(word.encode() for word in written), keeps(campus, "cases_days"), case_id)


def check_in(campus: CampusStage) -> Left:
    """A timer that somebody set and ended."""
    student = campus.student(somebody())
    assert student.asks("PUT", "/v1/check-in", {"minutes": 30}).status_code in (200, 201)
    student.posts("/v1/check-in/end", {})
    found: UUID = campus.database.read(
        lambda session: session.scalars(sa.select(CheckIn.id).where(CheckIn.person_id == student.id)).one()
    )
    return Left(of_id(found), keeps(campus, "check_ins_ended_days"))


def approval(campus: CampusStage) -> Left:
    """What somebody asked for and nobody confirmed in time."""
    asked = deed("hold.release", uuid4())
    asker = Principal(uuid4(), "Asker", frozenset(), False, "")
    campus.database.write(ask, asked, roles=[Role.ADMIN], by=asker, now=campus.clock())
    campus.clock.now += GOOD_FOR
    campus.service.rounds.expire_approvals()
    return Left((asked.digest.encode(),), keeps(campus, "audit_days"))


def campus_before(campus: CampusStage) -> Left:
    """Whoever was on a rota that no longer holds."""
    address = f"{uuid4()}@journeys.example"
    if campus.settings.database_url is not None:
        # Compressed, it could not be told whether it is there.
        plainly = sa.text("ALTER TABLE campus_versions ALTER COLUMN document SET STORAGE EXTERNAL")
        campus.database.write(lambda session: session.execute(plainly) and None)
    rota = campus.configuration.rota
    line = RotaLine("security", address, None, EVERY_DAY, time(0), time(0))
    campus.configure(rota=(*rota, line))
    campus.configure(rota=rota)
    return Left((address.encode(),), keeps(campus, "campus_versions_days"))


def account(campus: CampusStage) -> Left:
    """Somebody who left, and was in a case once."""
    leaver = campus.student(somebody(), teams=["first-aid"], skills={"first_aid": None})
    case_id = leaver.taps("help")["id"]
    leaver.posts(f"/v1/incidents/{case_id}/cancel", {})
    campus.database.write(leave, leaver)
    campus.service.rounds.forget()
    return Left((leaver.name.encode(),), keeps(campus, "accounts_left_days"), case_id)


def leave(session: Session, leaver: Person) -> None:
    session.execute(sa.update(Account).where(Account.id == leaver.id).values(active=False))


def line_of_the_log(campus: CampusStage) -> Left:
    """Who did what about a case."""
    case_id, actor = closed_case(campus), uuid4()
    look = partial(audit.record, action="incident.viewed", actor=actor, about="incident", about_id=case_id)
    campus.database.write(look, at=campus.clock())
    campus.service.rounds.chain()
    return Left((str(actor).encode(),), keeps(campus, "audit_days"), case_id)


Leaving = Callable[[CampusStage], Left]

#: Each kind of data once; those about a case are spared while it is held.
ABOUT_A_CASE: tuple[Leaving, ...] = (positions, message, delivery, case, account, line_of_the_log)
OTHERS: tuple[Leaving, ...] = (
    officers_positions,
    told_event,
    dead_event,
    handset,
    ended_sign_in,
    sign_in_that_ran_out,
    wrong_password,
    invitation,
    alarm,
    check_in,
    approval,
    campus_before,
)
EVERYTHING = ABOUT_A_CASE + OTHERS

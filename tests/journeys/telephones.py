"""Telephones of a journey's people: texts and calls by Twilio's real client, and their answers at our real doors."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.broadcasts import broadcast_store, roll_store
from backend.broadcasts.broadcast import Broadcast, BroadcastState, Version
from backend.broadcasts.putting_out import put_out
from backend.broadcasts.roll import RollEntry
from backend.broadcasts.spoken import Part, Purpose
from backend.kernel.vocabulary import Severity
from backend.people import people_store
from infra.wiring import answers_key
from notifications.channels.telephone import Telephone as Channel
from notifications.channels.telephone_client import Patience
from notifications.delivery import Delivery
from notifications.replies.doors import ACCOUNT
from notifications.wording import as_call, as_text
from tests.campus import CampusStage
from tests.campus_people import Officer, Person
from tests.journeys.console import lines
from tests.twilio_stand_in import Asked, Call, Telephone, TwilioStandIn

PUBLIC_URL = "https://blue.example"

WORDS = {"en": {"title": "Fire in the library", "body": "Leave it now."}}


class Exchange:
    """The telephone network of one campus: who has which telephone, and what reached it."""

    def __init__(self, campus: CampusStage, twilio: TwilioStandIn) -> None:
        twilio.begins_anew()
        self.campus = campus
        self.twilio = twilio
        self._connect()

    def _connect(self) -> None:
        account = self.twilio.account(PUBLIC_URL)
        self.campus.service.app.extensions[ACCOUNT] = account
        channel = Channel(account, answers_key(self.campus.settings), patience=Patience(0.5, 0.4))
        for name in ("sms", "voice"):
            self.campus.service.rounds.channels[name] = channel

    def restarts(self) -> None:
        """The service ends and another begins on the same store."""
        self.campus.restarts()
        self._connect()

    def telephone(self, number: str, **more: Any) -> Telephone:
        return Telephone(number, PUBLIC_URL, self._post, **more)

    def officer_at_home(self, name: str = "home", number: str = "+447700900123") -> tuple[Officer, Telephone]:
        """Off duty, and willing to be rung."""
        officer = self.campus.officer(name, on_duty=False, recall=True, mobile=number)
        return officer, self.telephone(number)

    def student(self, name: str = "student", number: str = "+447700900001") -> tuple[Person, Telephone]:
        return self.campus.student(name, mobile=number), self.telephone(number)

    def text_to(self, telephone: Telephone) -> Asked:
        """The newest text."""
        return self.twilio.texts(telephone.number)[-1]

    def call_to(self, telephone: Telephone) -> Call:
        """The newest call, picked up."""
        return telephone.picks_up(self.twilio.calls(telephone.number)[-1])

    def warns(self, *people: Person, words: Mapping[str, Any] | None = None) -> UUID:
        """A broadcast is put out, and these people are on its roll."""
        return self.campus.database.write(warn, [one.id for one in people], words or WORDS, now=self.campus.clock())

    def rings(self, person: Person, broadcast_id: UUID) -> None:
        """The broadcast goes to this person by voice, as a delivery of its own."""
        self.campus.database.write(plan_call, person.id, broadcast_id, now=self.campus.clock())
        self.campus.settles()

    @staticmethod
    def leaves(session: Session, person_id: UUID) -> None:
        """The roster names them no more."""
        account = people_store.by_id(session, person_id)
        assert account is not None
        account.active = False

    def lines(self, action: str) -> list[Any]:
        """The audit's lines of this kind."""
        return [line for line in lines(self.campus) if line.action == action]

    def clears(self, broadcast_id: UUID) -> None:
        self.campus.database.write(_clear, broadcast_id, now=self.campus.clock())

    def answer_of(self, broadcast_id: UUID, person: Person) -> tuple[str | None, str | None]:
        """What they answered, and by which channel."""
        entry = self.campus.database.read(roll_store.entry, broadcast_id, person.id)
        return (entry.answer, entry.answered_by) if entry else (None, None)

    def cases_of(self, person: Person) -> list[dict[str, Any]]:
        """Oldest first."""
        items: list[dict[str, Any]] = person.gets("/v1/incidents")["items"]
        return items[::-1]

    def _post(self, path: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Any:
        answer = self.campus.client.post(path, data=dict(form), headers=dict(headers))
        self.campus.settles()
        return answer


def warn(session: Session, people: list[UUID], words: Mapping[str, Any] = WORDS, *, now: datetime) -> UUID:
    """Put it out, with these people on its roll; what they are sent is for the test to plan."""
    broadcast = Broadcast(
        id=uuid4(),
        state=BroadcastState.DRAFT.value,
        purpose=Purpose.ALERT.value,
        severity=Severity.EXTREME.value,
        exercise=False,
        audience={"everyone": True},
        made_at=now,
        next_update_min=30,
        version=0,
        fanned_version=0,
    )
    broadcast_store.add(session, broadcast, _version(broadcast.id, 1, Part.ALERT, words, now=now))
    version = broadcast_store.version(session, broadcast.id, 1)
    assert version is not None
    put_out(session, broadcast, version, by=uuid4(), now=now)
    for person_id in people:
        session.add(RollEntry(broadcast_id=broadcast.id, person_id=person_id))
    return broadcast.id


def plan_call(session: Session, person_id: UUID, broadcast_id: UUID, *, now: datetime) -> None:
    """They are rung about it."""
    person, said = people_store.by_id(session, person_id), broadcast_store.said(session, broadcast_id)
    assert person is not None
    assert said is not None
    language = said.language_for(person.language)
    data = {"broadcast_id": str(broadcast_id), "person_id": str(person_id), "language": language}
    _plan(session, "voice", person_id, as_call(said, language), data, now=now)


def plan_text(session: Session, person_id: UUID, broadcast_id: UUID, *, now: datetime) -> None:
    """They are texted about it."""
    said = broadcast_store.said(session, broadcast_id)
    assert said is not None
    _plan(session, "sms", person_id, as_text(said, "en"), {"broadcast_id": str(broadcast_id)}, now=now)


def _plan(
    session: Session, channel: str, person_id: UUID, sentence: str, data: dict[str, Any], *, now: datetime
) -> None:
    session.add(
        Delivery(
            key=f"test/{channel}/{data['broadcast_id']}/{person_id}",
            person_id=person_id,
            channel=channel,
            lane=4,
            sentence=sentence,
            data=data,
            made_at=now,
            due_at=now,
            attempts=0,
            dead=False,
        )
    )


def _clear(session: Session, broadcast_id: UUID, *, now: datetime) -> None:
    broadcast = broadcast_store.locked(session, broadcast_id)
    assert broadcast is not None
    version = _version(broadcast_id, 2, Part.ALL_CLEAR, WORDS, now=now)
    session.add(version)
    session.flush()
    put_out(session, broadcast, version, by=uuid4(), now=now)


def _version(broadcast_id: UUID, number: int, part: Part, words: Mapping[str, Any], *, now: datetime) -> Version:
    return Version(
        broadcast_id=broadcast_id,
        number=number,
        part=part.value,
        words={language: dict(one) for language, one in words.items()},
        written_by=uuid4(),
        written_at=now,
    )


def recalled_at_once(campus: CampusStage, *, wanted: int = 1) -> None:
    """An emergency rings those at home a second after the press."""
    policy = campus.policy_of("emergency")
    recall = next(step for step in policy.steps if not step.on_duty)
    campus.policy("emergency", wanted=wanted, steps=(replace(recall, after_s=1),))

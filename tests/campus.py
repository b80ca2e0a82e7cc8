"""The harness of the journeys: one campus in one process, and a clock that is turned by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.alarms.alarm import Alarm
from backend.broadcasts import broadcast_store
from backend.campus import campus_store
from backend.campus.campus import Campus, EscalationPolicy
from backend.campus.importing_campus import import_campus
from backend.dispatch.resuming import resume
from backend.inbox.message import Message, Recipient
from backend.incidents import check_in_store, incident_store
from backend.kernel import chaining
from backend.kernel.threads import PlainThreads
from backend.kernel.vocabulary import Role
from backend.people import people_store, signing_in
from backend.people.account import Account
from backend.people.connecting import confirm, connect, disconnect
from infra.settings import Settings
from infra.websocket_server import make_socketio
from infra.wiring import Service, open_database, wire
from notifications import wave_store
from notifications.channels.recorder import Recorder
from notifications.delivery import Delivery
from tests.campus_people import Officer, Person, Place

IMPERIAL = Path(__file__).parent.parent / "infra" / "campuses" / "imperial"

P = TypeVar("P", bound=Person)

#: More than any test sends.
MOST_PARCELS = 1_000


class Clock:
    """A clock that is turned by hand; it begins on a Monday afternoon in term."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class CampusStage:
    """The real doors, the real rounds, the real store; only the clock and the sockets' far ends are ours."""

    SHERFIELD: Place = (51.4985, -0.1770)
    LIBRARY: Place = (51.4982, -0.1784)
    CHEMISTRY: Place = (51.4980, -0.1760)
    BEIT: Place = (51.4998, -0.1778)
    WHITE_CITY: Place = (51.5166, -0.2244)
    SILWOOD: Place = (51.4100, -0.6420)
    #: Some three hundred metres north of South Kensington, outside every site.
    KENSINGTON_GARDENS: Place = (51.5030, -0.1760)
    PARIS: Place = (48.8566, 2.3522)

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self._rung: set[str] = set()
        self.service = self._assembled()
        self._connected: dict[str, Person] = {}

    # Who is there

    def student(self, name: str = "student", **more: Any) -> Person:
        return self._person(Person, name, (), **more)

    def officer(self, name: str = "officer", at: Place | None = LIBRARY, **more: Any) -> Officer:
        """An officer of `security` at South Kensington, on duty with a socket open unless `on_duty=False`."""
        on_duty = more.pop("on_duty", True)
        more.setdefault("teams", ["security"])
        more.setdefault("site", "south-kensington")
        officer = self._person(Officer, name, (Role.OFFICER,), **more)
        return officer.goes_on_duty(at) if on_duty else officer

    def controller(self, name: str = "controller", **more: Any) -> Person:
        """A controller, looking at the console."""
        more.setdefault("teams", ["control-room"])
        return self._person(Person, name, (Role.CONTROLLER,), **more).at_the_console()

    def somebody(self, name: str, *roles: Role, **more: Any) -> Person:
        """An account with exactly these roles."""
        return self._person(Person, name, roles, **more)

    def open_socket(self, person: Person) -> None:
        """Remembered as open until it is closed; time does not close it."""
        assert person.sid is not None
        if person.sid not in self._connected:
            process = self.service.rounds.process
            self.database.write(connect, person.sid, person.id, person.face, process, now=self.clock())
        self._connected[person.sid] = person

    def close_socket(self, person: Person) -> None:
        if person.sid is not None:
            self._connected.pop(person.sid, None)
            self.database.write(disconnect, [person.sid])

    # What happens

    def settles(self) -> None:
        """Every round goes, until none rings a bell any more."""
        rounds = self.service.rounds
        self._rung = {"first look"}
        while self._rung:
            self._rung = set()
            rounds.expire()
            rounds.escalate()
            rounds.relay()
            rounds.oversee()
            rounds.alarm()
            rounds.send()
            rounds.broadcasts.fan_out()
            rounds.broadcasts.carry()
        rounds.chain()

    def passes(self, seconds: float) -> None:
        """Time goes by: the clock stops at every moment at which something is due, and the rounds look."""
        end = self.clock.now + timedelta(seconds=seconds)
        while self.clock.now < end:
            # Sockets say that they are open every few seconds; nobody fades in between.
            due = min((one for one in self._due() if one > self.clock.now), default=end)
            self.clock.now = min(end, due, self.clock.now + timedelta(seconds=20))
            self._confirm_sockets()
            self.settles()

    def skips(self, **how_long: float) -> None:
        """The clock jumps, as for a service that was down meanwhile; the rounds look once at the end."""
        self.clock.now += timedelta(**how_long)
        self._confirm_sockets()
        self.service.rounds.end_shifts()
        self.settles()

    def restarts(self) -> None:
        """The process ends and another begins on the same store."""
        self.database.close()
        self.service = self._assembled()
        self._connected, connected = {}, self._connected
        for person in connected.values():
            person.sid = f"{person.sid}+"
            self.open_socket(person)
        self.settles()

    # How it is set up

    def policy(self, kind: str, **changes: Any) -> None:
        """Change the escalation policy of one kind."""
        campus = self.configuration
        changed = tuple(replace(one, **changes) if one.kind == kind else one for one in campus.policies)
        self.configure(policies=changed)

    def configure(self, **changes: Any) -> None:
        """Import a campus that differs in these parts."""
        changed: Campus = replace(self.configuration, **changes)
        self.database.write(import_campus, changed, by=None, now=self.clock())

    def policy_of(self, kind: str) -> EscalationPolicy:
        return next(one for one in self.configuration.policies if one.kind == kind)

    @property
    def configuration(self) -> Campus:
        return self.database.read(campus_store.newest)

    # What is seen from outside

    @property
    def client(self) -> Any:
        return self.service.app.test_client()

    @property
    def database(self) -> Any:
        return self.service.database

    @property
    def recorder(self) -> Recorder:
        return self.service.recorder

    def stream_of(self, person: Person, after: int) -> list[Message]:
        """A console's stream, as its socket reads it."""
        recipient = Recipient(person.id, person.face)
        found: list[Message] = self.database.read(resume, recipient, after)
        return found

    def alarms(self, *, standing_only: bool = False) -> list[str]:
        """The reasons for which the control room has been alarmed, oldest first."""
        found: list[Alarm] = self.database.read(_alarms)
        return [alarm.reason for alarm in found if alarm.taken_at is None or not standing_only]

    def deliveries(self, *channels: str) -> list[Delivery]:
        """What was planned for these channels, oldest first."""
        found: list[Delivery] = self.database.read(_deliveries)
        return [one for one in found if one.channel in channels]

    def audit_faults(self) -> list[str]:
        """What `audit verify` would print."""
        text = self.settings.anchor.read_text() if self.settings.anchor.exists() else ""
        anchors = chaining.read_anchors(text)
        found: list[str] = self.database.read(lambda session: list(chaining.faults_of(session, anchors=anchors)))
        return found

    def closes(self) -> None:
        self.database.close()

    def _assembled(self) -> Service:
        threads = PlainThreads()
        service = wire(
            self.settings,
            open_database(self.settings, threads, self._rung_by),
            clock=self.clock,
            hashing=threads,
            imaging=threads,
            make_socketio=make_socketio,
            spawn=lambda work: work(),
            pulse=list,
            ring=lambda _: None,
        )
        service.recorder.remember(MOST_PARCELS)
        return service

    def _person(self, kind: type[P], name: str, roles: tuple[Role, ...], **more: Any) -> P:
        account_id: UUID = self.database.write(_add_person, name, roles, more)
        welcome = self.database.write(signing_in.sign_in, account_id, now=self.clock())
        return kind(campus=self, id=account_id, name=name, token=welcome.token)

    def _confirm_sockets(self) -> None:
        self.database.write(confirm, list(self._connected), now=self.clock())

    def _due(self) -> list[datetime]:
        """Every moment for which something is planned."""
        moments: list[datetime | None] = self.database.read(_planned)
        return [moment for moment in moments if moment is not None]

    def _rung_by(self, bells: Iterable[str]) -> None:
        self._rung.update(bells)


def _alarms(session: Session) -> list[Alarm]:
    return list(session.scalars(select(Alarm).order_by(Alarm.since, Alarm.reason)))


def _planned(session: Session) -> list[datetime | None]:
    alarm_at = session.scalar(select(func.min(Alarm.due_at)).where(Alarm.taken_at.is_(None)))
    send_at = session.scalar(select(func.min(Delivery.due_at)).where(Delivery.finished_at.is_(None)))
    promises = [one.look_at for one in broadcast_store.promised(session)]
    wave_at = wave_store.next_due(session)
    due = [incident_store.next_due(session), check_in_store.next_due(session), alarm_at, send_at, wave_at]
    return [*due, *promises]


def _deliveries(session: Session) -> list[Delivery]:
    return list(session.scalars(select(Delivery).order_by(Delivery.made_at)))


def _add_person(session: Session, name: str, roles: tuple[Role, ...], more: Mapping[str, Any]) -> UUID:
    facts = dict(more)
    teams, skills = facts.pop("teams", ()), facts.pop("skills", {})
    account = Account(email=f"{name}@journeys.example".lower(), name=name, **{"language": "en", **facts})
    people_store.add(session, account)
    people_store.set_roles(session, account.id, roles)
    people_store.set_teams(session, account.id, teams)
    days: dict[str, date | None] = {skill: day for skill, day in dict(skills).items()}
    people_store.set_skills(session, account.id, days)
    return account.id

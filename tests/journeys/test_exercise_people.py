"""People who play are made for it, touch nobody real, and go with everything they left."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.alarms.alarm import UNSEEN, Alarm
from backend.dispatch.disclosure import Disclosure
from backend.dispatch.offer import Offer
from backend.inbox.inbox_store import MessageRow
from backend.incidents.hold import Hold
from backend.incidents.incident import Fix, Incident, Progress, Said, Tap
from backend.kernel.errors import Conflict
from backend.kernel.vocabulary import Role
from backend.people import player_store
from backend.people.account import Account
from backend.people.player import CANARY, DRILL, Player
from infra import exercise
from infra.cli_drill import company_of
from notifications.delivery import Delivery
from tests.campus import CampusStage
from tests.campus_people import Officer, Person
from tests.journeys.console import case_at


def company(campus: CampusStage) -> tuple[Person, Officer, Person]:
    """A student, an officer on duty and a controller of a drill."""
    everybody = {
        one.email: one for one in exercise.muster(campus.database, company_of(campus.configuration, 1, 1), campus.clock)
    }
    student, officer, controller = (everybody[f"{word}0001{DRILL}"] for word in ("student", "officer", "controller"))
    return (
        Person(campus, student.id, "student", student.token),
        Officer(campus, officer.id, "officer", officer.token).goes_on_duty(campus.LIBRARY),
        Person(campus, controller.id, "controller", controller.token).at_the_console(),
    )


def counts(session: Session) -> dict[str, int]:
    tables = (Incident, Tap, Progress, Fix, Said, Hold, Offer, Disclosure, Alarm, Delivery)
    return {table.__tablename__: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables}


def messages_of(session: Session, person_id: UUID) -> int:
    wanted = sa.select(sa.func.count()).select_from(MessageRow).where(MessageRow.person_id == person_id)
    return session.scalar(wanted) or 0


def test_a_drill_leaves_nothing_behind_and_nobody_real_is_told(campus: CampusStage) -> None:
    """
    Answered, open, held and alarming cases, and who looked, go with their people; the real control room hears no word.
    """
    control, real = campus.controller("control"), campus.officer("real")
    quiet = len(control.messages())
    nothing = campus.database.read(counts)
    student, officer, controller = company(campus)
    student.taps("emergency", at=campus.SHERFIELD, note="it smells of gas")
    officer.accepts()
    controller.posts(case_at(student.case["id"], "profile"), {"reason": "To know whom we look for."})
    controller.posts(case_at(student.case["id"], "hold"), {"reason": "To see how that is done."})
    student.taps("help", at=campus.KENSINGTON_GARDENS)
    student.taps("first_aid", at=campus.PARIS)
    campus.passes(seconds=400)
    assert controller.heard("alarm")
    ids = exercise.of_domain(campus.database, DRILL)

    strays = exercise.strays(campus.database, ids)
    cleared = exercise.dismiss(campus.database, ids, campus.clock)
    campus.passes(seconds=400)

    assert (0, 3) == (strays, cleared)
    assert nothing == campus.database.read(counts)
    assert [] == exercise.of_domain(campus.database, DRILL)
    assert 0 == sum(campus.database.read(messages_of, one) for one in ids)
    assert 401 == student.asks("POST", "/v1/taps", {"kind": "help"}).status_code
    assert quiet == len(control.messages())
    assert [] == real.heard("offer")
    assert not [one for one in campus.deliveries("push", "sms", "voice") if one.person_id in (control.id, real.id)]
    assert [] == campus.audit_faults()


def test_an_alarm_whose_drill_was_cleared_away_rings_nobody_real(campus: CampusStage) -> None:
    """
    Everything is gone before the word that no console showed the alarm is told: no real controller is rung for it.
    """
    control = campus.controller("control")
    student, _, _ = company(campus)
    student.taps("help", at=campus.PARIS)
    campus.clock.now += UNSEEN
    campus.service.rounds.alarm()

    exercise.dismiss(campus.database, exercise.of_domain(campus.database, DRILL), campus.clock)
    campus.settles()

    assert [] == control.messages()
    assert [] == campus.deliveries("push", "sms", "voice")


def test_what_strayed_is_found(campus: CampusStage) -> None:
    """
    Were a real person ever told about a drill's case, the drill would say so.
    """
    real = campus.officer("real")
    student, _, _ = company(campus)
    case = student.taps("help", at=campus.SHERFIELD)

    def stray(session: Session) -> None:
        session.execute(sa.update(Offer).where(Offer.incident_id == UUID(case["id"])).values(officer_id=real.id))

    campus.database.write(stray)

    assert 1 == exercise.strays(campus.database, exercise.of_domain(campus.database, DRILL))


def test_the_case_of_a_real_person_is_never_cleared(campus: CampusStage) -> None:
    """
    Not even when a real account bears an address of the drill's.
    """
    real = campus.student("real")
    case = real.taps("help", at=campus.SHERFIELD)

    def rename(session: Session) -> None:
        session.execute(sa.update(Account).where(Account.id == real.id).values(email=f"student0001{DRILL}"))

    campus.database.write(rename)
    with pytest.raises(Conflict):
        list(
            exercise.muster(
                campus.database, [Player(f"student0001{DRILL}", "One", frozenset({Role.OFFICER}))], campus.clock
            )
        )
    cleared = exercise.clear(campus.database, [real.id], campus.clock)

    assert [] == exercise.of_domain(campus.database, DRILL)
    assert 0 == cleared
    assert case["id"] == real.looks()["id"]


def test_whoever_else_is_on_duty_in_the_exercise_is_counted(campus: CampusStage) -> None:
    """
    Human exercise officers would be asked by a drill as well; its own people and the canary's are not counted.
    """
    company(campus)
    campus.officer("real")
    human = campus.officer("human", exercise=True)

    assert 1 == campus.database.read(player_store.others_on_duty, [DRILL, CANARY], now=campus.clock())
    human.goes_off_duty()
    assert 0 == campus.database.read(player_store.others_on_duty, [DRILL, CANARY], now=campus.clock())

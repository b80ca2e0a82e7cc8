"""What people leave behind goes with them, and stays with those who are still here."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.inbox.inbox_store import StreamRow
from backend.people import people_store
from backend.people.account import Account, SkillRow
from backend.people.handset import Handset
from infra.forgetting import Finding, Forgetting
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.buttons import button_of
from tests.journeys.kept_things import leave

A_MONTH = timedelta(days=30)


def test_who_comes_back_in_time_is_not_forgotten(campus: CampusStage) -> None:
    """
    The days are counted from when it was noticed that somebody left, and begin anew when they leave again.
    """
    student = campus.student()
    campus.database.write(leave, student)
    campus.service.rounds.forget()
    campus.clock.now += timedelta(days=700)
    campus.database.write(come_back, student)
    campus.service.rounds.forget()
    campus.database.write(leave, student)
    campus.service.rounds.forget()

    campus.clock.now += timedelta(days=100)
    campus.service.rounds.forget()

    assert campus.database.read(people_store.by_id, student.id) is not None


def test_who_left_long_ago_and_calls_for_help_now_is_not_forgotten(campus: CampusStage) -> None:
    """
    While their case is open, however young it is: those who come must know whom they look for.
    """
    student = campus.student("leaver")
    own = button_of(campus, student)
    campus.configure(keeping=campus.configuration.keeping.__class__(accounts_left_days=10))
    campus.database.write(leave, student)
    campus.service.rounds.forget()
    campus.clock.now += timedelta(days=11)
    case_id = own.is_pressed().json["id"]

    campus.service.rounds.forget()
    stays = campus.database.read(how_many, Account, Account.id == student.id)
    campus.controller("later").posts(f"/console/api/incidents/{case_id}/resolve", {"note": None})
    campus.service.rounds.forget()

    assert 1 == stays
    assert 0 == campus.database.read(how_many, Account, Account.id == student.id)


def test_who_is_active_again_is_not_forgotten_before_that_is_noticed(campus: CampusStage) -> None:
    """
    An import may bring somebody back between the look for leavers and their turn.
    """
    student = campus.student()
    campus.configure(keeping=campus.configuration.keeping.__class__(accounts_left_days=10))
    campus.database.write(leave, student)
    campus.service.rounds.forget()
    campus.clock.now += timedelta(days=11)
    forgetting = Forgetting(campus.database, campus.service.rounds.write_anchor)
    before = accounts_due(forgetting.look(now=campus.clock()))

    campus.database.write(come_back, student)

    assert (1, 0) == (before, accounts_due(forgetting.look(now=campus.clock())))


def accounts_due(findings: list[Finding]) -> int:
    (due,) = (finding.count.due for finding in findings if finding.rule.what == "accounts of people who left")
    return due


def test_an_account_goes_with_all_that_hangs_on_it(campus: CampusStage) -> None:
    """
    Roles, skills, handset and stream; their old cases are still there for those who look back, without a name.
    """
    student = campus.student("leaver", skills={"first_aid": None})
    student.asks("PUT", "/v1/handset", {"installation_id": "i", "platform": "web", "push": None})
    case_id = student.taps("help")["id"]
    student.posts(f"/v1/incidents/{case_id}/cancel", {})
    campus.configure(keeping=campus.configuration.keeping.__class__(accounts_left_days=10))
    campus.database.write(leave, student)
    campus.service.rounds.forget()

    campus.clock.now += timedelta(days=11)
    campus.service.rounds.forget()

    assert 0 == campus.database.read(how_many, Account, Account.id == student.id)
    assert 0 == campus.database.read(how_many, SkillRow, SkillRow.account_id == student.id)
    assert 0 == campus.database.read(how_many, Handset, Handset.account_id == student.id)
    assert 0 == campus.database.read(how_many, StreamRow, StreamRow.person_id == student.id)
    seen = campus.controller("later").gets(f"/console/api/incidents/{case_id}")
    assert (str(student.id), None) == (seen["caller"]["person_id"], seen["caller"]["name"])


def test_a_handset_that_is_used_is_still_pushed_to(campus: CampusStage) -> None:
    """
    An app that nobody starts anew says nothing of itself for months; its requests say that it is there.
    """
    used, idle = campus.student("used"), campus.student("idle")
    for person in (used, idle):
        push = {"kind": "token", "value": f"push-{person.name}"}
        person.asks("PUT", "/v1/handset", {"installation_id": person.name, "platform": "web", "push": push})
    for _ in range(2):
        campus.clock.now += A_MONTH + timedelta(hours=1)
        used.gets("/v1/me")

    campus.service.rounds.forget()

    found = campus.database.read(lambda session: set(session.scalars(sa.select(Handset.installation_id))))
    assert {"used"} == found


def test_without_a_campus_there_are_the_usual_days(campus: CampusStage) -> None:
    """
    A round before the first import looks, and fails nobody.
    """
    campus.database.write(lambda session: session.execute(sa.text("DELETE FROM campus_versions")) and None)

    findings = Forgetting(campus.database, campus.service.rounds.write_anchor).forget(now=campus.clock())

    assert [] == [finding.rule.what for finding in findings if finding.failed]


def come_back(session: Session, person: Person) -> None:
    session.execute(sa.update(Account).where(Account.id == person.id).values(active=True))


def how_many(session: Session, table: type, condition: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(table).where(condition)) or 0

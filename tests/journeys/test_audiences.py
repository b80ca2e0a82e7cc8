"""Who is in an audience, and how far a broadcast to them would get: held against a count by hand."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from backend.answers.answering import answer
from backend.broadcasts import audience_store, broadcast_store, reaching
from backend.broadcasts.audience import Audience, Circle
from backend.broadcasts.broadcast import Broadcast, BroadcastState, Version
from backend.broadcasts.putting_out import put_out
from backend.broadcasts.reachable import Reachable
from backend.campus import campus_store
from backend.campus.geofence import Position
from backend.kernel.vocabulary import Answer, Role, Severity
from backend.people.account import Account
from tests.campus import CampusStage
from tests.campus_people import Person

ROUND_LIBRARY = Circle(51.4982, -0.1784, 60.0)


def pages(campus: CampusStage, audience: Audience, *, exercise: bool = False, most: int = 3) -> list[Reachable]:
    """Everybody of an audience, page by page."""

    def read(session: Session) -> Iterator[Reachable]:
        after: UUID | None = None
        while True:
            found = audience_store.page(
                session,
                campus_store.newest(session),
                audience,
                exercise=exercise,
                after=after,
                most=most,
                now=campus.clock(),
            )
            yield from found
            if len(found) < most:
                return
            after = found[-1].id

    found: list[Reachable] = campus.database.read(lambda session: list(read(session)))
    assert sorted(one.id for one in found) == [one.id for one in found]
    return found


def named(campus: CampusStage, audience: Audience, **more: Any) -> set[str]:
    return {one.name for one in pages(campus, audience, **more)}


def in_force(session: Session, by: UUID, campus: CampusStage) -> UUID:
    """A broadcast that is out."""
    broadcast = Broadcast(
        state=BroadcastState.DRAFT.value, purpose="alert", severity="severe", exercise=False, audience={},
        made_at=campus.clock(), next_update_min=30,
    )  # fmt: skip
    broadcast_store.add(session, broadcast)
    words = {"en": {"title": "Leave the library", "body": "Now."}}
    version = Version(
        broadcast_id=broadcast.id, number=1, part="alert", words=words, written_by=by, written_at=campus.clock()
    )
    session.add(version)
    put_out(session, broadcast, version, by=by, now=campus.clock())
    return broadcast.id


def test_people_of_an_area_and_people_in_it_now_are_two_questions(campus: CampusStage) -> None:
    """
    By the roster somebody belongs to a building; by an open case, check-in or answer somebody is there.
    """
    campus.student("belongs", building="abdus-salam-library", site="south-kensington")
    campus.student("elsewhere", building="sherfield", site="south-kensington")
    campus.student("of the site", site="south-kensington")
    campus.student("calls").taps("help", at=campus.LIBRARY)
    campus.student("was there").taps("help", at=campus.LIBRARY)
    watched = campus.student("watched")
    place = {"latitude": campus.LIBRARY[0], "longitude": campus.LIBRARY[1], "accuracy_m": 5.0}
    watched.asks("PUT", "/v1/check-in", {"minutes": 30, "position": place})
    answered, controller = campus.student("answered"), campus.controller()
    out = campus.database.write(in_force, controller.id, campus)
    at = Position(*campus.LIBRARY, 5.0, campus.clock())
    campus.database.write(answer, out, answered.id, Answer.SAFE, position=at, channel="app", now=campus.clock())
    over = next(
        one
        for one in controller.gets("/console/api/incidents?open=true")["items"]
        if one["caller"]["name"] == "was there"
    )
    controller.posts(f"/console/api/incidents/{over['id']}/resolve", {"note": None})

    here = {"calls", "watched", "answered"}
    drawn = Audience(circle=ROUND_LIBRARY)

    assert {"belongs"} == named(campus, Audience(zones=("abdus-salam-library",), in_now=False))
    assert here == named(campus, Audience(zones=("abdus-salam-library",), of=False), most=2)
    assert {"belongs", *here} == named(campus, Audience(zones=("abdus-salam-library",)), most=1)
    assert {"belongs", *here} <= named(campus, drawn)
    assert "of the site" not in named(campus, drawn)
    assert {"belongs", "elsewhere", "of the site", *here} == named(campus, Audience(sites=("south-kensington",)))


def test_nobody_is_tracked_to_make_an_audience(campus: CampusStage) -> None:
    """
    An officer's duty track is for their cases: it makes them nobody's audience.
    """
    campus.officer("on patrol", at=campus.LIBRARY, site="white-city").is_at(campus.LIBRARY)

    assert set() == named(campus, Audience(zones=("abdus-salam-library",)))


def test_the_worlds_never_mix_and_who_left_is_told_nothing(campus: CampusStage) -> None:
    """
    Exercise people hear exercises alone, real people none; the service's robot and closed accounts hear nothing.
    """
    campus.student("real")
    campus.student("plays", exercise=True)
    campus.student("plays there", exercise=True).taps("help", at=campus.LIBRARY)
    campus.database.write(_leave, campus.student("left").id)
    robot = campus.student("robot", exercise=True)
    campus.database.write(_move_to_canary, robot.id)

    everybody = Audience(everyone=True)

    assert {"real"} == named(campus, everybody)
    assert {"plays", "plays there"} == named(campus, everybody, exercise=True)
    assert set() == named(campus, Audience(zones=("abdus-salam-library",)))
    assert {"plays there"} == named(campus, Audience(zones=("abdus-salam-library",)), exercise=True)


def test_teams_and_people_abroad(campus: CampusStage) -> None:
    """
    Abroad is who said so and is not back yet; their last day away is still away.
    """
    today = campus.clock().date()
    campus.student("in Paris", away_country="FR")
    campus.student("until today", away_country="FR", away_until=today)
    campus.student("is back", away_country="FR", away_until=date(2026, 1, 1))
    campus.somebody("aider", Role.OFFICER, teams=["first-aid", "security"])

    assert {"in Paris", "until today"} == named(campus, Audience(abroad=True))
    assert {"aider"} == named(campus, Audience(teams=("first-aid", "security")))
    assert {"aider", "in Paris", "until today"} == named(campus, Audience(teams=("first-aid",), abroad=True))


@pytest.mark.parametrize("severity", list(Severity))
def test_the_forecast_is_what_a_count_by_hand_finds(campus: CampusStage, severity: Severity) -> None:
    """
    Over people with every mixture of handsets, numbers and addresses, some of them only in the area by a case.
    """
    random.seed(severity)
    crowd = [_somebody(campus, number) for number in range(24)]
    for one in crowd[:4]:
        one["person"].taps("help", at=campus.LIBRARY)
    audience = Audience(zones=("abdus-salam-library",))
    expected = [one for one in crowd if one["building"] == "abdus-salam-library" or one in crowd[:4]]

    found = campus.database.read(reaching.forecast, audience, severity, exercise=False, now=campus.clock())

    texts = severity is not Severity.MINOR
    calls = severity is Severity.EXTREME
    reached = {
        "push": sum(one["loud"] for one in expected),
        "sms": sum(one["mobile"] for one in expected) if texts else 0,
        "voice": sum(one["mobile"] for one in expected) if calls else 0,
        "email": sum(one["mail"] for one in expected),
        "socket": sum(one["connected"] for one in expected),
    }
    fast = [one for one in expected if one["loud"] or one["connected"] or (one["mobile"] and texts)]
    slow = [one for one in expected if one not in fast]
    why = {
        "no_token": sum(not one["pushable"] for one in expected),
        "notifications_off": sum(one["pushable"] and not one["loud"] for one in expected),
        "no_number": sum(not one["mobile"] for one in expected) if texts else 0,
        "mail_only": sum(one["mail"] for one in slow),
        "no_channel": sum(not one["mail"] for one in slow),
    }
    assert len(expected) == found.people
    assert reached == dict(found.by_channel)
    assert {name: people for name, people in why.items() if people} == dict(found.unreachable)
    assert {one["person"].name for one in slow} == {one.name for one in found.named}
    assert len(slow) == len(found.named)
    listed = {one.name: (one.pushable, one.silenced) for one in pages(campus, audience)}
    assert listed == {one["person"].name: (one["pushable"], one["pushable"] and not one["loud"]) for one in expected}


def _somebody(campus: CampusStage, number: int) -> dict[str, Any]:
    """Somebody with a mixture of ways to reach them, and what it is."""
    mail, mobile = random.random() < 0.7, random.random() < 0.5
    building = random.choice(["abdus-salam-library", "sherfield", None])
    name = f"somebody {number}"
    person = campus.student(name, building=building, **({"mobile": f"+4477009{number:05}"} if mobile else {}))
    if not mail:
        campus.database.write(_rename, person.id, f"{number}@drill.invalid")
    handsets = [random.choice(["loud", "off", "unsaid", "no target"]) for _ in range(random.choice([0, 1, 1, 2]))]
    for place, kind in enumerate(handsets):
        _handset(person, f"{number}-{place}", kind)
    connected = random.random() < 0.3
    if connected:
        person.connects()
    return {
        "person": person,
        "building": building,
        "mail": mail,
        "mobile": mobile,
        "pushable": any(kind != "no target" for kind in handsets),
        "loud": any(kind in ("loud", "unsaid") for kind in handsets),
        "connected": connected,
    }


def _handset(person: Person, name: str, kind: str) -> None:
    push = None if kind == "no target" else {"kind": "token", "value": f"token-{name}"}
    said = {"loud": {"notifications": True}, "off": {"notifications": False}}.get(kind, {})
    body = {"installation_id": name, "platform": "android", "push": push, "permissions": said}
    assert person.asks("PUT", "/v1/handset", body).status_code == 200


def _rename(session: Session, id_: UUID, email: str) -> None:
    account = session.get_one(Account, id_)
    account.email = email


def _move_to_canary(session: Session, id_: UUID) -> None:
    _rename(session, id_, "robot@canary.invalid")


def _leave(session: Session, id_: UUID) -> None:
    session.get_one(Account, id_).active = False

"""What a process does about its own open sockets, a portion at a time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.inbox.message import Message, Recipient
from backend.kernel.vocabulary import Face, Role
from backend.people import handset_store, people_store, sign_in_store
from backend.people.connecting import connect, disconnect
from infra.rounds import Rounds
from infra.socket_rounds import PORTION
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.wireless import wireless

MANY = 2 * PORTION + 10


def goes(rounds: Rounds, name: str) -> None:
    """One turn of the round of this name."""
    next(one for one in rounds.all() if one.name == name).go()


def holds_sockets(campus: CampusStage, read: list[Recipient], closed: list[str]) -> Rounds:
    """The rounds of a process with sockets of its own: whose streams are read anew, and which sockets are closed."""

    def read_since(recipient: Recipient, _seq: int) -> list[Message]:
        read.append(recipient)
        return []

    sockets = wireless(read_since=read_since, close=lambda sid, _namespace: closed.append(sid))
    return replace(campus.service.rounds, sockets=sockets)


def joins(rounds: Rounds, sid: str, person_id: UUID, sign_in: str = "one", *roles: Role) -> None:
    rounds.sockets.join(sid, "/handset", Recipient(person_id, Face.HANDSET), sign_in, 0, frozenset(roles))


def is_connected(campus: CampusStage, person: Person) -> bool:
    found: set[UUID] = campus.database.read(handset_store.connected, [person.id], now=campus.clock())
    return person.id in found


def test_a_socket_that_is_just_being_opened_is_not_forgotten(campus: CampusStage) -> None:
    """
    Its row is written before the process knows it as open: an officer who came back at that moment was unreachable.
    """
    officer = campus.officer(on_duty=False)
    rounds = holds_sockets(campus, [], [])
    campus.database.write(connect, "new", officer.id, Face.HANDSET, rounds.process, now=campus.clock())

    goes(rounds, "confirming_sockets")

    assert is_connected(campus, officer)


def test_what_nobody_confirms_fades_and_what_is_open_stays(campus: CampusStage) -> None:
    """
    Of two sockets of this process one has gone, and nobody could say so.
    """
    here, gone = campus.student("here"), campus.student("gone")
    rounds = holds_sockets(campus, [], [])
    for sid, person in (("here", here), ("gone", gone)):
        campus.database.write(connect, sid, person.id, Face.HANDSET, rounds.process, now=campus.clock())
    joins(rounds, "here", here.id)

    for _ in range(5):
        campus.clock.now += timedelta(seconds=8)
        goes(rounds, "confirming_sockets")

    assert (True, False) == (is_connected(campus, here), is_connected(campus, gone))
    assert {"here"} == campus.database.read(handset_store.sids_of, rounds.process)


def test_a_process_that_stood_still_in_the_middle_takes_none_of_its_own_for_closed(
    campus: CampusStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A minute goes by behind every portion; and what others took for closed meanwhile is open again.
    """
    officer, other = campus.officer(on_duty=False), campus.student("other")
    rounds = holds_sockets(campus, [], [])
    for sid, person in (("hers", officer), ("theirs", other)):
        campus.database.write(connect, sid, person.id, Face.HANDSET, rounds.process, now=campus.clock())
        joins(rounds, sid, person.id)
    campus.database.write(disconnect, ["theirs"])
    for number in range(PORTION):
        joins(rounds, f"{number}", other.id)

    def stand_still(_for_s: float = 0.0) -> None:
        campus.clock.now += timedelta(minutes=1)

    monkeypatch.setattr(campus.database, "give_way", stand_still)
    for _ in range(2):
        goes(rounds, "confirming_sockets")

    assert {"hers", "theirs"} <= campus.database.read(handset_store.sids_of, rounds.process)


def test_thousands_are_asked_about_in_portions_with_rests(campus: CampusStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nobody taps behind a question about everybody who is connected.
    """
    rounds = holds_sockets(campus, [], [])
    for number in range(MANY):
        joins(rounds, f"{number}", uuid4())
    asked: list[int] = []
    rests: list[float] = []
    monkeypatch.setattr(campus.database, "give_way", lambda for_s=0.0: rests.append(for_s))
    of = rounds.sockets.of

    def told(sids: Any) -> Any:
        asked.append(len(sids))
        return of(sids)

    monkeypatch.setattr(rounds.sockets, "of", told)

    goes(rounds, "catching_up")

    assert [PORTION, PORTION, 10] == asked
    assert 2 == len(rests)
    assert all(0 < rest < 1 for rest in rests)


def test_whoever_missed_something_is_read_to_and_nobody_else(campus: CampusStage) -> None:
    """
    In every portion; the first look at a stream is the join's own.
    """
    read: list[Recipient] = []
    rounds = holds_sockets(campus, read, [])
    owner, other = campus.student("owner"), campus.student("other")
    for number in range(PORTION):
        joins(rounds, f"{number}", uuid4())
    for person in (owner, other):
        joins(rounds, person.name, person.id)
    owner.taps()
    campus.settles()
    read.clear()

    goes(rounds, "catching_up")

    assert [Recipient(owner.id, Face.HANDSET)] == read


def test_sign_ins_that_ended_and_roles_that_were_taken_close_sockets_in_every_portion(campus: CampusStage) -> None:
    """
    Only those of this very sign-in; whoever lost a role loses them all.
    """
    closed: list[str] = []
    rounds = holds_sockets(campus, [], closed)
    student, officer = campus.student(), campus.officer(on_duty=False)
    stands, ends = (
        campus.database.read(lambda session, id_: sign_in_store.standing_of(session, id_)[0].token_hash, one.id)
        for one in (student, officer)
    )
    campus.database.write(people_store.set_roles, officer.id, [])
    joins(rounds, "stands", student.id, stands)
    joins(rounds, "has a role no more", officer.id, ends, Role.OFFICER)
    for number in range(PORTION):
        joins(rounds, f"{number}", student.id, stands)
    joins(rounds, "ended", student.id, "a sign-in that is none")

    goes(rounds, "catching_up")

    assert ["ended", "has a role no more"] == sorted(closed)

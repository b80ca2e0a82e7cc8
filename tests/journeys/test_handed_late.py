"""What another process hands over may come late, twice or in another order: screens go forward all the same."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from backend.incidents import incident_store
from backend.kernel import outbox, process_store
from backend.kernel.errors import Unavailable
from backend.kernel.events import LadderClimbed
from backend.kernel.process_store import WEB, WORKER, Process
from backend.kernel.vocabulary import Face, Kind
from backend.people import handset_store
from backend.people.connecting import bury, connect, reopen
from backend.people.handset import OpenSocket
from notifications import relaying
from notifications.relaying import Relayed
from tests.campus import CampusStage
from tests.journeys.broadcast_scenes import follows, issues
from tests.journeys.live_ends import LiveEnds


def listening(campus: CampusStage) -> list[Relayed]:
    """What the rounds of this stage tell other processes, from now on."""
    told: list[Relayed] = []
    campus.service.rounds = replace(campus.service.rounds, tell=lambda relayed, _: told.append(relayed))
    return told


def test_a_broadcast_that_is_handed_over_late_or_twice_is_shown_once_and_never_goes_back(campus: CampusStage) -> None:
    """
    The first version comes from another process after the second: no screen shows it as live (promise I4).
    """
    controller, student = campus.controller(), campus.student()
    ends = LiveEnds(campus)
    phone = ends.opens(student)
    told = listening(campus)
    broadcast_id = issues(campus, controller)
    follows(campus, controller, broadcast_id)
    issued = [relayed for relayed in told if relayed.issued]

    for relayed in (*issued, *issued):
        campus.service.rounds.take_over(relayed)

    assert 2 == len(issued)
    assert [(1, False), (2, False)] == ends.versions(phone)


def test_who_has_not_been_shown_a_broadcast_is_when_it_is_handed_over(campus: CampusStage) -> None:
    """
    Beside one who has: it is put on the one socket, and not on the other again.
    """
    controller, first, second = campus.controller(), campus.student("first"), campus.student("second")
    ends = LiveEnds(campus)
    shown = ends.opens(first)
    told = listening(campus)
    issues(campus, controller)
    late = ends.opens(second)
    ends.heard[late].clear()
    ends.sockets._by_sid[late].aired.clear()

    campus.service.rounds.take_over(next(relayed for relayed in told if relayed.issued))

    assert [(1, False)] == ends.versions(shown) == ends.versions(late)


def a_process(campus: CampusStage, name: str, kind: str = WORKER, **more: Any) -> Process:
    """One that began now."""
    told = {"began_at": campus.clock(), "secret_mark": "mark", "key_ids": ("k1",), **more}
    return Process(name, kind, **told)


def test_the_eldest_worker_that_lives_leads(campus: CampusStage) -> None:
    """
    When it is silent the next one does, and it knows that it was missed when it is back.
    """
    eldest = a_process(campus, "a")
    campus.clock.now += timedelta(seconds=1)
    second = a_process(campus, "b")
    web = a_process(campus, "c", WEB)

    def beats(*those: Process) -> list[bool]:
        return [campus.database.write(process_store.beat, one, now=campus.clock()).leads for one in those]

    beats(eldest, second, web)
    both = beats(eldest, second, web)
    campus.clock.now += timedelta(seconds=6)
    beats(second)
    campus.clock.now += timedelta(seconds=6)
    alone = beats(second)
    back = campus.database.write(process_store.beat, eldest, now=campus.clock())

    assert [True, False, False] == both
    assert [True] == alone
    assert (True, True, 2) == (back.was_missed, back.leads, back.workers)


@pytest.mark.parametrize("other", [{"secret_mark": "another"}, {"key_ids": ("k2",)}])
def test_a_process_that_could_not_read_what_the_others_write_does_not_begin(
    campus: CampusStage, other: dict[str, Any]
) -> None:
    """
    With another secret, or with no sealing key in common; once the others have gone it may.
    """
    campus.database.write(process_store.join, a_process(campus, "a"), now=campus.clock())

    with pytest.raises(Unavailable) as refused:
        campus.database.write(process_store.join, a_process(campus, "b", **other), now=campus.clock())

    assert "must be the same for all" in refused.value.title
    campus.database.write(process_store.leave, "a")
    campus.database.write(process_store.join, a_process(campus, "b", **other), now=campus.clock())


def test_nobody_is_reachable_by_a_socket_of_a_process_that_died(campus: CampusStage) -> None:
    """
    Ten seconds after its last beat; one that was only frozen opens them again, each once.
    """
    student = campus.student()
    web = a_process(campus, "web-1", WEB)
    held = OpenSocket("sid-1", student.id, Face.HANDSET, "hash")
    campus.database.write(process_store.join, web, now=campus.clock())
    campus.database.write(connect, "sid-1", student.id, Face.HANDSET, "web-1", now=campus.clock())

    def connected() -> bool:
        campus.database.write(bury, now=campus.clock())
        return bool(campus.database.read(handset_store.connected, [student.id], now=campus.clock()))

    campus.clock.now += timedelta(seconds=9)
    still = connected()
    campus.clock.now += timedelta(seconds=1)
    gone = connected()
    campus.database.write(process_store.beat, web, now=campus.clock())
    for _ in range(2):
        campus.database.write(reopen, "web-1", [held], now=campus.clock())

    assert (True, False, True) == (still, gone, connected())


def test_two_relayers_of_one_case_take_turns(campus: CampusStage) -> None:
    """
    None numbers what it read of a case before another, who read it later, has numbered that (promise I5).
    """
    student = campus.student()
    case_id = UUID(student.taps()["id"])
    campus.database.write(outbox.keep, LadderClimbed(case_id, Kind.EMERGENCY), at=campus.clock())
    holds, let_go, told = threading.Event(), threading.Event(), threading.Event()

    def at_work(session: Session) -> None:
        incident_store.take(session, [case_id])
        holds.set()
        assert let_go.wait(20)

    def relays() -> None:
        campus.database.write(relaying.relay, now=campus.clock())
        told.set()

    first = threading.Thread(target=campus.database.write, args=(at_work,))
    first.start()
    assert holds.wait(20)
    second = threading.Thread(target=relays)
    second.start()
    waited = not told.wait(0.5)
    let_go.set()
    for thread in (first, second):
        thread.join(20)

    assert waited
    assert told.is_set()

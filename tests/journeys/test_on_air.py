"""What of broadcasts is on whose open sockets: at once, again on connect, the newest alone, and never late as live."""

from datetime import timedelta

from sqlalchemy.orm import Session

from backend.answers.tally import Standing
from backend.broadcasts.audience import Audience
from backend.broadcasts.broadcast import Broadcast
from backend.broadcasts.roll import By
from backend.broadcasts.spoken import Part
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.broadcast_scenes import crowd, follows, issues, roll, standings
from tests.journeys.live_ends import LiveEnds

WHITE_CITY = Audience(sites=("white-city",))


def test_everybody_connected_has_it_by_one_emit_a_namespace(campus: CampusStage) -> None:
    """
    Handed to the room of the world, once for consoles and once for phones; nobody gets it by themselves as well.
    """
    controller, student = campus.controller(), campus.student()
    ends = LiveEnds(campus)
    phone, console = ends.opens(student), ends.opens_console(controller)

    issues(campus, controller)
    ends.polls()

    assert [("real", "/console"), ("real", "/handset")] == ends.rooms
    assert [(1, False)] == ends.versions(phone) == ends.versions(console)
    assert ends.broadcasts(phone) == ends.broadcasts(console)


def test_who_connects_later_gets_what_is_in_force_in_its_newest_words(campus: CampusStage) -> None:
    """
    After CONNECT and after every `sync`, the same bytes.
    """
    controller, student = campus.controller(), campus.student()
    broadcast_id = issues(campus, controller)
    follows(campus, controller, broadcast_id)
    ends = LiveEnds(campus)

    late = ends.opens(student)
    ends.sockets.sync(late, 0)

    assert [(2, False), (2, False)] == ends.versions(late)


def test_a_phone_that_was_off_throughout_sees_only_the_end(campus: CampusStage) -> None:
    """
    It was pushed and mailed to; when it is back it is told that this is over, for a day, and never that it is live.
    """
    controller, student = campus.controller(), campus.student()
    broadcast_id = issues(campus, controller)
    campus.passes(60)
    follows(campus, controller, broadcast_id, Part.ALL_CLEAR)
    ends = LiveEnds(campus)

    late = ends.opens(student)
    campus.clock.now += timedelta(hours=25)
    later = ends.opens(student)

    assert [(2, True)] == ends.versions(late)
    assert [] == ends.versions(later)


def test_who_was_never_told_does_not_hear_the_end(campus: CampusStage) -> None:
    """
    Somebody who came after it was over has nothing to unlearn.
    """
    controller = campus.controller()
    broadcast_id = issues(campus, controller)
    follows(campus, controller, broadcast_id, Part.ALL_CLEAR)
    ends = LiveEnds(campus)

    newcomer = ends.opens(campus.student("newcomer"))

    assert [] == ends.versions(newcomer)


def test_a_broadcast_that_ran_out_is_not_live_for_anybody(campus: CampusStage) -> None:
    """
    Nobody spoke its end: who was told, and is connected or comes back, is told that it is over.
    """
    controller, student = campus.controller(), campus.student()
    broadcast_id = issues(campus, controller)
    ends = LiveEnds(campus)
    here = ends.opens(student)

    def expire(session: Session) -> None:
        session.get_one(Broadcast, broadcast_id).expire(now=campus.clock())

    campus.database.write(expire)
    ends.polls()
    back = ends.opens(student)

    assert [(1, False), (1, True)] == ends.versions(here)
    assert [(1, True)] == ends.versions(back)


def test_a_narrower_audience_has_it_as_it_comes_on_the_roll(campus: CampusStage) -> None:
    """
    People of the place, and the consoles of the control room; nobody else, then or later.
    """
    controller = campus.controller()
    here, there = campus.student("here", site="white-city"), campus.student("there", site="hammersmith")
    ends = LiveEnds(campus)
    inside, outside, console = ends.opens(here), ends.opens(there), ends.opens_console(controller)

    issues(campus, controller, audience=WHITE_CITY)
    ends.polls()
    late_inside, late_outside = ends.opens(here), ends.opens(there)

    assert [] == ends.rooms
    assert [(1, False)] == ends.versions(inside) == ends.versions(console) == ends.versions(late_inside)
    assert [] == ends.versions(outside) == ends.versions(late_outside)


def test_what_no_hand_over_brought_the_poll_brings_once(campus: CampusStage) -> None:
    """
    Issued and relayed by a process that died before it told its sockets, or by another one.
    """
    controller = campus.controller()
    here, there = campus.student("here", site="white-city"), campus.student("there", site="hammersmith")
    ends = LiveEnds(campus)
    inside, outside = ends.opens(here), ends.opens(there)
    campus.service.rounds.broadcasts.sockets = LiveEnds(campus).sockets
    first, second = issues(campus, controller), issues(campus, controller, audience=WHITE_CITY)
    campus.service.rounds.broadcasts.sockets = ends.sockets

    ends.polls()
    ends.polls()

    assert {str(first), str(second)} == {one["broadcast_id"] for one in ends.broadcasts(inside)}
    assert [str(first)] == [one["broadcast_id"] for one in ends.broadcasts(outside)]
    assert 2 == len(ends.broadcasts(inside))


def test_an_exercise_is_on_no_real_socket(campus: CampusStage) -> None:
    """
    Neither by the room, nor on connect, nor by the poll; a real one is on no exercise socket either.
    """
    real, playing = campus.student("real"), campus.student("playing", exercise=True)
    ends = LiveEnds(campus)
    real_phone, playing_phone = ends.opens(real), ends.opens(playing, exercise=True)

    drill = issues(campus, playing, exercise=True)
    alert = issues(campus, real)
    ends.polls()
    ends.sockets.sync(real_phone, 0)
    ends.sockets.sync(playing_phone, 0)

    assert {str(alert)} == {one["broadcast_id"] for one in ends.broadcasts(real_phone)}
    assert {str(drill)} == {one["broadcast_id"] for one in ends.broadcasts(playing_phone)}


def test_an_open_socket_counts_as_set_out(campus: CampusStage) -> None:
    """
    Somebody without any other channel is not unreachable while their app is open.
    """
    controller = campus.controller()
    crowd(campus, 3)
    (id_,) = crowd(campus, 1, email="")
    student = Person(campus=campus, id=id_, name="nobody's", token="")
    ends = LiveEnds(campus)
    ends.opens(student)

    broadcast_id = issues(campus, controller)
    ends.polls()

    assert By.SOCKET == roll(campus, broadcast_id)[student.id].sent
    assert {Standing.ACCEPTED: 4, Standing.SENT: 1} == standings(campus, broadcast_id)


def test_a_socket_is_told_of_each_version_once_however_often_it_is_looked_for(campus: CampusStage) -> None:
    """
    Alert, update, all clear, each once; the looks in between bring nothing new.
    """
    controller, student = campus.controller(), campus.student(site="white-city")
    ends = LiveEnds(campus)
    phone = ends.opens(student)

    broadcast_id = issues(campus, controller, audience=WHITE_CITY)
    for part in (Part.UPDATE, Part.ALL_CLEAR):
        ends.polls()
        follows(campus, controller, broadcast_id, part)
    ends.polls()
    ends.polls()

    assert [(1, False), (2, False), (3, True)] == ends.versions(phone)
    assert 3 == roll(campus, broadcast_id)[student.id].version

"""Pictures on the control room's screens: where everybody is and who sits where; whole, newest wins, once a second."""

from typing import Any

import sqlalchemy as sa

from backend.kernel.vocabulary import Face, Role
from backend.people.hush import Hush
from notifications.picturing import POSITION
from notifications.picturing_desk import DESK
from tests.campus import CampusStage
from tests.journeys.console import API, lines
from tests.journeys.screens import Screens

SOUND = f"{API}/sound"


def seated(picture: dict[str, Any]) -> list[tuple[str, str]]:
    """Who sits there, and whether they hear it."""
    return [(one["name"], one["sound"]) for one in picture["people"]]


def test_a_console_sees_who_is_on_duty_and_every_open_case(campus: CampusStage) -> None:
    """
    Off duty an officer is not in it, and a case leaves it when it is closed; what has no place is not on a map.
    """
    screens, officer, student = Screens(campus), campus.officer(at=campus.LIBRARY), campus.student()
    campus.officer("at home", on_duty=False)
    screen = screens.opens(campus.controller())
    case = student.taps("help", at=campus.SHERFIELD)
    campus.student("somewhere").taps("help")

    screens.look()
    first = screens.newest(screen, POSITION)
    student.posts(f"/v1/incidents/{case['id']}/cancel", {})
    officer.goes_off_duty()
    screens.look()
    second = screens.newest(screen, POSITION)

    assert {"as_of", "officers", "cases"} == set(first)
    assert [(str(officer.id), campus.LIBRARY[0], False)] == [
        (one["officer_id"], one["latitude"], one["stale"]) for one in first["officers"]
    ]
    assert [(case["id"], campus.SHERFIELD[0], 8.0, "2026-11-23T14:00:00+00:00")] == [
        (one["incident_id"], one["latitude"], one["accuracy_m"], one["recorded_at"]) for one in first["cases"]
    ]
    assert ([], []) == (second["officers"], second["cases"])
    assert "2026-11-23T14:00:02+00:00" == second["as_of"]


def test_only_controllers_of_the_same_world_are_shown_pictures(campus: CampusStage) -> None:
    """
    Not an adviser's or auditor's console, nor a controller's phone; and a drill is seen by those who play it.
    """
    screens = Screens(campus)
    real, player = campus.controller(), campus.controller("player", exercise=True)
    for role in (Role.AUDITOR, Role.ADVISER):
        screens.opens(campus.somebody(role.value, role).at_the_console(), role)
    screens.opens(campus.controller("on the phone"), face=Face.HANDSET)
    # The role was taken a moment ago, and the socket is about to close.
    screens.opens(campus.somebody("former").at_the_console())
    one, other = screens.opens(real), screens.opens(player)
    played = campus.student("playing", exercise=True).taps("help", at=campus.SHERFIELD)

    screens.look()

    # That nothing is in force may be told to anybody who was let in.
    assert {one, other} == {screen for screen, shown in screens.shown.items() if {POSITION, DESK} & set(shown)}
    assert [] == screens.newest(one, POSITION)["cases"]
    assert [played["id"]] == [case["incident_id"] for case in screens.newest(other, POSITION)["cases"]]
    assert [("controller", "on")] == seated(screens.newest(one, DESK))
    assert [("player", "on")] == seated(screens.newest(other, DESK))


def test_a_picture_comes_when_it_changed_and_no_more_than_once_a_second(campus: CampusStage) -> None:
    """
    However often somebody moves, and the newest is shown; whoever connects later has the whole at once.
    """
    screens, officer = Screens(campus), campus.officer(at=campus.LIBRARY)
    screen = screens.opens(campus.controller())
    screens.look()
    screens.look()

    for step in range(1, 5):
        officer.is_at((campus.LIBRARY[0] + step / 10_000, campus.LIBRARY[1]))
        screens.look(after_s=0.3)
    late = screens.opens(campus.controller("late"))
    screens.look(after_s=0.3)

    seen = [round(one["officers"][0]["latitude"] - campus.LIBRARY[0], 4) for one in screens.shown[screen][POSITION]]
    assert [0.0, 0.0001, 0.0004] == seen
    assert 1 == len(screens.shown[late][POSITION])
    assert screens.newest(screen, POSITION)["officers"] == screens.newest(late, POSITION)["officers"]


def test_nothing_is_drawn_while_nobody_looks(campus: CampusStage) -> None:
    """
    Not a statement: neither without a console, nor for an auditor's.
    """
    screens, asked = Screens(campus), list[str]()
    screens.opens(campus.somebody("auditor", Role.AUDITOR).at_the_console(), Role.AUDITOR)

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    screens.look()
    sa.event.remove(sa.Engine, "before_cursor_execute", note)

    assert [] == asked


def test_everybody_sees_whose_console_is_silent(campus: CampusStage) -> None:
    """
    At once for who switches it off, within a second for the others, and until it is switched on again.
    """
    screens = Screens(campus)
    one, other = campus.controller("ada"), campus.controller("bo")
    screen = screens.opens(one)
    screens.opens(other)
    screens.look()

    told = other.asks("PUT", SOUND, {"on": False}).json
    screens.look()
    silent = screens.newest(screen, DESK)
    other.asks("PUT", SOUND, {"on": False})
    other.asks("PUT", SOUND, {"on": True})
    screens.look()

    assert [("ada", "on"), ("bo", "off")] == seated(told) == seated(silent)
    assert "2026-11-23T14:00:01+00:00" == silent["people"][1]["since"]
    assert [("ada", "on"), ("bo", "on")] == seated(screens.newest(screen, DESK))
    changes = [line.action for line in lines(campus, actor=str(other.id)) if line.action.startswith("console.")]
    assert ["console.sound_off", "console.sound_on"] == changes


def test_who_has_left_the_desk_is_not_shown_there(campus: CampusStage) -> None:
    """
    Once the last console is closed, or its process has died; on coming back it is still silent, and says so.
    """
    screens = Screens(campus)
    one, other = campus.controller("ada"), campus.controller("bo")
    screen = screens.opens(one)
    screens.opens(other)
    other.asks("PUT", SOUND, {"on": False})

    screens.closes(other)
    screens.look()
    gone = seated(screens.newest(screen, DESK))
    screens.opens(other)
    screens.look()
    back = seated(screens.newest(screen, DESK))

    assert [("ada", "on")] == gone
    assert [("ada", "on"), ("bo", "off")] == back


def test_a_silent_console_sounds_again_in_the_next_shift_and_after_a_restart_is_silent_still(
    campus: CampusStage,
) -> None:
    """
    It is in a row, for a shift: nobody comes back the next day to a desk that is silent. Then the row goes.
    """
    controller = campus.controller()
    controller.connects()
    controller.asks("PUT", SOUND, {"on": False})

    campus.restarts()
    restarted = seated(controller.asks("PUT", SOUND, {"on": False}).json)
    campus.skips(hours=13)
    next_shift = campus.database.read(lambda session: [one.holds(now=campus.clock()) for one in session.query(Hush)])
    campus.service.rounds.forget()
    left = campus.database.read(lambda session: session.query(Hush).count())
    again = seated(controller.asks("PUT", SOUND, {"on": False}).json)

    assert [("controller", "off")] == restarted == again
    assert ([False], 0) == (next_shift, left)

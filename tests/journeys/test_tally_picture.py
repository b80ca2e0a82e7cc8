"""The live tally on the control room's screens: whole, the newest wins, and nothing while nothing is in force."""

from backend.broadcasts.spoken import Part
from backend.kernel.vocabulary import Face, Role
from notifications import picturing_tallies
from notifications.picturing_tallies import TALLY
from tests.campus import CampusStage
from tests.journeys.broadcasts import BROADCASTS, FREE, drafted
from tests.journeys.screens import Screens
from tests.journeys.statements import statements
from tests.journeys.trusted import stepped_up
from tests.journeys.warned import answers, says, warns

OUT = {"en": {"title": "The fire is out", "body": "You may go back in."}}


def test_a_console_is_shown_the_whole_count_and_again_only_when_it_changed(campus: CampusStage) -> None:
    """
    After CONNECT, after an answer, and empty when it is over.
    """
    screens, controller, student = Screens(campus), campus.controller(), campus.student()
    fire = warns(campus, student)
    early = screens.opens(controller)
    screens.look()
    screens.look()
    answers(student, fire, "safe")
    screens.look()
    late = screens.opens(campus.controller("late"))
    screens.look()
    says(campus, fire, OUT, Part.ALL_CLEAR)
    screens.look()

    counts = [
        [(one["broadcast_id"], one["people"], one["states"]["safe"], one["unaccounted"]) for one in shown["items"]]
        for shown in screens.told(TALLY)[early]
    ]

    assert [[(str(fire), 1, 0, 1)], [(str(fire), 1, 1, 0)], []] == counts
    assert [one["items"] for one in screens.told(TALLY)[early][1:]] == [
        one["items"] for one in screens.told(TALLY)[late]
    ]
    assert "as_of" in screens.told(TALLY)[late][0]
    assert {"hash", "version", "zones", "sites", "states"} <= set(screens.told(TALLY)[late][0]["items"][0])


def test_only_controllers_of_the_right_world_are_shown_it(campus: CampusStage) -> None:
    """
    Neither an adviser's or auditor's console, nor a controller's phone, nor the other world's.
    """
    screens = Screens(campus)
    controller, player = campus.controller(), campus.controller("player", exercise=True)
    auditor = campus.somebody("auditor", Role.AUDITOR)
    fire = warns(campus)
    real, other = screens.opens(controller), screens.opens(player)
    screens.opens(controller, face=Face.HANDSET)
    # A role that was taken since does not show it either.
    screens.opens(auditor, Role.AUDITOR)
    screens.opens(campus.somebody("former"))

    screens.look()

    assert {real, other} == set(screens.told(TALLY))
    assert [str(fire)] == [one["broadcast_id"] for one in screens.told(TALLY)[real][0]["items"]]
    assert [] == screens.told(TALLY)[other][0]["items"]


def test_it_costs_nothing_while_nothing_is_in_force(campus: CampusStage) -> None:
    """
    Two looks at empty indexes, however many have been sent before.
    """
    controller = campus.controller()
    fire = warns(campus, *[campus.student(f"student{number}") for number in range(3)])
    says(campus, fire, OUT, Part.ALL_CLEAR)

    with statements() as asked:
        campus.database.read(picturing_tallies.tallies, {controller.id}, now=campus.clock())

    assert 2 == len([one for one in asked if one.startswith("SELECT")])
    assert "roll" not in asked[-1]


def test_what_waits_for_a_second_person_is_shown_to_its_own_control_room(campus: CampusStage) -> None:
    """
    By its ids, with who asked; gone when it is out, and never before the other world.
    """
    screens, controller, second = Screens(campus), campus.controller(), stepped_up(campus.controller("second"))
    player = screens.opens(campus.controller("player", exercise=True))
    draft = drafted(controller, **FREE)
    controller.posts(f"{BROADCASTS}/{draft['id']}/issue", expecting=202)
    desk = screens.opens(second)
    screens.look()
    second.posts(f"{BROADCASTS}/{draft['id']}/confirm", {}, expecting=200)
    screens.look()

    waited, out = screens.told(TALLY)[desk]

    assert [(draft["id"], controller.name)] == [
        (one["broadcast_id"], one["asked_by"]["name"]) for one in waited["waiting"]
    ]
    assert ([], [draft["id"]]) == (out["waiting"], [one["broadcast_id"] for one in out["items"]])
    assert [[]] == [shown["waiting"] for shown in screens.told(TALLY)[player]]

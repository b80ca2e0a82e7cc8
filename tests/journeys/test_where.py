"""Where a case is: inside, outside, unknown, far away, and moving."""

from datetime import timedelta

from tests.campus import CampusStage


def test_without_a_position_the_whole_team_on_duty_is_asked(campus: CampusStage) -> None:
    """
    Nearest means everybody when nobody knows where.
    """
    officers = [campus.officer(f"officer{number}", at=campus.LIBRARY) for number in range(5)]

    case = campus.student().taps("emergency")

    assert (case["position"], case["zone"], case["inside"]) == (None, None, None)
    assert all(officer.is_ringing for officer in officers)


def test_near_a_site_officers_are_asked_and_the_control_room_is_alarmed(campus: CampusStage) -> None:
    """
    A few hundred metres outside the fence officers still go.
    """
    officer = campus.officer()

    case = campus.student().taps("emergency", at=campus.KENSINGTON_GARDENS)

    assert case["inside"] is False
    assert officer.is_ringing
    assert campus.alarms() == ["outside_every_site"]


def test_far_from_every_site_only_the_control_room_is_told(campus: CampusStage) -> None:
    """
    In Paris no officer is sent; the control room is, and the phone leads with the number that works there.
    """
    officer = campus.officer()

    case = campus.student().taps("emergency", at=campus.PARIS)
    campus.passes(seconds=200)

    assert case["call"][0] | {"label": ""} == {"label": "", "number": "112", "reach": "country:FR", "dialable": True}
    assert not officer.is_ringing
    assert "outside_every_site" in campus.alarms()


def test_who_comes_into_a_site_is_asked_about_from_the_first_rung(campus: CampusStage) -> None:
    """
    A case far away that moves onto a site is offered at once.
    """
    officer = campus.officer(at=campus.LIBRARY)
    student = campus.student()
    case = student.taps("emergency", at=campus.PARIS)
    campus.passes(seconds=300)
    campus.clock.now += timedelta(seconds=1)
    officer.is_at(campus.LIBRARY)

    student.posts(f"/v1/incidents/{case['id']}/positions", {"latitude": 51.4985, "longitude": -0.177})

    assert officer.is_ringing
    assert student.looks()["zone"]["id"] == "sherfield"


def test_an_older_position_never_replaces_a_newer_one(campus: CampusStage) -> None:
    """
    By the phone's own count, and by its clock.
    """
    student = campus.student()
    case = student.taps("emergency")
    path = f"/v1/incidents/{case['id']}/positions"
    newest = {"seq": 7, "latitude": 51.4985, "longitude": -0.177}
    older = {"seq": 6, "latitude": 51.4980, "longitude": -0.176}
    earlier = {"latitude": 51.4981, "longitude": -0.1761, "recorded_at": "2026-11-23T13:59:00+00:00"}

    taken = [student.posts(path, one)["taken"] for one in (newest, older, newest, earlier)]

    assert taken == [1, 0, 0, 0]
    assert student.looks()["position"]["latitude"] == 51.4985


def test_several_positions_that_gathered_are_taken_in_order(campus: CampusStage) -> None:
    """
    A phone that was without network sends what it kept.
    """
    student = campus.student()
    case = student.taps("help")
    items = [{"seq": number, "latitude": 51.498 + number / 10_000, "longitude": -0.177} for number in (1, 3, 2)]

    taken = student.posts(f"/v1/incidents/{case['id']}/positions", {"items": items})["taken"]

    assert taken == 2
    assert student.looks()["position"]["latitude"] == 51.498 + 3 / 10_000


def test_a_closed_case_takes_no_position(campus: CampusStage) -> None:
    """
    409 tells the phone to stop sharing.
    """
    student = campus.student()
    case = student.taps("help", at=campus.LIBRARY)
    student.posts(f"/v1/incidents/{case['id']}/cancel")

    late = {"latitude": 51.4985, "longitude": -0.177}
    refused = student.posts(f"/v1/incidents/{case['id']}/positions", late, expecting=409)

    assert refused["type"].endswith("incident-closed")


def test_an_impossible_old_or_vague_position_is_a_tap_without_one(campus: CampusStage) -> None:
    """
    The tap stands; where it was not understood it says so by having no position.
    """
    yesterday = (campus.clock.now - timedelta(days=1)).isoformat()
    odd = [
        {"latitude": 0, "longitude": 0},
        {"latitude": 51.4985, "longitude": -0.177, "accuracy_m": 25_000},
        {"latitude": 51.4985, "longitude": -0.177, "recorded_at": yesterday},
    ]

    cases = [campus.student(f"student{index}").taps("help", position=one) for index, one in enumerate(odd)]

    assert [None, None, None] == [case["position"] for case in cases]


def test_an_eta_is_delayed_when_the_officer_has_not_been_heard_of(campus: CampusStage) -> None:
    """
    A number that no longer moves is not shown as if it did.
    """
    officer, student = campus.officer(at=campus.BEIT), campus.student()
    student.taps("help", at=campus.CHEMISTRY)
    officer.accepts()
    fresh = student.looks()["responders"][0]

    campus.passes(seconds=180)

    assert fresh["eta_s"] > 60
    assert not fresh["delayed"]
    assert student.looks()["responders"][0]["delayed"]


def test_a_mailbox_team_gets_the_case_there_and_the_control_room_in_the_end(campus: CampusStage) -> None:
    """
    A facility defect goes to the mailbox at step zero; nobody being an officer there, the policy ends in an alarm.
    """
    campus.officer()

    campus.student().taps("help", at=campus.LIBRARY, subtype="facility_defect")
    at_once = ([one.team_id for one in campus.deliveries("email")], campus.alarms())
    campus.passes(seconds=400)

    assert at_once == (["customer-services"], [])
    assert campus.alarms() == ["unanswered", "nobody_answered"]

"""An officer in danger presses: the control room knows at once, colleagues are asked, and never the officer."""

from tests.campus import CampusStage


def test_an_officers_duress_alarms_at_once_and_asks_the_others(campus: CampusStage) -> None:
    """
    The colleagues are asked, the control room is alarmed in the same moment; whoever raised it is never offered it.
    """
    officer, other = campus.officer("officer", at=campus.LIBRARY), campus.officer("other", at=campus.BEIT)

    officer.taps("emergency", at=campus.LIBRARY, trigger="responder_duress")
    campus.passes(200)

    assert campus.alarms()[0] == "responder_duress"
    assert other.is_ringing
    assert (officer.offers, officer.heard("offer")) == ([], [])


def test_it_is_a_case_of_its_own_and_as_quiet_as_the_phone_says(campus: CampusStage) -> None:
    """
    It joins neither a loud case of the officer's own, nor does it make a sound when the press was silent.
    """
    officer, other = campus.officer("officer", at=campus.LIBRARY), campus.officer("other", at=campus.BEIT)
    first = officer.taps("emergency", at=campus.LIBRARY)

    second = officer.taps("emergency", at=campus.LIBRARY, trigger="responder_duress", silent=True)
    again = officer.taps("emergency", at=campus.LIBRARY, trigger="responder_duress", silent=True)

    assert first["id"] != second["id"] == again["id"]
    assert {message["data"]["quiet"] for message in officer.messages() if message["data"]["id"] == second["id"]} == {
        True
    }
    assert [(one["incident"]["trigger"], one["quiet"]) for one in other.heard("offer")] == [
        ("button", False),
        ("responder_duress", True),
    ]


def test_an_officer_with_a_case_may_still_call_for_themself(campus: CampusStage) -> None:
    """
    The case they were at stays theirs; it is the officer who now stands before the control room.
    """
    officer, other, student = campus.officer("officer"), campus.officer("other", at=campus.BEIT), campus.student()
    controller = campus.controller()
    case = student.taps("help", at=campus.LIBRARY)
    officer.accepts()

    own = officer.taps("emergency", at=campus.LIBRARY, trigger="responder_duress")

    (alarm,) = controller.heard("alarm")
    assert (alarm["reason"], alarm["incident_id"]) == ("responder_duress", own["id"])
    assert student.looks()["responders"][0]["name"] == "officer"
    assert [one["incident"]["id"] for one in other.offers] == [own["id"]]
    assert case["id"] != own["id"]

"""One press reaches an officer's handset, and comes back."""

from tests.campus import CampusStage


def test_the_nearest_officers_are_offered_an_emergency_and_the_first_yes_shows_who_comes(campus: CampusStage) -> None:
    """
    A press is offered at once; an acceptance tells the student who is coming and when.
    """
    officer = campus.officer("near", at=campus.LIBRARY)
    student = campus.student("one")

    student.taps("emergency", at=campus.SHERFIELD)
    assert officer.is_ringing
    officer.accepts()

    seen = student.looks()
    assert seen["state"] == "accepted"
    assert [(one["name"], one["state"]) for one in seen["responders"]] == [("near", "accepted")]
    assert 0 < seen["responders"][0]["eta_s"] < 600
    assert campus.audit_faults() == []


def test_a_case_is_carried_from_the_press_to_the_end(campus: CampusStage) -> None:
    """
    Every step of officer and student shows on the other's screen, and the case ends for all.
    """
    officer, student = campus.officer(), campus.student()
    controller = campus.controller()
    case = student.taps("help", at=campus.SHERFIELD, note="my bag was taken")

    officer.shows("offer")
    assert student.looks()["seen"]
    officer.accepts()
    officer.moves("en_route", case["id"])
    student.posts(f"/v1/incidents/{case['id']}/positions", {"seq": 1, "latitude": 51.4986, "longitude": -0.1771})
    officer.posts(
        f"/v1/incidents/{case['id']}/messages",
        {"message_id": "7b0c2f8e-4f3e-4d59-9d7e-0b6f1f5f9f10", "text": "I see you"},
    )
    officer.moves("on_scene", case["id"])
    officer.moves("resolved", case["id"])

    assert [line["stage"] for line in student.looks()["progress"]] == [
        "received",
        "offered",
        "seen",
        "accepted",
        "en_route",
        "on_scene",
        "resolved",
    ]
    assert "I see you" in [said["text"] for said in student.heard("chat")]
    # What a console missed of a closed case it is told by the id alone, and asks the door.
    told = controller.heard("incident")[-1]["incident_id"]
    assert controller.gets(f"/console/api/incidents/{told}")["state"] == "resolved"
    assert campus.audit_faults() == []

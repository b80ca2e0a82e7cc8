"""What an officer's phone has to know of its holder: until when the duty holds, and who of those who come they are."""

from datetime import datetime, timedelta

from tests.campus import CampusStage


def test_the_phone_is_told_until_when_the_duty_holds(campus: CampusStage) -> None:
    """
    Thirteen hours from coming on, through a change within the shift; off duty, and for a member, there is none.
    """
    officer, student = campus.officer("officer"), campus.student()
    first = officer.gets("/v1/me")

    campus.passes(600)
    officer.goes_on_duty(state="break")
    later = officer.gets("/v1/me")
    officer.goes_off_duty()

    assert ("break", first["duty_ends_at"]) == (later["duty"], later["duty_ends_at"])
    assert (
        timedelta(hours=13) - timedelta(seconds=600) == datetime.fromisoformat(later["duty_ends_at"]) - campus.clock.now
    )
    assert [None, None] == [one.gets("/v1/me")["duty_ends_at"] for one in (officer, student)]


def test_only_officers_are_told_by_id_who_comes(campus: CampusStage) -> None:
    """
    Of two officers each phone finds its holder, by the door and by the stream; the owner reads names alone.
    """
    one, other = campus.officer("one"), campus.officer("other")
    student = campus.student()
    case = student.taps("emergency", at=campus.LIBRARY)

    one.accepts()
    other.accepts()

    ids = [officer.gets("/v1/me")["id"] for officer in (one, other)]
    by_the_door = one.gets(f"/v1/incidents/{case['id']}")["responders"]
    by_the_stream = one.heard("incident")[-1]["responders"]
    assert sorted(ids) == sorted(who["officer_id"] for who in by_the_door)
    assert sorted(ids) == sorted(who["officer_id"] for who in by_the_stream)
    assert all("officer_id" not in who for who in student.looks()["responders"])
    assert all("officer_id" not in who for told in student.heard("incident") for who in told["responders"])

"""Nobody answers: rungs and alarms at their seconds, through restarts, and never for a closed case."""

from tests.campus import CampusStage


def test_the_rest_of_the_team_is_asked_when_the_nearest_does_not_answer(campus: CampusStage) -> None:
    """
    Two minutes without an answer ask the rest of the team at the site.
    """
    near, far = campus.officer("near", at=campus.LIBRARY), campus.officer("far", at=campus.BEIT)
    campus.student("one").taps("help", at=campus.LIBRARY)
    assert (near.is_ringing, far.is_ringing) == (True, False)

    campus.passes(seconds=119)
    too_early = far.is_ringing
    campus.passes(seconds=1)

    assert not too_early
    assert far.is_ringing


def test_an_emergency_climbs_every_rung_at_its_second(campus: CampusStage) -> None:
    """
    Nearest at 0, the site at 20, the whole team and an alarm at 45, the recall at 90, the end half a minute later.
    """
    here = [campus.officer(f"here{number}", at=campus.LIBRARY) for number in range(4)]
    elsewhere = campus.officer("elsewhere", at=campus.WHITE_CITY, site="white-city")
    recalled = campus.officer("recalled", on_duty=False, recall=True, mobile="+447700900123")
    campus.officer("not_recalled", on_duty=False, recall=False, mobile="+447700900124")
    campus.student().taps("emergency", at=campus.SHERFIELD)

    asked = {0: sum(one.is_ringing for one in here)}
    for second in (19, 20, 44, 45, 89, 90, 119, 120):
        campus.passes(seconds=second - max(asked))
        asked[second] = sum(one.is_ringing for one in [*here, elsewhere])
        if second == 44:
            assert campus.alarms() == []
        if second == 45:
            assert campus.alarms() == ["unanswered"]
        if second == 89:
            assert rung_up(campus) == []
        if second == 119:
            assert "nobody_answered" not in campus.alarms()

    assert {0: 3, 19: 3, 20: 4, 44: 4, 45: 5, 89: 5, 90: 5, 119: 5, 120: 5} == asked
    assert [("sms", str(recalled.id)), ("voice", str(recalled.id))] == rung_up(campus)
    assert "nobody_answered" in campus.alarms()


def test_a_restart_in_between_changes_nothing(campus: CampusStage) -> None:
    """
    The ladder is rows: a process that ends between two rungs loses no second of it.
    """
    near, far = campus.officer("near", at=campus.LIBRARY), campus.officer("far", at=campus.BEIT)
    campus.student().taps("help", at=campus.LIBRARY)
    campus.passes(seconds=60)

    campus.restarts()
    campus.passes(seconds=59)
    too_early = far.is_ringing
    campus.passes(seconds=1)

    assert not too_early
    assert far.is_ringing
    assert len(near.heard("offer")) == 1


def test_what_was_missed_while_the_service_was_down_is_climbed_at_once(campus: CampusStage) -> None:
    """
    After a stop over several rungs everybody they would have asked is asked, and the control room knows.
    """
    campus.officer("near", at=campus.LIBRARY)
    far = campus.officer("far", at=campus.BEIT)
    campus.student().taps("help", at=campus.LIBRARY)

    campus.skips(minutes=20)
    campus.restarts()

    assert far.is_ringing
    assert campus.alarms() == ["nobody_answered", "unanswered"]


def test_a_closed_case_never_fires(campus: CampusStage) -> None:
    """
    Once cancelled, no rung and no alarm of the case comes any more, however long one waits.
    """
    near, far = campus.officer("near", at=campus.LIBRARY), campus.officer("far", at=campus.BEIT)
    student = campus.student()
    case = student.taps("help", at=campus.LIBRARY)

    student.posts(f"/v1/incidents/{case['id']}/cancel", {"reason": "pressed by accident"})
    campus.passes(seconds=700)
    before = campus.alarms()
    campus.skips(hours=30)

    assert (near.is_ringing, far.is_ringing) == (False, False)
    assert far.heard("offer") == []
    # Thirty hours on, both shifts are over: that alarm is of no case.
    assert ([], ["nobody_reachable"]) == (before, campus.alarms())


def test_nobody_on_duty_alarms_the_control_room_at_once(campus: CampusStage) -> None:
    """
    A case that no reachable officer could be asked about does not wait for a rung.
    """
    campus.officer("asleep", on_duty=False)
    campus.student().taps("emergency", at=campus.SHERFIELD)

    assert campus.alarms() == ["nobody_reachable"]


def test_an_officer_who_comes_on_duty_is_asked_about_what_still_waits(campus: CampusStage) -> None:
    """
    A case whose rungs were climbed while nobody was there is offered to who comes.
    """
    campus.student().taps("emergency", at=campus.SHERFIELD)
    campus.passes(seconds=200)

    officer = campus.officer("late")

    assert officer.is_ringing


def test_an_accepted_case_with_nobody_on_scene_is_asked_again(campus: CampusStage) -> None:
    """
    Ten minutes after the yes the case counts as late: the control room is alarmed and others are asked.
    """
    gone, other = campus.officer("gone", at=campus.LIBRARY), campus.officer("other", at=campus.BEIT)
    skilled = {"first_aid": None}
    medic = campus.officer("medic", teams=["first-aid"], skills=skilled, at=campus.LIBRARY)
    second = campus.officer("second", teams=["first-aid"], skills=skilled, at=campus.BEIT)
    campus.student().taps("first_aid", at=campus.LIBRARY)
    medic.accepts()
    campus.passes(seconds=599)
    too_early = campus.alarms()

    campus.passes(seconds=1)

    assert too_early == []
    assert campus.alarms() == ["accepted_and_late"]
    assert second.is_ringing
    assert (gone.is_ringing, other.is_ringing) == (False, False)


def test_an_officer_on_scene_stops_the_clock(campus: CampusStage) -> None:
    """
    With somebody on scene the case is never asked again.
    """
    officer, other = campus.officer("there", at=campus.LIBRARY), campus.officer("other", at=campus.BEIT)
    case = campus.student().taps("help", at=campus.LIBRARY)
    officer.accepts()
    officer.moves("on_scene", case["id"])

    campus.skips(hours=5)

    assert campus.alarms() == []
    assert not other.is_ringing


def test_whoever_said_yes_and_leaves_duty_is_replaced_at_once(campus: CampusStage) -> None:
    """
    An officer who goes off duty on the way is not coming: the others are asked at that moment.
    """
    leaver, other = campus.officer("leaver", at=campus.LIBRARY), campus.officer("other", at=campus.BEIT)
    campus.student().taps("help", at=campus.LIBRARY)
    leaver.accepts()

    leaver.goes_off_duty()

    assert other.is_ringing
    assert campus.alarms() == ["accepted_and_late"]


def rung_up(campus: CampusStage) -> list[tuple[str, str]]:
    """Who the recorder rang or texted about a case, and how."""
    calls = campus.deliveries("sms", "voice")
    return sorted((one.channel, str(one.person_id)) for one in calls if one.incident_id)


def test_whoever_left_and_came_back_at_once_keeps_their_case(campus: CampusStage) -> None:
    """
    Off duty and on again before anybody was told: nobody is asked anew.
    """
    officer, other = campus.officer("officer", at=campus.LIBRARY), campus.officer("other", at=campus.BEIT)
    campus.student().taps("help", at=campus.LIBRARY)
    officer.accepts()

    for state in ("off_duty", "on_patrol"):
        officer.asks("PUT", "/v1/duty", {"state": state})
    campus.settles()

    assert not other.is_ringing
    assert campus.alarms() == []

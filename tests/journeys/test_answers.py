"""Yes, no, too late: how many have a case, and what the others hear."""

from uuid import uuid4

from tests.campus import CampusStage


def test_one_yes_ends_the_asking_when_one_is_wanted(campus: CampusStage) -> None:
    """
    The second officer is told to stand down and gets 409 with the name of who has it.
    """
    first, second = campus.officer("first", at=campus.LIBRARY), campus.officer("second", at=campus.BEIT)
    campus.student().taps("help", at=campus.LIBRARY)
    campus.passes(seconds=120)
    late_offer = second.offers[0]["id"]

    first.accepts()

    refused = second.posts(f"/v1/offers/{late_offer}/accept", expecting=409)
    assert refused["type"].endswith("offer-taken")
    assert refused["taken_by"] == [{"name": "first"}]
    assert second.heard("offer_withdrawn")[-1]["offer_id"] == late_offer
    assert not second.is_ringing


def test_two_wanted_are_two_and_never_three(campus: CampusStage) -> None:
    """
    An emergency wants two: one yes does not silence the rest, the second does.
    """
    officers = [campus.officer(f"officer{number}", at=campus.LIBRARY) for number in range(3)]
    student = campus.student()
    student.taps("emergency", at=campus.LIBRARY)

    officers[0].accepts()
    still_ringing = officers[2].is_ringing
    third = officers[2].offers[0]["id"]
    officers[1].accepts()

    assert still_ringing
    assert not officers[2].is_ringing
    assert officers[2].posts(f"/v1/offers/{third}/accept", expecting=409)["taken_by"] == [
        {"name": "officer0"},
        {"name": "officer1"},
    ]
    assert len(student.looks()["responders"]) == 2


def test_the_same_yes_twice_is_one_yes(campus: CampusStage) -> None:
    """
    A handset that repeats its yes gets 200 again.
    """
    officer = campus.officer()
    campus.student().taps("help", at=campus.LIBRARY)
    offer = officer.offers[0]["id"]

    once = officer.posts(f"/v1/offers/{offer}/accept")
    again = officer.posts(f"/v1/offers/{offer}/accept")

    assert once["state"] == again["state"] == "accepted"


def test_a_no_asks_the_next_officer_at_once(campus: CampusStage) -> None:
    """
    Whoever is next nearest is asked in the same moment, not at the next rung.
    """
    near, far = campus.officer("near", at=campus.LIBRARY), campus.officer("far", at=campus.BEIT)
    campus.student().taps("help", at=campus.LIBRARY)

    near.declines("with another case")

    assert not near.is_ringing
    assert far.is_ringing


def test_moves_are_each_officers_own_and_only_go_forward(campus: CampusStage) -> None:
    """
    An illegal move is 409 and names the legal ones; the same again is 200; after the end it is 409, never 404.
    """
    one, two = campus.officer("one", at=campus.LIBRARY), campus.officer("two", at=campus.LIBRARY)
    stranger = campus.officer("stranger", on_duty=False)
    student = campus.student()
    case = student.taps("emergency", at=campus.LIBRARY)
    one.accepts()
    two.accepts()

    one.moves("on_scene", case["id"])
    back = one.moves("en_route", case["id"], expecting=409)
    two.moves("en_route", case["id"])
    two.moves("en_route", case["id"])
    furthest = student.looks()["state"]
    one.moves("resolved", case["id"])
    after = two.moves("on_scene", case["id"], expecting=409)

    assert back["legal"] == ["resolved"]
    assert furthest == "on_scene"
    assert after["type"].endswith("incident-closed")
    assert one.moves("resolved", case["id"])["state"] == "resolved"
    stranger.moves("en_route", case["id"], expecting=404)


def test_off_duty_is_never_asked_and_sees_no_offers(campus: CampusStage) -> None:
    """
    Going off duty takes back what one was asked, and nothing new comes.
    """
    officer = campus.officer(at=campus.LIBRARY)
    student = campus.student()
    student.taps("help", at=campus.LIBRARY)
    offer = officer.offers[0]["id"]

    officer.goes_off_duty()
    campus.student("another").taps("emergency", at=campus.LIBRARY)

    assert officer.offers == []
    assert len(officer.heard("offer")) == 1
    officer.posts(f"/v1/offers/{offer}/accept", expecting=409)


def test_duty_ends_with_the_shift(campus: CampusStage) -> None:
    """
    Thirteen hours after coming on an officer is off duty, whatever they forgot.
    """
    officer = campus.officer()

    campus.skips(hours=13, seconds=1)
    campus.student().taps("emergency", at=campus.LIBRARY)

    assert officer.gets("/v1/me")["duty"] == "off_duty"
    assert officer.offers == []


def test_a_recalled_officers_yes_puts_them_on_duty_first(campus: CampusStage) -> None:
    """
    Off duty one is rung and never shown the case; the yes comes on duty and has it.
    """
    officer = campus.officer("home", on_duty=False, recall=True, mobile="+447700900123")
    student = campus.student()
    case = student.taps("emergency", at=campus.LIBRARY)
    campus.passes(seconds=90)
    (call,) = campus.deliveries("voice")

    officer.posts(f"/v1/offers/{call.data['offer_id']}/accept")

    assert officer.heard("offer") == []
    assert officer.gets("/v1/me")["duty"] == "on_patrol"
    assert [one["name"] for one in student.looks()["responders"]] == ["home"]
    assert officer.gets(f"/v1/incidents/{case['id']}")["position"] is not None


def test_an_expired_certificate_is_not_chosen(campus: CampusStage) -> None:
    """
    First aid is offered to who holds a certificate that is good today, the last day included.
    """
    today = campus.clock.now.date()
    expired = campus.officer("expired", teams=["first-aid"], skills={"first_aid": today.replace(day=today.day - 1)})
    last_day = campus.officer("last_day", teams=["first-aid"], skills={"first_aid": today})
    campus.officer("none", teams=["first-aid"])

    campus.student().taps("first_aid", at=campus.LIBRARY)

    assert last_day.is_ringing
    assert not expired.is_ringing


def test_the_raiser_is_never_offered_their_own_case(campus: CampusStage) -> None:
    """
    An officer in trouble is not asked to help themself, but may be asked to help others.
    """
    officer, other = campus.officer("officer", at=campus.LIBRARY), campus.officer("other", at=campus.BEIT)

    officer.taps("emergency", at=campus.LIBRARY)
    campus.passes(seconds=60)

    assert officer.heard("offer") == []
    assert other.is_ringing


def test_the_unreachable_are_asked_as_well_but_do_not_count(campus: CampusStage) -> None:
    """
    With the nearest out of reach the next one who can be reached is asked too.
    """
    near = campus.officer("near", at=campus.LIBRARY)
    campus.skips(minutes=9)
    far = campus.officer("far", at=campus.LIBRARY)
    near.is_at(campus.LIBRARY)
    near.loses_its_network()
    campus.skips(minutes=11)
    far.is_at(campus.BEIT)

    campus.student().taps("help", at=campus.LIBRARY)

    assert far.is_ringing
    assert near.is_ringing


def test_somebody_elses_offer_is_not_there(campus: CampusStage) -> None:
    """
    Another officer's offer, and one that never was, are the same 404.
    """
    officer, other = campus.officer("officer", at=campus.LIBRARY), campus.officer("other", at=campus.BEIT)
    campus.student().taps("help", at=campus.LIBRARY)
    offer = officer.offers[0]["id"]

    theirs = other.posts(f"/v1/offers/{offer}/accept", expecting=404)
    nobodys = other.posts(f"/v1/offers/{uuid4()}/accept", expecting=404)

    assert theirs == nobodys

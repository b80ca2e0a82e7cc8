"""A person's own profile: what they tell of themselves, kept so that nobody reads it by the way."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from backend.kernel.vocabulary import Role
from backend.people.account import Account
from backend.people.describing import CANNOT_BE_OPENED, forget_profile
from backend.people.profile import Profile
from infra.keyring_file import NAME, add_key
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import lines, refusal
from tests.pictures import CAMERA, COMMENT, as_bytes, as_text, bomb, moving, opened, picture, telltale

NOTES = "Zebrafish asthma, inhaler in the left pocket"
PLAN = "Quokka evac chair from level 3"
SISTER = {"name": "Wilhelmina Okonkwo-Telltale", "number": "+447700900321", "relation": "sister"}
WHOLE = {
    "photo": as_text(telltale(orientation=6)),
    "mobile": "+447700900123",
    "medical_notes": NOTES,
    "evacuation_plan": PLAN,
    "language": "en",
    "emergency_contacts": [SISTER],
}
NOTHING = {
    "photo": None,
    "mobile": None,
    "medical_notes": None,
    "evacuation_plan": None,
    "language": "en",
    "emergency_contacts": [],
    "changed_at": None,
    "unavailable": [],
}


def tells(person: Person, **told: Any) -> dict[str, Any]:
    """The profile that a PUT answers with."""
    response = person.asks("PUT", "/v1/profile", told)
    assert response.status_code == 200, response.text
    profile: dict[str, Any] = response.json
    return profile


def faults(person: Person, **told: Any) -> dict[str, str]:
    """The fields that are refused, and why."""
    response = person.asks("PUT", "/v1/profile", told)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json"), response.text
    return {error["field"]: error["message"] for error in response.json["errors"]}


def test_who_has_told_nothing_has_an_empty_profile(campus: CampusStage) -> None:
    """
    Mobile and language are those of the account.
    """
    student = campus.student(mobile="+447700900001")

    assert {**NOTHING, "mobile": "+447700900001"} == student.gets("/v1/profile")


def test_what_is_told_is_read_again(campus: CampusStage) -> None:
    """
    By its owner, from the answer and from every later look; the photo small, upright and bare.
    """
    student = campus.student()

    answered = tells(student, **WHOLE)

    assert answered == student.gets("/v1/profile")
    assert {name: WHOLE[name] for name in WHOLE if name != "photo"} == {
        name: answered[name] for name in WHOLE if name != "photo"
    }
    assert ([], campus.clock.now.isoformat()) == (answered["unavailable"], answered["changed_at"])
    photo = as_bytes(answered["photo"])
    assert ("JPEG", (384, 512)) == (opened(photo).format, opened(photo).size)
    assert CAMERA.encode() not in photo
    assert NOTHING == campus.student("another").gets("/v1/profile")


def test_what_is_left_out_stays_and_null_takes_away(campus: CampusStage) -> None:
    """
    An app that does not know a field takes no medical note away.
    """
    student = campus.student()
    first = tells(student, **WHOLE)

    later = tells(student, medical_notes="  none any more \n", mobile=None)
    emptied = tells(student, medical_notes=" ", evacuation_plan=None, photo=None, emergency_contacts=None)

    assert {**first, "medical_notes": "none any more", "mobile": None} == later
    assert {**NOTHING, "changed_at": first["changed_at"]} == emptied
    assert emptied == tells(student)


def test_the_account_has_mobile_and_language(campus: CampusStage) -> None:
    """
    One place for each: who is rung by dispatch is rung at the number told here.
    """
    student = campus.student()

    tells(student, mobile="07700 900 456")

    account = campus.database.read(lambda session: session.get(Account, student.id))
    assert ("+447700900456", "en") == (account.mobile, account.language)
    assert campus.database.read(lambda session: session.get(Profile, student.id)) is None


def test_a_photo_that_comes_back_is_kept_as_it_is(campus: CampusStage) -> None:
    """
    Sent back as it was got, it is not written anew: a face does not wear out.
    """
    student = campus.student()
    got = tells(student, photo=as_text(picture()))["photo"]

    again = tells(student, photo=got, medical_notes="new")["photo"]

    assert got == again


@pytest.mark.parametrize(
    ("told", "field", "why"),
    [
        ({"mobile": "12"}, "mobile", "too short"),
        ({"mobile": "call me"}, "mobile", "not a telephone number"),
        ({"language": "tlh"}, "language", "none of the languages"),
        ({"language": None}, "language", "null"),
        ({"medical_notes": "x" * 2001}, "medical_notes", "2000"),
        ({"evacuation_plan": "x" * 4001}, "evacuation_plan", "4000"),
        ({"emergency_contacts": [SISTER] * 6}, "emergency_contacts", "5"),
        ({"emergency_contacts": [{**SISTER, "number": "1"}]}, "emergency_contacts.0.number", "telephone"),
        ({"emergency_contacts": [SISTER, {**SISTER, "name": " "}]}, "emergency_contacts.1.name", "who"),
        ({"emergency_contacts": [{**SISTER, "number": " "}]}, "emergency_contacts.0.number", "which"),
        ({"emergency_contacts": [{"number": "+447700900321"}]}, "emergency_contacts.0.name", "Missing"),
        ({"blood_group": "0"}, "blood_group", "Unknown"),
        ({"photo": "no base64!"}, "photo", "base64"),
        ({"photo": as_text(b"no picture")}, "photo", "no JPEG, PNG or WebP"),
        ({"photo": as_text(moving("WEBP"))}, "photo", "moves"),
        ({"photo": as_text(bomb())}, "photo", "16 million pixels"),
        ({"photo": as_text(bytes(720_001))}, "photo", "720 kB"),
    ],
)
def test_what_cannot_be_kept_is_named(campus: CampusStage, told: dict[str, Any], field: str, why: str) -> None:
    """
    The field and a sentence; and nothing of the body is kept.
    """
    student = campus.student()
    before = tells(student, medical_notes="before")

    found = faults(student, **{"evacuation_plan": "not kept", **told})

    assert [field] == list(found)
    assert why in found[field]
    assert before == student.gets("/v1/profile")


def test_a_profile_of_more_than_a_mebibyte_is_refused(campus: CampusStage) -> None:
    """
    By the one bound that all bodies have.
    """
    student = campus.student()

    assert (413, "request-entity-too-large") == refusal(student, "PUT", "/v1/profile", {"photo": "A" * (1 << 20)})


def test_a_change_leaves_one_line_without_a_word_of_it(campus: CampusStage) -> None:
    """
    Looking at one's own leaves none; the line does not even say which piece it was.
    """
    student = campus.student()

    tells(student, **WHOLE)
    student.gets("/v1/profile")

    (line,) = lines(campus, about="profile")
    assert ("profile.changed", str(student.id), str(student.id), {}) == (
        line.action,
        line.actor,
        line.about_id,
        line.facts,
    )


def test_no_byte_of_it_can_be_read_from_the_store(campus: CampusStage) -> None:
    """
    Neither notes nor plan, nor a contact's name or number, nor a trace of the photo: in no file, in no row.
    """
    student = campus.student()
    tells(student, **WHOLE)
    kept = as_bytes(student.gets("/v1/profile")["photo"])

    stored = list(everything_stored(campus))

    traces = [NOTES, PLAN, SISTER["name"], SISTER["number"], "Zebrafish", "Quokka", "Okonkwo", CAMERA, COMMENT.decode()]
    spellings = {text.encode() for text in traces} | {text.encode().hex().encode() for text in traces}
    spellings |= {as_text(text.encode()).rstrip("=").encode()[:-1] for text in traces}
    spellings |= {kept[100:140], kept[100:140].hex().encode(), as_text(kept)[100:140].encode(), b"\xff\xd8\xff\xe0"}
    assert [] == [trace for trace in spellings if any(trace in content for content in stored)]
    assert any(student.id.hex.encode() in content or str(student.id).encode() in content for content in stored)


def everything_stored(campus: CampusStage) -> Iterator[bytes]:
    """Every file beside the database, and every row of every table, its bytes as they are and its text."""
    for file in campus.settings.data_dir.iterdir():
        yield file.read_bytes()
    for row in campus.database.read(all_rows):
        for value in row:
            yield bytes(value) if isinstance(value, bytes | memoryview) else json.dumps(value, default=str).encode()


def all_rows(session: Any) -> list[tuple[Any, ...]]:
    tables = sa.inspect(session.connection()).get_table_names()
    return [tuple(row) for table in tables for row in session.execute(sa.text(f'SELECT * FROM "{table}"'))]  # noqa: S608


def test_a_short_note_and_none_take_the_same_room(campus: CampusStage) -> None:
    """
    Who reads the table cannot tell who has something to say.
    """
    ill, well = campus.student("ill"), campus.student("well")
    tells(ill, medical_notes=NOTES, emergency_contacts=[SISTER])
    tells(well, medical_notes=None)

    rows = [campus.database.read(lambda session, id_=one.id: session.get(Profile, id_)) for one in (ill, well)]

    sizes = [[len(row.medical_notes), len(row.evacuation_plan), len(row.emergency_contacts)] for row in rows]
    assert sizes[0] == sizes[1]


def test_a_lost_key_takes_no_more_than_its_pieces(campus: CampusStage) -> None:
    """
    What is lost is named, never shown as "nothing"; a tap stands, and what is told anew is read again.
    """
    student, officer = campus.student(mobile="+447700900001"), campus.officer()
    tells(student, medical_notes=NOTES, photo=as_text(picture()))
    (campus.settings.data_dir / NAME).unlink()
    campus.restarts()

    seen = student.gets("/v1/profile")
    case = student.taps("emergency", at=campus.LIBRARY)
    officer.accepts()
    released = officer.posts(f"/v1/incidents/{case['id']}/profile")
    told_anew = tells(student, medical_notes="the same again")

    pieces = ["medical_notes", "evacuation_plan", "emergency_contacts", "photo"]
    assert [{"field": name, "message": CANNOT_BE_OPENED} for name in pieces] == seen["unavailable"]
    assert ("+447700900001", None) == (seen["mobile"], seen["medical_notes"])
    assert ("student", pieces) == (released["name"], [one["field"] for one in released["unavailable"]])
    assert "the same again" == told_anew["medical_notes"]
    assert pieces[1:] == [one["field"] for one in told_anew["unavailable"]]
    assert [] == campus.alarms()


def test_without_any_key_nothing_new_is_taken_and_the_rest_goes_on(campus: CampusStage) -> None:
    """
    A key file that is no key file: 503 for what would have to be sealed, and the tap stands.
    """
    student = campus.student()
    tells(student, medical_notes=NOTES)
    (campus.settings.data_dir / NAME).write_text("not a key\n")
    campus.restarts()

    refused = refusal(student, "PUT", "/v1/profile", {"medical_notes": "new"})

    assert (503, "no-keys") == refused
    assert "medical_notes" == student.gets("/v1/profile")["unavailable"][0]["field"]
    assert "07700" in tells(student, mobile="07700 900123")["mobile"].replace("+44", "0")
    assert "raised" == student.taps("help")["state"]


def test_a_running_server_seals_with_a_key_that_was_drawn_meanwhile(campus: CampusStage) -> None:
    """
    And goes on with what it knows when the file is gone.
    """
    student = campus.student()
    tells(student, medical_notes="old")
    newest = add_key(campus.settings.data_dir)

    tells(student, evacuation_plan="new")
    row = campus.database.read(lambda session: session.get(Profile, student.id))
    (campus.settings.data_dir / NAME).unlink()

    assert newest == row.evacuation_plan[1:9].hex() != row.medical_notes[1:9].hex()
    assert ("old", "new") == tuple(student.gets("/v1/profile")[name] for name in ("medical_notes", "evacuation_plan"))


def test_a_profile_can_be_forgotten(campus: CampusStage) -> None:
    """
    As when an account is closed: the account stays, and one line says that it was.
    """
    student = campus.student(mobile="+447700900001")
    tells(student, **WHOLE)

    gone = [campus.database.write(forget_profile, student.id, by=None, now=campus.clock.now) for _ in range(2)]

    assert [True, False] == gone
    assert {**NOTHING, "mobile": WHOLE["mobile"]} == student.gets("/v1/profile")
    assert ["profile.changed", "profile.forgotten"] == [line.action for line in lines(campus, about="profile")]


@pytest.mark.parametrize("role", Role)
def test_everybody_has_a_profile_of_their_own(campus: CampusStage, role: Role) -> None:
    """
    Every account is a member; there is no door to anybody else's without a case.
    """
    person = campus.somebody("somebody", role)

    tells(person, medical_notes="mine")

    assert "mine" == person.gets("/v1/profile")["medical_notes"]
    assert [] == person.gets("/v1/profile/views")["items"]
    assert (404, "not-found") == refusal(person, "GET", f"/v1/profile/{person.id}")

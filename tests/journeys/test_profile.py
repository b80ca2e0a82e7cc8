"""A person's own profile: what they tell of themselves, kept so that nobody reads it by the way."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from backend.kernel.threads import PlainThreads
from backend.kernel.vocabulary import Role
from backend.people.account import Account
from backend.people.describing import forget_profile
from backend.people.profile import Profile
from backend.web.context import NAME as CONTEXT
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.console import lines, refusal
from tests.journeys.profiles import NOTHING, SISTER, WHOLE, tells
from tests.pictures import CAMERA, as_bytes, as_text, bomb, moving, opened, picture

T = TypeVar("T")

#: What is told, the field that is refused, and a word of the reason.
CANNOT_BE_KEPT: list[tuple[dict[str, Any], str, str]] = [
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
]


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


class Counting(PlainThreads):
    """The threads for pictures, with how often they were asked."""

    def __init__(self) -> None:
        self.asked = 0

    def call(self, work: Callable[[], T]) -> T:
        self.asked += 1
        return work()


def test_a_photo_is_decoded_in_threads_of_its_own(campus: CampusStage) -> None:
    """
    Neither on the hub nor where passwords wait; and words do not queue behind pictures.
    """
    student, imaging = campus.student(), Counting()
    app = campus.service.app
    app.extensions[CONTEXT] = replace(app.extensions[CONTEXT], imaging=imaging)

    counts = [(tells(student, **told), imaging.asked)[1] for told in ({"mobile": None}, WHOLE, {"photo": None})]

    assert [0, 1, 1] == counts


def test_what_cannot_be_kept_is_named(campus: CampusStage) -> None:
    """
    The field and a sentence; and nothing of the body is kept.
    """
    student = campus.student()
    before = tells(student, medical_notes="before")

    found = [faults(student, **{"evacuation_plan": "not kept", **told}) for told, _, _ in CANNOT_BE_KEPT]

    assert [[field] for _, field, _ in CANNOT_BE_KEPT] == [list(named) for named in found]
    assert [] == [
        (why, named) for (_, field, why), named in zip(CANNOT_BE_KEPT, found, strict=True) if why not in named[field]
    ]
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


def test_everybody_has_a_profile_of_their_own(campus: CampusStage) -> None:
    """
    Every account is a member, whatever its roles; there is no door to anybody else's without a case.
    """
    people = [campus.somebody(role.value, role) for role in Role]

    for person in people:
        tells(person, medical_notes=person.name)

    assert [role.value for role in Role] == [person.gets("/v1/profile")["medical_notes"] for person in people]
    assert [] == [look for person in people for look in person.gets("/v1/profile/views")["items"]]
    assert {(404, "not-found")} == {refusal(person, "GET", f"/v1/profile/{people[0].id}") for person in people}

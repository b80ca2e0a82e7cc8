"""What is sealed cannot be read from the store, and a lost key takes no more with it than it must."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from backend.people.describing import CANNOT_BE_OPENED
from backend.people.profile import Profile
from infra.keyring_file import NAME, add_key
from tests.campus import CampusStage
from tests.journeys.console import refusal
from tests.journeys.profiles import NOTES, PLAN, SISTER, WHOLE, tells
from tests.pictures import CAMERA, COMMENT, as_bytes, as_text, picture


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

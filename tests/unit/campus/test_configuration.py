"""A campus directory is read as a whole, and refused with every fault of every file at once."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from backend.campus.campus_file import read_campus_file
from backend.campus.configuration import MAX_BYTES, faults_of, from_document, read_campus, to_document
from backend.campus.entry import Faults
from backend.campus.rota_file import read_rota
from backend.kernel.errors import Invalid
from backend.kernel.vocabulary import Kind
from tests.unit.campus import imperial


def faults_after(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(directory, "campus.toml", *changes)
    return faults_of(directory)


def test_the_campus_that_is_shipped_has_no_fault() -> None:
    """
    Everything about Imperial is read: places, teams, hours, rules and words.
    """
    campus = imperial.campus()

    assert faults_of(imperial.DIRECTORY) == []
    assert (campus.name, campus.time_zone) == ("Imperial College London", "Europe/London")
    assert len(campus.sites) == 8
    assert (len(campus.zones), len(campus.rota), len(campus.numbers)) == (23, 10, 4)
    assert campus.subtypes(Kind.HELP) == ("accident", "facility_defect")
    assert campus.keeping.case_positions_h == 72
    assert [template.id for template in campus.templates if template.kind == "all_clear"] == ["all-clear"]


def test_what_a_campus_does_not_say_is_kept_as_long_as_is_usual(tmp_path: Path) -> None:
    """
    A file, or a document in the database, from before there was a line can still be read.
    """
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(directory, "campus.toml", ("backups_days = 30\n", ""), ("cases_days = 730", "cases_days = 100"))
    document = to_document(read_campus(directory))
    del document["keeping"]["accounts_left_days"]

    keeping = from_document(document).keeping

    assert (keeping.backups_days, keeping.accounts_left_days, keeping.cases_days) == (30, 730, 100)
    assert (timedelta(hours=72), timedelta(days=100)) == (keeping.age("case_positions_h"), keeping.age("cases_days"))


def test_a_broken_campus_is_refused_with_every_fault_at_once(tmp_path: Path) -> None:
    """
    Nobody mends one line, imports, and is told of the next.
    """
    directory = imperial.copied_to(tmp_path)
    imperial.rewrite(
        directory,
        "campus.toml",
        ("Europe/London", "Europe/Londinium"),
        ('"ar"]', '"xx"]'),
        ('reach = "internal"', 'reach = "country:ZZ"'),
        ('requires_skill = "first_aid"', 'requires_skil = "first_aid"'),
        ('id = "customer-services"', 'id = "security"'),
        ('team = "first-aid"', 'team = "first-ade"'),
        ('site = "silwood-park"', 'site = "silwood"'),
        ('between = ["08:00", "18:00"]', 'between = ["08:00", "25:00"]'),
        ("{ after_s = 45,", "{ after_s = 15,"),
        ("wanted = 1", "wanted = true"),
        ('severity = "severe"', 'severity = "huge"'),
    )
    imperial.rewrite(
        directory,
        "rota.csv",
        ("security,officer1@", "guards,officer1@"),
        ("officer2@demo.example,south-kensington,mon-sun", "officer2@demo.example,atlantis,mon-son"),
    )
    imperial.rewrite(directory, "zones.geojson", ('"name": "White City Campus"', '"nome": "White City Campus"'))

    with pytest.raises(Invalid) as refusal:
        read_campus(directory)

    found = [f"{fault.field}: {fault.message}" for fault in refusal.value.errors]
    expected = [
        ("campus.toml: institution", "Europe/Londinium"),
        ("campus.toml: institution", '"xx"'),
        ("campus.toml: numbers 1", "country:ZZ"),
        ("campus.toml: teams 2", 'did you mean "requires_skill"?'),
        ("campus.toml: teams 4", "stands in campus.toml: teams 1 already"),
        ("campus.toml: routes 2", 'did you mean "first-aid"?'),
        ("campus.toml: routes 5", "customer-services"),
        ("campus.toml: routes 6", 'did you mean "silwood-park"?'),
        ("campus.toml: routes 6", "25:00"),
        ("campus.toml: policies 1", "step 3 comes 15 s"),
        ("campus.toml: policies 2", "whole number"),
        ("campus.toml: templates 2", '"huge"'),
        ("rota.csv: line 2", '"guards"'),
        ("rota.csv: line 3", "mon-son"),
        ("zones.geojson: feature 2", '"name"'),
        ('zones.geojson: feature 18 ("Molecular Sciences Research Hub")', "no such site"),
    ]
    missing = [
        (place, part)
        for place, part in expected
        if not any(fault.startswith(place) and part in fault for fault in found)
    ]
    assert missing == []
    assert str(len(found)) in refusal.value.title


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        (('kind = "first_aid"', 'kind = "firstaid"'), "routes 2", 'did you mean "first_aid"?'),
        (('ask = "nearest", count = 3', 'ask = "nearest"'), "policies 1, steps 1", "count"),
        (('and_tell = "control-room"', 'and_tell = "security"'), "policies 1", "only"),
        (('by = ["sms", "voice"]', "by = []"), "policies 1, steps 4", "off duty"),
        (('by = ["sms", "voice"]', 'by = ["app"]'), "policies 1, steps 4", "off duty"),
        (('by = ["sms", "voice"]', 'by = ["pigeon"]'), "policies 1, steps 4", "pigeon"),
        (('team = "security", on_duty', 'team = "securiti", on_duty'), "policies 2", 'did you mean "security"?'),
        (("streams_days = 7", "streams_days = -7"), "keeping", "streams_days"),
        (("backups_days = 30", "backups_days = 0"), "keeping", "backups_days"),
        (("cases_days = 730", "cases_days = 40000"), "keeping", "from 1 to 36500"),
        (("streams_days = 7", "stream_days = 7"), "keeping", 'did you mean "streams_days"?'),
        (('number = "+442075981000"', 'number = "020 7598 1000"'), "numbers 2", "international"),
        (("verified = true", 'verified = "yes"'), "numbers 1", "true or false"),
        (('end_condition = "Police', 'end_condition = "Police {'), "templates 1", "brace"),
        (("next_update_min = 10\n", ""), "templates 1", "next_update_min"),
        (('mailbox = "safety@example.ac.uk"', 'mailbox = "safety"'), "teams 3", "e-mail"),
        (('languages = ["en",', 'languages = ["en", "en",'), "institution", "twice"),
        (('name = "Imperial College London"', 'name = ""'), "institution", "name"),
        (('team = "first-aid"', 'zone = "silwood-park"\nteam = "first-aid"'), "routes 2", "is a site"),
        (
            ('team = "first-aid"', 'site = "white-city"\nzone = "sherfield"\nteam = "first-aid"'),
            "routes 2",
            "not in its site",
        ),
        (('days = ["mon",', 'days = ["monday",'), "routes 6", "monday"),
        (('between = ["08:00", "18:00"]', 'between = ["08:00"]'), "routes 6", "two times"),
        (('kind = "emergency"\nteam', 'kind = "emergency"\nzone = "sherfeild"\nteam'), "routes 1", "sherfield"),
        (('label = "Emergency services"', 'label = "Emer\\u0007gency"'), "numbers 3", "control characters"),
        (('languages = ["en",', "languages = [1,"), "institution", "list of texts"),
        (("[keeping]\n", "[[keeping]]\n"), "campus.toml", "must be a table"),
        (('[[teams]]\nid = "security"', '[teams]\nid = "security"'), "campus.toml", "TOML"),
        (("[keeping]", "[[keeping.x]]\na = 1\n[keeping.y]"), "keeping", "not a key"),
        (("verified = true", ""), "numbers 1", "verified"),
        (("wanted = 2 ", "#"), "policies 1", '"wanted" is missing'),
        (("accepted_s = 60,", "accepted_s = 0,"), "policies 1", '"accepted_s" must be a whole number from 1'),
        (("on_scene_s = 300 ", "on_scene_s = 30 "), "policies 1", "nobody is there before"),
        (("accepted_s = 60,", "acepted_s = 60,"), "policies 1", 'did you mean "accepted_s"?'),
        (("[keeping]", "[kepping]"), "campus.toml", 'did you mean "keeping"?'),
        (('kind = "help"\nwanted', 'kind = "first_aid"\nwanted'), "policies", 'none for "help"'),
        (('kind = "help"\nwanted', 'kind = "first_aid"\nwanted'), "policies 3", "policies 2 already"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, change: tuple[str, str], place: str, expected: str) -> None:
    """
    Typing mistakes in a configuration kill, so each is named where it stands.
    """
    faults = faults_after(tmp_path, change)

    assert any(fault.startswith(("campus.toml: " + place, place)) and expected in fault for fault in faults), faults


def test_two_routes_that_take_the_same_cases_at_the_same_hour_are_a_fault(tmp_path: Path) -> None:
    """
    Which of the two won would be an accident.
    """
    evening = '[[routes]]\nkind = "help"\nsite = "silwood-park"\nbetween = ["17:00", "22:00"]\nteam = "security"\n'

    (fault,) = faults_after(tmp_path, ("[[policies]]", evening + "[[policies]]"))

    assert fault.startswith("campus.toml: routes 7: takes the same cases as campus.toml: routes 6 on mon at 17:00")


def test_routes_that_differ_in_place_or_subtype_or_hours_may_stand_together(tmp_path: Path) -> None:
    """
    More and less specific routes are what the file is for.
    """
    more = (
        '[[routes]]\nkind = "help"\nsite = "silwood-park"\nbetween = ["18:00", "08:00"]\nteam = "security"\n'
        '[[routes]]\nkind = "help"\nzone = "sherfield"\nteam = "control-room"\n'
        '[[routes]]\nkind = "help"\nsubtype = "accident"\ndays = ["sat-sun"]\nteam = "security"\n'
    )

    assert faults_after(tmp_path, ("[[policies]]", more + "[[policies]]")) == []


@pytest.mark.parametrize("name", ["campus.toml", "zones.geojson", "rota.csv"])
@pytest.mark.parametrize(
    ("content", "expected"),
    [(None, "cannot be opened"), (b"\xff\xfe\x00", "UTF-8"), (b" " * (MAX_BYTES + 1), "larger than")],
    ids=["missing", "bytes", "huge"],
)
def test_a_file_that_cannot_be_read_is_one_fault(
    tmp_path: Path, name: str, content: bytes | None, expected: str
) -> None:
    """
    The file is named; what depends on it is not listed on top.
    """
    directory = imperial.copied_to(tmp_path)
    (directory / name).unlink()
    if content is not None:
        (directory / name).write_bytes(content)

    (fault,) = faults_of(directory)

    assert fault.startswith(f"{name}: ")
    assert expected in fault


@pytest.mark.parametrize("text", ["[", "a = " + "[" * 50_000, "a = 1\na = 2"])
def test_a_campus_file_that_is_no_toml_is_one_fault(tmp_path: Path, text: str) -> None:
    """
    Cut off, nested without end, or the same key twice.
    """
    directory = imperial.copied_to(tmp_path)
    (directory / "campus.toml").write_text(text, encoding="utf-8")

    (fault,) = faults_of(directory)

    assert fault.startswith("campus.toml: ")


@pytest.mark.parametrize("name", ["../zones.geojson", "/etc/zones.geojson", "zones"])
def test_a_campus_reads_no_file_outside_its_directory(tmp_path: Path, name: str) -> None:
    """
    A configuration that was sent by somebody cannot point at other files.
    """
    faults = faults_after(tmp_path, ('"zones.geojson"', f'"{name}"'))

    assert [fault for fault in faults if "beside campus.toml" in fault]


def test_a_map_with_every_position_the_wrong_way_round_is_a_fault(tmp_path: Path) -> None:
    """
    Somewhere off Somalia no range is broken, but no clock there shows London's time.
    """
    directory = imperial.copied_to(tmp_path)
    swapped = imperial.collection(imperial.feature(imperial.square(51.49, -0.18, 51.5, -0.17), "South Kensington"))
    (directory / "zones.geojson").write_text(swapped, encoding="utf-8")

    faults = faults_of(directory)

    assert any("look swapped everywhere" in fault for fault in faults)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(alphabet='[]{}="#,\n\r\x00a1é', max_size=60)
    | st.lists(
        st.sampled_from(["[institution]", "[[routes]]", 'kind = "help"', "between = [1]", "steps = [{}]", "by = 3"])
    ).map("\n".join)
)
def test_no_text_whatever_brings_the_readers_down(text: str) -> None:
    """
    What is read is read, the rest is told; nothing is raised.
    """
    faults = Faults()

    read_campus_file(text, faults)
    read_rota(text, "rota.csv", faults)

    assert faults.found

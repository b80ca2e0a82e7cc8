"""CAP out: whatever was said, to whomever, the document holds against the schema and tells the same."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from lxml import etree

from backend.broadcasts.audience import Audience, Circle
from backend.broadcasts.broadcast import UNMINDED
from backend.broadcasts.spoken import Part, Purpose, Spoken
from backend.cap.cap import GRACE, Publisher, document, moment
from backend.cap.cap_feed import feed
from backend.kernel.vocabulary import Severity
from backend.open_pages.thread import Thread
from backend.open_pages.truth import Truth
from tests.unit.campus import imperial
from tests.unit.open_pages.threads import CAP, NOW, oasis, said, thread, threads

PUBLISHER = Publisher(imperial.campus(), "https://safety.imperial.example")


def alert(told: Thread, number: int | None = None, publisher: Publisher = PUBLISHER) -> etree._Element:
    return etree.fromstring(document(told, publisher, number))


def text(root: etree._Element, *path: str) -> str | None:
    return root.findtext("/".join(f"{CAP}{name}" for name in path))


def texts(root: etree._Element, name: str) -> list[str | None]:
    return [one.text for one in root.iter(f"{CAP}{name}")]


@given(threads())
@settings(max_examples=150, deadline=None)
def test_every_document_is_valid(told: Thread) -> None:
    """
    Every version of every thread, whatever is in its words, against the OASIS schema.
    """
    for version in told.versions:
        root = alert(told, version.version)

        assert oasis().validate(root), str(oasis().error_log)
        parameters = {
            one.findtext(f"{CAP}valueName"): one.findtext(f"{CAP}value") for one in root.iter(f"{CAP}parameter")
        }
        assert parameters["bluelight:hash"] == version.hash


@given(threads())
@settings(max_examples=50, deadline=None)
def test_every_feed_is_well_formed(told: Thread) -> None:
    """
    And names the newest hash of what is in it.
    """
    truth = Truth(imperial.campus(), (told,), (), NOW)

    root = etree.fromstring(feed(truth, PUBLISHER, path="/cap/feed", address_of=lambda _: "/cap/x.xml"))

    assert root.xpath("//*[local-name()='category']/@term") == [told.newest.hash]


def test_a_version_refers_to_all_before_it_as_they_call_themselves() -> None:
    """
    Sender, identifier and sent of each, the first first.
    """
    told = thread(said(), said(2, Part.UPDATE), said(3, Part.ALL_CLEAR))

    own = [
        ",".join(str(text(alert(told, number), name)) for name in ("sender", "identifier", "sent")) for number in (1, 2)
    ]

    assert [text(alert(told, number), "msgType") for number in (1, 2, 3)] == ["Alert", "Update", "Cancel"]
    assert [text(alert(told, number), "references") for number in (1, 2, 3)] == [None, own[0], " ".join(own)]


@pytest.mark.parametrize(
    ("version", "status"),
    [
        (said(), "Actual"),
        (said(exercise=True), "Exercise"),
        (said(purpose=Purpose.TEST), "Test"),
        (said(exercise=True, purpose=Purpose.TEST), "Exercise"),
    ],
)
def test_the_status_tells_what_is_real(version: Spoken, status: str) -> None:
    """
    A test is no alert, and an exercise is one before it is anything else.
    """
    root = alert(thread(version))

    assert text(root, "status") == status
    assert status == "Actual" or str(text(root, "info", "headline")).startswith(status.upper())


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2026, 11, 23, 14, 0, 7, 999_999, tzinfo=UTC), "2026-11-23T14:00:07-00:00"),
        (datetime(2026, 7, 1, 14, 0, tzinfo=UTC), "2026-07-01T15:00:00+01:00"),
    ],
)
def test_times_are_local_with_an_offset(at: datetime, written: str) -> None:
    """
    Never `Z`, never a fraction; UTC is written -00:00.
    """
    assert moment(imperial.campus(), at) == written


def test_every_language_has_an_info_of_its_own() -> None:
    """
    English first; nothing is translated that nobody translated.
    """
    root = alert(thread())

    assert texts(root, "language") == ["en", "fr"]
    assert texts(root, "headline") == ["Leave Sherfield", "Quittez Sherfield"]
    assert texts(root, "instruction") == ["In danger ring 999."]
    assert texts(root, "web") == ["https://safety.imperial.example/status"] * 2


@pytest.mark.parametrize(
    ("severity", "told"),
    [
        (Severity.EXTREME, ("Immediate", "Extreme", "Observed")),
        (Severity.SEVERE, ("Immediate", "Severe", "Likely")),
        (Severity.MODERATE, ("Expected", "Moderate", "Likely")),
        (Severity.MINOR, ("Future", "Minor", "Possible")),
    ],
)
def test_severity_is_told_in_caps_words(severity: Severity, told: tuple[str, ...]) -> None:
    """
    Urgency and certainty follow from it.
    """
    root = alert(thread(said(severity=severity)))

    assert tuple(text(root, "info", name) for name in ("urgency", "severity", "certainty")) == told


def test_a_circle_is_in_kilometres_and_a_polygon_is_closed() -> None:
    """
    Latitude first, at least four pairs, the last the first again; the description is short.
    """
    drawn = Audience(zones=("sherfield",), circle=Circle(51.498, -0.177, 250.0))

    root = alert(thread(said(words={"en": said().words["en"]}), audience=drawn))

    assert texts(root, "circle") == ["51.498000,-0.177000 0.250"]
    (polygon,) = (str(one).split() for one in texts(root, "polygon"))
    assert len(polygon) >= 4
    assert polygon[0] == polygon[-1]
    assert all(re.fullmatch(r"51\.\d{6},-0\.\d{6}", pair) for pair in polygon)
    assert all(len(str(one)) <= 50 for one in texts(root, "areaDesc"))


def test_what_expired_says_so() -> None:
    """
    A thread that nobody ended is over when it expired, and its last document says that.
    """
    ended = NOW.replace(hour=15)

    root = alert(thread(said(), ended="expired", ended_at=ended))

    assert text(root, "info", "expires") == "2026-11-23T15:00:00-00:00"


def test_a_consumer_forgets_when_we_let_go() -> None:
    """
    Not before: while nobody has said that it is over, a sign goes on showing it.
    """
    assert UNMINDED == GRACE
    assert text(alert(thread()), "info", "expires") == "2026-11-24T14:10:00-00:00"


def test_an_all_clear_is_past_and_a_template_says_what_to_do() -> None:
    """
    The responses are CAP's own, where the template's name says one.
    """
    told = thread(said(), said(2, Part.ALL_CLEAR), template="weapons-attack")

    assert [texts(alert(told, number), "responseType")[0] for number in (1, 2)] == ["Shelter", "AllClear"]
    assert texts(alert(told, 1), "category")[:2] == ["Safety", "Security"]
    assert text(alert(told), "info", "urgency") == "Past"


def test_without_an_address_the_institution_is_the_sender() -> None:
    """
    It has no space, comma or bracket in it, and no page is named.
    """
    root = alert(thread(), publisher=Publisher(imperial.campus(), None))

    assert text(root, "sender") == "imperial-college-london"
    assert texts(root, "web") == []

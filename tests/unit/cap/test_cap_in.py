"""CAP in: any real alert is read, and whatever is none is refused soon, saying why."""

import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings, strategies as st

from backend.broadcasts.spoken import Purpose
from backend.cap.cap import Publisher, document
from backend.cap.cap_message import read_message
from backend.cap.cap_proposal import Proposal, draft_words, id_of, read_proposal, words_of
from backend.kernel.errors import Invalid
from backend.kernel.vocabulary import Severity
from backend.open_pages.thread import Thread
from tests.unit.campus import imperial
from tests.unit.cap.alerts import HOSTILE, SIGNATURE, alert, area, geocode, info
from tests.unit.open_pages.threads import threads

#: Round South Kensington and White City, and a corner of the first.
WEST_LONDON = "51.45,-0.30 51.55,-0.30 51.55,-0.10 51.45,-0.10 51.45,-0.30"
BEHIND_SHERFIELD = "51.4985,-0.1770 0.05"


def read(*infos: str, **told: str) -> Proposal:
    return read_proposal(alert(*infos, **told), imperial.campus())


@pytest.mark.parametrize(("body", "why"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_alert_is_refused_saying_why(body: bytes, why: str) -> None:
    """
    Soon, and in few megabytes, whatever it would grow to.
    """
    tracemalloc.start()
    began = time.perf_counter()

    with pytest.raises(Invalid) as refusal:
        read_proposal(body, imperial.campus())

    took, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert why in refusal.value.title
    # Bookkeeping of memory and a busy machine are most of it; a bomb would take hours.
    assert took < 20
    assert peak < 32 << 20


@pytest.mark.parametrize(
    "body",
    [
        alert(note="&lt;" * 200_000),
        alert(info(area=area(polygon=" ".join(f"{51 + n % 7 / 10},{n % 11 / 10}" for n in range(60_000))))),
        alert(info(area=area(circle=["51.5,-0.2 1000"] * 15_000))),
        alert(
            info(
                area="".join(
                    f"<areaDesc>{n}</areaDesc><polygon>51,0 52,0 52,{n / 1e4} 51,0</polygon>" for n in range(9_000)
                )
            )
        ),
        alert().replace(b"<alert ", b"<alert " + b" ".join(b'a%d=""' % n for n in range(100_000)) + b" "),
        alert().replace(b"<alert ", b"<alert " + b" ".join(b'xmlns:a%d="%d"' % (n, n) for n in range(45_000)) + b" "),
    ],
    ids=["references", "one long ring", "circles", "rings", "attributes", "namespaces"],
)
def test_the_largest_alert_takes_a_moment(body: bytes) -> None:
    """
    What is large and well formed is read or refused, and holds nobody up.
    """
    began = time.perf_counter()

    with suppress(Invalid):
        read_proposal(body, imperial.campus())

    assert time.perf_counter() - began < 20


def test_a_signed_alert_with_other_namespaces_is_read() -> None:
    """
    What is not CAP's is passed over; that it is signed is told, and nothing is said about by whom.
    """
    other = '<x:more xmlns:x="urn:example:x"><identifier>not ours</identifier></x:more>'

    told = read_proposal(alert(more=other + SIGNATURE), imperial.campus())

    assert told.source["is_signed"] is True
    assert told.source["identifier"] == "RIVER-7"
    assert told.place == "Riverside"


def test_a_prefix_a_comment_and_a_byte_order_mark_are_as_good() -> None:
    """
    Real alerts come in every spelling that XML allows, and their times with Z and fractions.
    """
    plain = alert(sent="2026-11-23T13:55:00.000Z").decode().partition("\n")[2]
    prefixed = plain.replace("</", "</c:").replace("<", "<c:").replace("<c:/c:", "</c:").replace("xmlns=", "xmlns:c=")

    spellings = [
        plain.encode("utf-16"),
        b"\xef\xbb\xbf" + plain.encode(),
        prefixed.encode(),
        b"<!-- x -->" + plain.encode(),
    ]

    names = {read_message(body).name for body in spellings}
    assert len(names) == 1
    assert {id_of(name, exercise=False) for name in names} == {id_of(read_message(alert()).name, exercise=False)}


def test_words_are_by_language_and_cut_to_our_length() -> None:
    """
    Headline else event, description and instruction; English is gathered under one name, and is left to be written.
    """
    french = info(language="fr-CA", headline=None, event="Crue", description="x" * 5_000)
    told = words_of(read_proposal(alert(info(), french, info(language="tlh-x-odd")), imperial.campus()).message)

    assert told["en"] == {
        "title": "Flood warning for the river",
        "body": "The river will flood within the hour.\n\nMove to higher ground.",
    }
    assert told["fr-CA"]["title"] == "Crue"
    assert len(told["fr-CA"]["body"]) == 1000
    assert set(told) == {"en", "fr-CA"}
    assert draft_words({"words": {"fr": {"title": "Crue", "body": ""}}})["en"]["title"] == "{title in English}"


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        (["Extreme"], Severity.EXTREME),
        (["Minor", "Severe"], Severity.SEVERE),
        (["Unknown"], Severity.MODERATE),
        (["Minor"], Severity.MINOR),
        (["Loud"], Severity.MODERATE),
    ],
)
def test_the_gravest_severity_counts(said: list[str], severity: Severity) -> None:
    """
    What is unknown is neither harmless nor loud.
    """
    told = read(*(info(severity=one) for one in said))

    assert told.severity == severity


@pytest.mark.parametrize(
    ("drawn", "sites", "zones"),
    [
        (area(polygon=WEST_LONDON), {"south-kensington", "white-city", "hammersmith"}, set()),
        (area(circle=BEHIND_SHERFIELD), set(), {"sherfield"}),
        (area(polygon="40,-40 41,-40 41,-39 40,-40"), set(), set()),
        (area(geocode=geocode("UK_LAD", "E09000033")), set(), set()),
        (area(polygon=["51.45,-0.30", "x,y z", "99,0 98,0 97,1", "nan,0 1,1 2,2"]), set(), set()),
    ],
    ids=["around", "a corner", "far away", "a code", "no rings"],
)
def test_its_area_is_laid_over_our_sites(drawn: str, sites: set[str], zones: set[str]) -> None:
    """
    Whole sites, the zones of one it only touches, and nobody for a code or a place that is not ours.
    """
    told = read(info(area=drawn)).audience

    assert sites <= set(told.sites)
    assert zones <= set(told.zones)
    assert told.is_empty == (not sites and not zones)


def test_a_ring_that_crosses_itself_is_laid_over_them_all_the_same() -> None:
    """
    A bow tie touches the sites under it, and none between its wings.
    """
    bow = "51.49,-0.19 51.53,-0.23 51.53,-0.19 51.49,-0.16 51.49,-0.19"

    told = read(info(area=area(polygon=bow))).audience

    assert set(told.sites) == {"south-kensington", "royal-brompton"}


def test_a_test_is_a_test_and_an_exercise_one() -> None:
    """
    Neither ever becomes an alert.
    """
    assert (read(status="Test").purpose, read(status="Test").is_exercise) == (Purpose.TEST, False)
    assert (read(status="Exercise").purpose, read(status="Exercise").is_exercise) == (Purpose.ALERT, True)


@given(threads())
@settings(max_examples=50, deadline=None)
def test_what_we_write_we_can_read(told: Thread) -> None:
    """
    Every document of ours is an alert for others: also for another Bluelight.
    """
    body = document(told, Publisher(imperial.campus(), "https://safety.imperial.example"))

    proposal = read_proposal(body, imperial.campus())

    assert proposal.severity == told.newest.severity
    assert proposal.is_exercise == told.newest.exercise
    assert len(proposal.message.references) == len(told.earlier)


@given(st.binary(max_size=300) | st.text(st.characters(codec="utf-8"), max_size=200).map(lambda text: alert(note=text)))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """
    Nothing else is ever raised.
    """
    names = []

    with suppress(Invalid):
        names = [read_proposal(body, imperial.campus()).message.name.identifier]

    assert names in ([], ["RIVER-7"])

"""The figures that page somebody: what they say of a campus, and that a look at them reads by indices alone."""

from datetime import timedelta
from functools import partial

from prometheus_client.parser import text_string_to_metric_families

from backend.kernel import audit
from infra.store_figures import figures_of
from tests.campus import CampusStage
from tests.journeys.desk import adds, adviser, lodged
from tests.journeys.table_scans import scans_of


def figure(campus: CampusStage, name: str, **labels: str) -> float:
    """What `/metrics` says of this."""
    (value,) = [
        one.value
        for family in text_string_to_metric_families(campus.client.get("/metrics").text)
        for one in family.samples
        if one.name == f"bluelight_{name}" and one.labels == labels
    ]
    return value


def test_the_way_of_a_tap_is_timed_to_the_screen(campus: CampusStage) -> None:
    """
    Who is asked first counts, once the phone says that it shows it; whom the ladder asks later does not.
    """
    near = campus.officer("near", at=campus.LIBRARY)
    campus.student("one").taps("help", at=campus.LIBRARY)
    campus.settles()
    before = figure(campus, "tap_to_displayed_seconds_count", world="real")

    campus.passes(seconds=2)
    near.shows("offer")
    late = campus.officer("late", at=campus.LIBRARY)
    campus.settles()
    campus.passes(seconds=40)
    late.shows("offer")
    campus.settles()

    assert 0 == before
    assert 1 == figure(campus, "tap_to_displayed_seconds_count", world="real")
    assert 2 == figure(campus, "tap_to_displayed_seconds_sum", world="real")
    assert 0 == figure(campus, "tap_to_displayed_seconds_count", world="exercise")


def test_an_offer_that_nobody_answers_grows_older(campus: CampusStage) -> None:
    """
    How many are being asked and for how long; a yes ends it.
    """
    officer = campus.officer("near")
    campus.student("one").taps("help", at=campus.LIBRARY)
    campus.settles()
    campus.passes(seconds=40)

    waiting = figure(campus, "offers_unanswered", world="real")
    age = figure(campus, "offers_unanswered_oldest_seconds", world="real")
    officer.accepts()
    campus.settles()

    assert (1, 40) == (waiting, age)
    assert 0 == figure(campus, "offers_unanswered", world="real")
    assert 0 == figure(campus, "offers_unanswered_oldest_seconds", world="real")
    assert 1 == figure(campus, "officers_on_duty")


def test_an_alarm_nobody_takes_grows_older(campus: CampusStage) -> None:
    """
    Nobody is on duty: the control room is alarmed, and the figure says since when it is not taken.
    """
    campus.student("one").taps("emergency", at=campus.LIBRARY)
    campus.settles()

    campus.passes(seconds=90)

    assert 0 == figure(campus, "officers_on_duty")
    assert 1 <= figure(campus, "alarms_standing")
    assert 90 <= figure(campus, "alarms_oldest_seconds")


def test_audit_lines_that_nobody_links_are_counted(campus: CampusStage) -> None:
    """
    The round that links them stood still.
    """
    campus.settles()
    line = {"actor": None, "about": "campus", "about_id": "1", "at": campus.clock.now}
    campus.database.write(audit.record, "campus.looked_at", **line)
    campus.clock.now += timedelta(seconds=30)

    lines, age = figure(campus, "audit_unlinked_lines"), figure(campus, "audit_unlinked_oldest_seconds")
    campus.settles()

    assert (1, 30) == (lines, age)
    assert 0 == figure(campus, "audit_unlinked_lines") == figure(campus, "audit_unlinked_oldest_seconds")


def test_what_a_reporter_writes_is_timed_by_nobody(campus: CampusStage) -> None:
    """
    Taps move the figure of writes, a concern and what is added to it do not.
    """
    adviser(campus, "ada")
    campus.settles()
    before = figure(campus, "write_seconds_count")

    adds(campus, lodged(campus), "and this")

    unmoved = figure(campus, "write_seconds_count")
    campus.student("one").taps("help", at=campus.LIBRARY)
    assert before == unmoved
    assert unmoved < figure(campus, "write_seconds_count")
    assert 0 == figure(campus, "writes_waiting")


def test_a_look_at_the_figures_scans_no_table(campus: CampusStage) -> None:
    """
    Each statement finds its rows by an index, however many years of cases lie there.
    """
    campus.student("one").taps("help", at=campus.LIBRARY)
    campus.settles()

    scans = campus.database.read(scans_of, partial(figures_of, now=campus.clock.now))

    assert [] == scans

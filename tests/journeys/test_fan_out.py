"""From the press to everybody on the roll: each person once, by the channels they have, counted."""

from uuid import UUID

from backend.answers.answering import answer
from backend.answers.tally import Standing
from backend.broadcasts.audience import Audience
from backend.broadcasts.roll import By
from backend.broadcasts.spoken import Part
from backend.kernel.vocabulary import Answer, Severity
from notifications import fanning_out
from notifications.fanning_out import MOST
from notifications.parcel import Outcome, Parcel
from notifications.wave import MOST_ATTEMPTS
from tests.campus import CampusStage
from tests.journeys.broadcast_scenes import PATIENCE_OVER, crowd, follows, issues, roll, standings, told, waves
from tests.journeys.couriers import Courier, carries, every


def test_everybody_is_in_exactly_one_state_and_told_once(campus: CampusStage) -> None:
    """
    Forty mailboxes, one of them with a phone: the states add up to the audience, and nobody gets it twice.
    """
    controller = campus.controller()
    people = crowd(campus, 40)
    pushed = campus.student()
    carries(pushed, "pocket")

    broadcast_id = issues(campus, controller)

    audience = {controller.id, pushed.id, *people}
    assert audience == set(roll(campus, broadcast_id))
    assert {Standing.ACCEPTED: 42} == standings(campus, broadcast_id)
    assert {(one, 1): 1 for one in audience} == told(campus, "email", audience)
    assert {(pushed.id, 1): 1} == told(campus, "push", audience)
    assert By.PUSH | By.EMAIL == roll(campus, broadcast_id)[pushed.id].taken


def test_a_roll_is_made_in_pages_and_no_page_twice(campus: CampusStage) -> None:
    """
    More people than a page holds: who dies after any page goes on with the next, and a page read twice is written once.
    """
    controller = campus.controller()
    crowd(campus, MOST + 20)
    broadcast_id = issues(campus, controller, settles=False)
    now = campus.clock()

    page = campus.database.read(fanning_out.survey, now=now)
    first = campus.database.write(fanning_out.fan_out, page, now=now)
    again = campus.database.write(fanning_out.fan_out, page, now=now)
    campus.restarts()

    assert (MOST, False) == (len(first.people), first.done)
    assert again is None
    assert MOST + 21 == len(roll(campus, broadcast_id))
    assert [MOST, 21] == [
        len(told(campus, "email", set(some))) for some in _by_page(first.people, campus, broadcast_id)
    ]


def test_a_dead_target_is_forgotten_and_its_owner_told_otherwise(campus: CampusStage) -> None:
    """
    Push says that the phone is gone: it is asked no more, and the mailbox has the words.
    """
    controller, student = campus.controller(), campus.student()
    carries(student, "dead")
    campus.service.rounds.channels["push"] = gone = Courier(lambda _: Outcome.GONE)

    broadcast_id = issues(campus, controller, severity=Severity.MODERATE)
    before = told(campus, "email", {student.id})
    campus.passes(PATIENCE_OVER.total_seconds())

    assert 1 == len(gone.parcels)
    assert not before
    assert {(student.id, 1): 1} == told(campus, "email", {student.id})
    entry = roll(campus, broadcast_id)[student.id]
    assert (By.EMAIL, By.PUSH) == (entry.taken, entry.failed)


def test_a_phone_that_was_pushed_to_spares_the_mailbox(campus: CampusStage) -> None:
    """
    Of what is moderate nobody is told twice over: the mailbox is for whom no push reached.
    """
    controller, student = campus.controller(), campus.student()
    carries(student, "pocket")

    issues(campus, controller, severity=Severity.MODERATE)
    campus.passes(PATIENCE_OVER.total_seconds())

    assert not told(campus, "email", {student.id})
    assert {(student.id, 1): 1} == told(campus, "push", {student.id})


def test_an_answer_stops_the_channels_that_are_still_to_come(campus: CampusStage) -> None:
    """
    Of two with a telephone, who has answered within the minute gets no text message.
    """
    controller = campus.controller()
    answered, silent = campus.student("one", mobile="+447700900001"), campus.student("two", mobile="+447700900002")
    broadcast_id = issues(campus, controller)

    campus.database.write(answer, broadcast_id, answered.id, Answer.SAFE, channel="app", now=campus.clock())
    campus.passes(70)

    assert {(silent.id, 1): 1} == told(campus, "sms", {answered.id, silent.id})


def test_who_answered_hears_what_comes_after(campus: CampusStage) -> None:
    """
    An answer is to the words that were out: the all clear goes to everybody who was told.
    """
    controller, student = campus.controller(), campus.student()
    broadcast_id = issues(campus, controller)
    campus.database.write(answer, broadcast_id, student.id, Answer.SAFE, channel="app", now=campus.clock())
    campus.passes(60)

    follows(campus, controller, broadcast_id, Part.ALL_CLEAR)

    assert {(student.id, 1): 1, (student.id, 2): 1} == told(campus, "email", {student.id})


def test_a_late_channel_never_tells_an_older_version(campus: CampusStage) -> None:
    """
    A text message that was to go after a minute does not go once an update is out; the update's own does.
    """
    controller, student = campus.controller(), campus.student(mobile="+447700900001")
    broadcast_id = issues(campus, controller)
    campus.passes(30)

    follows(campus, controller, broadcast_id)
    campus.passes(120)

    assert {(student.id, 2): 1} == told(campus, "sms", {student.id})
    assert ["superseded", "done"] == [wave.outcome for wave in waves(campus, broadcast_id, "sms")]


def test_a_provider_that_is_busy_is_asked_again(campus: CampusStage) -> None:
    """
    What could not be sent stays in its wave, alone, and goes when the provider is back.
    """
    controller, people = campus.controller(), crowd(campus, 30)
    busy = set(people[:5])
    courier = Courier(lambda parcel: Outcome.RETRY if parcel.delivery_id in busy else Outcome.SENT)
    campus.service.rounds.channels["email"] = courier
    broadcast_id = issues(campus, controller)
    (wave,) = waves(campus, broadcast_id, "email")
    left = set(wave.still_to_reach)

    busy = set()
    courier.parcels.clear()
    campus.passes(5)

    assert set(people[:5]) == left
    assert left == {parcel.delivery_id for parcel in courier.parcels}
    assert 5 == len(courier.parcels)
    assert {Standing.ACCEPTED: 31} == standings(campus, broadcast_id)


def test_a_channel_that_never_works_is_given_up_with_one_alarm(campus: CampusStage) -> None:
    """
    Everybody it was for is counted as failed, and the control room is told once, not once a person.
    """
    controller = campus.controller()
    crowd(campus, 30)
    campus.service.rounds.channels["email"] = courier = every(Outcome.RETRY)

    broadcast_id = issues(campus, controller)
    campus.passes(180)

    assert MOST_ATTEMPTS * 31 == len(courier.parcels)
    assert {Standing.FAILED: 31} == standings(campus, broadcast_id)
    assert ["dead_letter"] == campus.alarms()


def test_a_wave_that_gets_on_is_not_given_up(campus: CampusStage) -> None:
    """
    A provider that takes one person a try is tried more often than one that takes nobody.
    """
    controller = campus.controller()
    crowd(campus, MOST_ATTEMPTS + 3)
    tries = set()

    def one_a_try(_: Parcel) -> Outcome:
        is_first = campus.clock() not in tries
        tries.add(campus.clock())
        return Outcome.SENT if is_first else Outcome.RETRY

    campus.service.rounds.channels["email"] = Courier(one_a_try)
    broadcast_id = issues(campus, controller)
    campus.passes(60)

    assert MOST_ATTEMPTS + 4 == len(tries)
    assert {Standing.ACCEPTED: MOST_ATTEMPTS + 4} == standings(campus, broadcast_id)
    assert [] == campus.alarms()


def test_a_narrower_audience_is_whom_the_roll_names(campus: CampusStage) -> None:
    """
    Only people of the place are told, and where they belong is on the roll for the tally.
    """
    controller = campus.controller()
    here, there = crowd(campus, 3, site="white-city"), crowd(campus, 3, site="hammersmith")

    broadcast_id = issues(campus, controller, audience=Audience(sites=("white-city",)))

    assert set(here) == set(roll(campus, broadcast_id))
    assert {"white-city"} == {entry.site_id for entry in roll(campus, broadcast_id).values()}
    assert not told(campus, "email", there)


def test_an_exercise_never_meets_the_real_world(campus: CampusStage) -> None:
    """
    An exercise is for exercise people and nobody else, and the other way round.
    """
    real, playing = campus.student("real"), campus.student("playing", exercise=True)

    drill = issues(campus, playing, exercise=True)
    alert = issues(campus, real)

    assert {playing.id} == set(roll(campus, drill))
    assert {real.id} == set(roll(campus, alert))
    assert ["EXERCISE EXERCISE EXERCISE. Fire at Beit"] == [
        one.parcel.title for one in campus.recorder.sent if one.parcel.delivery_id == playing.id
    ]


def test_whoever_has_no_channel_is_unreachable_and_counted(campus: CampusStage) -> None:
    """
    Somebody without a phone, a number or a mailbox is on the roll with the reason.
    """
    controller = campus.controller()
    (nobody,) = crowd(campus, 1, email="")

    broadcast_id = issues(campus, controller)

    assert {Standing.ACCEPTED: 1, Standing.UNREACHABLE: 1} == standings(campus, broadcast_id)
    assert "no_channel" == roll(campus, broadcast_id)[nobody].unreachable


def test_everybody_reads_their_own_language_and_their_own_link(campus: CampusStage) -> None:
    """
    Words in the person's language where there is one, and a token to answer by that is theirs and in no push.
    """
    controller, student = campus.controller(), campus.student(language="cy")
    carries(student, "pocket")

    issues(campus, controller)

    by_channel = {
        one.parcel.channel: one.parcel for one in campus.recorder.sent if one.parcel.delivery_id == student.id
    }
    assert ("Tân", "Ewch allan.") == (by_channel["push"].title, by_channel["push"].sentence)
    assert "Tân" == by_channel["email"].title
    assert "answer_token" in by_channel["email"].data
    assert {"broadcast_id", "version", "hash", "severity", "exercise"} == set(by_channel["push"].data)


def _by_page(first: tuple[UUID, ...], campus: CampusStage, broadcast_id: UUID) -> tuple[set[UUID], set[UUID]]:
    everybody = set(roll(campus, broadcast_id))
    return set(first), everybody - set(first)

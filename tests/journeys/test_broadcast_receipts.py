"""A screen says that it showed a broadcast: the first showing stays, the newest version is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

from backend.answers.answering import take_answer
from backend.answers.displaying import display, take_receipt
from backend.broadcasts.spoken import Part
from backend.inbox.message import Recipient
from backend.kernel.vocabulary import Answer, Face, Stage
from tests.campus import CampusStage
from tests.campus_people import Person
from tests.journeys.warned import FIRE, entry_of, on_the_roll, says, told, warns


def shows(person: Person, broadcast_id: UUID, **more: object) -> int:
    """The phone has it on its screen; how much of that was news."""
    body = {"message_ids": [str(broadcast_id)], "stage": "displayed", **more}
    confirmed: int = person.posts("/v1/receipts", body)["confirmed"]
    return confirmed


def shown(campus: CampusStage, broadcast_id: UUID, person: Person) -> tuple[object, int]:
    """When it was first displayed, and the newest version that was."""
    entry = entry_of(campus, broadcast_id, person)
    assert entry is not None
    return entry.displayed_at, entry.displayed_version


def test_the_first_showing_stays_and_the_newest_version_is_kept(campus: CampusStage) -> None:
    """
    A phone that repeats itself tells nothing new, an older version least of all.
    """
    student = campus.student()
    fire = warns(campus, student)
    first = campus.clock()
    assert [1, 0] == [shows(student, fire), shows(student, fire)]
    assert (first, 1) == shown(campus, fire, student)
    says(campus, fire, FIRE, Part.UPDATE)
    campus.clock.now += timedelta(minutes=1)
    assert told(student)[0]["unread"] is True

    news = [shows(student, fire, versions={str(fire): number}) for number in (1, 2, 1, 99)]

    assert [0, 1, 0, 0] == news
    assert (first, 2) == shown(campus, fire, student)
    assert (2, False) == (told(student)[0]["seen_version"], told(student)[0]["unread"])


def test_an_update_that_has_not_set_out_yet_is_not_taken_as_read(campus: CampusStage) -> None:
    """
    Not told which version was on the screen, the newest that was sent to this person is meant.
    """
    student = campus.student()
    fire = warns(campus, student)
    says(campus, fire, FIRE, Part.UPDATE)

    shows(student, fire)

    assert 1 == shown(campus, fire, student)[1]


def test_a_receipt_carries_messages_and_broadcasts_alike(campus: CampusStage) -> None:
    """
    Both are confirmed; what is neither is passed over.
    """
    student = campus.student()
    student.taps("help", at=campus.LIBRARY)
    message = student.messages()[0]["id"]
    fire = warns(campus, student)

    news = student.posts(
        "/v1/receipts", {"message_ids": [message, str(fire), str(uuid4())], "stage": "opened", "versions": None}
    )

    assert {"confirmed": 2} == news


def test_a_socket_says_it_as_a_request_does(campus: CampusStage) -> None:
    """
    The same use case behind both, for the phone and for the console of one person.
    """
    controller = campus.controller()
    fire = warns(campus, controller)

    news = [
        campus.database.write(
            take_receipt, Recipient(controller.id, face), [fire], Stage.DISPLAYED, versions=None, now=campus.clock()
        )
        for face in (Face.CONSOLE, Face.HANDSET)
    ]

    assert [1, 0] == news


def test_a_phone_that_is_quicker_than_the_roll_is_not_forgotten(campus: CampusStage) -> None:
    """
    It is noted beforehand; whom it turns out not to concern is not counted.
    """
    student, controller = campus.student(site="south-kensington", building="sherfield"), campus.controller()
    fire = warns(campus)

    assert 1 == shows(student, fire)

    before = controller.gets(f"/console/api/broadcasts/{fire}/tally")["people"]
    entry = entry_of(campus, fire, student)
    assert entry is not None
    assert (0, "sherfield", campus.clock()) == (entry.asked, entry.zone_id, entry.displayed_at)
    assert 0 == before


def test_the_round_that_makes_the_roll_counts_who_was_quicker(campus: CampusStage) -> None:
    """
    What a receipt and an answer had noted by then stays as it was.
    """
    shower, answerer, controller = campus.student("shower"), campus.student("answerer"), campus.controller()
    fire = warns(campus, fans_out=True)
    now = campus.clock()
    campus.database.write(display, shower.id, [fire], versions={}, now=now)
    campus.database.write(take_answer, fire, answerer.id, Answer.SAFE, channel="app", now=now)

    campus.settles()

    tally = controller.gets(f"/console/api/broadcasts/{fire}/tally")
    assert (3, 1, 1) == (tally["people"], tally["states"]["displayed"], tally["states"]["safe"])
    assert (now, 1) == shown(campus, fire, shower)


def test_what_is_not_of_this_world_or_never_went_out_is_passed_over(campus: CampusStage) -> None:
    """
    No receipt reaches across.
    """
    student, player = campus.student("student"), campus.student("player", exercise=True)
    fire, drill = warns(campus), warns(campus, exercise=True)
    on_the_roll(campus, drill, player)

    assert [0, 0, 1] == [shows(student, drill), shows(player, fire), shows(player, drill)]


def test_of_eight_receipts_at_once_one_is_news(campus: CampusStage) -> None:
    """
    Of several broadcasts, by a phone and a console that are quicker than any roll.
    """
    student = campus.student()
    out = [warns(campus), warns(campus)]
    ways = [Recipient(student.id, face) for face in Face] * 4

    def confirm(recipient: Recipient) -> int:
        news: int = campus.database.write(take_receipt, recipient, out, Stage.DISPLAYED, now=campus.clock())
        return news

    with ThreadPoolExecutor(8) as pool:
        news = list(pool.map(confirm, ways))

    assert 2 == sum(news)
    assert [(campus.clock(), 1)] * 2 == [shown(campus, broadcast_id, student) for broadcast_id in out]


def test_versions_that_are_none_are_refused_with_a_problem(campus: CampusStage) -> None:
    """
    A client that is wrong should hear of it.
    """
    student = campus.student()
    fire = warns(campus, student)

    refused = [
        student.asks("POST", "/v1/receipts", {"message_ids": [str(fire)], "stage": "displayed", "versions": odd})
        for odd in ({"x": 1}, {str(fire): 0}, {str(fire): "2"}, {str(fire): 10**30}, [1], {str(fire): None})
    ]

    assert [(422, "application/problem+json")] * 6 == [(one.status_code, one.mimetype) for one in refused]

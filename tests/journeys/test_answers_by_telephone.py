"""Answers to a broadcast by text and by key: taken once, the last one wins, and need help is a case at once."""

import pytest

from tests.campus import CampusStage
from tests.journeys.telephones import Exchange, recalled_at_once

one_store = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@one_store
@pytest.mark.parametrize(
    ("text", "answer"), [("1", "safe"), ("Yes I am safe", "safe"), ("3", "not_here"), ("not here", "not_here")]
)
def test_a_text_is_an_answer(campus: CampusStage, exchange: Exchange, text: str, answer: str) -> None:
    """
    Known by the number it comes from, and said back.
    """
    student, telephone = exchange.student()
    broadcast = exchange.warns(student)

    said = telephone.texts(text)

    assert (answer, "sms") == exchange.answer_of(broadcast, student)
    assert "You are down as" in said
    assert [] == exchange.cases_of(student)


@one_store
def test_need_help_by_text_is_a_case_with_what_was_said(campus: CampusStage, exchange: Exchange) -> None:
    """
    Routed like a tap; officers are asked at once, and the rest of the text is in the case.
    """
    officer = campus.officer()
    student, telephone = exchange.student()
    broadcast = exchange.warns(student)

    said = telephone.texts("2 - im in the library")

    (case,) = exchange.cases_of(student)
    assert ("need_help", "sms") == exchange.answer_of(broadcast, student)
    assert ("emergency", "broadcast_answer") == (case["kind"], case["trigger"])
    assert f"NEED HELP, case {case['reference']}: the people who come are being asked now. In danger ring 999." in said
    assert officer.is_ringing
    words = [one["text"] for one in student.gets(f"/v1/incidents/{case['id']}/messages")["items"]]
    assert ["Answered NEED HELP to: Fire in the library: im in the library"] == words


@one_store
def test_the_last_answer_wins_whatever_its_channel(campus: CampusStage, exchange: Exchange) -> None:
    """
    Safe by key, need help by text, safe again by key of the same call.
    """
    student, telephone = exchange.student()
    broadcast = exchange.warns(student)
    exchange.rings(student, broadcast)
    call = exchange.call_to(telephone)
    found = []

    for answers in (lambda: call.presses("1"), lambda: telephone.texts("help"), lambda: call.presses("1")):
        answers()
        found.append(exchange.answer_of(broadcast, student))

    assert [("safe", "voice"), ("need_help", "sms"), ("safe", "voice")] == found
    assert 1 == len(exchange.cases_of(student))


def test_a_call_is_answered_by_keys(campus: CampusStage, exchange: Exchange) -> None:
    """
    Nine hears the newest words again; two is a case; what was understood is said back and may be changed.
    """
    student, telephone = exchange.student()
    broadcast = exchange.warns(student)
    exchange.rings(student, broadcast)
    call = exchange.call_to(telephone)
    read = call.hears

    again, odd = call.presses("9"), call.presses("#")
    needs_help = call.presses("2")
    not_here = call.presses("3")

    assert "Fire in the library. Leave it now. Press 1 if you are safe" in read
    assert read == again
    assert "That is none of the keys." == odd
    assert "You are down as NEED HELP" in needs_help
    assert "You are down as NOT HERE. If that is not right, press another key now." in not_here
    assert ("not_here", "voice") == exchange.answer_of(broadcast, student)
    assert 1 == len(exchange.cases_of(student))


@one_store
def test_it_is_read_in_the_language_of_who_is_rung(campus: CampusStage, exchange: Exchange) -> None:
    """
    As far as the institution wrote it; English otherwise.
    """
    student = campus.student(mobile="+447700900001", language="fr")
    telephone = exchange.telephone("+447700900001")
    words = {"en": {"title": "Fire", "body": "Leave."}, "fr": {"title": "Incendie", "body": "Sortez."}}
    exchange.rings(student, exchange.warns(student, words=words))
    call = exchange.call_to(telephone)

    again = call.presses("9")

    assert "Incendie. Sortez." in again
    assert 'language="fr-FR"' in call.twiml


def test_the_same_text_twice_is_one_answer(campus: CampusStage, exchange: Exchange) -> None:
    """
    A provider that did not hear us sends again, also to another process: the same is said, and nothing is done.
    """
    student, telephone = exchange.student()
    broadcast = exchange.warns(student)
    first = telephone.texts("2", sid="SMone")
    telephone.texts("1")
    student.posts(f"/v1/incidents/{exchange.cases_of(student)[0]['id']}/cancel", {})
    exchange.restarts()

    again = telephone.texts("2", sid="SMone")

    assert first == again
    assert ("safe", "sms") == exchange.answer_of(broadcast, student)
    assert 1 == len(exchange.cases_of(student))


def test_the_same_key_twice_is_one_answer(campus: CampusStage, exchange: Exchange) -> None:
    """
    The same call at the same turn; the next turn is another answer.
    """
    student, telephone = exchange.student()
    broadcast = exchange.warns(student)
    exchange.rings(student, broadcast)
    call, twin = exchange.call_to(telephone), exchange.call_to(telephone)
    first = call.presses("2")
    student.posts(f"/v1/incidents/{exchange.cases_of(student)[0]['id']}/cancel", {})

    again = twin.presses("2")

    assert first == again
    assert 1 == len(exchange.cases_of(student))


def test_the_newest_broadcast_is_the_one_that_is_answered(campus: CampusStage, exchange: Exchange) -> None:
    """
    Of those in force, whose newest words are newest.
    """
    student, telephone = exchange.student()
    older = exchange.warns(student)
    campus.skips(minutes=5)
    newer = exchange.warns(student)

    telephone.texts("1")

    assert (None, None) == exchange.answer_of(older, student)
    assert ("safe", "sms") == exchange.answer_of(newer, student)


def test_need_help_counts_after_the_end(campus: CampusStage, exchange: Exchange) -> None:
    """
    For a day; after that only words that name the need open a case, and a number does not.
    """
    student, telephone = exchange.student()
    exchange.clears(exchange.warns(student))
    campus.skips(hours=23)
    telephone.texts("2")
    (case,) = exchange.cases_of(student)
    student.posts(f"/v1/incidents/{case['id']}/cancel", {})
    campus.skips(hours=2)

    by_number = telephone.texts("2")
    cases = len(exchange.cases_of(student))
    in_words = telephone.texts("I need help")

    assert by_number.startswith("Nobody is waiting for an answer of yours.")
    assert 1 == cases
    assert in_words.startswith("Help is being asked for now.")
    assert ("emergency", "phoned_in") == (
        exchange.cases_of(student)[1]["kind"],
        exchange.cases_of(student)[1]["trigger"],
    )


@one_store
def test_what_cannot_be_read_is_told_how(campus: CampusStage, exchange: Exchange) -> None:
    """
    Once, by one text, with 999 in it; so is a number that nobody has.
    """
    student, telephone = exchange.student()
    broadcast = exchange.warns(student)

    unread, stranger = telephone.texts("who is this?"), exchange.telephone("+447700900999").texts("help")

    assert "We could not read that. Reply 1 SAFE, 2 NEED HELP or 3 NOT HERE. In danger ring 999." == unread
    assert "We do not know whose number this is. Open Bluelight. In danger ring 999." == stranger
    assert (None, None) == exchange.answer_of(broadcast, student)
    assert [] == campus.controller().gets("/console/api/incidents")["items"]


def test_a_number_of_two_people_answers_for_neither(campus: CampusStage, exchange: Exchange) -> None:
    """
    But who needs help has a case, with the number to ring back; another text adds to it.
    """
    one, telephone = exchange.student("one")
    other, _ = exchange.student("other")
    controller = campus.controller()
    broadcast = exchange.warns(one, other)

    safe = telephone.texts("1")
    said = [telephone.texts("2 second floor"), telephone.texts("help us")]

    assert safe.startswith("Several people have this number: answer in the Bluelight app.")
    assert ["Help is being asked for now. In danger ring 999."] * 2 == said
    assert [(None, None)] * 2 == [exchange.answer_of(broadcast, who) for who in (one, other)]
    (case,) = controller.gets("/console/api/incidents")["items"]
    seen = controller.gets(f"/console/api/incidents/{case['id']}")
    assert "phoned_in" == case["trigger"]
    assert telephone.number in str(seen)
    messages = controller.gets(f"/console/api/incidents/{case['id']}/messages")["items"]
    assert ["2 second floor", "help us"] == [message["text"] for message in messages]


@one_store
def test_somebody_who_left_is_nobody(campus: CampusStage, exchange: Exchange) -> None:
    """
    An account that is closed answers nothing by its old number.
    """
    student, telephone = exchange.student()
    exchange.warns(student)
    campus.database.write(exchange.leaves, student.id)

    said = telephone.texts("1")

    assert said.startswith("We do not know whose number this is.")


def test_asked_both_ways_only_words_that_name_one_will_do(campus: CampusStage, exchange: Exchange) -> None:
    """
    A bare yes may mean either, and is asked back; a two is taken for need help, which costs less than the other error.
    """
    officer, telephone = exchange.officer_at_home()
    broadcast = exchange.warns(officer)
    recalled_at_once(campus)
    student = campus.student()
    case = student.taps("emergency")
    campus.passes(seconds=1)
    reference = case["reference"]

    bare = [telephone.texts(text) for text in ("yes", "no", "1")]
    unanswered = exchange.answer_of(broadcast, officer), list(student.looks()["responders"])
    two = telephone.texts("2")
    safe = telephone.texts("safe")
    yes = telephone.texts(f"yes {reference}")

    assert [f"You were asked two things. To come to {reference} reply"] * 3 == [
        one.partition(" YES ")[0] for one in bare
    ]
    assert ((None, None), []) == unanswered
    assert two.endswith(f"If you meant no to {reference}, reply NO {reference}.")
    assert "You are down as SAFE" in safe
    assert yes.startswith(f"You have {reference}")
    assert ("safe", "sms") == exchange.answer_of(broadcast, officer)
    assert ["home"] == [one["name"] for one in student.looks()["responders"]]


@one_store
def test_after_the_end_of_a_broadcast_a_bare_yes_is_to_the_later_question(
    campus: CampusStage, exchange: Exchange
) -> None:
    """
    Nothing else was asked since.
    """
    officer, telephone = exchange.officer_at_home()
    broadcast = exchange.warns(officer)
    exchange.clears(broadcast)
    campus.skips(minutes=1)
    recalled_at_once(campus)
    student = campus.student()
    student.taps("emergency")
    campus.passes(seconds=1)

    telephone.texts("1")

    assert (None, None) == exchange.answer_of(broadcast, officer)
    assert ["home"] == [one["name"] for one in student.looks()["responders"]]


def test_every_answer_leaves_one_line_in_the_audit(campus: CampusStage, exchange: Exchange) -> None:
    """
    By whom and by which channel; what is sent twice leaves one.
    """
    student, telephone = exchange.student()
    exchange.warns(student)

    for _ in range(2):
        telephone.texts("1", sid="SMone")

    (line,) = exchange.lines("broadcast.answered")
    assert (str(student.id), {"answer": "safe", "by": "sms"}) == (line.actor, line.facts)
    assert [] == campus.audit_faults()

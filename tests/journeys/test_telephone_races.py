"""The same text many times at once, many yeses at once, and what is kept of them afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from infra.forgetting import Forgetting
from notifications import reply_store
from notifications.replies.taking_text import take_text
from tests.campus import CampusStage
from tests.journeys.telephones import Exchange, recalled_at_once

NUMBER = "+447700900001"


def test_the_same_text_twenty_times_at_once_is_one_answer(campus: CampusStage, exchange: Exchange) -> None:
    """
    Who comes second waits for the first, and is told the same; of two people with one number nobody is doubled either.
    """
    people = [campus.student(name, mobile=NUMBER) for name in ("one", "other")]
    controller = campus.controller()
    exchange.warns(*people)

    def send(number: int) -> str:
        sid = "SMone" if number % 2 else f"SM{number}"
        return campus.database.write(take_text, sid, NUMBER, "2 help", now=campus.clock())

    with ThreadPoolExecutor(20) as pool:
        said = set(pool.map(send, range(20)))
    campus.settles()

    (case,) = controller.gets("/console/api/incidents")["items"]
    words = [one["text"] for one in controller.gets(f"/console/api/incidents/{case['id']}/messages")["items"]]
    assert 1 == len(said)
    assert ["2 help"] * 11 == words


def test_of_many_who_text_yes_at_once_as_many_as_wanted_have_it(campus: CampusStage, exchange: Exchange) -> None:
    """
    The others are told to stand down, and are still off duty.
    """
    officers = [exchange.officer_at_home(f"home{number}", f"+4477009002{number:02}") for number in range(6)]
    recalled_at_once(campus, wanted=2)
    student = campus.student()
    case = student.taps("emergency")
    campus.passes(seconds=1)

    def say_yes(number: int) -> str:
        mobile = officers[number][1].number
        text = f"YES {case['reference']}"
        return campus.database.write(take_text, f"SM{number}", mobile, text, now=campus.clock())

    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(say_yes, range(6)))
    campus.settles()

    on_duty = [officer.gets("/v1/me")["duty"] for officer, _ in officers]
    assert 2 == len(student.looks()["responders"])
    assert 2 == on_duty.count("on_patrol")
    assert 4 == sum("You can stand down." in one for one in said)


def test_what_was_texted_is_forgotten_with_the_deliveries(campus: CampusStage, exchange: Exchange) -> None:
    """
    Until then the same text is known; a row holds neither number nor words of whoever sent it.
    """
    _, telephone = exchange.student()
    first = telephone.texts("hello from the library", sid="SMone")
    known = campus.database.read(reply_store.said, "text/SMone")
    campus.clock.now += timedelta(days=31)

    Forgetting(campus.database, lambda _: None).forget(now=campus.clock())

    assert first in known
    assert telephone.number not in known
    assert "library" not in known
    assert "" == campus.database.read(reply_store.said, "text/SMone")

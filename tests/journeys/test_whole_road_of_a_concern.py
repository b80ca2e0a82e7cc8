"""The whole road of a concern, by the doors alone: a photo lodged, worked on by two, referred, closed, destroyed."""

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.concerns.concern import Assignee, Concern, Copy, Entry, OutcomeTally, Referral
from backend.concerns.receipt import new_receipt
from backend.concerns.sealing import Unopenable
from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.journeys.casework import Casework, day
from tests.journeys.console import lines
from tests.journeys.desk import Lodged, adviser, ids, recovery_key, today, waits_a_day
from tests.journeys.test_lodging import reporter
from tests.pictures import as_bytes, as_text, opened as picture_of, telltale

WORDS = "He says he will not come back from the summer camp."
ANSWER = "It begins on the third of December."

WORKED = [
    *("concern.viewed", "concern.assigned", "concern.replied", "concern.triaged", "concern.shared"),
    *("concern.referred", "concern.referral_sent", "concern.closed"),
]


def test_the_whole_road_of_a_concern(campus: CampusStage) -> None:
    """
    From a stranger's words to nothing but a number, each side with its own key alone, over HTTP.
    """
    recovery_key(campus)
    ada, ben, cleo = (adviser(campus, name) for name in ("ada", "ben", "cleo"))
    lead = adviser(campus, "lead", role=Role.PREVENT_LEAD)
    somebody = reporter(campus)

    # A stranger lodges it with a photo, and goes away with twelve words.
    photo = {"data": as_text(telltale()), "name": "IMG_2041.jpg", "type": "image/jpeg"}
    receipt = somebody.lodges(WORDS, about={"intent": "He said so."}, place="Beit", attachments=[photo])
    assert 12 == len(receipt.split())
    assert ("waiting", []) == (somebody.reads(receipt)["stage"], somebody.reads(receipt)["replies"])
    assert [] == ada.lists()

    # The day after, each adviser sees that there is one, and opens it with a key that the server never had.
    waits_a_day(campus)
    (line,) = ada.lists()
    concern = Lodged(line["id"], receipt, WORDS)
    (read,) = [json.loads(plain) for plain in ada.reads(concern)]
    assert (WORDS, {"intent": "He said so."}, "Beit") == (read["words"], read["about"], read["place"])
    (kept,) = read["attachments"]
    assert "image-1.jpg" == kept["name"]
    assert {} == dict(picture_of(as_bytes(kept["data"])).getexif())

    # Two take it on, and nobody else can read it any more.
    work = Casework(campus, concern, ada, ben, lead)
    ada.assigns(concern, ada, ben)
    assert (404, "not-found") == cleo.refused("GET", f"/{concern.id}")

    # They answer; the reporter comes back with the receipt, reads it, and answers.
    work.replies(json.dumps({"words": "Thank you. When does it begin?"}))
    told = somebody.reads(receipt)
    assert ("assigned", ["Thank you. When does it begin?"]) == (
        told["stage"],
        [one["words"] for one in told["replies"]],
    )
    somebody.adds(receipt, words=ANSWER)
    waits_a_day(campus)
    (line,) = ben.lists()
    assert str(today(campus) - timedelta(days=1)) == line["added_on"]
    assert ANSWER in [json.loads(plain)["words"] for plain in ben.reads(concern)]

    # They come to an outcome; the lead writes the sheet, sends it on her own, and says when.
    work.triages("prevent")
    work.is_shared_with_the_lead()
    referral = work.refers()
    sent = {"sent_on": str(today(campus))}
    work.done(lead.asks("POST", work.at("referrals", referral["id"], "sent"), sent))
    closed = work.done(ben.asks("POST", work.at("close"), {"outcome": "prevent"}))
    told = somebody.reads(receipt)
    assert ("closed", False) == (told["stage"], told["may_add"])
    assert closed["data_until"] == told["data_until"]

    # Its mailbox ends on its day, the rest of it on the other; both were told.
    work.passes(days=(day(told["mailbox_until"]) - today(campus)).days)
    assert ["Thank you. When does it begin?"] == [one["words"] for one in somebody.reads(receipt)["replies"]]
    forgets_after(work, day(told["mailbox_until"]))
    assert looks_like_nobodys(campus, receipt)
    assert {concern.id} == ids(ada.lists())
    forgets_after(work, day(told["data_until"]))

    # What stays is a number, and the lines of what advisers did, without a word.
    assert looks_like_nobodys(campus, receipt)
    assert [] == ada.lists()
    assert (404, "not-found") == ada.refused("GET", f"/{concern.id}")
    assert {Concern: 0, Entry: 0, Copy: 0, Assignee: 0, Referral: 0, OutcomeTally: 1} == rows(campus)
    did = [one for one in lines(campus, about="concern") if one.about_id == concern.id]
    assert set(WORKED) == {one.action for one in did}
    assert set() == {word for word in (WORDS, ANSWER, "Beit", receipt) if word in str([one.facts for one in did])}
    assert [] == campus.audit_faults()


def test_no_concern_is_destroyed_two_weeks_after_it_is_closed(campus: CampusStage) -> None:
    """
    Not a day before, nor while two hold it; then the receipt leads nowhere.
    """
    recovery_key(campus)
    ada, ben = adviser(campus, "ada"), adviser(campus, "ben")
    receipt = reporter(campus).lodges(WORDS)
    waits_a_day(campus)
    concern = Lodged(ada.lists()[0]["id"], receipt, WORDS)
    work = Casework(campus, concern, ada, ben, ada)
    ada.assigns(concern, ada, ben)
    end = day(work.closes("no_concern")["data_until"])

    work.passes(days=(end - today(campus)).days)
    campus.service.rounds.forget()
    on_its_last_day = ids(ada.lists())
    agreed(work, held=True)
    forgets_after(work, end + timedelta(days=30))
    held = ids(ada.lists())
    agreed(work, held=False)
    campus.service.rounds.forget()

    assert [{concern.id}, {concern.id}, set()] == [on_its_last_day, held, ids(ada.lists())]
    assert looks_like_nobodys(campus, receipt)
    assert {Concern: 0, Entry: 0, Copy: 0, Assignee: 0, Referral: 0, OutcomeTally: 1} == rows(campus)


def agreed(work: Casework, *, held: bool) -> None:
    """One asks, the other agrees."""
    told = work.done(work.ada.asks("POST", work.at("hold"), {"held": held, "because": work.seals("the police asked")}))
    work.done(work.ben.asks("POST", work.at("hold", "confirm"), {"because": told["because"]}))


def forgets_after(work: Casework, last: Any) -> None:
    """The day after this last one, the round goes."""
    work.passes(days=(last - today(work.campus)).days + 1)
    work.campus.service.rounds.forget()


def looks_like_nobodys(campus: CampusStage, receipt: str) -> bool:
    """Whether the door answers as for a receipt that was never given out: same status, same size, opened by no key."""
    somebody = reporter(campus)
    gone, wrong = (somebody.asks(receipt=one) for one in (receipt, new_receipt()))
    with pytest.raises(Unopenable):
        somebody.reads(receipt)
    return gone[0] == wrong[0] == 200 and len(gone[1]["sealed"]) == len(wrong[1]["sealed"])


def rows(campus: CampusStage) -> dict[type, int]:
    """How many there are of each, numbers that stay last."""

    def counted(session: Session) -> dict[type, int]:
        tables = (Concern, Entry, Copy, Assignee, Referral, OutcomeTally)
        return {table: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables}

    found: dict[type, int] = campus.database.read(counted)
    return found

"""Anybody lodges a concern, comes back with twelve words, and nobody but the advisers reads it."""

import base64
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from backend.concerns.concern import Concern, Entry
from backend.concerns.receipt import mailbox_of, new_receipt
from backend.concerns.sealing import Unopenable
from backend.kernel.audit import AuditLine
from backend.kernel.outbox import OutboxRow
from backend.people.sign_in import SignIn
from tests.campus import CampusStage
from tests.pictures import COMMENT, as_bytes, as_text, opened as picture_of, telltale
from tests.reporter import Json, KeyHolder, Reporter, appoint, at_the_door, replies_to, sealed_for

WORDS = "He says he will not come back from the summer camp."
EVERYBODY = ["Dr Amber", "Dr Birch"]


def reporter(campus: CampusStage, **headers: str) -> Reporter:
    """Somebody with a browser."""
    return at_the_door(campus.client, **headers)


def refusal(reporter_: Reporter, body: Json) -> tuple[int, list[str]]:
    status, problem = reporter_.call("POST", "/v1/concerns", body)
    return status, [fault["field"] for fault in problem.get("errors", [])]


def counts(session: Session) -> list[int]:
    tables: list[Any] = [Concern, Entry, AuditLine, OutboxRow]
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def last_used(session: Session) -> list[Any]:
    return list(session.scalars(select(SignIn.used_at)))


def the_concern(session: Session) -> Concern:
    return session.scalars(select(Concern)).one()


@pytest.fixture
def advisers(campus: CampusStage) -> list[KeyHolder]:
    """
    Two of them, and whoever keeps the recovery key.
    """
    return appoint(campus.database, *EVERYBODY)


def test_who_lodges_in_the_clear_comes_back_with_twelve_words(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    The advisers open what was written and its image, which carries nothing of the camera any more.
    """
    amber, birch, recovery = advisers
    somebody = reporter(campus)
    image = {"data": as_text(telltale()), "name": "IMG_2041.jpg"}

    receipt = somebody.lodges(WORDS, about={"intent": "He said so."}, place="Beit", attachments=[image])

    assert 12 == len(receipt.split())
    (told,) = amber.reads(campus.database)
    assert [told] == birch.reads(campus.database) == recovery.reads(campus.database)
    assert (WORDS, {"intent": "He said so."}, "Beit") == (told["words"], told["about"], told["place"])
    (kept,) = told["attachments"]
    assert ("image-1.jpg", "image/jpeg") == (kept["name"], kept["type"])
    assert COMMENT not in as_bytes(kept["data"])
    assert {} == dict(picture_of(as_bytes(kept["data"])).getexif())


def test_a_client_that_seals_makes_its_own_receipt_and_may_send_twice(
    campus: CampusStage, advisers: list[KeyHolder]
) -> None:
    """
    The same mailbox again is the same concern, with the same work or with other.
    """
    somebody = reporter(campus)
    _, body = somebody.seals(WORDS)
    work = somebody.work()

    answers = [somebody.call("POST", "/v1/concerns", {**body, "work": one}) for one in (work, work, somebody.work())]

    assert [(201, {})] * 3 == answers
    assert [{"words": WORDS}] == advisers[0].reads(campus.database)


@pytest.mark.parametrize("sealed", [False, True], ids=["in the clear", "sealed"])
def test_whoever_is_struck_out_cannot_open_it(campus: CampusStage, advisers: list[KeyHolder], sealed: bool) -> None:
    """
    One adviser may be the subject; the recovery key cannot be struck out.
    """
    amber, birch, recovery = advisers
    somebody = reporter(campus)

    if sealed:
        _, body = somebody.seals(WORDS, without=[amber.key_id])
        status, _ = somebody.call("POST", "/v1/concerns", {**body, "work": somebody.work()})
        assert 201 == status
    else:
        somebody.lodges(WORDS, without=[amber.key_id, recovery.key_id])

    assert [0, 1, 1] == [len(one.reads(campus.database)) for one in (amber, birch, recovery)]


def test_a_mailbox_tells_its_clocks_and_replies_and_takes_more(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    The reporter reads a reply, adds in the clear and sealed, and says once who they are.
    """
    somebody = reporter(campus)
    receipt = somebody.lodges(WORDS)
    before = somebody.reads(receipt)
    replies_to(campus.database, campus.database.read(the_concern).id, "Thank you. When was this?")
    campus.skips(days=20)

    told = somebody.reads(receipt)
    somebody.adds(receipt, words="On Tuesday.")
    somebody.adds(receipt, sealed=sealed_for(told["seal_to"], "And on Friday."))
    after = somebody.adds(receipt, reveal={"name": "A. Student", "contact": "room 12"}, confirm=True)

    assert ("waiting", "2026-11-23", "2027-02-21", "2027-11-23") == tuple(
        before[name] for name in ("stage", "lodged_on", "mailbox_until", "data_until")
    )
    assert ["Thank you. When was this?"] == [reply["words"] for reply in told["replies"]]
    assert "2027-03-13" == after["mailbox_until"]
    assert ["2026-11-23", *["2026-12-13"] * 3] == after["written_on"]
    read = advisers[0].reads(campus.database)
    assert [WORDS, "On Tuesday.", "And on Friday.", ""] == [one["words"] for one in read]
    assert {"name": "A. Student", "contact": "room 12"} == read[-1]["reveal"]


def test_before_either_clock_ends_the_reporter_is_warned(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    Within a fortnight, with what would help; afterwards the receipt is nobody's.
    """
    somebody = reporter(campus)
    receipt = somebody.lodges(WORDS)

    counted = []
    for days in (75, 1, 14):
        campus.skips(days=days)
        counted.append(len(somebody.reads(receipt)["warnings"]))
    campus.skips(days=1)

    assert [0, 1, 1] == counted
    with pytest.raises(Unopenable):
        somebody.reads(receipt)


def test_lodging_and_the_mailbox_leave_no_other_row(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    No audit line, no event, nothing to be sent; a bearer that is sent along is nobody's.
    """
    student = campus.student("telltale")
    somebody = reporter(campus, Authorization=f"Bearer {student.token}", Cookie="session=telltale")
    campus.skips(minutes=5)
    before, used = campus.database.read(counts), campus.database.read(last_used)

    receipt = somebody.lodges(WORDS)
    somebody.adds(receipt, words="More.")
    somebody.reads(receipt)
    campus.settles()

    assert [before[0] + 1, before[1] + 2, *before[2:]] == campus.database.read(counts)
    assert used == campus.database.read(last_used)


def test_a_mailbox_that_is_nobodys_is_asked_for_as_thoroughly(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    The same questions to the store, and an answer of the same size: for any receipt, and for any mailbox.
    """
    somebody = reporter(campus)
    receipt = somebody.lodges(WORDS)
    asked: list[list[str]] = []
    engine = campus.database._reading

    def remember(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked[-1].append(statement)

    event.listen(engine, "before_cursor_execute", remember)
    answers = []
    for body in (
        {"receipt": receipt},
        {"mailbox": mailbox_of(receipt).id},
        {"receipt": new_receipt()},
        {"receipt": "not twelve words"},
        {"receipt": receipt.upper() + " and more"},
        {"receipt": {"words": 12}},
        {"receipt": 7},
        {"mailbox": "0" * 32},
        {"mailbox": "../../etc"},
    ):
        asked.append([])
        answers.append(somebody.asks(**body))

    assert [asked[0]] * 9 == asked
    assert 4 <= len(asked[0])
    assert {(200, len(answers[0][1]["sealed"]))} == {(status, len(told["sealed"])) for status, told in answers}
    assert 9 == len({told["sealed"] for _, told in answers})


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"words": None}, ["words"]),
        ({"words": ""}, ["words"]),
        ({"work": None}, ["work"]),
        ({"work": {"challenge": "16.1795392600.made-up", "nonce": "1"}}, ["work"]),
        ({"attachments": [{"data": "aGVsbG8="}]}, ["attachments.0"]),
        ({"attachments": [{"data": "%"}]}, ["attachments.0.data"]),
        ({"name": "A. Student"}, ["name"]),
        ({"mailbox": "0" * 32}, ["mailbox"]),
    ],
    ids=["no words", "empty", "no work", "work made up", "no image", "no base64", "own name", "half sealed"],
)
def test_what_cannot_be_used_is_named_and_nothing_is_kept(
    campus: CampusStage, advisers: list[KeyHolder], changes: Json, fields: list[str]
) -> None:
    """
    A sentence for each field.
    """
    somebody = reporter(campus)
    body = {"words": WORDS, "work": somebody.work(), **changes}

    refused = refusal(somebody, body)

    assert (422, fields) == refused
    assert 0 == campus.database.read(counts)[0]


def test_a_key_that_no_reply_can_be_sealed_to_is_refused(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    Its reporter would wait for words that nobody can send; the same concern with their own key is taken.
    """
    somebody = reporter(campus)
    _, body = somebody.seals(WORDS)
    broken = {**body, "sealed": {**body["sealed"], "reply_key": base64.b64encode(bytes(32)).decode()}}

    refused = refusal(somebody, {**broken, "work": somebody.work()})
    taken, _ = somebody.call("POST", "/v1/concerns", {**body, "work": somebody.work()})

    assert (422, ["sealed.reply_key"]) == refused
    assert 201 == taken


def test_work_is_good_once_and_for_ten_minutes(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    What was used, what is too old and what was not done are refused alike.
    """
    somebody = reporter(campus)
    used, old = somebody.work(), somebody.work()
    somebody.call("POST", "/v1/concerns", {"words": WORDS, "work": used})

    again = refusal(somebody, {"words": WORDS, "work": used})
    undone = refusal(somebody, {"words": WORDS, "work": {**somebody.work(), "nonce": "no"}})
    campus.skips(minutes=11)
    too_late = refusal(somebody, {"words": WORDS, "work": old})

    assert [(422, ["work"])] * 3 == [again, undone, too_late]


def test_without_an_advisers_key_it_says_whom_to_ring(campus: CampusStage) -> None:
    """
    Nothing is stored: nobody could ever read it.
    """
    somebody = reporter(campus)

    status, problem = somebody.call("POST", "/v1/concerns", {"words": WORDS, "work": somebody.work()})

    assert (503, []) == (status, somebody.keys()["advisers"])
    assert "999" in [number["number"] for number in problem["call"]]
    assert 0 == campus.database.read(counts)[0]


def test_a_concern_sealed_to_keys_that_changed_is_sealed_again(campus: CampusStage, advisers: list[KeyHolder]) -> None:
    """
    409: its client fetches the keys again.
    """
    somebody = reporter(campus)
    _, body = somebody.seals(WORDS)
    appoint(campus.database, "Dr Cedar")

    status, _ = somebody.call("POST", "/v1/concerns", {**body, "work": somebody.work()})

    assert 409 == status

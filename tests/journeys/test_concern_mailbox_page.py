"""The mailbox as a page: opened by the receipt, added to, and a name told only when it was asked for twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.concerns.concern import Concern
from backend.concerns.receipt import new_receipt
from tests.campus import CampusStage
from tests.journeys.concern_pages import Browser, Shown
from tests.reporter import KeyHolder, appoint, replies_to

WORDS = "He says he will not come back from the summer camp."


@pytest.fixture
def advisers(campus: CampusStage) -> list[KeyHolder]:
    """
    Two of them, and whoever keeps the recovery key.
    """
    return appoint(campus.database, "Dr Amber", "Dr Birch")


@pytest.fixture
def receipt(campus: CampusStage, advisers: list[KeyHolder]) -> str:
    """
    That of a concern which was lodged by the form.
    """
    return " ".join(Browser(campus).lodges(WORDS).words)


def answers(campus: CampusStage, words: str) -> None:
    """What an adviser writes to the one reporter there is."""

    def only(session: Session) -> Concern:
        return session.scalars(select(Concern)).one()

    replies_to(campus.database, campus.database.read(only).id, words)


def closes(campus: CampusStage) -> None:
    """The advisers' work on the one concern there is ends."""
    campus.database.write(lambda session: session.execute(update(Concern).values(stage="closed")))


def size(page: Shown) -> int:
    return len(page.html.encode())


def test_a_reply_and_both_clocks_are_read_with_the_receipt(campus: CampusStage, receipt: str) -> None:
    """
    However it is typed; the reply's own signs are text and no markup.
    """
    answers(campus, "Thank you.\n\nSince <when>?")
    typed = ", ".join(f"{nth}. {word.title()}" for nth, word in enumerate(receipt.split(), 1))

    page = Browser(campus).at_the_mailbox("read", receipt=typed)

    assert 200 == page.status
    assert "<p>Thank you.</p><p>Since &lt;when&gt;?</p>" in page.html.replace("\n", "").replace("> <", "><")
    assert "The mailbox is open until" in page.text
    assert "(90 more days)" in page.text
    assert "All is destroyed after" in page.text
    assert "(365 more days)" in page.text


def test_what_never_was_a_receipt_gets_a_page_of_the_same_status_and_size(campus: CampusStage, receipt: str) -> None:
    """
    An empty mailbox, another's words, and a shopping list are told apart by whoever holds the paper alone.
    """
    browser = Browser(campus)

    empty = browser.at_the_mailbox("read", receipt=receipt)
    others = [browser.at_the_mailbox("read", receipt=one) for one in (new_receipt(), "milk, eggs", "x" * 50_000)]

    nothing = "There is nothing for these words yet, or they are not a receipt"
    assert [True] * 4 == [nothing in page.text for page in (empty, *others)]
    assert {(200, size(empty))} == {(page.status, size(page)) for page in others}


def test_words_are_added_for_the_advisers_who_read_the_rest(
    campus: CampusStage, advisers: list[KeyHolder], receipt: str
) -> None:
    """
    Once, also when the form is sent again; nothing is said to have arrived where nobody's mailbox is.
    """
    browser = Browser(campus)
    opened = browser.at_the_mailbox("read", receipt=receipt)

    added = browser.at_the_mailbox("add", words="He has come back.", **opened.hidden)
    again = browser.at_the_mailbox("add", words="He has come back.", **opened.hidden)
    nobodys = browser.at_the_mailbox("add", words="Hello?", receipt=new_receipt(), form="another")

    assert "It has arrived" in added.text
    assert (422, True) == (again.status, "sent already" in again.text)
    assert [WORDS, "He has come back."] == [told["words"] for told in advisers[0].reads(campus.database)]
    assert "It has arrived" not in nobodys.text


@pytest.mark.parametrize("step", ["add", "reveal_sure"])
def test_words_that_come_too_late_are_not_said_to_have_arrived(
    campus: CampusStage, advisers: list[KeyHolder], receipt: str, step: str
) -> None:
    """
    The concern was closed while the form was open: a reporter must not count on words that nobody reads.
    """
    browser = Browser(campus)
    opened = browser.at_the_mailbox("read", receipt=receipt)
    closes(campus)

    late = browser.at_the_mailbox(step, **{**opened.hidden, "words": "He has come back.", "name": "Anna Example"})

    assert [WORDS] == [told["words"] for told in advisers[0].reads(campus.database)]
    assert "It has arrived" not in late.text
    assert "may not have reached them" in late.text


def test_a_name_is_told_only_when_it_was_asked_for_twice(
    campus: CampusStage, advisers: list[KeyHolder], receipt: str
) -> None:
    """
    The first press shows what would be told; only the second tells it, and "no" tells nothing.
    """
    browser = Browser(campus)
    opened = browser.at_the_mailbox("read", receipt=receipt)

    asked = browser.at_the_mailbox("reveal", **{**opened.hidden, "name": "Anna Example", "contact": "a@example.ac.uk"})
    refused = browser.at_the_mailbox("read", **asked.hidden)
    before = len(advisers[0].reads(campus.database))
    sure = browser.at_the_mailbox("reveal_sure", **asked.hidden)

    assert "This cannot be taken back" in asked.text
    assert "Anna Example" in asked.text
    assert (200, 1) == (refused.status, before)
    assert "will know who you are" in sure.text
    told = advisers[0].reads(campus.database)[-1]
    assert {"name": "Anna Example", "contact": "a@example.ac.uk"} == told["reveal"]


def test_before_either_clock_ends_the_page_warns(campus: CampusStage, receipt: str) -> None:
    """
    And afterwards the mailbox is nobody's.
    """
    browser = Browser(campus)

    campus.clock.now += timedelta(days=80)
    soon = browser.at_the_mailbox("read", receipt=receipt)
    campus.clock.now += timedelta(days=11)
    gone = browser.at_the_mailbox("read", receipt=receipt)

    assert "This mailbox closes after" in soon.text
    assert "(10 more days)" in soon.text
    assert "The mailbox is open until" not in gone.text
    assert (200, size(soon)) == (gone.status, size(gone))


def test_while_a_hold_stands_no_end_is_promised(campus: CampusStage, receipt: str) -> None:
    """
    What is not destroyed on its day is not said to be; the mailbox closes on that day all the same.
    """
    browser = Browser(campus)
    end = campus.clock.now.date() + timedelta(days=5)
    campus.database.write(
        lambda session: session.execute(update(Concern).values(held=True, data_until=end, mailbox_until=end))
    )

    page = browser.at_the_mailbox("read", receipt=receipt)

    assert f"This mailbox closes after {end.isoformat()}." in page.text
    assert "kept for longer than the day you were told" in page.text
    assert [] == [promise for promise in ("destroyed after", "stays open for longer") if promise in page.text]


def test_an_empty_line_is_told_from_words(campus: CampusStage, receipt: str) -> None:
    """
    Nothing typed is no receipt at all, and nothing written is nothing to add.
    """
    browser = Browser(campus)

    empty = browser.at_the_mailbox("read", receipt="  ")
    added = browser.at_the_mailbox("add", receipt=receipt, words=" ")

    assert (422, True) == (empty.status, "Type the twelve words first" in empty.text)
    assert (422, True) == (added.status, "Write at least a few words" in added.text)

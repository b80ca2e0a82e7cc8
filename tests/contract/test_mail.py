"""E-mail by a real mail server: each of its answers leads to one thing, and nothing waits longer than a moment."""

import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from notifications.channels.letter import Letter
from notifications.channels.mail import AT_ONCE, Mail
from notifications.channels.mail_relay import Relay, Secrecy
from notifications.channels.push import Answer
from notifications.parcel import Outcome
from tests.mail_server import (
    DIES,
    HANGS,
    PASSWORD,
    USER,
    MailServer,
    make_certificate,
    running_mail_server,
    trusting,
)
from tests.server import free_port

SENDER = "Campus Safety <safety@campus.example>"

#: The client's own patience, only shorter.
MESSAGE_S = 1.0

SENT, RETRY, GONE, FAILED = Outcome.SENT, Outcome.RETRY, Outcome.GONE, Outcome.FAILED


@pytest.fixture(scope="module")
def post_office() -> Iterator[MailServer]:
    """
    One for the tests of this file.
    """
    with running_mail_server() as one:
        yield one


@pytest.fixture
def server(post_office: MailServer) -> MailServer:
    """
    As it began: nobody has told it anything.
    """
    post_office.says.clear()
    post_office.received.clear()
    post_office.lines.clear()
    post_office.slow_s = 0.0
    post_office.most_at_once = 0
    return post_office


def relay_to(port: int, **how: object) -> Relay:
    told = {"host": "127.0.0.1", "port": port, "secrecy": "none", "sender": SENDER, "user": None, "password": None}
    return Relay.from_told({**told, **how})


def mail_to(server: MailServer, **how: object) -> Mail:
    return Mail(relay_to(server.port, **how), message_s=MESSAGE_S)


def letter(to: str = "ada@campus.example", *, about: str = "broadcast_id") -> Letter:
    words = "Leave the Sherfield Building. Schöne Grüße."
    return Letter("email", str(uuid4()), "mailbox", to, words, {about: "b-1"}, title="Gas leak", lane=4)


def sent(mail: Mail, one: Letter | None = None) -> Answer:
    answer = mail.send(one or letter())
    mail.close()
    return answer


def test_a_broadcast_arrives_as_one_message_to_one_person(server: MailServer) -> None:
    """
    Its words in plain text, from whom the settings say, marked as written by no person, and in its thread.
    """
    answer = sent(mail_to(server), letter())

    (got,) = server.received
    said = got.message
    assert Answer(SENT) == answer
    assert ("safety@campus.example", ("ada@campus.example",)) == (got.sender, got.recipients)
    assert ("Gas leak", SENDER, "ada@campus.example") == (said["Subject"], said["From"], said["To"])
    assert "Leave the Sherfield Building. Schöne Grüße." == said.get_content().strip()
    assert "auto-generated" == said["Auto-Submitted"]
    assert said["Date"].datetime is not None
    assert said["References"].endswith("@campus.example>")
    assert None is said["Bcc"]


def test_the_same_letter_sent_again_is_the_same_message(server: MailServer) -> None:
    """
    After a doubt a mail client shows one; another person's, and another delivery's, is another.
    """
    mail, one = mail_to(server), letter()

    for each in (one, one, letter()):
        mail.send(each)
    mail.close()

    first, again, other = [got.message["Message-ID"] for got in server.received]
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("stage", "says", "answer"),
    [
        ("RCPT", "550 5.1.1 No such user", Answer(GONE, "recipient: 550")),
        ("RCPT", "551 User not local", Answer(GONE, "recipient: 551")),
        ("RCPT", "553 Mailbox name not allowed", Answer(GONE, "recipient: 553")),
        (
            "RCPT",
            "554 5.7.1 Relay access denied",
            Answer(RETRY, "refused by policy, recipient: 554", 15.0, unwell=True, alarming=True),
        ),
        ("RCPT", "450 4.7.1 Greylisted", Answer(RETRY, "recipient: 450", 60.0)),
        ("RCPT", "451 Try again later", Answer(RETRY, "recipient: 451", 60.0)),
        ("RCPT", "452 Too many recipients", Answer(RETRY, "recipient: 452", 15.0, unwell=True)),
        ("RCPT", "421 Closing", Answer(RETRY, "recipient: 421", 15.0, unwell=True)),
        ("MAIL", "451 Busy", Answer(RETRY, "sender: 451", 15.0, unwell=True)),
        (
            "MAIL",
            "550 Sender rejected",
            Answer(RETRY, "refused by policy, sender: 550", 15.0, unwell=True, alarming=True),
        ),
        ("MAIL", "552 Too large", Answer(FAILED, "sender: 552", alarming=True)),
        ("DATA", "552 Too large", Answer(FAILED, "end of content: 552", alarming=True)),
        ("DATA", "554 Refused", Answer(FAILED, "end of content: 554", alarming=True)),
        ("DATA", "451 Local error", Answer(RETRY, "end of content: 451", 15.0, unwell=True)),
        ("DATA", "421 Shutting down", Answer(RETRY, "end of content: 421", 15.0, unwell=True)),
        ("DATA", DIES, Answer(RETRY, "content: SMTPServerDisconnected", unwell=True)),
        ("MAIL", DIES, Answer(RETRY, "sender: SMTPServerDisconnected", unwell=True)),
        ("EHLO", DIES, Answer(RETRY, "no line: SMTPServerDisconnected", unwell=True)),
    ],
)
def test_each_answer_leads_to_one_thing(server: MailServer, stage: str, says: str, answer: Answer) -> None:
    """
    Done, again later, a dead address, words that are not taken, or a trouble that a person must hear of.
    """
    server.says[stage] = says

    found = sent(mail_to(server))

    assert answer == found
    assert [] == server.received


def test_an_address_that_is_dead_is_heard_of_when_a_case_was_to_go_there(server: MailServer) -> None:
    """
    A team's mailbox that is none is a fault in the campus file, and its cases go unread.
    """
    server.says["RCPT"] = "550 5.1.1 No such user"

    bulk, case = [sent(mail_to(server), letter(about=about)) for about in ("broadcast_id", "incident_id")]

    assert (GONE, False) == (bulk.outcome, bulk.alarming)
    assert (GONE, True) == (case.outcome, case.alarming)


@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_costs_one_letter_a_moment(server: MailServer, stage: str) -> None:
    """
    Whatever it was asked: the whole message has a few seconds, not each step of it.
    """
    server.says[stage] = HANGS
    began = time.monotonic()

    found = sent(mail_to(server))
    took = time.monotonic() - began

    assert (RETRY, True) == (found.outcome, found.unwell)
    assert took < MESSAGE_S + 1.0


def test_nobody_there_is_a_matter_of_trying_again() -> None:
    """
    Neither the letter nor its recipient is at fault.
    """
    mail = Mail(relay_to(free_port()), message_s=MESSAGE_S)

    found = sent(mail)

    assert (RETRY, True, True) == (found.outcome, found.unwell, found.tried)


def test_lines_are_kept_and_a_line_that_was_ended_meanwhile_costs_nothing(server: MailServer) -> None:
    """
    Ten letters need one connection; when the server has closed it, the next letter goes by another at once.
    """
    mail = mail_to(server)

    well = [mail.send(letter()).outcome for _ in range(10)]
    one_line = {got.line for got in server.received}
    server.says["RCPT"] = DIES
    died = mail.send(letter())
    server.says.clear()
    after = [mail.send(letter()).outcome for _ in range(2)]
    server.says["MAIL"] = "421 I have waited long enough"
    let_go = mail.send(letter())
    mail.close()

    assert [SENT] * 10 == well
    assert 1 == len(one_line)
    assert RETRY is died.outcome
    assert [SENT, SENT] == after
    assert (RETRY, "sender: 421") == (let_go.outcome, let_go.fault)


def test_several_go_at_once_and_a_slow_one_holds_up_no_other(server: MailServer) -> None:
    """
    Each on a line of its own, as many as there are threads.
    """
    server.slow_s = 0.2
    mail = mail_to(server)
    began = time.monotonic()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        found = list(threads.map(mail.send, [letter(f"p{number}@campus.example") for number in range(AT_ONCE * 2)]))
    took = time.monotonic() - began
    mail.close()

    assert {SENT} == {answer.outcome for answer in found}
    assert AT_ONCE == server.most_at_once
    assert len(server.lines) <= AT_ONCE
    assert took < 0.2 * AT_ONCE


@pytest.mark.parametrize("value", ["", "ada", "a@b\r\nRCPT TO:<x@y>", "a@b, c@d", "a <b@c>", "a@b\n"])
def test_what_is_no_address_never_reaches_the_server(server: MailServer, value: str) -> None:
    """
    Neither a second recipient nor a command can be smuggled in.
    """
    found = sent(mail_to(server), letter(value))

    assert GONE is found.outcome
    assert set() == server.lines


def test_mail_and_password_are_only_spoken_of_behind_tls(tmp_path: Path) -> None:
    """
    By STARTTLS with a certificate that is believed, or from the first byte.
    """
    certificate = make_certificate(tmp_path)
    how = {"user": USER, "password": PASSWORD}
    trust = trusting(certificate)

    with running_mail_server(certificate=certificate, signing_in=True) as server:
        relay = relay_to(server.port, secrecy=Secrecy.STARTTLS, **how)
        by_starttls = sent(Mail(relay, trust=trust))
        was_secured = [got.secured for got in server.received]
        doubted = sent(Mail(relay, message_s=MESSAGE_S))
        wrong = sent(Mail(relay_to(server.port, secrecy="starttls", user=USER, password="no"), trust=trust))
        tried = list(server.sign_ins)
    with running_mail_server(certificate=certificate, implicit=True) as server:
        by_tls = sent(Mail(relay_to(server.port, secrecy=Secrecy.TLS), trust=trust))

    assert Answer(SENT) == by_starttls == by_tls
    assert [True] == was_secured
    assert ("the server's certificate is not trusted", True) == (doubted.fault, doubted.alarming)
    assert (RETRY, "sign-in refused: 535", True, 15.0) == (
        wrong.outcome,
        wrong.fault,
        wrong.alarming,
        wrong.retry_after_s,
    )
    assert [True, False] == sorted(set(tried), reverse=True)


def test_a_server_without_starttls_gets_neither_password_nor_message(server: MailServer) -> None:
    """
    Somebody between us and it may have taken the offer away.
    """
    relay = relay_to(server.port, secrecy=Secrecy.STARTTLS, user=USER, password=PASSWORD)

    found = sent(Mail(relay, trust=ssl.create_default_context()))

    assert (RETRY, True, True) == (found.outcome, found.unwell, found.alarming)
    assert ([], []) == (server.received, server.sign_ins)

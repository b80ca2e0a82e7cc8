"""What each of a mail server's answers does to a team's mail and to the control room; by a real mail server."""

from collections.abc import Iterator, Sequence

import pytest

from notifications.channels.letter import Letter
from notifications.channels.letter_channel import LetterChannel
from notifications.channels.mail import Mail
from notifications.channels.mail_relay import Relay, Secrecy
from notifications.channels.push import Answer
from tests.campus import CampusStage
from tests.journeys.couriers import deliveries
from tests.mail_server import MailServer, running_mail_server

TEAM = "facilities@example.ac.uk"


class InHere:
    """Carries each letter in the test's own process."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    def carry(self, letters: Sequence[Letter]) -> list[Answer]:
        return [self._mail.send(letter) for letter in letters]


@pytest.fixture(scope="module")
def post_office() -> Iterator[MailServer]:
    """
    One for the journeys of this file.
    """
    with running_mail_server() as one:
        yield one


@pytest.fixture
def server(post_office: MailServer, campus: CampusStage) -> Iterator[MailServer]:
    """
    The campus's mail server from now on.
    """
    post_office.says.clear()
    post_office.received.clear()
    mail = Mail(Relay("127.0.0.1", post_office.port, Secrecy.NONE, "safety@campus.example"))
    channel = LetterChannel(InHere(mail), seconds=lambda: campus.clock().timestamp())
    campus.service.rounds.channels["email"] = channel
    yield post_office
    mail.close()


def reports_a_defect(campus: CampusStage) -> str:
    case: dict[str, str] = campus.student().taps("help", at=campus.LIBRARY, subtype="facility_defect")
    return case["id"]


@pytest.mark.parametrize(
    ("stage", "says", "outcome", "wait_s", "dead", "alarmed"),
    [
        ("NOTHING", "", "sent", None, False, False),
        ("RCPT", "450 4.7.1 Greylisted", None, 60, False, False),
        ("DATA", "421 Shutting down", None, 15, False, False),
        ("RCPT", "550 5.1.1 No such user", "gone", None, False, True),
        ("DATA", "554 We take no such words", "failed", None, True, True),
        ("MAIL", "530 Authentication required", None, 15, False, True),
    ],
)
def test_each_answer_leads_to_the_right_thing(
    campus: CampusStage,
    server: MailServer,
    stage: str,
    says: str,
    outcome: str | None,
    wait_s: float | None,
    dead: bool,
    alarmed: bool,
) -> None:
    """
    Sent, tried again when it may help, or told to the control room: a team's case must not go unread.
    """
    server.says[stage] = says

    reports_a_defect(campus)

    (mail,) = [one for one in deliveries(campus) if one.channel == "email"]
    wait = None if mail.finished_at else (mail.due_at - campus.clock()).total_seconds()
    assert (1, outcome, dead) == (mail.attempts, mail.outcome, mail.dead)
    assert (wait is None) == (wait_s is None)
    assert wait is None or wait_s is None or wait_s <= wait <= 1.25 * wait_s
    assert alarmed == ("dead_letter" in campus.alarms())
    assert (outcome == "sent") == bool(server.to(TEAM))


def test_a_server_that_puts_strangers_off_gets_the_same_message_when_it_has_waited(
    campus: CampusStage, server: MailServer
) -> None:
    """
    A minute later it is taken, once.
    """
    server.says["RCPT"] = "450 4.7.1 Greylisted"
    case = reports_a_defect(campus)
    before = len(server.received)
    server.says.clear()

    campus.passes(seconds=90)

    (got,) = server.to(TEAM)
    assert 0 == before
    assert case in got.message.get_content()
    assert ["sent"] == [one.outcome for one in deliveries(campus) if one.channel == "email"]

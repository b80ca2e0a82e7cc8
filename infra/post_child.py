"""The sender of letters, a child of its own: mail, web push and telephone, each kind with threads no other can take."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from infra.sending_child import Task, live
from notifications.channels.hosted import hosted
from notifications.channels.letter import Letter
from notifications.channels.mail import AT_ONCE as MAILS_AT_ONCE, Mail
from notifications.channels.mail_relay import Relay
from notifications.channels.push import Answer
from notifications.channels.telephone import Telephone
from notifications.channels.telephone_account import TelephoneAccount
from notifications.channels.telephone_client import AT_ONCE as DIALS_AT_ONCE
from notifications.channels.web_push import AT_ONCE as PUSHES_AT_ONCE, WebPush
from notifications.parcel import Outcome

Send = Callable[[Letter], Answer]


class Desk:
    """Where one kind of letter is sent; a case's never stands behind a broadcast's thousands."""

    def __init__(self, send: Send, at_once: int) -> None:
        self.send = send
        self._bulk, self._others = ThreadPoolExecutor(at_once), ThreadPoolExecutor(at_once)

    def task(self, number: int, letter: Letter) -> Task:
        return Task(number, self._bulk if letter.in_bulk else self._others, partial(self.send, letter))


def _mail(told: dict[str, Any]) -> Desk:
    return Desk(Mail(Relay.from_told(told)).send, MAILS_AT_ONCE)


def _web_push(told: dict[str, Any]) -> Desk:
    return Desk(WebPush(**told).send, PUSHES_AT_ONCE)


def _telephone(told: dict[str, Any]) -> Desk:
    account = {name: value for name, value in told.items() if name != "key"}
    return Desk(hosted(Telephone(TelephoneAccount(**account), bytes.fromhex(told["key"]))), DIALS_AT_ONCE)


#: Who sends what, made from its own part of the greeting. A channel that waits for its provider is put here by
#: `Desk(hosted(channel), at_once)`; the parent needs the same name in `infra.posting`.
DESKS: Mapping[str, Callable[[dict[str, Any]], Desk]] = {
    "email": _mail,
    "web_push": _web_push,
    "sms": _telephone,
    "voice": _telephone,
}


def set_up(greeting: dict[str, Any]) -> Callable[[bytes], Task]:
    """What each line is to be done with."""
    desks = {name: open_desk(greeting[name]) for name, open_desk in DESKS.items() if greeting.get(name)}
    nobody = Desk(_unknown, 1)

    def task_of(line: bytes) -> Task:
        number, letter = Letter.from_line(line)
        return desks.get(letter.by, nobody).task(number, letter)

    return task_of


def _unknown(letter: Letter) -> Answer:
    return Answer(Outcome.RETRY, f"nobody sends {letter.by} here", unwell=True, alarming=True)


if __name__ == "__main__":
    live(set_up)

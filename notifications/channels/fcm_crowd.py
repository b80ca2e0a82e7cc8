"""Firebase for thousands at once: words told once, phones put into them, a few HTTP/2 connections, and a pace."""

import json
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from firebase_admin import exceptions

from notifications.channels.fcm import ENDPOINT, Patience, app_of, service_of
from notifications.channels.fcm_answer import NoPass, answer_of, verdict_of
from notifications.channels.fcm_message import message_of, payload_check
from notifications.channels.fcm_pass import HeldPass
from notifications.channels.fcm_wire import Wire
from notifications.channels.many_requests import Broken, ManyRequests, Reply
from notifications.channels.pacing import Pace
from notifications.channels.push import Answer
from notifications.channels.sheaf import WELL, Sheaf
from notifications.parcel import Outcome

#: Below Google's quota for a project, 600,000 a minute, which other senders of the campus share.
PER_SECOND = 9_000

#: Seconds within which a push begins or comes back untried, and all that a look at a message may take. With an answer's
#: own seconds they are fewer than its parent waits.
STALE_S, LOOK_S = 3.0, 1.5

#: Answers in a row that ask for patience, after which all are patient: one busy phone does not make them.
MANY = 5

#: Patience of this kind lasts no longer without a look, whatever was asked for: the parent waits as it was asked to.
LONGEST_HOLD_S = 60.0

#: A place for a phone in a message, which no words contain.
_PHONE = uuid4().hex


@dataclass(slots=True)
class _Going:
    """A sheaf on its way: its answers as they come, its messages, and what became of a second look at them."""

    number: int
    sheaf: Sheaf
    since: float
    answers: list[Answer]
    left: int
    halves: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    verdict: Answer | None = None
    #: Places of those who wait for the verdict; None while nobody has asked for one.
    judged: list[int] | None = None


@dataclass(slots=True)
class _One:
    """One phone of a sheaf, and the access token it went with; without a place it is the look at its message."""

    going: _Going
    place: int | None
    token: str = ""


class FcmCrowd:
    """
    One project at Google, for broadcasts; all of it in its caller's one thread.

    Each push is one request, whether it is tried again is the wave's to say.
    Only what the server refused unread is asked once more, on its next
    connection.
    """

    def __init__(
        self,
        account: Mapping[str, Any],
        *,
        endpoint: str = ENDPOINT,
        patience: Patience | None = None,
        per_second: float = PER_SECOND,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`seconds` is a clock that only goes forward. Raises ValueError for an account that is none."""
        waits = patience or Patience()
        self._pass = HeldPass(account, timeout_s=waits.read_s)
        self._wire = Wire(service_of(app_of(account, self._pass, waits), endpoint))
        self._requests = ManyRequests(
            self._wire.url,
            self._wire.headers,
            trust=self._wire.trust,
            connect_s=waits.connect_s,
            answer_s=waits.read_s,
        )
        self._seconds = seconds
        self._pace = Pace(per_second, seconds())
        self._waiting: deque[_One] = deque()
        self._ended: list[_Going] = []
        self._busy_in_a_row = 0
        self._held_until = 0.0
        self._pass.keep()

    def take(self, number: int, sheaf: Sheaf, *, since: float) -> None:
        """One more sheaf, which has waited since then."""
        going = _Going(number, sheaf, since, [WELL] * len(sheaf.targets), len(sheaf.targets))
        if not going.left:
            self._ended.append(going)
        self._waiting.extend(_One(going, place) for place in range(len(sheaf.targets)))

    def turn(self) -> list[tuple[int, list[Answer]]]:
        """Begin what may begin and hear what has come, without waiting; the sheaves that are answered for."""
        self._begin()
        for one, reply in self._requests.turn():
            self._hear(one, reply)
        ended, self._ended = self._ended, []
        return [(going.number, going.answers) for going in ended]

    def wait(self, others: Sequence[int] = (), *, most_s: float = 1.0) -> bool:
        """Until there is something to do, or one of these descriptors can be read: True for that."""
        if not self._waiting:
            return self._requests.wait(most_s, others)
        wait = self._pace.wait_s(self._seconds()) if self._requests.room > 0 and self._pass.in_hand else 0.05
        return self._requests.wait(min(most_s, max(wait, 0.001)), others)

    def _begin(self) -> None:
        now = self._seconds()
        token = self._pass.in_hand
        while self._waiting:
            one = self._waiting[0]
            if one.place is not None and (why := self._untried(one.going, token, now)) is not None:
                self._answer(self._waiting.popleft(), why)
            elif token is None or self._requests.room <= 0 or not self._pace.take(now):
                return
            else:
                self._ask(self._waiting.popleft(), token)

    def _untried(self, going: _Going, token: str | None, now: float) -> Answer | None:
        """The answer for what shall not begin any more."""
        if now < self._held_until:
            wait = self._held_until - now
            return Answer(Outcome.RETRY, "held back: the provider asked for patience", wait, unwell=True, tried=False)
        if now - going.since <= STALE_S:
            return None
        if token is None:
            return answer_of(self._pass.missing, now=datetime.now(UTC))
        return Answer(Outcome.RETRY, "its turn did not come in time", tried=False)

    def _ask(self, one: _One, token: str) -> None:
        try:
            body, within_s = self._body(one)
        except Exception as fault:  # noqa: BLE001 - words that Google's client does not take are nobody's death
            what = f"unknown fault: {type(fault).__name__}"
            self._answer(one, Answer(Outcome.RETRY, what, unwell=True, alarming=True))
            return
        one.token = token
        self._requests.begin(body, token, one, within_s=within_s)

    def _body(self, one: _One) -> tuple[bytes, float | None]:
        words = one.going.sheaf.words
        if one.place is None:
            return self._wire.body(payload_check(words, now=datetime.now(UTC)), dry_run=True), LOOK_S
        kind, value = one.going.sheaf.targets[one.place]
        if kind not in one.going.halves:
            whole = self._wire.body(message_of(replace(words, kind=kind, value=_PHONE), now=datetime.now(UTC)))
            before, after = whole.split(_PHONE.encode())
            one.going.halves[kind] = before, after
        before, after = one.going.halves[kind]
        return before + json.dumps(value)[1:-1].encode() + after, None

    def _hear(self, one: _One, reply: Reply) -> None:
        if reply.broken is Broken.REFUSED:
            # Certainly not taken: it begins anew, or comes back when its time is over.
            self._waiting.appendleft(one)
            return
        fault = self._wire.fault(reply)
        if fault is None and one.place is not None:
            self._busy_in_a_row = 0
            self._answer(one, WELL)
            return
        if isinstance(fault, exceptions.UnauthenticatedError):
            fault = self._pass.refused_with(one.token)
        now = datetime.now(UTC)
        if one.place is None:
            self._judge(one.going, verdict_of(fault, now=now))
        elif isinstance(fault, exceptions.InvalidArgumentError):
            self._doubt(one)
        else:
            answer = answer_of(fault, now=now)
            self._mind(answer, fault, reply)
            self._answer(one, answer)

    def _doubt(self, one: _One) -> None:
        """After a 400: whether the target or the message is wrong is asked once for all who have these words."""
        going = one.going
        assert one.place is not None
        if going.verdict is not None:
            self._answer(one, going.verdict)
            return
        if going.judged is None:
            going.judged = []
            self._waiting.appendleft(_One(going, None))
        going.judged.append(one.place)

    def _judge(self, going: _Going, verdict: Answer) -> None:
        if verdict.outcome is not Outcome.RETRY:
            going.verdict = verdict
        waited, going.judged = going.judged or [], None
        for place in waited:
            self._answer(_One(going, place), verdict)

    def _mind(self, answer: Answer, fault: BaseException | None, reply: Reply) -> None:
        """When many in a row are asked to be patient, the rest are not sent to hear the same."""
        asked = answer.retry_after_s is not None and not isinstance(fault, NoPass) and reply.status in (429, 503)
        self._busy_in_a_row = self._busy_in_a_row + 1 if asked else 0
        if self._busy_in_a_row >= MANY and answer.retry_after_s is not None:
            until = self._seconds() + min(answer.retry_after_s, LONGEST_HOLD_S)
            self._held_until = max(self._held_until, until)

    def _answer(self, one: _One, answer: Answer) -> None:
        going = one.going
        if one.place is None:
            self._judge(going, answer)
            return
        going.answers[one.place] = answer
        going.left -= 1
        if not going.left:
            self._ended.append(going)

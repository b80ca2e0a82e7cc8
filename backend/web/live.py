"""A stream's socket: who may open it, what it says, and what is told when it is refused."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

import structlog
from flask import request
from flask_socketio import Namespace, join_room
from marshmallow import Schema, ValidationError, fields, validate
from socketio.exceptions import ConnectionRefusedError
from sqlalchemy.orm import Session

from backend.inbox.catching_up import starting_point
from backend.inbox.message import Recipient
from backend.kernel.errors import Forbidden, Invalid, Refusal, TooMany, Unauthenticated
from backend.kernel.rooms import front, world
from backend.kernel.vocabulary import Face, Role, Stage
from backend.people.account import Principal
from backend.people.connecting import connect
from backend.web.access import EXPIRED, recognised
from backend.web.budget import Budget
from backend.web.context import now, read, write
from backend.web.fields import SAFE_INTEGER
from backend.web.problems import type_of
from backend.web.receipts import ReceiptIn

log = structlog.get_logger(__name__)

F = TypeVar("F", bound=Callable[..., Any])

#: Why a socket is closed whose sign-in stands: no `signed_out`, its holder need not sign in again.
TOO_MANY_SOCKETS = {
    "type": type_of("too-many-sockets"),
    "title": "You are connected on too many devices or pages: the oldest was closed.",
}
TOO_MANY_EVENTS = {
    "type": type_of("too-many-events"),
    "title": "This device sends too much, and was disconnected.",
}

#: Said of a socket by the server alone.
OUR_OWN = ("connect", "disconnect")


class Streams(Protocol):
    """Whoever puts a recipient's messages on open sockets."""

    def join(
        self,
        sid: str,
        namespace: str,
        recipient: Recipient,
        token_hash: str,
        last_seq: int,
        roles: frozenset[Role] = frozenset(),
        *,
        exercise: bool = False,
    ) -> None: ...

    def leave(self, sid: str) -> None: ...

    def sync(self, sid: str, last_seq: int) -> None: ...

    def turn_away(self, sids: Collection[str], why: dict[str, Any]) -> None: ...


class TakeReceipt(Protocol):
    """The use case of receipts: what a screen shows may be of slices that stand beside this one."""

    def __call__(
        self,
        session: Session,
        recipient: Recipient,
        message_ids: Collection[UUID],
        stage: Stage,
        *,
        versions: Mapping[UUID, int] | None = None,
        now: datetime,
    ) -> int: ...


class SyncIn(Schema):
    """How far the client really got."""

    last_seq = fields.Integer(required=True, strict=True, validate=validate.Range(0, SAFE_INTEGER))


def answered(handler: F) -> F:
    """
    What a handler refuses is its acknowledgement: `{type, title}`; the socket stays open.

    An event's body is its first argument; what a client sends behind it is dropped.
    """

    @wraps(handler)
    def guarded(namespace: Any, body: Any = None, *_: Any) -> Any:
        try:
            return handler(namespace, body)
        except Refusal as refusal:
            return problem(refusal)
        except ValidationError:
            return problem(Invalid("Some fields cannot be used."))
        except Exception as fault:
            log.exception("socket.failed", fault=type(fault).__name__)
            return {"type": type_of("our-fault"), "title": "Something went wrong on our side. Send it again."}

    return guarded  # type: ignore[return-value]


class StreamNamespace(Namespace):
    """
    One face's sockets. `auth: {token, last_seq}` comes in CONNECT, never in the address.

    What was missed after `last_seq` follows CONNECT by itself; `sync` asks again.
    """

    face: ClassVar[Face]

    def __init__(
        self,
        namespace: str,
        *,
        streams: Streams,
        departed: Callable[[str], None],
        process: str,
        clock: Callable[[], datetime],
        take_receipt: TakeReceipt,
    ) -> None:
        """
        `clock` is for the budgets: an event is refused before there is an application around it.

        `departed` hears that a socket has closed, and forgets it; it never waits, and raises nothing.
        """
        super().__init__(namespace)
        self.departed = departed
        self.take_receipt = take_receipt
        self.streams = streams
        self.process = process
        self.clock = clock
        self._people: dict[str, Principal] = {}
        self._budgets: dict[str, Budget] = {}

    def may_open(self, person: Principal) -> bool:
        """Whether somebody signed in may open this face."""
        return True

    @property
    def person(self) -> Principal:
        """Whose socket the event at hand came by. Raises Unauthenticated when it has just been closed."""
        found = self._people.get(request.sid)  # type: ignore[attr-defined]
        if found is None:
            raise Unauthenticated(EXPIRED)
        return found

    def trigger_event(self, event: str, *args: Any) -> Any:
        """
        Handle an event if the socket's budget has room for it.

        What is refused is told twice, as its acknowledgement and as `refused`:
        whoever sends a receipt and waits for no answer has to know that it was
        lost. Who goes on all the same is disconnected.
        """
        sid = args[0]
        if self._is_our_own(event, sid):
            return super().trigger_event(event, *args)
        budget = self._budgets.get(sid)
        if budget is None or not budget.spend(self.clock().timestamp()):
            return self._refuse(event, sid, budget)
        # A client that says "connect" as an event would be let in once more, with another budget.
        return None if event in OUR_OWN else super().trigger_event(event, *args)

    def _is_our_own(self, event: str, sid: str) -> bool:
        """Whether the server says this of the socket, and not the client."""
        if event == "disconnect":
            return not self.socketio.server.manager.is_connected(sid, self.namespace)
        return event == "connect" and sid not in self._budgets

    def _refuse(self, event: str, sid: str, budget: Budget | None) -> dict[str, Any]:
        told = problem(TooMany("Slow down: this was not taken. Send it again in a second.", retry_after_s=1))
        if budget is not None and budget.is_abused:
            self.streams.turn_away([sid], TOO_MANY_EVENTS)
        elif budget is not None and not budget.is_over:
            self.emit("refused", {"event": str(event)[:40], **told}, room=sid)
        return told

    def on_connect(self, auth: Any = None) -> None:
        told = auth if isinstance(auth, dict) else {}
        sid: str = request.sid  # type: ignore[attr-defined]
        last_seq = told.get("last_seq")
        # JSON's true is an int to Python, and no number to a store.
        after = last_seq if type(last_seq) is int and 0 <= last_seq <= SAFE_INTEGER else 0
        try:
            person = self._person(told)
            recipient = Recipient(person.id, self.face)
            start = read(starting_point, recipient, after)
            too_many = write(connect, sid, person.id, self.face, self.process, token_hash=person.token_hash, now=now())
        except Refusal as refusal:
            raise refused(refusal) from refusal
        if self._has_gone(sid):
            # It timed out while the store was waited for, and nobody will say its end again.
            self.departed(sid)
            raise ConnectionRefusedError
        self._people[sid], self._budgets[sid] = person, Budget()
        # Before what is on air is read: a broadcast that is issued meanwhile comes by one way or the other.
        join_room(world(person.exercise), sid=sid, namespace=self.namespace)
        if Role.OFFICER in person.roles:
            join_room(front(world(person.exercise)), sid=sid, namespace=self.namespace)
        self.streams.join(
            sid, self.namespace, recipient, person.token_hash, start, person.roles, exercise=person.exercise
        )
        self.streams.turn_away(too_many, TOO_MANY_SOCKETS)

    def on_disconnect(self, _reason: Any = None) -> None:
        sid: str = request.sid  # type: ignore[attr-defined]
        self.streams.leave(sid)
        self._people.pop(sid, None)
        self._budgets.pop(sid, None)
        self.departed(sid)

    @answered
    def on_receipt(self, body: Any = None) -> dict[str, Any]:
        told = ReceiptIn().load(body if isinstance(body, dict) else {})
        recipient = Recipient(self.person.id, self.face)
        return {"confirmed": write(self.take_receipt, recipient, **told, now=now())}

    @answered
    def on_sync(self, body: Any = None) -> None:
        told = SyncIn().load(body if isinstance(body, dict) else {})
        start = read(starting_point, Recipient(self.person.id, self.face), told["last_seq"])
        self.streams.sync(request.sid, start)  # type: ignore[attr-defined]

    def _has_gone(self, sid: str) -> bool:
        """Whether the connection below this socket has ended."""
        return self.socketio.server.get_environ(sid, self.namespace) is None

    def recognises(self, told: dict[str, Any]) -> Principal:
        """Whoever CONNECT says it is, expired or not. Raises Unauthenticated."""
        token = told.get("token")
        return recognised(token if isinstance(token, str) else None, now=now())

    def _person(self, told: dict[str, Any]) -> Principal:
        person = self.recognises(told)
        if person.expired_at is not None:
            raise Unauthenticated(EXPIRED, slug="sign-in-expired")
        if not self.may_open(person):
            raise Forbidden("Your account may not open this.")
        return person


def refused(refusal: Refusal) -> ConnectionRefusedError:
    """What socketio answers as CONNECT_ERROR."""
    error = ConnectionRefusedError(refusal.title)
    error.error_args = refusal_data(refusal)
    return error


def refusal_data(refusal: Refusal) -> dict[str, Any]:
    """`{type, title}`, and the same once more as the official JavaScript client wants it: it keeps these two alone."""
    told = problem(refusal)
    return {**told, "message": refusal.title, "data": told}


def problem(refusal: Refusal) -> dict[str, Any]:
    return {"type": type_of(refusal.kind), "title": refusal.title}

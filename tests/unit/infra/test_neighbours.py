"""What one process does with what another tells."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from backend.inbox.message import Message, Recipient
from backend.kernel.vocabulary import Face
from infra.neighbours import Neighbours
from infra.watch import Round, Watch
from notifications.relaying import Relayed

KEY = bytes(32)
AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


class Clock:
    """Turned by hand."""

    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> datetime:
        return self.now


class Held:
    """Whoever holds sockets, and what was put on them."""

    def __init__(self) -> None:
        self.taken: list[Relayed] = []
        self.rolled: list[UUID] = []

    def take_over(self, relayed: Relayed) -> None:
        self.taken.append(relayed)

    def take_rolled(self, broadcast_id: UUID, version: int, people: Sequence[UUID]) -> None:
        self.rolled += people


class Wire:
    """A line that carries everything to one other process, at once or when it is let go."""

    def __init__(self) -> None:
        self.said: list[bytes] = []

    def say(self, told: bytes) -> None:
        self.said.append(told)

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass


class AtOnce:
    """Opens every letter where it stands."""

    @staticmethod
    def post(letter: Callable[[], Any]) -> None:
        letter()


def a_process(*rounds: str, clock: Clock | None = None, key: bytes = KEY) -> tuple[Neighbours, Watch, Wire, Held]:
    """One of several, with these rounds and sockets of its own."""
    watch = Watch(Round(name, lambda: None, poll_s=1) for name in rounds)
    held, wire = Held(), Wire()
    neighbours = Neighbours(key, clock or Clock(), watch, AtOnce(), lambda work: work())
    neighbours.begin(held, wire)  # type: ignore[arg-type]
    return neighbours, watch, wire, held


def relayed(person_id: UUID | None = None) -> Relayed:
    """One message, as a relay hands it over."""
    message = Message(Recipient(person_id or uuid4(), Face.HANDSET), 1, uuid4(), "offer", AT, {})
    return Relayed([message])


def is_rung(watch: Watch, name: str) -> bool:
    return watch.rounds[name].bell.is_set()


def test_a_bell_of_a_round_that_turns_elsewhere_wakes_it_there_alone() -> None:
    """
    What turns here is woken here and costs nobody else a look.
    """
    web, web_watch, wire, _ = a_process("relaying")
    worker, worker_watch, _, _ = a_process("relaying", "sending")

    web.ring(["relaying", "sending"])
    for sealed in wire.said:
        worker.hear(sealed)

    assert is_rung(web_watch, "relaying")
    assert not is_rung(worker_watch, "relaying")
    assert is_rung(worker_watch, "sending")


def test_what_was_relayed_is_handed_to_the_sockets_of_the_other_and_never_back() -> None:
    """
    A process does not take what it said itself.
    """
    one, _, wire, own = a_process()
    other, _, _, theirs = a_process()
    told = relayed()

    one.tell(told, AT)
    one.hear(wire.said[0])
    other.hear(wire.said[0])

    assert [] == own.taken
    assert [told.messages] == [taken.messages for taken in theirs.taken]


def test_a_process_that_was_frozen_does_not_speak_of_the_past() -> None:
    """
    It was so at a moment that is long gone: the rows have told it since, and a sign-in may have begun anew.
    """
    clock = Clock()
    one, _, wire, _ = a_process(clock=clock)
    other, _, _, theirs = a_process(clock=clock)

    one.tell(Relayed([], [(uuid4(), None)]), AT)
    clock.now += timedelta(seconds=6)
    other.hear(wire.said[0])

    assert [] == theirs.taken
    assert 1 == other.figures.stale


def test_a_letter_with_another_secret_is_counted_and_thrown_away() -> None:
    """
    Two services on one Redis do not hear each other.
    """
    one, _, wire, _ = a_process(key=bytes([1]) * 32)
    other, watch, _, theirs = a_process("sending")

    one.ring(["sending"])
    one.tell(relayed(), AT)
    for sealed in wire.said:
        other.hear(sealed)

    assert (2, []) == (other.figures.foreign, theirs.taken)
    assert not is_rung(watch, "sending")


def test_whoever_begins_to_hear_looks_at_everything() -> None:
    """
    What was said while it did not hear is found by itself.
    """
    process, watch, _, _ = a_process("sending", "airing")

    process.joined()

    assert all(is_rung(watch, name) for name in ("sending", "airing"))


def test_the_people_of_a_long_roll_are_told_in_several_letters() -> None:
    """
    Each of them reaches whoever holds the sockets.
    """
    one, _, wire, _ = a_process()
    other, _, _, theirs = a_process()
    people = [uuid4() for _ in range(1201)]

    one.tell_rolled(uuid4(), 1, people)
    for sealed in wire.said:
        other.hear(sealed)

    assert 3 == len(wire.said)
    assert people == theirs.rolled

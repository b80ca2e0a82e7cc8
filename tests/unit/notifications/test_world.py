"""What everybody connected was shown is noted once; who joins later, and who was shown it alone, by themselves."""

from uuid import uuid4

from backend.inbox.message import Recipient
from backend.kernel.rooms import HANDSET
from backend.kernel.vocabulary import Face
from notifications.channels.connection import Connection
from notifications.channels.world import World
from tests.unit.notifications.airings import BROADCAST, airing


def joins(world: World) -> Connection:
    connection = Connection(str(uuid4()), HANDSET, Recipient(uuid4(), Face.HANDSET), "hash", 0)
    world.join(connection)
    return connection


def test_all_who_were_there_show_it_and_need_not_be_looked_at() -> None:
    """
    Who joined afterwards does not, and is the only one to be looked at; after that nobody is.
    """
    world = World()
    there = joins(world)
    world.note_all(airing(1))
    later = joins(world)

    unsure = world.unsure(airing(1))
    later.looked_at[BROADCAST] = airing(1).rank

    assert (True, False) == (world.shows(there, airing(1)), world.shows(later, airing(1)))
    assert ([later], []) == (unsure, world.unsure(airing(1)))


def test_a_newer_version_is_not_shown_by_who_shows_the_older_one() -> None:
    """
    Nor is its end, until all have that too.
    """
    world = World()
    there = joins(world)
    world.note_all(airing(1))
    end = airing(1, ended=True)

    before = [world.shows(there, one) for one in (airing(1), end, airing(2))]
    unsure = world.unsure(end)
    world.note_all(end)

    assert [True, False, False] == before
    assert [there] == unsure
    assert (True, False, {BROADCAST: 3}) == (
        world.shows(there, end),
        world.shows(there, airing(2)),
        world.ranks(there),
    )


def test_an_older_one_that_is_put_on_somebody_late_takes_nothing_back() -> None:
    """
    Neither from the others, who show the newer one, nor from whoever showed more before (promise I4).
    """
    world = World()
    there = joins(world)
    world.note_all(airing(2))
    late = joins(world)

    world.note([there, late], airing(1))

    assert world.has_come(airing(2))
    assert (True, False) == (world.shows(there, airing(2)), world.shows(late, airing(2)))
    assert world.shows(late, airing(1))


def test_a_look_that_came_late_leaves_nobody_out_of_the_next() -> None:
    """
    The rows were read before the newer version was put on: nothing is unsure of the older, and the newer stays sure.
    """
    world = World()
    joins(world)
    world.note_all(airing(2))
    later = joins(world)
    later.looked_at[BROADCAST] = airing(1).rank

    assert [] == world.unsure(airing(1))
    assert [later] == world.unsure(airing(2))


def test_who_has_left_is_not_looked_for() -> None:
    """
    And who comes back is somebody new.
    """
    world = World()
    left = joins(world)
    world.note_all(airing(1))
    world.leave(left.sid)
    world.join(left)

    assert list(world.open.values()) == world.unsure(airing(1)) == [left]


def test_only_what_it_was_shown_is_remembered_of_a_socket_that_asks() -> None:
    """
    A campus has had hundreds of broadcasts by the end of a year; a phone that asks was there for few.
    """
    world = World()
    there = joins(world)
    world.note_all(airing(1))
    later = joins(world)

    assert ({BROADCAST}, {}) == (set(world.ranks(there)), world.ranks(later))

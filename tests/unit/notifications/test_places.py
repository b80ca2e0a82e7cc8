"""Bulk never stands before a call, and a channel that hangs never before another."""

from uuid import uuid4

from notifications.parcel import Parcel
from notifications.places import BROADCAST, CROWD, KEPT, MOST, Places, batches


def parcel(lane: int, channel: str = "push") -> Parcel:
    return Parcel(uuid4(), channel, (), "Help: open Bluelight", {}, lane=lane)


def taken(places: Places, channel: str, *, urgent: bool) -> int:
    """How many places there were."""
    return sum(places.take(channel, urgent=urgent) for _ in range(2 * MOST))


def test_bulk_leaves_places_for_calls() -> None:
    """
    Eight of thirty-two are never given to what may wait.
    """
    places = Places()

    found = taken(places, "push", urgent=False), taken(places, "push", urgent=True)

    assert (MOST - KEPT, KEPT) == found


def test_a_full_channel_takes_nothing_of_anothers() -> None:
    """
    A mail server that hangs does not hold up a push.
    """
    places = Places()

    found = taken(places, "email", urgent=True), taken(places, "push", urgent=True)

    assert (MOST, MOST) == found


def test_a_place_is_free_again_when_its_parcel_is_settled() -> None:
    """
    Begun and ended, nothing is on the way.
    """
    places, parcels = Places(), [parcel(0), parcel(2), parcel(2, "sms")]

    places.begin(parcels)
    during = places.copy()
    places.end(parcels)

    assert (2, 1) == (during.on_the_way["push"], during.bulk["push"])
    assert 0 == sum(places.on_the_way.values()) + sum(places.bulk.values())


def test_a_broadcast_leaves_places_for_everything_else() -> None:
    """
    However many it has for thousands, twelve places of thirty-two are never its own, and eight are for calls alone.
    """
    places = Places()

    places.set_out("push", places.for_broadcasts("push"))

    assert 0 == places.for_broadcasts("push")
    assert BROADCAST == places.broadcast["push"]
    assert (MOST - KEPT - BROADCAST, KEPT) == (
        taken(places, "push", urgent=False),
        taken(places, "push", urgent=True),
    )


def test_a_broadcast_waits_for_what_is_on_its_way_already() -> None:
    """
    It takes what is left, and has its places back when its parcels are settled.
    """
    places = Places()
    taken(places, "push", urgent=False)

    during = places.for_broadcasts("push")
    places.end([parcel(2) for _ in range(5)])
    after = places.for_broadcasts("push")
    places.set_out("push", after)
    places.set_out("push", -after)

    assert (0, 5, 5) == (during, after, places.for_broadcasts("push"))


def test_a_copy_has_places_of_its_own() -> None:
    """
    A transaction that is run twice takes them once.
    """
    places = Places()

    taken(places.copy(), "push", urgent=True)

    assert places.fits("push", urgent=False)


def test_calls_travel_alone_and_the_rest_by_channel() -> None:
    """
    No call waits until its neighbour's answer is written down.
    """
    calls, rest = [parcel(0), parcel(1)], [parcel(2), parcel(3, "email"), parcel(4)]

    found = batches([*calls, *rest])

    assert [[calls[0]], [calls[1]], [rest[0], rest[2]], [rest[1]]] == found


def test_a_sender_of_its_own_takes_nobodys_place() -> None:
    """
    Where broadcasts have one, hundreds may be on their way and every place is still free for cases.
    """
    places = Places(apart={"push"})

    places.set_out("push", places.for_broadcasts("push"))

    assert (0, CROWD) == (places.for_broadcasts("push"), places.under_way["push"])
    assert (MOST - KEPT, KEPT) == (taken(places, "push", urgent=False), taken(places, "push", urgent=True))
    assert BROADCAST == places.for_broadcasts("email")

"""Bulk never stands before a call, and a channel that hangs never before another."""

from uuid import uuid4

from notifications.parcel import Parcel
from notifications.places import KEPT, MOST, Places, batches


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

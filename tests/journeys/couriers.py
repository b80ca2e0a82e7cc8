"""Channels whose outcomes a test decides, and the deliveries as the database has them."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa

from notifications.delivery import Delivery
from notifications.parcel import Outcome, Parcel, Result
from tests.campus import CampusStage
from tests.campus_people import Person


class Courier:
    """Answers every parcel as `outcome_of` says and remembers it."""

    def __init__(self, outcome_of: Callable[[Parcel], Outcome]) -> None:
        self._outcome_of = outcome_of
        self.parcels: list[Parcel] = []

    def send(self, batch: Sequence[Parcel]) -> list[Result]:
        self.parcels += batch
        return [Result(parcel.delivery_id, self._outcome_of(parcel), "as the test said") for parcel in batch]


class DyingCourier:
    """Takes the process with it: no answer ever comes back."""

    def __init__(self) -> None:
        self.tries = 0

    def send(self, batch: Sequence[Parcel]) -> list[Result]:
        self.tries += 1
        raise ProcessLookupError


def every(outcome: Outcome) -> Courier:
    """The same answer to everything."""
    return Courier(lambda _: outcome)


def deliveries(campus: CampusStage) -> list[Delivery]:
    """All of them, in the order they were made."""
    found: list[Delivery] = campus.database.read(
        lambda session: list(session.scalars(sa.select(Delivery).order_by(Delivery.made_at, Delivery.key)))
    )
    return found


def carries(person: Person, where: str) -> None:
    """Their handset can be pushed to at this target."""
    push = {"kind": "fid", "value": where}
    body = {"installation_id": f"phone-{where}", "platform": "android", "push": push}
    assert person.asks("PUT", "/v1/handset", body).status_code == 200


def plans_a_push(campus: CampusStage) -> None:
    """An officer with a push target is asked; the push is planned and not yet sent."""
    carries(campus.officer(), "belt")
    assert campus.student().asks("POST", "/v1/taps", {"kind": "help"}).status_code == 201
    campus.service.rounds.escalate()
    campus.service.rounds.relay()


def each_second(campus: CampusStage, seconds: int) -> None:
    """Time goes by and every round looks each second, as the polls behind the bells do."""
    for _ in range(seconds):
        campus.passes(1)

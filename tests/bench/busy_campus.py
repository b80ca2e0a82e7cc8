"""A campus on its worst day: hundreds of cases that were phoned in, and officers who never stand still."""

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from threading import Event, Thread
from uuid import UUID, uuid4

import requests
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.kernel.errors import Unavailable
from backend.kernel.vocabulary import DutyState, Role
from backend.people.account import Account, RoleRow
from backend.people.duty import SHIFT, Duty
from tests.roster_crowd import store_of
from tests.server import PASSWORD, Server

#: South Kensington, more or less.
WEST, SOUTH, EAST, NORTH = -0.1795, 51.4970, -0.1705, 51.5005

KINDS = ("emergency", "first_aid", "help")

#: Degrees that somebody walks in a second, at most.
STEP = 0.00002


def anywhere(chance: random.Random) -> dict[str, float]:
    return {"latitude": chance.uniform(SOUTH, NORTH), "longitude": chance.uniform(WEST, EAST)}


def phone_in(server: Server, number: int, *, chance: random.Random) -> None:
    """So many cases by the control room's own door."""
    with requests.Session() as controller:
        told = {"email": "controller2@demo.example", "password": PASSWORD}
        token = controller.post(f"{server.url}/v1/sign-in", json=told, timeout=30).json()["access_token"]
        controller.headers["Authorization"] = f"Bearer {token}"
        for _ in range(number):
            position = {**anywhere(chance), "accuracy_m": chance.choice((8.0, 25.0, 60.0)), "source": "map"}
            call = {"kind": chance.choice(KINDS), "position": position}
            answer = controller.post(f"{server.url}/console/api/incidents", json=call, timeout=30)
            if answer.status_code != requests.codes.created:
                raise RuntimeError(answer.text)


@contextmanager
def officers_walking(server: Server, number: int, *, chance: random.Random) -> Iterator[None]:
    """
    So many officers on duty, each of whom has moved every second.

    They are written to the store from beside the server, all in one transaction, so that the figures are those of the
    console and not of two hundred phones on the same machine. In no team they are asked for nothing.
    """
    ended = Event()
    with store_of(server.data_dir) as database:
        ids: list[UUID] = database.write(_enrol, number, chance=chance, now=datetime.now(UTC))

        def walk() -> None:
            while not ended.wait(1):
                # The server writes as well, and comes first: then they have stood still for a second.
                with suppress(Unavailable):
                    database.write(_step, ids, chance=chance, now=datetime.now(UTC))

        walking = Thread(target=walk)
        walking.start()
        try:
            yield
        finally:
            ended.set()
            walking.join()


def _enrol(session: Session, number: int, *, chance: random.Random, now: datetime) -> list[UUID]:
    ids = [uuid4() for _ in range(number)]
    same = {"language": "en", "recall": False, "exercise": False, "active": True, "site": "south-kensington"}
    people = [{"id": id_, "email": f"walks{k}@bench.example", "name": f"Walker {k}"} for k, id_ in enumerate(ids)]
    session.execute(sa.insert(Account), [{**one, **same} for one in people])
    session.execute(sa.insert(RoleRow), [{"account_id": id_, "role": Role.OFFICER.value} for id_ in ids])
    duty = {"state": DutyState.ON_PATROL.value, "since": now, "ends_at": now + SHIFT, "position_at": now}
    session.execute(
        sa.insert(Duty), [{"account_id": id_, **duty, **anywhere(chance), "accuracy_m": 8.0} for id_ in ids]
    )
    return ids


def _step(session: Session, ids: list[UUID], *, chance: random.Random, now: datetime) -> None:
    for duty in session.scalars(sa.select(Duty).where(Duty.account_id.in_(ids))):
        latitude, longitude = duty.latitude or SOUTH, duty.longitude or WEST
        duty.latitude = latitude + chance.uniform(-STEP, STEP)
        duty.longitude = longitude + chance.uniform(-STEP, STEP)
        duty.position_at = now

"""Two worlds alike but for one thing: in one a case is called off, in the other it only looks so."""

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any
from uuid import UUID, uuid5

from argon2 import PasswordHasher

from backend.dispatch.resuming import resume
from backend.inbox.message import Recipient
from backend.kernel.vocabulary import Face, Role
from backend.people.pin import PinPair
from backend.people.setting_pins import set_pins
from backend.people.signing_in import recognise
from tests.campus import CampusStage
from tests.campus_people import Officer, Person
from tests.wireless import wireless

CANCEL, DURESS, WRONG = "2580", "085213", "1111"

#: A hash says how dear it was: these are cheap, for a journey types many PINs.
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PINS = PinPair(_CHEAP.hash(CANCEL), _CHEAP.hash(DURESS))

#: People, and what the owner's phone makes up, have the same ids in both worlds.
ALIKE = UUID("0f1c1c1e-53a5-4c0e-9d0a-6a1f0e8b7a55")
PUSHED_TO = "pocket"

#: No two answers of this door are the same, whoever asks.
DRAWN_ANEW = "/v1/concerns/challenge"

#: Ids are random, and the numbers of cases and messages count over everybody's: only their order is one's own.
NAMES = re.compile(
    r"(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?<=[EFH]-2026-)(?P<case>\d{4})|(?P<cursor>(?:(?<=_cursor\":)|(?<=cursor=))\d+)"
)


def alike(name: str) -> UUID:
    return uuid5(ALIKE, name)


def in_order(told: Any) -> Any:
    """The same; officers who were asked in the same instant stand by who they are, for their offers' ids are random."""
    if isinstance(told, dict):
        return {name: in_order(inner) for name, inner in told.items()}
    if isinstance(told, list):
        listed = [in_order(inner) for inner in told]
        asked = bool(listed) and isinstance(listed[0], dict) and "offered_at" in listed[0]
        return sorted(listed, key=lambda one: (one["offered_at"], one["officer_id"])) if asked else listed
    return told


def has_pins(person: Person) -> Person:
    """From now on this person calls off with a PIN."""
    campus = person.campus
    by = campus.database.read(recognise, person.token, now=campus.clock())
    campus.database.write(set_pins, PINS, by=by, now=campus.clock())
    return person


class World:
    """One campus with somebody who may be forced, officers and a controller; all that reaches the phone is kept."""

    def __init__(self, stage: CampusStage, *roles: Role) -> None:
        self.stage = stage
        self.owner = self._owner(roles)
        self.near: Officer = stage.officer("near", at=stage.LIBRARY, id=alike("near"))
        self.far: Officer = stage.officer("far", at=stage.BEIT, id=alike("far"))
        self.controller = stage.controller()
        self.live: list[Any] = []
        self.answers: list[Any] = []
        self._made = 0
        self.listens()

    def _owner(self, roles: Collection[Role]) -> Person:
        facts: dict[str, Any] = {"id": alike("owner"), "mobile": "+447700900123"}
        if Role.CONTROLLER in roles:
            facts["teams"] = ["control-room", "security"]
        person = self.stage.somebody("owner", *roles, **facts)
        if Role.OFFICER in roles:
            person = Officer(self.stage, person.id, person.name, person.token).goes_on_duty(self.stage.CHEMISTRY)
        push = {"kind": "fid", "value": PUSHED_TO}
        handset = {"installation_id": "phone", "platform": "ios", "push": push}
        assert person.asks("PUT", "/v1/handset", handset).status_code == 200
        return has_pins(person)

    def listens(self) -> None:
        """Both sockets of the owner open, as a server of this process would have them."""
        rounds = self.stage.service.rounds
        sockets = wireless(
            emit=self._hears,
            hand=self._hears_beside,
            read_since=lambda recipient, after: self.stage.database.read(resume, recipient, after),
        )
        for face in Face:
            sockets.join(
                face.value, f"/{face.value}", Recipient(self.owner.id, face), "token", 0, frozenset({Role.CONTROLLER})
            )
        self.stage.service.rounds = replace(rounds, sockets=sockets)

    def restarts(self) -> None:
        self.stage.restarts()
        self.listens()

    def passes(self, seconds: float) -> None:
        self.stage.passes(seconds)
        self.stage.service.rounds.own_sockets.catch_up()
        self.stage.service.rounds.picture()

    def does(self, method: str, path: str, body: Any = None) -> Any:
        """The owner asks, and what came back is remembered to the byte."""
        response = self.owner.asks(method, path, body)
        headers = {name: value for name, value in response.headers.items() if name != "Date"}
        self.answers.append((method, path, response.status_code, headers, in_order(response.json)))
        if method != "GET":
            self.stage.settles()
        return response.json if response.data else None

    def taps(self, kind: str, **more: Any) -> dict[str, Any]:
        latitude, longitude = self.stage.SHERFIELD
        position = {"latitude": latitude, "longitude": longitude, "accuracy_m": 8.0}
        body = {"tap_id": self.makes_id(), "kind": kind, "position": position, "note": "come", **more}
        self.owner.case = self.does("POST", "/v1/taps", body)
        return self.owner.case

    def calls_off(self, pin: str | None, case: dict[str, Any] | None = None) -> Any:
        path = f"/v1/incidents/{(case or self.owner.case)['id']}/cancel"
        return self.does("POST", path, {"pin": pin, "reason": "all right"})

    def makes_id(self) -> str:
        self._made += 1
        return str(alike(str(self._made)))

    def reads_everything(self) -> None:
        """Every GET that the published document opens to this account, of each of its cases and every page of each."""
        cases = [case["id"] for case in self.owner.gets("/v1/incidents")["items"]]
        for path, in_pages in self._open_to_owner():
            if "{incident_id}" in path:
                for case_id in cases:
                    self._pages(path.format(incident_id=case_id), in_pages=in_pages)
            elif "{" not in path:
                self._pages(path, in_pages=in_pages)
        for query in ("open=true", "open=false", "open=true&limit=1"):
            self.does("GET", f"/v1/incidents?{query}")
            if self.owner_is(Role.CONTROLLER):
                self.does("GET", f"/console/api/incidents?{query}")

    def owner_is(self, role: Role) -> bool:
        return role.value in self.owner.gets("/v1/me")["roles"]

    def _pages(self, path: str, *, in_pages: bool) -> None:
        self.does("GET", path)
        page = self.does("GET", f"{path}?limit=1") if in_pages else None
        while isinstance(page, dict) and page.get("next_cursor") is not None:
            page = self.does("GET", f"{path}?limit=1&cursor={page['next_cursor']}")

    def _open_to_owner(self) -> Iterator[tuple[str, bool]]:
        document = self.stage.client.get("/v1/openapi.json").get_json()
        roles = set(self.owner.gets("/v1/me")["roles"])
        for path, item in document["paths"].items():
            door = item.get("get", {"x-roles": ["nobody"]})
            if path == DRAWN_ANEW:
                continue
            if not door.get("x-roles") or roles & set(door["x-roles"]):
                yield path, "limit" in {one["name"] for one in door.get("parameters", [])}

    def observed(self) -> list[str]:
        """All that phone, token, streams, sockets and lock screen have shown, with ids as they came up."""
        streams = [message.on_the_wire() for face in Face for message in self._stream(face)]
        pushed = [
            (one.parcel.channel, one.parcel.sentence, one.parcel.data)
            for one in self.stage.recorder.sent
            if {PUSHED_TO, "+447700900123", "owner@journeys.example"} & set(one.parcel.targets)
        ]
        planned = [
            (one.channel, one.sentence, one.data, one.made_at.isoformat())
            for one in self.stage.deliveries("push", "sms", "voice", "email")
            if one.person_id == self.owner.id
        ]
        told = [*self.answers, *self.live, *streams, *pushed, *sorted(planned, key=lambda one: (one[3], one[0]))]
        names: dict[tuple[str | None, str], str] = {}
        return [self._renamed(json.dumps(one, separators=(",", ":")), names) for one in told]

    @staticmethod
    def _renamed(text: str, names: dict[tuple[str | None, str], str]) -> str:
        def name(found: re.Match[str]) -> str:
            if found.lastgroup == "cursor":
                return "<cursor>"
            return names.setdefault((found.lastgroup, found.group()), f"<{found.lastgroup}{len(names)}>")

        return NAMES.sub(name, text)

    def _stream(self, face: Face) -> list[Any]:
        recipient = Recipient(self.owner.id, face)
        found: list[Any] = self.stage.database.read(resume, recipient, 0)
        return found

    def _hears_beside(self, event: str, data: dict[str, Any], *, room: str | list[str], namespace: str) -> None:
        for sid in [room] if isinstance(room, str) else room:
            self._hears(event, data, sid=sid, namespace=namespace)

    def _hears(self, event: str, data: dict[str, Any], *, sid: str, namespace: str) -> None:
        self.live.append((self.stage.clock().isoformat(), event, namespace, data))


class Twins:
    """The world in which the case is called off, and the one in which it only looks so."""

    def __init__(self, called_off: World, forced: World) -> None:
        self.called_off, self.forced = called_off, forced

    def both(self, act: Callable[[World], Any]) -> None:
        for world in (self.called_off, self.forced):
            act(world)

    def differences(self) -> list[tuple[str, str]]:
        """What the person who holds the phone could tell the one from the other by."""
        one, other = self.called_off.observed(), self.forced.observed()
        assert len(one) > 10
        return [_apart(*pair) for pair in zip_longest(one, other, fillvalue="") if pair[0] != pair[1]][:5]


def _apart(one: str, other: str) -> tuple[str, str]:
    """Two lines from shortly before the place where they part."""
    place = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    begin = max(0, place - 150)
    return one[begin : place + 150], other[begin : place + 150]

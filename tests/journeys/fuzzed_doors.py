"""Every door of the API document tried with what schemathesis makes of its schemas, by every role and by nobody."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.kernel.vocabulary import Role
from backend.people import signing_in
from tests.campus import CampusStage
from tests.journeys.role_scenes import Scene, Scenes
from tests.journeys.role_table import OPEN, TABLE, Side

DOCUMENT = "/v1/openapi.json"

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

#: Nobody signed in, beside every role.
Who = Role | None


@dataclass(frozen=True)
class Tried:
    """A door by its call, and what is to be sent through it."""

    call: str
    cases: list[Case[Any]]
    roles: frozenset[str]


def doors(campus: CampusStage, *, examples: int, number: int | None = None) -> Iterator[Tried]:
    """Each door with so many cases that fit the document and half as many that do not; the same ones if no number."""
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, campus.service.app)
    schema.config.generation.update(modes=list(GenerationMode))
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]
        call = f"{operation.method.upper()} {operation.path}"
        cases = [
            *_cases(operation, GenerationMode.POSITIVE, examples, number),
            *_cases(operation, GenerationMode.NEGATIVE, (examples + 1) // 2, number),
        ]
        yield Tried(call, cases, frozenset(operation.definition.raw.get("x-roles", ())))


def _cases(operation: Any, mode: GenerationMode, examples: int, number: int | None) -> list[Case[Any]]:
    found: list[Case[Any]] = []

    @settings(
        max_examples=examples,
        derandomize=number is None,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def collect(case: Case[Any]) -> None:
        found.append(case)

    # A door that takes nothing cannot be told anything wrong.
    with suppress(Unsatisfiable):
        (collect if number is None else seed(number)(collect))()
    return found[:examples]


class Fuzzed:
    """One campus, and somebody of every role on it; what is wrong is collected as sentences."""

    def __init__(self, campus: CampusStage) -> None:
        self.campus = campus
        self.wrong: list[str] = []
        self.sent = 0
        self._scenes = Scenes(campus)
        self._scene: dict[Who, Scene] = {}

    def tries(self, door: Tried, who: Who) -> None:
        """All of its cases, as this role; real ids stand in every second address."""
        for place, case in enumerate(door.cases):
            scene = self._of(who)
            if place % 2 == 0 and isinstance(case.path_parameters, dict):
                case.path_parameters.update({k: scene.ids[k] for k in case.path_parameters if k in scene.ids})
            self._try(door, case, who, scene)

    def _try(self, door: Tried, case: Case[Any], who: Who, scene: Scene) -> None:
        token = "nobody's" if who is None else self._token(scene)
        response = case.call(headers={"Authorization": f"Bearer {token}"} if who else {})
        self.sent += 1
        name = f"{who or 'nobody'} {door.call}"
        if 200 <= response.status_code < 300 and not may_succeed(door, who):
            self.wrong.append(f"{name}: {response.status_code} although the table says no")
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as group:
            told = f"{response.status_code} {response.text[:200]}"
            self.wrong.extend(f"{name}: {told} {str(failure)[:400]}" for failure in group.exceptions)

    def _token(self, scene: Scene) -> str:
        """A fresh sign-in: the last case may have ended the one before."""
        welcome = self.campus.database.write(signing_in.sign_in, scene.person.id, now=self.campus.clock())
        token: str = welcome.token
        return token

    def _of(self, who: Who) -> Scene:
        if who not in self._scene:
            self._scene[who] = self._scenes.play(who or Role.MEMBER, Side.OTHER)
        return self._scene[who]


def may_succeed(door: Tried, who: Who) -> bool:
    """Whether the role table lets this role through the door from any side; what it leaves out, the document says."""
    if door.call in OPEN:
        return True
    if who is None:
        return False
    if door.call in TABLE:
        return any(who in roles for roles in TABLE[door.call].may.values())
    return who.value in door.roles or Role.MEMBER.value in door.roles

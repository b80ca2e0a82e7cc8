"""The situations of the role table: somebody of one role, and a case, an offer, an alarm or a person beside them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from backend.kernel.vocabulary import Role
from tests.campus import CampusStage
from tests.campus_people import Officer, Person
from tests.journeys.console import API
from tests.journeys.role_content import Content
from tests.journeys.role_table import Side
from tests.journeys.trusted import stepped_up
from tests.journeys.warned import warns

#: Digits of a latitude that stand nowhere else on the campus.
PLACE = (51.49811234, -0.17711234)

MONTH_AND_A_DAY = 31

_numbers = count(1)


@dataclass
class Scene:
    """Somebody, what the doors are about, and the words by which its content is known again."""

    person: Person
    side: Side
    ids: dict[str, str] = field(default_factory=dict)
    telltales: dict[Content, str] = field(default_factory=dict)

    def content_of(self, text: str) -> set[Content]:
        """What of the case stands in an answer."""
        return {content for content, words in self.telltales.items() if words in text}


class Scenes:
    """Plays a situation on one campus; each with people of its own, so that none is in another's way."""

    def __init__(self, campus: CampusStage) -> None:
        self.campus = campus
        self.closer = campus.controller("closer")
        self.reserve = campus.officer("reserve", teams=[])
        self._sides: dict[Side, Callable[[Role, Scene], None]] = {
            Side.NONE: self._somebody_elses,
            Side.OWN: self._own,
            Side.OWN_CLOSED: self._own_closed,
            Side.ASKED: self._asked,
            Side.ASSIGNED: self._assigned,
            Side.ASSIGNED_CLOSED: self._assigned_closed,
            Side.OTHER: self._somebody_elses,
            Side.OTHER_CLOSED: self._somebody_elses_closed,
            Side.OTHER_OLD: self._somebody_elses_old,
            Side.OTHER_WORLD: self._the_other_worlds,
        }

    def play(self, role: Role, side: Side) -> Scene:
        """The situation, from nothing."""
        number = next(_numbers)
        involved = side in (Side.ASKED, Side.ASSIGNED, Side.ASSIGNED_CLOSED)
        if role is Role.OFFICER:
            teams = ["security"] if involved else []
            person: Person = self.campus.officer(f"subject{number}", at=PLACE, teams=teams)
        else:
            person = self.campus.somebody(f"subject{number}", *(() if role is Role.MEMBER else (role,)))
        scene = Scene(person, side, {"officer_id": str(self.reserve.goes_on_duty().id)})
        scene.ids["broadcast_id"] = str(warns(self.campus, exercise=side is Side.OTHER_WORLD))
        self._sides[side](role, scene)
        # The table is about roles: a door that asks for a fresh password as well finds one.
        stepped_up(person)
        scene.ids["person_id"] = str(person.id) if side is Side.OWN else scene.ids.get("person_id", str(person.id))
        return scene

    def clear(self, scene: Scene) -> None:
        """Nobody of this situation is asked in the next one."""
        if isinstance(scene.person, Officer):
            self.campus.close_socket(scene.person)
            scene.person.goes_off_duty()
        self.campus.settles()

    def _case(self, caller: Person, scene: Scene) -> None:
        """A case of this caller, with words of its own in every part of it."""
        number = next(_numbers)
        words = {Content.NOTE: f"note-{number}-n", Content.CHAT: f"said-{number}-s"}
        case = caller.taps("help", at=PLACE, note=words[Content.NOTE])
        message_id = f"00000000-0000-4000-8000-{number:012}"
        said = {"message_id": message_id, "text": words[Content.CHAT]}
        caller.posts(f"/v1/incidents/{case['id']}/messages", said)
        scene.telltales = {**words, Content.PLACE: str(PLACE[0]), Content.NAME: f'"{caller.name}"'}
        scene.ids.update(incident_id=case["id"], person_id=str(caller.id), message_id=message_id)
        scene.ids.update(other_id=case["id"], step_id="place")

    def _caller(self, **more: Any) -> Person:
        return self.campus.student(f"caller{next(_numbers)}", **more)

    def _own(self, role: Role, scene: Scene) -> None:
        self._case(scene.person, scene)

    def _own_closed(self, role: Role, scene: Scene) -> None:
        self._own(role, scene)
        self._close(scene)

    def _asked(self, role: Role, scene: Scene) -> None:
        self._case(self._caller(), scene)
        assert isinstance(scene.person, Officer)
        (offer,) = [one for one in scene.person.offers if one["incident"]["id"] == scene.ids["incident_id"]]
        scene.ids["offer_id"] = offer["id"]

    def _assigned(self, role: Role, scene: Scene) -> None:
        self._asked(role, scene)
        scene.person.posts(f"/v1/offers/{scene.ids['offer_id']}/accept")

    def _assigned_closed(self, role: Role, scene: Scene) -> None:
        self._assigned(role, scene)
        self._close(scene)

    def _somebody_elses(self, role: Role, scene: Scene) -> None:
        """Another officer is asked; an alarm stands for a third person, far from every campus."""
        asked = self.campus.officer(f"asked{next(_numbers)}", at=PLACE)
        self._case(self._caller(), scene)
        scene.ids["offer_id"] = asked.offers[-1]["id"]
        asked.goes_off_duty()
        outside = self._caller().taps("help", at=self.campus.PARIS)
        standing = self.closer.gets(f"{API}/alarms")["items"]
        scene.ids["alarm_id"] = next(one["alarm_id"] for one in standing if one["incident_id"] == outside["id"])

    def _somebody_elses_closed(self, role: Role, scene: Scene) -> None:
        self._somebody_elses(role, scene)
        self._close(scene)

    def _somebody_elses_old(self, role: Role, scene: Scene) -> None:
        self._somebody_elses_closed(role, scene)
        self.campus.skips(days=MONTH_AND_A_DAY)

    def _the_other_worlds(self, role: Role, scene: Scene) -> None:
        self._case(self._caller(exercise=True), scene)

    def _close(self, scene: Scene) -> None:
        self.closer.posts(f"{API}/incidents/{scene.ids['incident_id']}/resolve", {"note": None})

"""Who there is at one moment of the rota: who a step of the ladder would find, or why it would find nobody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from backend.campus.campus import CONTROL_ROOM, Campus, RotaLine, Step, Team
from backend.campus.zone import Zone


@dataclass(frozen=True, slots=True)
class RosteredPerson:
    """
    Somebody a rota may name, as far as the proof needs to know them.

    `skills` maps each to the last day it is valid; `contacts` are the working
    ones of `app`, `sms` and `voice`; `recall` is the consent to be rung off duty.
    """

    email: str
    site: str | None
    skills: Mapping[str, date]
    contacts: frozenset[str]
    recall: bool
    teams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nobody:
    """
    A step that found nobody.

    The team's name belongs between `before` and `after`; `stage` is how many
    conditions somebody still met, so that the nearest miss is told.
    """

    before: str
    after: str
    team: str
    everywhere: bool
    stage: int
    is_recall: bool = False


@dataclass(frozen=True)
class Scene:
    """One moment: the lines of the rota that hold, and the people they name."""

    campus: Campus
    people: Mapping[str, RosteredPerson]
    day: date
    # By team and address: the sites somebody is rostered at, None among them for everywhere.
    posts: Mapping[str, Mapping[str, frozenset[str | None]]]
    _asked: dict[tuple[Step, str, frozenset[str], str | None], Nobody | None] = field(default_factory=dict)

    @classmethod
    def of(cls, campus: Campus, people: Mapping[str, RosteredPerson], lines: Iterable[RotaLine], day: date) -> "Scene":
        """The scene these lines of the rota make; `people` by address in lower case."""
        posts: dict[str, dict[str, frozenset[str | None]]] = {}
        for line in lines:
            team = posts.setdefault(line.team, {})
            team[line.email] = team.get(line.email, frozenset()) | {line.site}
        return cls(campus, people, day, posts)

    @property
    def control_room_is_staffed(self) -> bool:
        """Whether a person of the control-room team is rostered in it; a line that names a stranger staffs nothing."""
        return any(
            email in self.people and CONTROL_ROOM in self.people[email].teams
            for email in self.posts.get(CONTROL_ROOM, {})
        )

    def asks_nobody(self, step: Step, team: Team, skills: frozenset[str], zone: Zone | None) -> Nobody | None:
        """
        Why this step would ask nobody of the team who has these skills; None when it would ask somebody.

        Without a known place "nearest" and "at the site" mean the whole team.
        """
        site = zone.site if zone is not None and step.ask != "team" else None
        key = (step, team.id, skills, site)
        if key not in self._asked:
            missed = self._search(step, team, skills, site)
            # What is missing everywhere is said once, not anew for every site.
            wider = self._search(step, team, skills, None) if missed and site else None
            self._asked[key] = wider or missed
        return self._asked[key]

    def _search(self, step: Step, team: Team, skills: frozenset[str], site: str | None) -> Nobody | None:
        if not step.on_duty:
            return self._search_off_duty(step, team, skills, site)
        place = self.campus.zone(site)
        at = f" at {place.name}" if place else ""
        posted = [email for email, sites in self.posts.get(team.id, {}).items() if site is None or sites & {None, site}]
        members = [one for email in posted if (one := self.people.get(email)) and team.id in one.teams]
        skilled = [one for one in members if self._has(one, skills)]
        certificate = f"a valid {_listed(sorted(skills))} certificate"
        conditions = (
            (posted, "nobody is rostered in", at),
            (members, "nobody who is rostered in", f"{at} is a member of it"),
            (skilled, f"nobody with {certificate} is rostered in", at),
            (_reachable(skilled, step.by), "nobody rostered in", f"{at} can be reached by {_ways(step.by)}"),
        )
        for stage, (left, before, after) in enumerate(conditions):
            if not left:
                return Nobody(before, after, team.id, everywhere=site is None, stage=stage)
        return None

    def _search_off_duty(self, step: Step, team: Team, skills: frozenset[str], site: str | None) -> Nobody | None:
        willing = [
            one
            for one in self.people.values()
            if team.id in one.teams and one.recall and self._has(one, skills) and site in (None, one.site)
        ]
        if _reachable(willing, step.by):
            return None
        place = self.campus.zone(site)
        at = f" at {place.name}" if place else ""
        after = f"{at} can be recalled by {_ways(step.by)}"
        return Nobody("nobody of", after, team.id, everywhere=site is None, stage=0, is_recall=True)

    def _has(self, person: RosteredPerson, skills: frozenset[str]) -> bool:
        # A certificate is good on the day it ends.
        return all(skill in person.skills and person.skills[skill] >= self.day for skill in skills)


def _reachable(people: Sequence[RosteredPerson], by: Sequence[str]) -> list[RosteredPerson]:
    return [one for one in people if (one.contacts & set(by) if by else one.contacts)]


def _ways(by: Sequence[str]) -> str:
    words = {"app": "the app", "sms": "text message", "voice": "a call"}
    return " or ".join(words[way] for way in by or words)


def _listed(skills: Sequence[str]) -> str:
    return " and ".join(skill.replace("_", "-") for skill in skills)

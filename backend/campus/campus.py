"""One institution as its configuration describes it: places, people's teams and hours, numbers and rules."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from backend.campus import hours
from backend.campus.geofence import Geofence
from backend.campus.guidance import NO_GUIDANCE, Guidance
from backend.campus.protocol import Protocol, protocol_for
from backend.campus.zone import Zone
from backend.kernel.vocabulary import Kind

# The one team code must know: where a case goes that nobody else takes, and who is told when nobody answers.
CONTROL_ROOM = "control-room"

# The team that is nobody's: a robot officer in it answers the presses that only prove the way.
CANARY = "canary"


@dataclass(frozen=True, slots=True)
class Number:
    """
    A telephone number and from where it rings: `internal`, `external`, or `country:XX` for an emergency number.

    An unverified number is never shown to anybody.
    """

    label: str
    number: str
    reach: str
    verified: bool
    purpose: str | None = None

    @property
    def country(self) -> str | None:
        """The country whose emergency number this is, or None for an ordinary one."""
        prefix, _, country = self.reach.partition(":")
        return country if prefix == "country" else None


@dataclass(frozen=True, slots=True)
class Team:
    """People who are asked together; without a valid `requires_skill` a member is not asked."""

    id: str
    name: str
    requires_skill: str | None = None
    mailbox: str | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """
    Which team takes a kind of case, everywhere and always unless it says less.

    `between` is local time and may run past midnight, its end 00:00 being the
    midnight that closes the day; `days` (Monday 0) are those on which it opens.
    """

    kind: Kind
    team: str
    subtype: str | None = None
    site: str | None = None
    zone: str | None = None
    between: tuple[time, time] | None = None
    days: frozenset[int] | None = None

    @property
    def has_window(self) -> bool:
        return self.between is not None or self.days is not None

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The minutes of the week in which it holds."""
        start, end = self.between or (hours.MIDNIGHT, hours.MIDNIGHT)
        return hours.spans(self.days or hours.EVERY_DAY, start, end)

    def is_open_at(self, local: datetime) -> bool:
        """Whether it holds at this moment by the clock on the wall."""
        minute = hours.minute_of_week(local)
        return any(first <= minute < last for first, last in self.spans)


@dataclass(frozen=True, slots=True)
class Step:
    """
    A rung of the ladder: `after_s` seconds into the case `ask` is asked.

    `team` None means the team the case was routed to; `by` empty means every
    channel; `and_tell` alarms the control room at the same second.
    """

    after_s: int
    ask: str
    count: int | None = None
    team: str | None = None
    on_duty: bool = True
    by: tuple[str, ...] = ()
    and_tell: str | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """
    How soon after it was received a case should have its first yes and its first officer on scene, in seconds.

    The institution's own measure for its reports; nobody is asked sooner or later for it.
    """

    accepted_s: int | None = None
    on_scene_s: int | None = None


NO_TARGETS = Targets()


@dataclass(frozen=True, slots=True)
class EscalationPolicy:
    """Who is asked for a kind of case and when; `wanted` officers are wanted, and asked again after `reask_after_s`."""

    kind: Kind
    wanted: int
    reask_after_s: int
    steps: tuple[Step, ...]
    targets: Targets = NO_TARGETS


#: Whatever a campus file says, the canary asks its robot and nobody else, and alarms nobody by itself.
CANARY_TEAM = Team(CANARY, "Canary")
CANARY_STEPS = (Step(after_s=0, ask="team"),)


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """A template in another language, as the institution had it translated: no machine ever does."""

    language: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Template:
    """
    Words ready to send, in English and perhaps in other languages.

    `{place}` and the like are filled before they leave. An all clear promises
    no next word.
    """

    id: str
    severity: str
    title: str
    body: str
    next_update_min: int | None = None
    end_condition: str | None = None
    kind: str = "alert"
    languages: tuple[TemplateWords, ...] = ()


@dataclass(frozen=True, slots=True)
class Keeping:
    """
    How long each kind of data is kept; a legal hold on a case stops the clock.

    A key's ending is its unit, hours (`_h`) or days.
    """

    case_positions_h: int = 72
    officer_tracks_days: int = 7
    streams_days: int = 7
    deliveries_days: int = 30
    push_targets_unseen_days: int = 60
    cases_days: int = 730
    broadcasts_days: int = 730
    audit_days: int = 2190
    events_told_days: int = 7
    alarms_taken_days: int = 30
    sign_ins_ended_days: int = 30
    sign_in_failures_days: int = 7
    invitations_ended_days: int = 30
    check_ins_ended_days: int = 30
    campus_versions_days: int = 90
    accounts_left_days: int = 730
    backups_days: int = 30

    def age(self, key: str) -> timedelta:
        """How old what this key names may get."""
        value: int = getattr(self, key)
        return timedelta(hours=value) if key.endswith("_h") else timedelta(days=value)


@dataclass(frozen=True, slots=True)
class RotaLine:
    """
    When one person is rostered in one team, in local time; no `site` means everywhere.

    `days` (Monday 0) are those on which the shift begins; the end 00:00 is the
    midnight that closes the day, and equal ends are a whole day.
    """

    team: str
    email: str
    site: str | None
    days: frozenset[int]
    start: time
    end: time

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The minutes of the week in which it holds."""
        return hours.spans(self.days, self.start, self.end)

    def is_open_at(self, local: datetime) -> bool:
        """Whether this person is rostered at this moment by the clock on the wall."""
        return hours.is_open(self.days, self.start, self.end, minute=hours.minute_of_week(local))


@dataclass(frozen=True)
class Campus:
    """Everything about one institution that code must not know; never changed, replaced as a whole."""

    name: str
    time_zone: str
    languages: tuple[str, ...]
    zones: tuple[Zone, ...]
    numbers: tuple[Number, ...]
    teams: tuple[Team, ...]
    routes: tuple[Route, ...]
    policies: tuple[EscalationPolicy, ...]
    keeping: Keeping
    templates: tuple[Template, ...]
    rota: tuple[RotaLine, ...]
    guidance: Guidance = NO_GUIDANCE
    protocols: tuple[Protocol, ...] = ()

    @cached_property
    def geofence(self) -> Geofence:
        """Where things are; built at the first question and kept."""
        return Geofence(self.zones)

    @property
    def sites(self) -> tuple[Zone, ...]:
        return tuple(zone for zone in self.zones if zone.is_site)

    def zone(self, zone_id: str | None) -> Zone | None:
        return self._zones_by_id.get(zone_id) if zone_id else None

    def team(self, team_id: str | None) -> Team | None:
        return self._teams_by_id.get(team_id) if team_id else None

    def policy(self, kind: Kind, team_id: str | None = None) -> EscalationPolicy | None:
        """Who is asked for this kind of case, and when; the canary's own team has a ladder of its own."""
        if team_id == CANARY:
            return EscalationPolicy(kind, wanted=1, reask_after_s=600, steps=CANARY_STEPS)
        return next((policy for policy in self.policies if policy.kind == kind), None)

    def protocol(self, kind: Kind, subtype: str | None = None) -> Protocol:
        """What the control room does about such a case; there is always one."""
        return protocol_for(self.protocols, kind, subtype)

    def template(self, template_id: str | None) -> Template | None:
        return next((one for one in self.templates if one.id == template_id), None)

    def subtypes(self, kind: Kind) -> tuple[str, ...]:
        """The subtypes that have a route of their own, in the order of the file."""
        found = dict.fromkeys(route.subtype for route in self.routes if route.kind == kind and route.subtype)
        return tuple(subtype for subtype in found if subtype)

    def local(self, at: datetime) -> datetime:
        """An aware time as the clock on the wall shows it here."""
        return at.astimezone(ZoneInfo(self.time_zone))

    def rostered(self, at: datetime) -> Collection[RotaLine]:
        """The lines of the rota that hold at this (aware) time."""
        local = self.local(at)
        return tuple(line for line in self.rota if line.is_open_at(local))

    @cached_property
    def _zones_by_id(self) -> dict[str, Zone]:
        return {zone.id: zone for zone in self.zones}

    @cached_property
    def _teams_by_id(self) -> dict[str, Team]:
        return {**{team.id: team for team in self.teams}, CANARY: CANARY_TEAM}

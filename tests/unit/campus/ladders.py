"""Small campuses and people for the proof: one ladder, one rota, one first aider."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from backend.campus.configuration import Campus, EscalationPolicy, RotaLine, Route, Step
from backend.dispatch.proving import RosteredPerson
from backend.kernel.vocabulary import Kind
from tests.unit.campus import imperial

SUNDAY_MORNING = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
EVERY_DAY = frozenset(range(7))
MIDNIGHT = time(0, 0)


def only_first_aid(*, steps: tuple[Step, ...] | None = None, rota: tuple[RotaLine, ...] | None = None) -> Campus:
    """Imperial with every kind routed to the first aiders, who are asked at their site and then everywhere."""
    climb = steps or (Step(0, "team_at_site"), Step(60, "team", and_tell="control-room"))
    return replace(
        imperial.campus(),
        routes=tuple(Route(kind, "first-aid") for kind in Kind),
        policies=tuple(EscalationPolicy(kind, 1, 600, climb) for kind in Kind),
        rota=rota if rota is not None else (shift("officer1@demo.example"),),
    )


def shift(
    email: str,
    *,
    team: str = "first-aid",
    site: str | None = None,
    days: frozenset[int] = EVERY_DAY,
    start: time = MIDNIGHT,
    end: time = MIDNIGHT,
) -> RotaLine:
    return RotaLine(team, email, site, days, start, end)


def person(**changes: Any) -> RosteredPerson:
    usual: dict[str, Any] = {
        "email": "officer1@demo.example",
        "site": "south-kensington",
        "skills": {"first_aid": date(2027, 12, 31)},
        "contacts": frozenset({"app"}),
        "recall": False,
        "teams": frozenset({"first-aid"}),
    }
    return RosteredPerson(**{**usual, **changes})

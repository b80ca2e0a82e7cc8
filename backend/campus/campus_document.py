"""A campus as one plain JSON document and back, exactly: what the database keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import time
from typing import Any

from shapely.geometry import mapping, shape

from backend.campus import hours
from backend.campus.campus import (
    NO_TARGETS,
    Campus,
    EscalationPolicy,
    Keeping,
    Number,
    RotaLine,
    Route,
    Step,
    Targets,
    Team,
    Template,
    TemplateWords,
)
from backend.campus.guidance import NO_GUIDANCE, Card, Guidance, Translation
from backend.campus.protocol import Protocol, ProtocolStep
from backend.campus.zone import Zone, area_m2
from backend.kernel.vocabulary import Kind

# Raised when a document of before can no longer be read; `from_document` then learns both.
FORMAT = 1


def to_document(campus: Campus) -> dict[str, Any]:
    """The campus in dicts, lists, texts, numbers and booleans."""
    return {
        "format": FORMAT,
        "institution": {
            "name": campus.name,
            "time_zone": campus.time_zone,
            "languages": list(campus.languages),
        },
        "zones": [_zone_out(zone) for zone in campus.zones],
        "numbers": [asdict(number) for number in campus.numbers],
        "teams": [asdict(team) for team in campus.teams],
        "routes": [_route_out(route) for route in campus.routes],
        "policies": [_policy_out(policy) for policy in campus.policies],
        "keeping": asdict(campus.keeping),
        "templates": [_template_out(template) for template in campus.templates],
        "rota": [_line_out(line) for line in campus.rota],
        # A campus without guidance keeps the document, and the digest, that it had before there was any.
        **({"guidance": _lists(asdict(campus.guidance))} if campus.guidance != NO_GUIDANCE else {}),
        # The same of protocols.
        **({"protocols": [_protocol_out(one) for one in campus.protocols]} if campus.protocols else {}),
    }


def from_document(document: Mapping[str, Any]) -> Campus:
    """
    The campus that `to_document` wrote down.

    Raises ValueError for a document of another format.
    """
    if document.get("format") != FORMAT:
        raise ValueError(f"a campus document of format {document.get('format')}; this release reads {FORMAT}")
    return Campus(
        name=document["institution"]["name"],
        time_zone=document["institution"]["time_zone"],
        languages=tuple(document["institution"]["languages"]),
        zones=tuple(_zone_in(zone) for zone in document["zones"]),
        numbers=tuple(Number(**number) for number in document["numbers"]),
        teams=tuple(Team(**team) for team in document["teams"]),
        routes=tuple(_route_in(route) for route in document["routes"]),
        policies=tuple(_policy_in(policy) for policy in document["policies"]),
        keeping=Keeping(**document["keeping"]),
        templates=tuple(_template_in(template) for template in document["templates"]),
        rota=tuple(_line_in(line) for line in document["rota"]),
        guidance=_guidance_in(document.get("guidance") or {}),
        protocols=tuple(_protocol_in(one) for one in document.get("protocols", ())),
    )


def _zone_out(zone: Zone) -> dict[str, Any]:
    return {
        "id": zone.id,
        "name": zone.name,
        "kind": zone.kind,
        "site": zone.site,
        "floors": list(zone.floors),
        "properties": dict(zone.properties),
        "geometry": _lists(mapping(zone.geometry)),
    }


def _zone_in(zone: Mapping[str, Any]) -> Zone:
    geometry = shape(zone["geometry"])
    return Zone(
        id=zone["id"],
        name=zone["name"],
        kind=zone["kind"],
        site=zone["site"],
        floors=tuple(zone["floors"]),
        properties=zone["properties"],
        geometry=geometry,
        area_m2=area_m2(geometry),
    )


def _lists(value: Any) -> Any:
    """Shapely maps to tuples, and a document read back has lists: written as lists the two are equal."""
    if isinstance(value, Mapping):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, tuple | list) else value


def _route_out(route: Route) -> dict[str, Any]:
    return {
        "kind": str(route.kind),
        "team": route.team,
        "subtype": route.subtype,
        "site": route.site,
        "zone": route.zone,
        "between": _window_out(route.between) if route.between else None,
        "days": _days_out(route.days) if route.days else None,
    }


def _route_in(route: Mapping[str, Any]) -> Route:
    return Route(
        kind=Kind(route["kind"]),
        team=route["team"],
        subtype=route["subtype"],
        site=route["site"],
        zone=route["zone"],
        between=_window_in(route["between"]) if route["between"] else None,
        days=hours.parse_days(route["days"]) if route["days"] else None,
    )


def _policy_out(policy: EscalationPolicy) -> dict[str, Any]:
    steps = [{**asdict(step), "by": list(step.by)} for step in policy.steps]
    told = {**asdict(policy), "kind": str(policy.kind), "steps": steps}
    # A policy without targets keeps the document, and the digest, that it had before there were any.
    return {name: value for name, value in told.items() if name != "targets" or policy.targets != NO_TARGETS}


def _policy_in(policy: Mapping[str, Any]) -> EscalationPolicy:
    return EscalationPolicy(
        kind=Kind(policy["kind"]),
        wanted=policy["wanted"],
        reask_after_s=policy["reask_after_s"],
        steps=tuple(Step(**{**step, "by": tuple(step["by"])}) for step in policy["steps"]),
        targets=Targets(**policy.get("targets", {})),
    )


def _template_out(template: Template) -> dict[str, Any]:
    told = _lists(asdict(template))
    # A template without translations keeps the document, and the digest, that it had before there were any.
    return {name: value for name, value in told.items() if name != "languages" or value}


def _template_in(template: Mapping[str, Any]) -> Template:
    languages = tuple(TemplateWords(**words) for words in template.get("languages", ()))
    return Template(**{**template, "languages": languages})


def _protocol_out(protocol: Protocol) -> dict[str, Any]:
    return {**_lists(asdict(protocol)), "kind": str(protocol.kind)}


def _protocol_in(told: Mapping[str, Any]) -> Protocol:
    steps = tuple(ProtocolStep(**step) for step in told["steps"])
    return Protocol(Kind(told["kind"]), steps, tuple(told["questions"]), told["subtype"])


def _line_out(line: RotaLine) -> dict[str, Any]:
    return {
        "team": line.team,
        "email": line.email,
        "site": line.site,
        "days": _days_out(line.days),
        "hours": _window_out((line.start, line.end)),
    }


def _line_in(line: Mapping[str, Any]) -> RotaLine:
    start, end = _window_in(line["hours"])
    return RotaLine(line["team"], line["email"], line["site"], hours.parse_days(line["days"]), start, end)


def _guidance_in(guidance: Mapping[str, Any]) -> Guidance:
    return Guidance(
        version=guidance.get("version", ""),
        call_order=tuple(guidance.get("call_order", ())),
        translations=tuple(_translation_in(one) for one in guidance.get("translations", ())),
    )


def _translation_in(told: Mapping[str, Any]) -> Translation:
    cards = (Card(**{**card, "steps": tuple(card["steps"]), "do_not": tuple(card["do_not"])}) for card in told["cards"])
    labels = tuple((number, label) for number, label in told["labels"])
    return Translation(told["language"], told["reviewed"], tuple(cards), labels)


def _window_out(window: tuple[time, time]) -> list[str]:
    start, end = window
    return [hours.clock_words(start), hours.clock_words(end, closing=True)]


def _window_in(written: Sequence[str]) -> tuple[time, time]:
    start, end = written
    return hours.parse_clock(start), hours.parse_clock(end, closing=True)


def _days_out(days: frozenset[int]) -> list[str]:
    return [hours.WEEKDAYS[day] for day in sorted(days)]

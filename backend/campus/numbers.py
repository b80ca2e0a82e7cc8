"""What a phone may offer to ring, in the order in which it should be tried."""

from backend.campus.campus import Campus, Number
from backend.campus.emergency_numbers import country_at, number_for
from backend.campus.geofence import Position

RECORDED_MESSAGE = "recorded_message"

EMERGENCY_LABEL = "Emergency services"


def call_list(campus: Campus, position: Position | None) -> list[dict[str, str | bool]]:
    """
    Whom to ring from here: `[{label, number, reach, dialable}]`, the first one first.

    Only what is dialable becomes a button; the rest is text. The emergency
    number of the country leads everywhere. Inside a site, and when nobody
    knows where, the institution's own numbers follow, those for internal
    phones as text; outside every site only what a mobile can ring. The
    recorded message is last. A number nobody has verified is not in it.
    """
    if position is None:
        lead, nearby = _home_emergency(campus), True
    else:
        nearby = campus.geofence.site_at(position.latitude, position.longitude) is not None
        country = country_at(position.latitude, position.longitude)
        # A site on a pier is at sea for the map; its institution knows better which country that is.
        lead = _home_emergency(campus) if nearby and country is None else [_emergency(campus, country)]
    own = [number for number in _verified(campus) if number.country is None and (nearby or _is_dialable(number))]
    own.sort(key=lambda number: number.purpose == RECORDED_MESSAGE)
    return [
        {
            "label": number.label,
            "number": number.number,
            "reach": number.reach,
            "dialable": _is_dialable(number),
        }
        for number in lead + own
    ]


def home_country(campus: Campus) -> str | None:
    """ISO 3166, two letters; where no emergency number says it, where the first site is."""
    given = [number.country for number in campus.numbers if number.country and number.verified]
    if given or not campus.sites:
        return given[0] if given else None
    middle = campus.sites[0].geometry.representative_point()
    return country_at(middle.y, middle.x)


def _home_emergency(campus: Campus) -> list[Number]:
    """The emergency numbers the institution gives for where it is; 112 if it gives none."""
    return [number for number in _verified(campus) if number.country] or [_emergency(campus, None)]


def _emergency(campus: Campus, country: str | None) -> Number:
    given = [number for number in _verified(campus) if number.country and number.country == country]
    reach = f"country:{country}" if country else "external"
    return given[0] if given else Number(EMERGENCY_LABEL, number_for(country), reach, verified=True)


def _verified(campus: Campus) -> list[Number]:
    return [number for number in campus.numbers if number.verified]


def _is_dialable(number: Number) -> bool:
    return number.reach != "internal"
